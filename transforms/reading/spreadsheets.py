"""Workbooks (xls, xlsx, xlsb, ods) as offices write them -> a `RawTable`.

Reads what cells hold, never how they are shown: colours, hidden rows and formulas mean nothing here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
    load_workbook,
)

from schemas.contracts import SpreadsheetLayout
from schemas.errors import SupplierError

from .assembly import Sheet, assembled, refuse_width
from .columns import Wanted, shown
from .error_cells import ERROR_TEXT, ErrorCells, error_cells
from .rows import Row, without_numbering
from .table import NUMBER_MARK, RawTable

EXACT_BELOW = 10**15
"""A spreadsheet keeps 15 digits: a longer number may have lost some, so it is not written as if it were whole."""
SECONDS_PER_HOUR, SECONDS_PER_MINUTE = 3600, 60

CellValue = int | float | str | bool | time | date | datetime | timedelta


def read_spreadsheet(
    path: Path, layout: SpreadsheetLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str
) -> RawTable:
    """Read one sheet.

    SupplierError: `file_encrypted`, `file_unreadable`, `sheet_missing`, `sheet_ambiguous`, and as
    `assembled` does.
    """
    path.stat()  # calamine would call a missing file a damaged one
    try:
        with load_workbook(path) as workbook:
            title = _sheet_name(workbook, layout.sheet, name)
            sheet = workbook.get_sheet_by_name(title)
            refuse_width(sheet.total_width, name)
            errors = error_cells(path, title, workbook.sheet_names.index(title))
            return assembled(_table(sheet, errors, layout.header), wanted, workspace, name)
    except PasswordError:
        raise SupplierError("file_encrypted", file=name) from None
    except (CalamineError, XmlError, ZipError):
        raise SupplierError("file_unreadable", file=name, kind=layout.kind) from None


def _sheet_name(workbook: CalamineWorkbook, stated: str | None, file: str) -> str:
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        raise SupplierError("file_unreadable", file=file, kind="spreadsheet")
    existing = ", ".join(shown(sheet.name) for sheet in sheets)
    if stated is not None:
        if stated not in (sheet.name for sheet in sheets):
            raise SupplierError("sheet_missing", file=file, sheet=stated, sheets=existing)
        return stated
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    if len(visible) != 1:
        raise SupplierError("sheet_ambiguous", file=file, sheets=existing)
    return visible[0]


def _table(sheet: CalamineSheet, errors: ErrorCells, fixed_header: int | None) -> Sheet:
    return Sheet(
        rows=_rows(sheet, errors),
        merges=sheet.merged_cell_ranges or (),
        fixed_header=fixed_header,
        below=without_numbering,
    )


def _rows(sheet: CalamineSheet, errors: ErrorCells) -> Iterator[Row]:
    """All rows from the sheet's first, though calamine leaves out the columns before the used range."""
    before = sheet.start[1] if sheet.start else 0
    blank = [""] * before
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [*blank, *map(cell_text, values)] if before else [*map(cell_text, values)]
        if number in errors:
            _put_errors(cells, errors[number])
        yield number, cells


def _put_errors(cells: list[str], columns: Iterable[int]) -> None:
    """Calamine gives an empty cell where a formula failed; a failure must not pass for a blank."""
    for column in columns:
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = ERROR_TEXT


def cell_text(value: CellValue) -> str:
    """A cell as text: dates in ISO 8601, whole numbers plain, fractions behind `NUMBER_MARK`."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() | int():
            return _number_text(value)
        case timedelta():
            return _duration_text(value)
    return value.isoformat()


def _number_text(value: float) -> str:
    if value == int(value) and abs(value) < EXACT_BELOW:
        return str(int(value))
    return NUMBER_MARK + repr(value)


def _duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, SECONDS_PER_HOUR // SECONDS_PER_MINUTE)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
