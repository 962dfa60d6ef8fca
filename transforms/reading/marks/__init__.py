"""What a sheet's file tells beside the values that calamine reads: failed formulas and those that were never
calculated (both look empty), hidden rows and columns, filters at work, number formats that change what a number says.

One scan of the file, for places only; what stands in the cells is calamine's to read.
"""

import posixpath
import zipfile
from pathlib import Path

from .drawn import ERROR, PLAIN, UNCALCULATED, Marks
from .formats import Form

__all__ = ["ERROR", "PLAIN", "UNCALCULATED", "Form", "Marks", "sheet_marks"]

ZIP_SIGNATURE = b"PK"


def sheet_marks(path: Path, sheet: str, position: int) -> Marks:
    """The marks of a sheet, known by its name and its position from 0. Raises as broken files will."""
    with path.open("rb") as file:
        signature = file.read(len(ZIP_SIGNATURE))
    if signature != ZIP_SIGNATURE:
        from .biff import marks_of_xls

        return marks_of_xls(path, position)
    with zipfile.ZipFile(path) as book:
        names = {posixpath.basename(part) for part in book.namelist()}
        if "content.xml" in names:
            from .opendocument import marks_of_ods

            return marks_of_ods(book, sheet)
        if "workbook.bin" in names:
            from .binary import marks_of_xlsb

            return marks_of_xlsb(book, sheet)
        from .openxml import marks_of_xlsx

        return marks_of_xlsx(book, sheet)
