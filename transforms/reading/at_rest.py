"""Rows of text -> a private Parquet file, in batches. Knows nothing of where they came from."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.tables import quoted, read_parquet

from .quoting import Damaged
from .rows import Row
from .table import DIGITS_BELOW, NUMBER_MARK, RAGGED_COLUMN, ROW_COLUMN, RawTable, SkipReason, value_column

BATCH_ROWS = 20_000
PLACES = (ROW_COLUMN, RAGGED_COLUMN)
WHOLE_SECONDS = len("2026-01-31 08:30:00")
"""Characters of a moment without a fraction."""


@dataclass(frozen=True, slots=True)
class Rested:
    """How many rows were written, and how many of them have a cell too many or too few."""

    rows: int
    ragged: int


def rest(rows: Iterable[Row], names: Sequence[str], least: int, target: Path) -> Rested:
    """Write all rows; one of fewer than `least` cells or more than `names` is ragged.

    Surplus cells stay behind: the snapshot has them, and `RAGGED_COLUMN` tells of them.
    """
    schema = pa.schema([(place, pa.int64()) for place in PLACES] + [(name, pa.string()) for name in names])
    remaining = iter(rows)
    written = ragged = usual = 0
    with pq.ParquetWriter(target, schema, compression="zstd", compression_level=1) as writer:
        while batch := list(islice(remaining, BATCH_ROWS)):
            usual = usual or Counter(len(cells) for _, cells in batch).most_common(1)[0][0]
            table = _batch(batch, range(least, len(names) + 1), usual, schema)
            writer.write_batch(table)
            written += table.num_rows
            ragged += table.num_rows - table.column(1).null_count
    return Rested(written, ragged)


def table_at_rest(path: Path, skipped: Mapping[SkipReason, int]) -> RawTable:
    """A Parquet that stands already: a database's rows, or the texts of a dataset's own module.

    A column may rest in a database's type: it is shown as the text that the same value would have rested in, and
    the text is made only where somebody asks for it.
    """
    file = pq.ParquetFile(path)
    kinds = {one.name: _TYPES[str(one.type)] for one in file.schema_arrow if one.name not in PLACES}
    typed = {name: kind for name, kind in kinds.items() if kind != "VARCHAR"}
    relation = _with_texts(read_parquet(path), typed) if typed else read_parquet(path)
    return RawTable(relation, (path,), tuple(kinds), file.metadata.num_rows, None, skipped=skipped, typed=typed)


_TYPES = {
    "string": "VARCHAR",
    "bool": "BOOLEAN",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "date32[day]": "DATE",
    "timestamp[us]": "TIMESTAMP",
}
"""What a column may rest in: Arrow's name, and DuckDB's."""


def _with_texts(relation: str, typed: Mapping[str, str]) -> str:
    texts = ", ".join(f"{_text(quoted(name), kind)} AS {quoted(name)}" for name, kind in typed.items())
    values = ", ".join(f"{quoted(name)} AS {quoted(value_column(name))}" for name in typed)
    return f"(SELECT * REPLACE ({texts}), {values} FROM {relation})"


def _text(value: str, kind: str) -> str:
    """A value as text that can mean one thing only, the same as of a database that is read row by row."""
    text = f"CAST({value} AS VARCHAR)"
    match kind:
        case "DOUBLE":
            whole = f"abs({value}) < {DIGITS_BELOW} AND trunc({value}) = {value}"
            return f"CASE WHEN {whole} THEN format('{{:.0f}}', {value}) ELSE '{NUMBER_MARK}' || {text} END"
        case "TIMESTAMP":
            longer = f"rpad({text}, {WHOLE_SECONDS + len('.000000')}, '0')"
            return f"CASE WHEN length({text}) > {WHOLE_SECONDS} THEN {longer} ELSE {text} END"
        case _:
            return text


def _batch(rows: Sequence[Row], widths: range, usual: int, schema: pa.Schema) -> pa.RecordBatch:
    cells = [_fitted(row[1], widths[-1]) for row in rows]
    arrays: list[pa.Array[Any]] = [
        _numbers(number for number, _ in rows),
        _numbers(_raggedness(row[1], widths, usual) for row in rows),
        *(_texts(column) for column in zip(*cells, strict=True)),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(cells: Iterable[str | None]) -> "pa.Array[Any]":
    """What `pa.array` gives, which would import pandas first: a second of every file's reading."""
    builder = pa.lib.StringBuilder()
    builder.append_values(cells)
    return builder.finish()


def _numbers(numbers: Iterable[int | None]) -> "pa.Array[Any]":
    return _texts([None if number is None else str(number) for number in numbers]).cast(pa.int64())


def _fitted(cells: Sequence[str], width: int) -> list[str | None]:
    fitted = [cell or None for cell in cells]
    if len(fitted) == width:
        return fitted
    return [*fitted[:width], *[None] * (width - len(fitted))]


def _raggedness(cells: Sequence[str], widths: range, usual: int) -> int | None:
    """How many cells, where that is wrong.

    Empty ones too many are how programs write empty columns, and they do so in most rows; in a single row the
    cells before them may have been pushed aside.
    """
    if isinstance(cells, Damaged):
        return len(cells)
    if len(cells) in widths or (len(cells) == usual > widths[-1] and not any(cells[widths[-1] :])):
        return None
    return len(cells)
