"""Staged rows of a test's own, written as staging writes them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from schemas.contracts import Contract
from schemas.tables import FAULT_COLUMN, StagedTable, kept_fields, kept_text, literal, quoted, stored_schema

Row = Sequence[Any]


def written(path: Path, columns: Sequence[tuple[str, str]], rows: Sequence[Row]) -> Path:
    """A Parquet file of these columns, each a name and a DuckDB type."""
    with duckdb.connect() as connection:
        declared = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
        connection.execute(f"CREATE TABLE rows ({declared})")
        if rows:
            connection.executemany(f"INSERT INTO rows VALUES ({', '.join('?' for _ in columns)})", rows)
        connection.execute(f"COPY rows TO {literal(path)} (FORMAT parquet)")
    return path


def staged(folder: Path, contract: Contract, rows: Sequence[Row], faulty: Sequence[Row] = ()) -> StagedTable:
    """The rows as a staged table; those of `faulty` end with the names of the fields that do not parse."""
    kept = [(kept_text(field), "VARCHAR") for field in kept_fields(contract)]
    columns = [*stored_schema(contract.staged_fields), *kept, (FAULT_COLUMN, "VARCHAR")]
    marked = [*((row, None) for row in rows), *((row, mark) for *row, mark in faulty)]
    path = written(folder / "staged.parquet", columns, [(*row, *(None for _ in kept), mark) for row, mark in marked])
    return StagedTable(path, contract, len(rows) + len(faulty), len(faulty), first_row=2)
