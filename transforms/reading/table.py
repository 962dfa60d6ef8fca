"""What reading hands on: the rows of a source as text, and an account of every row that it left out.

Says nothing about types; `transforms/casting` gives the text its meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SkipReason = Literal[
    "preamble",
    "blank",
    "numbering",
    "total",
    "footer",
    "units",
    "repeated",
    "section",
    "note",
    "hidden",
    "stated",
    "below",
]
RemarkCode = Literal[
    "rows_hidden", "rows_filtered", "columns_hidden", "sheets_hidden", "formulas_uncalculated", "format_ambiguous"
]

SHEET_COLUMN, SECTION_COLUMN = "@sheet", "@section"
"""The columns that reading adds where a field asks for them: a row's sheet, and the title row above it."""

ROW_COLUMN = "_row"
"""The column of `RawTable` with the source's own row number, counted from 1 as a spreadsheet shows it."""

DIGITS_BELOW = 1e38
"""A whole number that a database stores as a fraction is written with all its digits below it, beyond it as `1e+38`."""

RAGGED_COLUMN = "_ragged"
"""How many cells a row has whose cells are not as many as the header's; NULL in every sound row."""

NUMBER_MARK = "\ue000"
"""Stands before a fraction that the file stores as a number, so that `1.234` cannot be taken for 1234."""


ERROR_TEXT = "#ERROR!"
"""Stands for every error value and for a formula without a result; no type of a contract takes it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an officer should hear of a file although its rows were read: how often it was seen, and in which column.

    `rows_hidden` and `rows_filtered` count rows, `columns_hidden` columns, `sheets_hidden` sheets, the others cells.
    """

    code: RemarkCode
    count: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class RawTable:
    """A rectangular table of text at rest, as a handle: the rows are never held whole.

    `relation` is the DuckDB expression to select from, of two kinds:

    - `rows` is a number: `read_parquet('…')` of a private Parquet with `ROW_COLUMN` and `RAGGED_COLUMN` (both
      BIGINT) first. `ragged` counts the rows that have a cell too many or too few: no one can say which cell
      is which, so they belong in quarantine. It may hold columns that `columns` does not list: leave them.
    - `rows` is None: `read_csv(…)` on the source itself, which DuckDB has yet to read; its row `n` (from 0)
      is the source's row `n + first_row`. It fails at the first ragged row; then `read_slowly` is the way.

    All source columns are VARCHAR; an empty cell is NULL. Of the columns in `typed` a database gave the values:
    their text stands there like any other's, and `value_column` names the column beside it that holds the value.
    `columns` are the headers as the source writes them, white space collapsed; those that a module's dataset
    repeats or leaves out get a name of their own. `computed` are columns that need no field: those that
    reading added (a point's longitude), and the running numbers that offices put first ("No").
    `skipped` counts the rows left out. In a table at rest, `rows`, `header_rows` and `skipped` together are
    all rows of the source.
    `remarks` tell what stands beside the rows and is worth a word. `header_row` is where the header begins, from
    1, and `sheets` are those that were read: the layout, so that the next release can be held against it.
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
    remarks: tuple[Remark, ...] = ()
    header_row: int | None = None
    sheets: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


def value_column(column: str) -> str:
    """The column of a relation with the values of which `column` is the text."""
    return f"{NUMBER_MARK}{column}"
