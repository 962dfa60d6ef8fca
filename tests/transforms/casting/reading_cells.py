"""A column of text cells, staged as a field of some type."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.tables import FAULT_COLUMN
from tests.making import contract, open_field, rows_of
from transforms.reading.at_rest import table_at_rest
from transforms.reading.table import RAGGED_COLUMN, ROW_COLUMN
from transforms.staging import stage

FAULT = "tidak terbaca"
"""Stands in the answers below for a cell that does not parse: its row goes to quarantine."""
ZONE = "Asia/Makassar"


def read(cells: Sequence[str | None], kind: str, *, missing: Sequence[str] = ("",), **field: Any) -> list[Any]:
    """What each cell of the column is read as; None for an empty one, `FAULT` for one that does not parse."""
    of = contract(open_field("x", kind, **field), missingValues=list(missing))
    with tempfile.TemporaryDirectory() as folder:
        source, into = Path(folder) / "rows.parquet", Path(folder) / "staged.parquet"
        places = {ROW_COLUMN: pa.array(range(1, len(cells) + 1)), RAGGED_COLUMN: pa.nulls(len(cells), pa.int64())}
        pq.write_table(pa.table({**places, "x": pa.array(cells, pa.string())}), source)
        stage(table_at_rest(source, {}), {"x": "x"}, of, ZONE, into)
        return [FAULT if fault else value for value, fault in rows_of(into, "x", FAULT_COLUMN)]
