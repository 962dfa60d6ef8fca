"""Published bytes and what is claimed of them: sizes and hashes, and that CSV and Parquet hold the same rows.

Reads files below a folder; knows nothing of how they were made.
"""

import hashlib
from pathlib import Path

import duckdb

from catalog import layout
from catalog.manifest import Distribution, Format
from schemas.contracts import Dataset
from schemas.errors import ProgrammerError
from schemas.tables import database, file_literal, literal, quoted, read_parquet, stored_schema


def measured(file: Path, format_: Format) -> Distribution:
    """A file's size and SHA-256, as a manifest states them."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Distribution(path=file.name, format=format_, bytes=file.stat().st_size, sha256=digest)


def prove_same_rows(folder: Path, dataset: Dataset, rows: int) -> None:
    """Read CSV and Parquet back and compare them; ProgrammerError where they are not the same rows.

    Each row's values are hashed, those of the CSV after reading them as the contract's types; count and sum of
    the hashes must agree, so no row can be lost, doubled or changed.
    """
    parquet = folder / layout.data_file(dataset.id, "parquet")
    csv = folder / layout.data_file(dataset.id, "csv")
    schema = stored_schema(dataset.public_fields)
    values = ", ".join(f"coalesce({quoted(name)}, '')" if kind == "VARCHAR" else quoted(name) for name, kind in schema)
    with database(folder) as connection:
        found = connection.execute(f"DESCRIBE SELECT * FROM {read_parquet(parquet)}").fetchall()
        if [(name, kind) for name, kind, *_ in found] != schema:
            raise ProgrammerError("schema_differs", dataset=dataset.id)
        try:
            proofs = [
                connection.execute(f"SELECT count(*), sum(hash({values})) FROM {relation}").fetchall()[0]
                for relation in (read_parquet(parquet), _csv(csv, schema))
            ]
        except duckdb.ConversionException:
            proofs = []
    if len(set(proofs)) != 1 or proofs[0][0] != rows:
        raise ProgrammerError("rows_differ", dataset=dataset.id)


def _csv(path: Path, schema: list[tuple[str, str]]) -> str:
    columns = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in schema)
    return (
        f"read_csv({file_literal(path)}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{columns}}})"
    )
