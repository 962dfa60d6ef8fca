"""Staged rows made by hand, what redaction makes of them, and everything that can be read in a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.contracts import Contract
from schemas.tables import FAULT_COLUMN, LINE_COLUMN, PublicTable, StagedTable, kept_fields, kept_text
from tests.making import Row
from transforms.protection.redaction import redact

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "year": pa.int64(),
    "date": pa.date32(),
}


def staged(folder: Path, of: Contract, rows: Sequence[Row], faults: Sequence[str | None] = ()) -> StagedTable:
    """Staged rows in the order of the contract's staged fields."""
    fields, marks = of.staged_fields, list(faults) or [None] * len(rows)
    columns: dict[str, Any] = {LINE_COLUMN: pa.array(range(2, len(rows) + 2), pa.int64())}
    for number, field in enumerate(fields):
        columns[field.name] = pa.array([row[number] for row in rows], TYPES[field.type])
    columns |= {kept_text(field): pa.nulls(len(rows), pa.string()) for field in kept_fields(of)}
    columns[FAULT_COLUMN] = pa.array(marks, pa.string())
    path = folder / "staged.parquet"
    pq.write_table(pa.table(columns), path)
    return StagedTable(path, of, len(rows), len(rows) - marks.count(None), None)


def public(folder: Path, of: Contract, rows: Sequence[Row], faults: Sequence[str | None] = ()) -> PublicTable:
    return redact(staged(folder, of, rows, faults), folder / "public.parquet")


def everything_in(parquet: Path) -> str:
    """All that a reader could find: pages decompressed, dictionaries, statistics, schema, the bytes themselves."""
    plain = parquet.with_suffix(".plain")
    table = pq.read_table(parquet)
    pq.write_table(table, plain, compression="none", use_dictionary=False)
    footer = duckdb.execute(f"SELECT * FROM parquet_metadata('{parquet}')").fetchall()
    marks = duckdb.execute(f"SELECT * FROM parquet_kv_metadata('{parquet}')").fetchall()
    parts = [footer, marks, table.schema, table.to_pylist(), parquet.read_bytes(), plain.read_bytes()]
    return "".join(part.decode("latin-1") if isinstance(part, bytes) else str(part) for part in parts)
