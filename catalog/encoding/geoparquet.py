"""The public table as GeoParquet 1.1: the geometry as WKB beside the other columns, WGS 84, two dimensions.

Written from plain arrays, so its dictionary pages hold no value that no row holds. Without `crs` the standard says
OGC:CRS84: longitude, then latitude, on WGS 84.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely  # type: ignore[import-untyped]

from catalog.encoding.places import BATCH_ROWS, Extent, Shapes, batches, said_place, shapes_of, texts
from schemas.contracts import Dataset, Pair, Shape
from schemas.errors import ProgrammerError
from schemas.tables import PublicTable, database, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERSION = "1.1.0"


def write(table: PublicTable, into: Path) -> None:
    """Write every row of `table` to `into`, in its order."""
    dataset, place, extent = table.dataset, said_place(table.dataset), Extent()
    with database(into.parent, table.path) as connection:
        query = f"SELECT * FROM {read_parquet(table.path)}"
        schema = _schema(connection.sql(f"{query} LIMIT 0").to_arrow_table().schema, dataset)
        with pq.ParquetWriter(into, schema, compression="zstd", store_schema=False) as writer:
            for batch, shapes in batches(connection, query, place):
                extent = extent.over(shapes)
                writer.write_batch(_with_geometry(batch, shapes, schema, dataset))
            writer.add_key_value_metadata({"geo": json.dumps(_described(dataset, extent))})


def geometry_column(dataset: Dataset) -> str:
    """The column of the geometry: the field itself, or `geometry` beside the two numbers."""
    place = said_place(dataset)
    if isinstance(place, Shape):
        return place.field
    taken = {field.name for field in dataset.public_fields}
    return "geometry" if "geometry" not in taken else "geometry_wkb"


def _schema(read: pa.Schema, dataset: Dataset) -> pa.Schema:
    geometry = pa.field(geometry_column(dataset), pa.binary())
    place = read.get_field_index(geometry.name)
    return read.append(geometry) if place < 0 else read.set(place, geometry)


def _with_geometry(batch: pa.RecordBatch, shapes: Shapes, schema: pa.Schema, dataset: Dataset) -> pa.RecordBatch:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    columns[geometry_column(dataset)] = _wkb(shapes)
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.names], schema=schema)


def _wkb(shapes: Shapes) -> "pa.Array[Any]":
    """Well-known binary, little-endian whatever the machine (law 4)."""
    return pa.array(list(shapely.to_wkb(shapes, byte_order=1)), pa.binary())


def _described(dataset: Dataset, extent: Extent) -> dict[str, Any]:
    """The `geo` metadata. Rings are counter-clockwise: staging wound them so."""
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(extent.kinds),
        "orientation": "counterclockwise",
    }
    if extent.bounds:
        column["bbox"] = list(extent.bounds)
    name = geometry_column(dataset)
    return {"version": VERSION, "primary_column": name, "columns": {name: column}}


def relation(connection: "DuckDBPyConnection", path: Path, dataset: Dataset) -> str:
    """The SQL relation of a file's rows as the public fields. A row that says another place than its fields is not
    among them. ProgrammerError: `schema_differs`.
    """
    file, geometry = pq.ParquetFile(path), geometry_column(dataset)
    fields = [field.name for field in dataset.public_fields]
    if file.schema_arrow.names != [*fields, *({geometry} - set(fields))]:
        raise ProgrammerError("schema_differs", dataset=dataset.id)
    schema = pa.schema([_as_text(file.schema_arrow.field(name), geometry) for name in fields])
    connection.register("rows_with_places", pa.RecordBatchReader.from_batches(schema, _read(file, schema, dataset)))
    return "rows_with_places"


def _as_text(field: "pa.Field[Any]", geometry: str) -> "pa.Field[Any]":
    return pa.field(field.name, pa.string()) if field.name == geometry else field


def _read(file: pq.ParquetFile, schema: pa.Schema, dataset: Dataset) -> Iterator[pa.RecordBatch]:
    geometry, place = geometry_column(dataset), said_place(dataset)
    for batch in file.iter_batches(BATCH_ROWS):
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        found = texts(shapely.from_wkb(np.array(columns[geometry].to_pylist(), dtype=object), on_invalid="ignore"))
        columns[geometry] = pa.array(found, pa.string())
        kept = pa.array(np.ones(len(found), dtype=bool))
        if isinstance(place, Pair):
            said = texts(shapes_of(batch, place))
            kept = pa.array([one == other for one, other in zip(found, said, strict=True)], pa.bool_())
        arrays = [columns[name] for name in schema.names]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema).filter(kept)
