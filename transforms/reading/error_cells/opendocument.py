"""Error cells of ods: LibreOffice marks them, other programs write the error as a formula's text."""

import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

ErrorCell = tuple[int, int]
CHUNK_BYTES = 1 << 16
ERROR_TEXTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass(slots=True)
class _Place:
    sheet: bool = False
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    marked: bool = False
    formula: bool = False
    text: str = ""
    found: list[ErrorCell] = field(default_factory=list)


def errors_of_ods(book: zipfile.ZipFile, sheet: str) -> list[ErrorCell]:
    """The error cells of the sheet called `sheet`."""
    place = _Place()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: _start(place, tag, attributes, sheet)
    parser.EndElementHandler = lambda tag: _end(place, tag)
    parser.CharacterDataHandler = lambda text: _characters(place, text)
    with book.open("content.xml") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return place.found


def _start(place: _Place, tag: str, attributes: dict[str, str], sheet: str) -> None:
    if tag == "table:table":
        place.sheet = attributes.get("table:name") == sheet
        place.row = 0
    elif tag == "table:table-row":
        place.rows = int(attributes.get("table:number-rows-repeated", 1))
        place.column = 0
    elif tag in CELLS:
        place.columns = int(attributes.get("table:number-columns-repeated", 1))
        place.marked = attributes.get("calcext:value-type") == "error"
        place.formula = "table:formula" in attributes
        place.text = ""


def _characters(place: _Place, text: str) -> None:
    if place.formula and len(place.text) < 20:
        place.text += text


def _end(place: _Place, tag: str) -> None:
    if tag == "table:table":
        place.sheet = False
    elif tag == "table:table-row":
        place.row += place.rows
    elif tag in CELLS:
        if place.sheet and (place.marked or _reads_as_error(place)):
            place.found.append((place.row + 1, place.column))
        place.column += place.columns
        place.formula = False


def _reads_as_error(place: _Place) -> bool:
    text = place.text.strip()
    return place.formula and (text in ERROR_TEXTS or text.startswith("Err:"))
