"""What reading hands on: the rows of a source as text, and an account of every row that it left out.

Says nothing about types; `transforms/casting` gives the text its meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SkipReason = Literal["preamble", "blank", "numbering", "total", "footer"]

ROW_COLUMN = "_row"
"""The column of `RawTable` that holds the source's own row number, counted from 1 as a spreadsheet shows it."""

NUMBER_MARK = "\ue000"
"""Stands before a fraction that the file itself stores as a number, so that `1.234` cannot be taken for 1234."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A rectangular table of text at rest, as a handle: the rows are never held whole.

    `relation` is the DuckDB expression to select from: `read_parquet('…')` of a private text Parquet with
    `ROW_COLUMN` first, or, for regular CSV, `read_csv(…)` on the file itself, whose row `n` (from 0) stands in
    the source's line `n + first_row`. All columns are VARCHAR; an empty cell is NULL.
    `columns` are the headers as the source writes them. `matched` maps each field to its column.
    `computed` are columns that reading added itself (a point's longitude, say): they need no field.
    """

    relation: str
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    rows: int | None
    first_row: int | None
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
