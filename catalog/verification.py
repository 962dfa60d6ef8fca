"""Published bytes and what is claimed of them: sizes and hashes, and that every format holds the same rows.

Reads files below a folder; knows nothing of how they were made.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import duckdb

from catalog import layout
from catalog.manifest import Distribution, Format
from schemas.contracts import Dataset
from schemas.errors import ProgrammerError
from schemas.tables import database, file_literal, literal, quoted, read_parquet, stored_schema

Connection = duckdb.DuckDBPyConnection


def measured(file: Path, format_: Format) -> Distribution:
    """A file's size and SHA-256, as a manifest states them."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Distribution(path=file.name, format=format_, bytes=file.stat().st_size, sha256=digest)


def prove_same_rows(
    folder: Path, dataset: Dataset, rows: int, formats: tuple[Format, ...] = ("csv", "parquet")
) -> None:
    """Read the data files of all `formats` back and compare them; ProgrammerError where they are not the same rows.

    Each row's values are hashed, those of text formats after reading them as the contract's types; count and sum of
    the hashes must agree, so no row can be lost, doubled or changed.
    """
    files: dict[Format, Path] = {format_: folder / layout.data_file(dataset.id, format_) for format_ in formats}
    schema = stored_schema(dataset.public_fields)
    values = ", ".join(f"coalesce({quoted(name)}, '')" if kind == "VARCHAR" else quoted(name) for name, kind in schema)
    with database(folder) as connection:
        found = connection.execute(f"DESCRIBE SELECT * FROM {read_parquet(files['parquet'])}").fetchall()
        if [(name, kind) for name, kind, *_ in found] != schema:
            raise ProgrammerError("schema_differs", dataset=dataset.id)
        try:
            proofs = [
                connection.execute(f"SELECT count(*), sum(hash({values})) FROM {relation}").fetchall()[0]
                for relation in (_READ_BACK[format_](connection, file, dataset) for format_, file in files.items())
            ]
        except (duckdb.ConversionException, duckdb.InvalidInputException):
            proofs = []
    if len(set(proofs)) != 1 or proofs[0][0] != rows:
        raise ProgrammerError("rows_differ", dataset=dataset.id)


def _parquet(_connection: Connection, path: Path, _dataset: Dataset) -> str:
    return read_parquet(path)


def _csv(_connection: Connection, path: Path, dataset: Dataset) -> str:
    return (
        f"read_csv({file_literal(path)}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {_columns(dataset)})"
    )


def _json(_connection: Connection, path: Path, dataset: Dataset) -> str:
    return f"read_json({file_literal(path)}, format = 'array', columns = {_columns(dataset)})"


def _geojson(connection: Connection, path: Path, dataset: Dataset) -> str:
    from catalog.encoding import geojson  # shapely is for datasets with places alone

    return geojson.relation(connection, path, dataset)


def _geoparquet(connection: Connection, path: Path, dataset: Dataset) -> str:
    from catalog.encoding import geoparquet

    return geoparquet.relation(connection, path, dataset)


def _xlsx(connection: Connection, path: Path, dataset: Dataset) -> str:
    from catalog.encoding import xlsx  # calamine is for workbooks alone

    return xlsx.relation(connection, path, dataset)


def _columns(dataset: Dataset) -> str:
    stated = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in stored_schema(dataset.public_fields))
    return f"{{{stated}}}"


_READ_BACK: dict[Format, Callable[[Connection, Path, Dataset], str]] = {
    "csv": _csv,
    "parquet": _parquet,
    "json": _json,
    "geoparquet": _geoparquet,
    "geojson": _geojson,
    "xlsx": _xlsx,
}
