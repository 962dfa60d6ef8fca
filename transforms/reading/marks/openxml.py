"""Marks of xlsx and xlsm (ECMA-376 part 1: 18.3.1.4 `c`, 18.3.1.73 `row`, 18.3.1.13 `col`, 18.3.2 filters)."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from .drawn import ERROR, PLAIN, UNCALCULATED, Draft, Marks, marks_of_codes
from .formats import Form
from .package import part_called, relations

CHUNK_BYTES = 1 << 16
BUILT_IN = {9: "0%", 10: "0.00%"}
"""18.8.30: of the formats that every book has without saying so, those that change what a number says."""
FILTERS = frozenset({"filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter"})
Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]


def marks_of_xlsx(book: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of the sheet called `sheet`; none where the book does not say which part it is."""
    workbook = part_called(book, "workbook.xml")
    part = relations(book, workbook or "").get(_sheets(book, workbook or "").get(sheet, ""))
    if part is None or part not in book.namelist():
        return Draft().finished()
    draft = Draft(*_styles(book))
    scan = _Sheet(draft)
    parse(book, part, scan.start, scan.characters)
    scan.end_cell()
    for table in relations(book, part).values():
        if "/tables/" in table and table in book.namelist():
            parse(book, table, lambda tag, _: _note_filter(draft, tag))
    return draft.finished()


@dataclass(slots=True)
class _Sheet:
    """Where the scan of a sheet stands. A cell is judged when the next one begins, or the next row."""

    draft: Draft
    row: int = 0
    column: int = -1
    mark: int = PLAIN
    formula: bool = False
    value: bool = True
    inside: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self.end_cell()
                self._cell(attributes)
            case "v":
                self.value = self.value or not self.formula
                self.inside = True
            case "is":
                self.value = True
            case "f":
                self.formula, self.inside = True, False
            case "row":
                self.end_cell()
                self.row, self.column = int(attributes.get("r", self.row + 1)), -1
                if _true(attributes.get("hidden")):
                    self.draft.hide_rows(self.row)
            case "col" if _true(attributes.get("hidden")):
                self.draft.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
            case other:
                _note_filter(self.draft, other)
                self.draft.filtered |= _true(attributes.get("filterMode"))

    def characters(self, text: str) -> None:
        """A formula's result; some programs write an empty one for what they never calculated."""
        if self.inside and not text.isspace():
            self.value = True

    def end_cell(self) -> None:
        uncalculated = self.formula and not self.value
        if uncalculated or self.mark:
            self.draft.put(self.row, self.column, UNCALCULATED if uncalculated else self.mark)
        self.mark, self.formula, self.value, self.inside = PLAIN, False, True, False

    def _cell(self, attributes: Attributes) -> None:
        self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
        kind = attributes.get("t", "n")
        self.value = kind == "str"
        if kind == "e":
            self.mark = ERROR
        elif kind == "n":
            self.mark = self.draft.style(int(attributes.get("s", 0)))


def _note_filter(draft: Draft, tag: str) -> None:
    if tag.rpartition(":")[2] in FILTERS:
        draft.filtered = True


def _styles(book: zipfile.ZipFile) -> tuple[list[int], list[Form]]:
    """The mark of each cell style, and the forms."""
    part = part_called(book, "styles.xml")
    codes: dict[int, str] = dict(BUILT_IN)
    used: list[int] = []
    inside = [False]

    def start(tag: str, attributes: Attributes) -> None:
        match tag.rpartition(":")[2]:
            case "numFmt":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            case "cellXfs":
                inside[0] = True
            case "cellStyles" | "dxfs":
                inside[0] = False
            case "xf" if inside[0]:
                used.append(int(attributes.get("numFmtId", 0)))

    if part is not None:
        parse(book, part, start)
    return marks_of_codes(codes.get(number, "") for number in used)


def _sheets(book: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: Attributes) -> None:
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), None)
        if tag.rpartition(":")[2] == "sheet" and relation and "name" in attributes:
            found[attributes["name"]] = relation

    parse(book, workbook, start)
    return found


def parse(book: zipfile.ZipFile, part: str, start: Start, characters: Callable[[str], None] | None = None) -> None:
    """Call `start` for each element of a part, and `characters` for its text."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _column(reference: str) -> int:
    column = 0
    for letter in re.sub("[^A-Z]", "", reference.upper()):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _true(value: str | None) -> bool:
    return value in ("1", "true")
