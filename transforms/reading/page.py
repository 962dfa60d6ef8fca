"""A sheet of a workbook as reading takes it: what is hidden, where titles stand, what its cells' marks mean.

Puts together what `office` and `marks` know; reads no file.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from schemas.contracts import SpreadsheetLayout

from .assembly import Sheet, Under
from .columns import Wanted
from .headers import Merge
from .marks import UNCALCULATED, Marks
from .office import Sections, furniture, spanned_rows, without_remarks, without_sections
from .rows import Row, Skipped, bounds_of
from .table import SECTION_COLUMN, SHEET_COLUMN, RemarkCode

Told = tuple[RemarkCode, str | None]
"""What a remark is about: its code, and the column where it is about one."""


def page(
    rows: Iterable[Row],
    merges: Sequence[Merge],
    marks: Marks,
    layout: SpreadsheetLayout,
    title: str,
    wanted: tuple[Wanted, ...],
    remarks: Counter[Told],
) -> Sheet:
    """The sheet called `title`; what is worth a word is counted in `remarks` while its rows are read."""
    asked = {variant for field in wanted for variant in field.variants}
    added = tuple(
        column
        for column, is_added in (
            (SHEET_COLUMN, SHEET_COLUMN in asked or layout.sheets is not None),
            (SECTION_COLUMN, SECTION_COLUMN in asked),
        )
        if is_added
    )
    hidden = frozenset[int]() if layout.hidden == "read" else marks.hidden_columns

    def below(under_header: Iterable[Row], under: Under, skipped: Skipped) -> Iterable[Row]:
        shown = without_hidden(under_header, marks, layout, skipped, remarks)
        shown = without_columns(shown, hidden, layout, remarks)
        data = without_remarks(furniture(shown, under.window, skipped), under.shape, skipped)
        sections = Sections(under.shape, spanned_rows(merges), SECTION_COLUMN in added)

        def carried(row: Row, section: str) -> Row:
            return with_added(row, len(under.header.names), added, {SHEET_COLUMN: title, SECTION_COLUMN: section})

        return without_sections(data, sections, skipped, carried if added else _as_it_is)

    def kept(data: Iterable[Row], under: Under) -> Iterable[Row]:
        return watched(data, under, marks, layout, remarks) if marks.cells else data

    bounds = bounds_of(layout.skip, layout.stop)
    return Sheet(rows, merges, layout.header, below, kept, bounds, hidden, added)


def with_added(row: Row, width: int, added: Sequence[str], values: dict[str, str]) -> Row:
    """A row as wide as its header, with the added columns behind; a blank one stays blank."""
    number, cells = row
    if not any(cell and not cell.isspace() for cell in cells):
        return row
    return number, [*cells[:width], *[""] * (width - len(cells)), *(values[column] for column in added)]


def without_hidden(
    rows: Iterable[Row], marks: Marks, layout: SpreadsheetLayout, skipped: Skipped, remarks: Counter[Told]
) -> Iterator[Row]:
    """The rows that one sees; all, where the contract wants the hidden ones too.

    Rows that a filter hides are data that somebody looked past: where the contract is silent, that is told apart.
    """
    code: RemarkCode = "rows_filtered" if marks.filtered else "rows_hidden"
    for row in rows:
        if layout.hidden == "read" or row[0] not in marks.hidden_rows or not any(map(str.strip, row[1])):
            yield row
            continue
        skipped["hidden"] += 1
        if layout.hidden is None:
            remarks[code, None] += 1


def without_columns(
    rows: Iterable[Row], hidden: frozenset[int], layout: SpreadsheetLayout, remarks: Counter[Told]
) -> Iterator[Row]:
    """The rows with nothing in the hidden columns, which keep their places."""
    if not hidden:
        yield from rows
        return
    held: set[int] = set()
    for number, cells in rows:
        held.update(at for at, cell in enumerate(cells) if at in hidden and cell.strip())
        yield number, ["" if at in hidden else cell for at, cell in enumerate(cells)]
    if layout.hidden is None:
        remarks["columns_hidden", None] += len(held)


def watched(
    rows: Iterable[Row], under: Under, marks: Marks, layout: SpreadsheetLayout, remarks: Counter[Told]
) -> Iterator[Row]:
    """The data rows; counts the cells whose value the file does not hold, or shows as another."""
    named = [(name, marks.cells[at]) for at, name in enumerate(under.header.names) if name and at in marks.cells]
    for row in rows:
        for name, column in named:
            mark = column[row[0]] if row[0] < len(column) else 0
            if mark == UNCALCULATED:
                remarks["formulas_uncalculated", name] += 1
            elif mark and is_ambiguous(mark, marks, layout):
                remarks["format_ambiguous", name] += 1
        yield row


def is_ambiguous(mark: int, marks: Marks, layout: SpreadsheetLayout) -> bool:
    """Whether a cell shows another number than it holds, and the contract does not say which one counts."""
    form = marks.form(mark)
    if form is None or form.digits or layout.numbers == "stored":
        return False
    return form.factor is None or layout.numbers is None


def _as_it_is(row: Row, _section: str) -> Row:
    return row
