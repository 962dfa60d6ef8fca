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
    Shapes,
    batches,
    property_names,
    read_back,
    said_place,
    shapes_of,
    texts,
)
from schemas.contracts import Dataset, Pair
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
    with path.open(encoding="utf-8", newline="\n") as file:
        lines = _feature_lines(file, dataset)
        while batch := list(islice(lines, BATCH_ROWS)):
            yield _batch([_feature(line, dataset) for line in batch], dataset, schema)


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


def _feature(line: str, dataset: Dataset) -> Feature:
    """A line's feature, which has the members and the properties that it must have, and no other."""
    try:
        feature: Any = json.loads(line)
    except ValueError:
        raise ProgrammerError("rows_differ", dataset=dataset.id) from None
    properties = feature.get(PROPERTIES) if isinstance(feature, dict) and list(feature) == MEMBERS else None
    if not isinstance(properties, dict) or tuple(properties) != property_names(dataset):
        raise ProgrammerError("rows_differ", dataset=dataset.id)
    return dict(feature)


def _batch(features: Sequence[Feature], dataset: Dataset, schema: pa.Schema) -> pa.RecordBatch:
    shapes = read_back([feature[GEOMETRY] for feature in features])
    kept = _agreeing(features, shapes, dataset)
    columns = (
        [
            json.dumps(feature[PROPERTIES], ensure_ascii=False)
            for feature, keep in zip(features, kept, strict=True)
            if keep
        ],
        [text for text, keep in zip(texts(shapes), kept, strict=True) if keep],
    )
    return pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], schema=schema)


def _agreeing(features: Sequence[Feature], shapes: Shapes, dataset: Dataset) -> list[bool]:
    """Which features lie where their own properties say."""
    place = said_place(dataset)
    if not isinstance(place, Pair):
        return [True] * len(features)
    names = (place.longitude, place.latitude)
    numbers = [pa.array([feature[PROPERTIES][name] for feature in features], pa.float64()) for name in names]
    said = shapes_of(pa.RecordBatch.from_arrays(numbers, names=list(names)), place)
    return [one == other for one, other in zip(texts(shapes), texts(said), strict=True)]
