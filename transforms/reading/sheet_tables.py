"""The tables of a workbook as they are seen without a contract: sheet by sheet, with what is hidden and what is odd.

What is hidden is left out here too, so that nobody writes a contract over what was not meant to be seen.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from schemas.contracts import SpreadsheetLayout

from .assembly import refuse_width
from .at_rest import PLACES, rest
from .columns import distinct
from .glance import Note, NoteCode, SeenTable, SkippedRow
from .headers import tidy
from .marks import PLAIN, UNCALCULATED, Marks, sheet_marks
from .page import is_ambiguous
from .proposal import ProposedTable, proposed_tables
from .rows import Row, filled
from .spreadsheets import opened, sheet_rows

LAYOUT = SpreadsheetLayout(kind="spreadsheet")
NAMES_SHOWN = 10


def sheet_tables(path: Path, workspace: Path, file: str) -> tuple[SeenTable, ...]:
    """Every table of every sheet. SupplierError: `file_encrypted`, `file_unreadable`, `file_too_wide`."""
    tables: list[SeenTable] = []
    with opened(path, file) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                found = _of_sheet(workbook, path, sheet.name, file)
                for number, (table, notes, left) in enumerate(found, start=1):
                    target = workspace / f"table-{len(tables) + 1}.parquet"
                    place = sheet.name if number == 1 else f"{sheet.name} ({number})"
                    tables.append(replace(_seen(table, place, notes, left, target), hidden=hidden, sheet=sheet.name))
    return tuple(tables)


def _of_sheet(
    workbook: CalamineWorkbook, path: Path, title: str, file: str
) -> Iterator[tuple[ProposedTable, tuple[Note, ...], list[Row]]]:
    """The tables of a sheet, each with its notes and with the hidden rows that stand in it."""
    sheet = workbook.get_sheet_by_name(title)
    refuse_width(sheet.total_width, file)
    marks = sheet_marks(path, title, workbook.sheet_names.index(title))
    shown, hidden, columns = _parted(sheet, marks)
    tables = proposed_tables(shown, sheet.merged_cell_ranges or marks.merges)
    begins = sorted({table.header_first for table in tables})
    for table in tables:
        at = begins.index(table.header_first)
        first, following = begins[at] if at else 0, begins[at + 1 : at + 2]
        left = [row for row in hidden if first <= row[0] and not (following and row[0] >= following[0])]
        yield table, tuple(_notes(table, marks, len(left), columns)), _cut(left, table.positions)


def _parted(sheet: CalamineSheet, marks: Marks) -> tuple[list[Row], list[Row], int]:
    """The rows that are shown, without their hidden cells; the hidden ones; how many hidden columns hold anything."""
    shown: list[Row] = []
    hidden: list[Row] = []
    held: set[int] = set()
    for number, cells in sheet_rows(sheet, marks, None):
        held.update(at for at in marks.hidden_columns if at < len(cells) and cells[at].strip())
        row = number, ["" if at in marks.hidden_columns else cell for at, cell in enumerate(cells)]
        (hidden if number in marks.hidden_rows and filled(cells, at_most=1) else shown).append(row)
    return shown, hidden, len(held)


def _notes(table: ProposedTable, marks: Marks, hidden: int, columns: int) -> Iterator[Note]:
    if hidden:
        yield Note("rows_filtered" if marks.filtered else "rows_hidden", {"count": hidden})
    if columns:
        yield Note("columns_hidden", {"count": columns})
    told: dict[NoteCode, Counter[str]] = {"formulas_uncalculated": Counter(), "format_ambiguous": Counter()}
    for name, at in zip(table.names, table.positions, strict=True):
        column = marks.cells.get(at, bytearray())
        for number, _ in table.rows:
            mark = column[number] if number < len(column) else PLAIN
            if mark == UNCALCULATED:
                told["formulas_uncalculated"][tidy(name)] += 1
            elif mark and is_ambiguous(mark, marks, LAYOUT):
                told["format_ambiguous"][tidy(name)] += 1
    for code, counts in told.items():
        if counts:
            names = ", ".join(name or "-" for name in list(counts)[:NAMES_SHOWN])
            yield Note(code, {"count": counts.total(), "columns": names})


def _cut(rows: Sequence[Row], positions: Sequence[int]) -> list[Row]:
    return [(number, [cells[at] if at < len(cells) else "" for at in positions]) for number, cells in rows]


def _seen(table: ProposedTable, place: str, notes: tuple[Note, ...], left: list[Row], target: Path) -> SeenTable:
    names = distinct(table.names, PLACES)
    rested = rest(table.rows, names, 0, target)
    skipped = [SkippedRow(one.row[0], one.reason, tuple(one.row[1])) for one in table.skipped]
    skipped.extend(SkippedRow(number, "hidden", tuple(cells)) for number, cells in left)
    return SeenTable(
        place=place,
        hidden=False,
        header_first=table.header_first,
        header_height=table.header_height,
        columns=table.names,
        rows=rested.rows,
        skipped=tuple(sorted(skipped, key=lambda row: row.number)),
        notes=notes,
        names=names,
        at_rest=target,
    )
