"""The processor time of the charts and the map of one large public table: `python -m benchmarks.charts [--rows N]`.

The rows are those of `benchmarks.journey`, and points in a city.
"""

import argparse
import tempfile
import time
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.journey import CONTRACT, ROWS_SQL
from catalog.charts.documents import compact
from catalog.charts.figures import charts
from catalog.charts.places import map_of
from catalog.encoding import statistics
from schemas.contracts import Contract, Dataset
from schemas.contracts.loading import load
from schemas.tables import PublicTable, quoted, stored_schema

POINTS = Dataset.model_validate(
    {
        "id": "titik",
        "department": "dishub",
        "title": "Titik",
        "description": "Tolok ukur.",
        "license": "CC-BY-4.0",
        "origin": "sample",
        "fields": [
            {"name": "kode", "title": "Kode", "type": "string", "access": "open"},
            {"name": "lintang", "title": "Lintang", "type": "number", "access": "open"},
            {"name": "bujur", "title": "Bujur", "type": "number", "access": "open"},
        ],
    }
)
POINTS_SQL = (
    "SELECT 'K' || i AS kode, -0.95 + i * 7919 % 250000 / 1e6 AS lintang, "
    "119.8 + i * 104729 % 200000 / 1e6 AS bujur FROM range({rows}) t(i)"
)


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    rows = arguments.parse_args().rows
    contract = load(CONTRACT.read_text(encoding="utf-8"), CONTRACT.name, Contract)
    with tempfile.TemporaryDirectory() as scratch:
        events = Path(scratch) / "rows.parquet"
        duckdb.sql(ROWS_SQL.format(rows=rows, file=events).replace("(HEADER, DELIMITER ',')", "(FORMAT parquet)"))
        _measure(Path(scratch), f"SELECT * FROM '{events}'", contract.described(), rows)
        _measure(Path(scratch), POINTS_SQL.format(rows=rows), POINTS, rows)


def _measure(scratch: Path, query: str, of: Dataset, rows: int) -> None:
    columns = ", ".join(f"{quoted(name)}::{kind} AS {quoted(name)}" for name, kind in stored_schema(of.public_fields))
    file = scratch / f"{of.id}.parquet"
    duckdb.sql(f"COPY (SELECT {columns} FROM ({query})) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
    table = PublicTable(file, of, rows)
    counted = statistics.of(table)
    for name, make in (("charts", partial(charts, statistics=counted)), ("map", map_of)):
        began = time.process_time()
        made = make(table)
        spent = time.process_time() - began
        print(f"{of.id}, {rows:,} rows: {name} {spent:.2f} s of processor time, {len(compact(made)):,} bytes")


if __name__ == "__main__":
    main()
