"""What a sheet's file tells of its rows, columns and cells beside their values, put together while it is scanned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..headers import Merge
from .formats import Form, form_of

PLAIN, ERROR, UNCALCULATED, FIRST_FORM = 0, 1, 2, 3
"""A cell's mark; from `FIRST_FORM` on it counts through `Marks.forms`."""
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
"""Excel's limits: what a damaged file says beyond them is nowhere."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked cells, one byte a row for each column that has any, and what is hidden.

    Rows count from 1, columns from 0. `filtered` says that a filter is at work on the sheet. `merges` are the merged
    cells of the formats of which calamine tells none.
    """

    cells: Mapping[int, bytearray]
    forms: Sequence[Form]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    filtered: bool
    merges: tuple[Merge, ...] = ()

    def form(self, mark: int) -> Form | None:
        """The form that a cell's mark means; None for errors and plain cells."""
        return self.forms[mark - FIRST_FORM] if mark >= FIRST_FORM else None


@dataclass(slots=True)
class Draft:
    """Marks in the making; `styles` gives the mark of each cell style of the book."""

    styles: Sequence[int] = ()
    forms: Sequence[Form] = ()
    cells: dict[int, bytearray] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merges: list[Merge] = field(default_factory=list)

    def put(self, row: int, column: int, mark: int) -> None:
        """Mark one cell."""
        if mark == PLAIN or row >= LAST_ROW or column >= LAST_COLUMN:
            return
        rows = self.cells.setdefault(column, bytearray())
        if len(rows) <= row:
            rows.extend(bytes(row + 1 - len(rows)))
        rows[row] = mark

    def style(self, index: int) -> int:
        """The mark of a cell that has this style."""
        return self.styles[index] if index < len(self.styles) else PLAIN

    def hide_rows(self, first: int, count: int = 1) -> None:
        """Rows that nobody sees."""
        self.hidden_rows.update(range(first, min(first + count, LAST_ROW + 1)))

    def hide_columns(self, first: int, last: int) -> None:
        """Columns that nobody sees."""
        self.hidden_columns.update(range(first, min(last, LAST_COLUMN - 1) + 1))

    def merge(self, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        """Cells that are shown as one: the first and last of their rows and columns, both from 0."""
        if rows[1] < LAST_ROW and columns[1] < LAST_COLUMN:
            self.merges.append(((rows[0], columns[0]), (rows[1], columns[1])))

    def finished(self) -> Marks:
        """The marks as they stay."""
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Marks(self.cells, self.forms, *hidden, self.filtered, tuple(self.merges))


def marks_of_codes(codes: Iterable[str]) -> tuple[list[int], list[Form]]:
    """The mark of each number format, in order, and the forms that the marks mean."""
    forms: list[Form] = []
    marks = []
    for code in codes:
        form = form_of(code)
        if form is not None and form not in forms:
            forms.append(form)
        marks.append(FIRST_FORM + forms.index(form) if form else PLAIN)
    return marks, forms
