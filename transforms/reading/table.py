"""What reading hands on: the rows of a source as text, and an account of every row that it left out.

Says nothing about types; `transforms/casting` gives the text its meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SkipReason = Literal["preamble", "blank", "numbering", "total", "footer", "header"]

ROW_COLUMN = "_row"
"""The column of `RawTable` with the source's own row number, counted from 1 as a spreadsheet shows it."""

RAGGED_COLUMN = "_ragged"
"""How many cells a row has whose cells are not as many as the header's; NULL in every sound row."""

NUMBER_MARK = "\ue000"
"""Stands before a fraction that the file stores as a number, so that `1.234` cannot be taken for 1234."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A rectangular table of text at rest, as a handle: the rows are never held whole.

    `relation` is the DuckDB expression to select from, of two kinds:

    - `rows` is a number: `read_parquet('…')` of a private Parquet with `ROW_COLUMN` and `RAGGED_COLUMN` (both
      BIGINT) first. `ragged` counts the rows that have a cell too many or too few: no one can say which cell
      is which, so they belong in quarantine. It may hold columns that `columns` does not list: leave them.
    - `rows` is None: `read_csv(…)` on the source itself, which DuckDB has yet to read; its row `n` (from 0)
      is the source's row `n + first_row`. It fails at the first ragged row; then `read_slowly` is the way.

    All source columns are VARCHAR; an empty cell is NULL.
    `columns` are the headers as the source writes them, white space collapsed; those that a module's dataset
    repeats or leaves out get a name of their own. `computed` are columns that need no field: those that
    reading added (a point's longitude), and the running numbers that offices put first ("No").
    `skipped` counts the rows left out. In a table at rest, `rows`, `header_rows` and `skipped` together are
    all rows of the source.
    """

    relation: str
    files: tuple[Path, ...]
    columns: tuple[str, ...]
    rows: int | None
    first_row: int | None
    header_rows: int = 0
    ragged: int = 0
    skipped: Mapping[SkipReason, int] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
