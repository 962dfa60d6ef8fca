"""The public table as GeoJSON (RFC 7946): a feature a row, a line a feature; WGS 84, two dimensions.

Properties are typed as in the JSON records. A row without a place has a null geometry; the extent stands at the end.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pyarrow as pa

from catalog.encoding.places import (
    BATCH_ROWS,
    Extent,
    batches,
    property_names,
    read_back,
    said_place,
    shapes_of,
    texts,
)
from schemas.contracts import Dataset, Pair, Place
from schemas.errors import ProgrammerError
from schemas.tables import STORED_TYPES, PublicTable, database, literal, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HEAD = '{"type":"FeatureCollection","features":['
FOOT = re.compile(r'\](,"bbox":\[[-+0-9.e, ]+\])?\}\n')
MEMBERS = ["type", "geometry", "properties"]
PROPERTIES, GEOMETRY = "properties", "geometry"
LINE = "properties of the row"
"""No field has such a name."""
Feature = dict[str, Any]


def write(table: PublicTable, into: Path) -> None:
    """Write every row of `table` to `into`, in its order."""
    place, extent, before = said_place(table.dataset), Extent(), "\n"
    pairs = ", ".join(f"{literal(name)}: {quoted(name)}" for name in property_names(table.dataset))
    said = f"to_json({{{pairs}}})::VARCHAR" if pairs else "'{}'"
    query = f"SELECT *, {said} AS {quoted(LINE)} FROM {read_parquet(table.path)}"
    with database(into.parent, table.path) as connection, into.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for batch, shapes in batches(connection, query, place):
            extent = extent.over(shapes)
            for properties, geometry in zip(
                batch.column(batch.num_columns - 1).to_pylist(), texts(shapes), strict=True
            ):
                file.write(f'{before}{{"type":"Feature","geometry":{geometry or "null"},"properties":{properties}}}')
                before = ",\n"
        bounds = f',"bbox":{json.dumps(extent.bounds)}' if extent.bounds else ""
        file.write(f"\n]{bounds}}}\n")


def relation(connection: "DuckDBPyConnection", path: Path, dataset: Dataset) -> str:
    """The SQL relation of a file's features as the public fields. A feature that lies elsewhere than its own fields
    say is not among them; reading ends in an error of DuckDB's at whatever `write` would not have written.
    """
    schema = pa.schema([(PROPERTIES, pa.string()), (GEOMETRY, pa.string())])
    found = pa.RecordBatchReader.from_batches(schema, _read(path, dataset, schema))
    connection.register("features", found)
    kinds = {field.name: STORED_TYPES[field.type] for field in dataset.public_fields}
    names = property_names(dataset)
    structure = json.dumps({name: kinds[name] for name in names})
    shaped = [f"{GEOMETRY} AS {quoted(name)}" for name in kinds if name not in names]
    listed = ", ".join([*(f"said.{quoted(name)}" for name in names), *shaped])
    said = f"from_json_strict({PROPERTIES}, {literal(structure)})" if names else "NULL"
    return f"(SELECT {listed} FROM (SELECT {said} AS said, {GEOMETRY} FROM features))"


def _read(path: Path, dataset: Dataset, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    names, place = property_names(dataset), said_place(dataset)
    with path.open(encoding="utf-8", newline="\n") as file:
        lines = _feature_lines(file, dataset)
        while batch := list(islice(lines, BATCH_ROWS)):
            features = [feature for line in batch if (feature := _feature(line, names))]
            if len(features) < len(batch):
                raise ProgrammerError("rows_differ", dataset=dataset.id)
            yield _batch(features, place, schema)


def _feature_lines(file: TextIO, dataset: Dataset) -> Iterator[str]:
    """The lines between the head and the foot, and an end at anything that stands elsewhere."""
    head, line = file.readline(), file.readline()
    while line.endswith(",\n"):
        yield line.removesuffix(",\n")
        line = file.readline()
    if not line.startswith("]"):
        yield line
        line = file.readline()
    if head != f"{HEAD}\n" or not FOOT.fullmatch(line) or file.read(1):
        raise ProgrammerError("rows_differ", dataset=dataset.id)


def _feature(line: str, names: tuple[str, ...]) -> Feature | None:
    """A line's feature, where it has the members and the properties that it must have, and no other."""
    try:
        feature = json.loads(line)
    except ValueError:
        return None
    properties = feature.get(PROPERTIES) if isinstance(feature, dict) and list(feature) == MEMBERS else None
    return feature if isinstance(properties, dict) and tuple(properties) == names else None


def _batch(features: Sequence[Feature], place: Place, schema: pa.Schema) -> pa.RecordBatch:
    found = texts(read_back([feature[GEOMETRY] for feature in features]))
    properties = [json.dumps(feature[PROPERTIES], ensure_ascii=False) for feature in features]
    batch = pa.RecordBatch.from_arrays([pa.array(properties, pa.string()), pa.array(found, pa.string())], schema=schema)
    return batch.filter(_agreeing(features, found, place)) if isinstance(place, Pair) else batch


def _agreeing(features: Sequence[Feature], found: list[str | None], place: Pair) -> "pa.Array[Any]":
    """Which features lie where their own properties say."""
    names = [place.longitude, place.latitude]
    numbers = [pa.array([feature[PROPERTIES][name] for feature in features], pa.float64()) for name in names]
    said = texts(shapes_of(pa.RecordBatch.from_arrays(numbers, names=names), place))
    return pa.array([one == other for one, other in zip(found, said, strict=True)], pa.bool_())
