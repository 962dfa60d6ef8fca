"""Where a sheet's formulas failed (`#N/A`, `#REF!` and their like): calamine shows such a cell as an empty one.

Finds places and names of errors only; what else stands in the sheet is calamine's to read.
"""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

ErrorCells = Mapping[int, list[tuple[int, str]]]
"""Row number from 1 -> the columns from 0 that hold an error, and which."""


def error_cells(path: Path, sheet: str, position: int) -> ErrorCells:
    """The error cells of a sheet, known by its name and by its position from 0. Raises what broken files raise."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for row, column, text in _found(path, sheet, position):
        by_row.setdefault(row, []).append((column, text))
    return by_row


def _found(path: Path, sheet: str, position: int) -> Iterable[tuple[int, int, str]]:
    if not zipfile.is_zipfile(path):
        from .biff import errors_of_xls

        return errors_of_xls(path, position)
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if "content.xml" in names:
            from .opendocument import errors_of_ods

            return errors_of_ods(book, sheet)
        from .openxml import errors_of_xlsb, errors_of_xlsx

        return errors_of_xlsb(book, sheet) if "xl/workbook.bin" in names else errors_of_xlsx(book, sheet)
