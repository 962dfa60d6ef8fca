"""Marks of xlsb ([MS-XLSB] 2.4): the records of a sheet's part, and those of the styles."""

import struct
import zipfile
from collections.abc import Iterator

from .drawn import ERROR, Draft, Marks, marks_of_codes
from .formats import Form
from .openxml import BUILT_IN
from .package import part_called, relations

ROW_HEADER, COLUMN_INFO, SHEET_OF_BOOK = 0, 60, 156
CELL_ERROR, FORMULA_ERROR = 3, 11
NUMBERS = frozenset({2, 5, 9})
"""BrtCellRk, BrtCellReal, BrtFmlaNum."""
MERGED_CELLS = 176
FILTERS = frozenset({165, 168, 169, 170, 171, 172})
FORMAT, STYLE, BEGIN_CELL_STYLES, END_CELL_STYLES = 44, 47, 617, 618
ROW_IS_HIDDEN, COLUMN_IS_HIDDEN = 0x10, 0x01


def marks_of_xlsb(book: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of the sheet called `sheet`; none where the book does not say which part it is."""
    workbook = part_called(book, "workbook.bin") or ""
    sheets = dict(_sheet(data) for kind, data in _records(book.read(workbook)) if kind == SHEET_OF_BOOK)
    part = relations(book, workbook).get(sheets.get(sheet, ""))
    if part is None or part not in book.namelist():
        return Draft().finished()
    draft = Draft(*_styles(book))
    _scan(book.read(part), draft)
    for table in relations(book, part).values():
        if "/tables/" in table and table in book.namelist():
            draft.filtered |= any(kind in FILTERS for kind, _ in _records(book.read(table)))
    return draft.finished()


def _scan(data: bytes, draft: Draft) -> None:
    row = 0
    for kind, record in _records(data):
        if kind == ROW_HEADER:
            row = struct.unpack_from("<I", record)[0] + 1
            if record[11] & ROW_IS_HIDDEN:
                draft.hide_rows(row)
        elif kind in (CELL_ERROR, FORMULA_ERROR):
            draft.put(row, struct.unpack_from("<I", record)[0], ERROR)
        elif kind in NUMBERS:
            column, style = struct.unpack_from("<II", record)
            draft.put(row, column, draft.style(style & 0xFFFFFF))
        elif kind == COLUMN_INFO and struct.unpack_from("<H", record, 16)[0] & COLUMN_IS_HIDDEN:
            draft.hide_columns(*struct.unpack_from("<II", record))
        elif kind == MERGED_CELLS:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            draft.merge((top, bottom), (left, right))
        elif kind in FILTERS:
            draft.filtered = True


def _styles(book: zipfile.ZipFile) -> tuple[list[int], list[Form]]:
    """The mark of each cell style, and the forms."""
    part = part_called(book, "styles.bin")
    codes: dict[int, str] = dict(BUILT_IN)
    used: list[int] = []
    inside = False
    for kind, record in _records(book.read(part)) if part else ():
        if kind == FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _wide_text(record, 2)[0]
        elif kind in (BEGIN_CELL_STYLES, END_CELL_STYLES):
            inside = kind == BEGIN_CELL_STYLES
        elif kind == STYLE and inside:
            used.append(struct.unpack_from("<H", record, 2)[0])
    return marks_of_codes(codes.get(number, "") for number in used)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """[MS-XLSB] 2.1.4: type and size, each a number in groups of seven bits, then the record."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, at_most: int) -> tuple[int, int]:
    number = 0
    for place in range(at_most):
        byte = data[at + place]
        number |= (byte & 0x7F) << (place * 7)
        if not byte & 0x80:
            return number, at + place + 1
    return number, at + at_most


def _sheet(data: bytes) -> tuple[str, str]:
    """A sheet's name and its relation."""
    relation, at = _wide_text(data, 8)
    return _wide_text(data, at)[0], relation


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + length * 2
    return data[at + 4 : end].decode("utf-16-le"), end
