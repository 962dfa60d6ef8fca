"""Workbooks (xls, xlsx, xlsm, xlsb, ods) -> a `RawTable`: which sheets are read, and each cell as text.

Reads what cells hold. Of how they are shown only what changes their meaning counts; colours and formulas do not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
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

from .assembly import Sheet, assembled, assembled_together, refuse_width
from .columns import Wanted, shown
from .marks import ERROR, PLAIN, UNCALCULATED, Form, Marks, sheet_marks
from .page import Told, page
from .rows import Row
from .table import ERROR_TEXT, NUMBER_MARK, RawTable, Remark

EXACT_BELOW = 10**15
"""A spreadsheet keeps 15 digits: a longer number may have lost some, so it is not written as if it were whole."""
_ISO_CLOCK = re.compile("PT([0-9]+)H([0-9]{2})M([0-9]{2})(?:[.,]([0-9]+))?S")
"""OpenDocument's hours, `PT08H30M00S`, which calamine hands on as they stand."""
SECONDS_PER_HOUR, SECONDS_PER_MINUTE = 3600, 60

CellValue = int | float | str | bool | time | date | datetime | timedelta


def read_spreadsheet(
    path: Path, layout: SpreadsheetLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str
) -> RawTable:
    """Read one sheet, or those that the layout's pattern names.

    SupplierError: `file_encrypted`, `file_unreadable`, `sheet_missing`, `sheet_ambiguous`, and as
    `assembled` does.
    """
    with opened(path, name) as workbook:
        return _read(workbook, path, layout, wanted, workspace, name)


@contextmanager
def opened(path: Path, file: str) -> Iterator[CalamineWorkbook]:
    """The workbook; what calamine refuses, now or later, becomes `file_encrypted` or `file_unreadable`."""
    path.stat()  # calamine would call a missing file a damaged one
    try:
        with load_workbook(path) as workbook:
            yield workbook
    except PasswordError:
        raise SupplierError("file_encrypted", file=file) from None
    except (CalamineError, XmlError, ZipError):
        raise SupplierError("file_unreadable", file=file, kind="spreadsheet") from None


def _read(
    workbook: CalamineWorkbook,
    path: Path,
    layout: SpreadsheetLayout,
    wanted: tuple[Wanted, ...],
    workspace: Path,
    name: str,
) -> RawTable:
    titles = chosen_sheets(workbook, layout, name)
    remarks: Counter[Told] = Counter()
    remarks["sheets_hidden", None] = 0 if layout.hidden else _hidden_sheets(workbook, titles)
    pages = ((title, _page(workbook, path, title, layout, wanted, name, remarks)) for title in titles)
    if layout.sheets is None:
        table = assembled(next(pages)[1], wanted, workspace, name)
    else:
        table = assembled_together(pages, wanted, workspace, name)
    told = tuple(Remark(code, count, column) for (code, column), count in remarks.items() if count)
    return replace(table, remarks=told, sheets=titles)


def _page(
    workbook: CalamineWorkbook,
    path: Path,
    title: str,
    layout: SpreadsheetLayout,
    wanted: tuple[Wanted, ...],
    file: str,
    remarks: Counter[Told],
) -> Sheet:
    sheet = workbook.get_sheet_by_name(title)
    refuse_width(sheet.total_width, file)
    marks = sheet_marks(path, title, workbook.sheet_names.index(title))
    merges = sheet.merged_cell_ranges or marks.merges
    return page(sheet_rows(sheet, marks, layout.numbers), merges, marks, layout, title, wanted, remarks)


def chosen_sheets(workbook: CalamineWorkbook, layout: SpreadsheetLayout, file: str) -> tuple[str, ...]:
    """The sheets to read, in the order of the book: the stated one, those that fit the pattern, or the only visible."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        raise SupplierError("file_unreadable", file=file, kind="spreadsheet")
    existing = ", ".join(shown(sheet.name) for sheet in sheets)
    readable = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible or layout.hidden == "read"]
    if layout.sheets is not None:
        readable = [name for name in readable if fnmatchcase(name, layout.sheets)]
    if layout.sheet is not None:
        readable = [one.name for one in sheets if one.name == layout.sheet]
    stated = layout.sheet or layout.sheets
    if stated is not None and not readable:
        raise SupplierError("sheet_missing", file=file, sheet=stated, sheets=existing)
    if layout.sheets is None and len(readable) != 1:
        raise SupplierError("sheet_ambiguous", file=file, sheets=existing)
    return tuple(readable)


def _hidden_sheets(workbook: CalamineWorkbook, read: tuple[str, ...]) -> int:
    """How many sheets nobody sees and nobody reads."""
    return sum(
        1
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible != SheetVisibleEnum.Visible and sheet.name not in read
    )


def sheet_rows(sheet: CalamineSheet, marks: Marks, numbers: str | None) -> Iterator[Row]:
    """All rows from the sheet's first, though calamine leaves out the columns before the used range."""
    before = sheet.start[1] if sheet.start else 0
    blank = [""] * before
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [*blank, *map(cell_text, values)] if before else [*map(cell_text, values)]
        if marks.cells:
            _put_marks(cells, number, marks, numbers)
        yield number, cells


def _put_marks(cells: list[str], number: int, marks: Marks, numbers: str | None) -> None:
    """Calamine gives an empty cell where a formula failed, and numbers as they are stored, however they are shown."""
    for column, rows in marks.cells.items():
        mark = rows[number] if number < len(rows) else PLAIN
        if mark in (ERROR, UNCALCULATED):
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = ERROR_TEXT
        elif (form := marks.form(mark)) is not None and column < len(cells):
            cells[column] = _formed(cells[column], form, numbers)


def _formed(text: str, form: Form, numbers: str | None) -> str:
    """A stored number as its format shows it: codes with their zeros, and the rest where the contract says so."""
    if form.digits:
        return text.zfill(form.digits) if text.isdecimal() else text
    if numbers != "shown" or form.factor is None or not text.lstrip(f"-{NUMBER_MARK}")[:1].isdigit():
        return text
    value = Decimal(text.lstrip(NUMBER_MARK)) * form.factor
    if value == value.to_integral_value():
        return str(int(value))
    return NUMBER_MARK + format(value.normalize(), "f")


def cell_text(value: CellValue) -> str:
    """A cell as text: dates in ISO 8601, whole numbers plain, fractions behind `NUMBER_MARK`, lines ended by `\\n`.

    Midnight is a day: the older formats keep no difference, so OpenDocument's is dropped.
    """
    match value:
        case str():
            return _plain_text(value)
        case bool():
            return "true" if value else "false"
        case float() | int():
            return _number_text(value)
        case timedelta():
            return _duration_text(value)
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
    return value.isoformat()


def _plain_text(value: str) -> str:
    if "\r" in value:
        return value.replace("\r\n", "\n").replace("\r", "\n")
    found = _ISO_CLOCK.fullmatch(value) if value.startswith("PT") else None
    if found is None:
        return value
    hours, minutes, seconds, fraction = found.groups("")
    return f"{hours:0>2}:{minutes}:{seconds}" + (f".{fraction:0<6.6}" if fraction.strip("0") else "")


def _number_text(value: float) -> str:
    if value == int(value) and abs(value) < EXACT_BELOW:
        return str(int(value))
    return NUMBER_MARK + repr(value)


def _duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, SECONDS_PER_HOUR // SECONDS_PER_MINUTE)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}"
