"""Where a sheet's formulas failed (`#N/A`, `#REF!` and their like): calamine shows such a cell as empty.

Finds places and names of errors only; what else stands in the sheet is calamine's to read.
"""

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

ERROR_TEXT = "#ERROR!"
"""Stands for every error value; no type of a contract takes it."""
ZIP_SIGNATURE = b"PK"

ErrorCells = Mapping[int, list[int]]
"""Row number from 1 -> the columns from 0 that hold an error."""


def error_cells(path: Path, sheet: str, position: int) -> ErrorCells:
    """The error cells of a sheet, known by its name and its position from 0. Raises as broken files will."""
    by_row: dict[int, list[int]] = {}
    for row, column in _found(path, sheet, position):
        by_row.setdefault(row, []).append(column)
    return by_row


def _found(path: Path, sheet: str, position: int) -> Iterable[tuple[int, int]]:
    with path.open("rb") as file:
        signature = file.read(len(ZIP_SIGNATURE))
    if signature != ZIP_SIGNATURE:
        from .biff import errors_of_xls

        return errors_of_xls(path, position)
    with zipfile.ZipFile(path) as book:
        names = {posixpath.basename(part) for part in book.namelist()}
        if "content.xml" in names:
            from .opendocument import errors_of_ods

            return errors_of_ods(book, sheet)
        from .openxml import errors_of_xlsb, errors_of_xlsx

        return errors_of_xlsb(book, sheet) if "workbook.bin" in names else errors_of_xlsx(book, sheet)
