"""Error cells of xlsx (ECMA-376 part 1, 18.3.1.4: `c` with `t="e"`) and of xlsb ([MS-XLSB] 2.4)."""

import posixpath
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

ErrorCell = tuple[int, int]
ROW_HEADER, CELL_ERROR, FORMULA_ERROR, SHEET_OF_BOOK = 0, 3, 11, 156
CHUNK_BYTES = 1 << 16


def errors_of_xlsx(book: zipfile.ZipFile, sheet: str) -> list[ErrorCell]:
    """The error cells of the sheet called `sheet`; none where the book does not say which part it is."""
    workbook = _part_called(book, "workbook.xml")
    part = _relations(book, workbook).get(_sheets_of_xlsx(book, workbook).get(sheet, ""))
    return _errors_of_part(book, part) if part in book.namelist() and part else []


def errors_of_xlsb(book: zipfile.ZipFile, sheet: str) -> list[ErrorCell]:
    """The error cells of the sheet called `sheet`; none where the book does not say which part it is."""
    workbook = _part_called(book, "workbook.bin")
    records = _records(book.read(workbook))
    relations = dict(_sheet_of_record(data) for kind, data in records if kind == SHEET_OF_BOOK)
    part = _relations(book, workbook).get(relations.get(sheet, ""))
    return list(_binary_errors(book.read(part))) if part in book.namelist() and part else []


def _part_called(book: zipfile.ZipFile, name: str) -> str:
    """The part whatever its folder: `xl` is a habit, no rule."""
    return next(part for part in book.namelist() if posixpath.basename(part) == name)


def _relations(book: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    folder, name = posixpath.split("/" + workbook)
    found: dict[str, str] = {}

    def start(_tag: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes and "Target" in attributes:
            target = posixpath.join(folder, attributes["Target"])
            found[attributes["Id"]] = posixpath.normpath(target).lstrip("/")

    _parse(book, posixpath.join(folder, "_rels", f"{name}.rels").lstrip("/"), start)
    return found


def _sheets_of_xlsx(book: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
        if tag.rpartition(":")[2] == "sheet" and relation and "name" in attributes:
            found[attributes["name"]] = relation

    _parse(book, workbook, start)
    return found


def _errors_of_part(book: zipfile.ZipFile, part: str) -> list[ErrorCell]:
    found: list[ErrorCell] = []
    place = [0, -1]

    def start(tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                place[:] = int(attributes.get("r", place[0] + 1)), -1
            case "c":
                place[1] = _column(attributes["r"]) if "r" in attributes else place[1] + 1
                if attributes.get("t") == "e":
                    found.append((place[0], place[1]))

    _parse(book, part, start)
    return found


def _column(reference: str) -> int:
    column = 0
    for letter in re.sub("[^A-Z]", "", reference.upper()):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _parse(book: zipfile.ZipFile, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


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


def _sheet_of_record(data: bytes) -> tuple[str, str]:
    relation, at = _wide_text(data, 8)
    return _wide_text(data, at)[0], relation


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + length * 2
    return data[at + 4 : end].decode("utf-16-le"), end


def _binary_errors(data: bytes) -> Iterator[ErrorCell]:
    row = 0
    for kind, record in _records(data):
        if kind == ROW_HEADER:
            row = struct.unpack_from("<I", record)[0]
        elif kind in (CELL_ERROR, FORMULA_ERROR):
            yield row + 1, struct.unpack_from("<I", record)[0]
