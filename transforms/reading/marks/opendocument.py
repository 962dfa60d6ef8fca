"""Marks of ods (OpenDocument 1.3 part 3). LibreOffice marks failed cells, other programs write the error as text."""

import math
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from .drawn import ERROR, LAST_COLUMN, LAST_ROW, PLAIN, UNCALCULATED, Draft, Marks, marks_of_codes

CHUNK_BYTES = 1 << 16
ERROR_TEXTS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
CELLS = ("table:table-cell", "table:covered-table-cell")
NUMERIC = ("float", "percentage", "currency")
FORMATS = ("number:number-style", "number:percentage-style", "number:currency-style")
Attributes = dict[str, str]


@dataclass(slots=True)
class _Styles:
    """Number formats by name, as Excel would write them, and the format of each cell style."""

    codes: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    current: str = ""
    text: bool = False

    def code(self, style: str) -> str:
        for _ in range(8):
            if style in self.formats:
                return self.codes.get(self.formats[style], "")
            style = self.parents.get(style, "")
        return ""


@dataclass(slots=True)
class _Place:
    """Where the scan stands: in the wanted sheet or not, at which row and column, in what kind of cell."""

    draft: Draft
    styles: _Styles
    marks: dict[str, int] = field(default_factory=dict)
    defaults: dict[int, str] = field(default_factory=dict)
    row_style: str = ""
    sheet: bool = False
    row: int = 0
    rows: int = 1
    column: int = 0
    columns: int = 1
    attributes: Attributes = field(default_factory=dict)
    text: str = ""


def marks_of_ods(book: zipfile.ZipFile, sheet: str) -> Marks:
    """The marks of the sheet called `sheet`."""
    styles = _Styles()
    for part in ("styles.xml", "content.xml"):
        if part in book.namelist():
            _parse_styles(book, part, styles)
    names = sorted({*styles.formats, *styles.parents})
    marks, forms = marks_of_codes(styles.code(name) for name in names)
    place = _Place(Draft((), forms), styles, dict(zip(names, marks, strict=True)))
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: _start(place, tag, attributes, sheet)
    parser.EndElementHandler = lambda tag: _end(place, tag)
    parser.CharacterDataHandler = lambda text: _characters(place, text)
    _feed(book, "content.xml", parser)
    return place.draft.finished()


def _feed(book: zipfile.ZipFile, part: str, parser: expat.XMLParserType) -> None:
    with book.open(part) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _parse_styles(book: zipfile.ZipFile, part: str, styles: _Styles) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: _style(styles, tag, attributes)
    parser.EndElementHandler = lambda tag: _style_ends(styles, tag)
    parser.CharacterDataHandler = lambda text: _style_text(styles, text)
    _feed(book, part, parser)


def _style(styles: _Styles, tag: str, attributes: Attributes) -> None:
    name = attributes.get("style:name", "")
    if tag in FORMATS:
        styles.current = name
        styles.codes[name] = "%" if tag == "number:percentage-style" else ""
    elif tag == "number:number" and styles.current:
        styles.codes[styles.current] += _digits(attributes)
    elif tag == "number:text" and styles.current:
        styles.text = True
    elif tag == "style:style" and attributes.get("style:family") == "table-cell":
        styles.parents[name] = attributes.get("style:parent-style-name", "")
        if "style:data-style-name" in attributes:
            styles.formats[name] = attributes["style:data-style-name"]


def _digits(attributes: Attributes) -> str:
    """The digits of a format; LibreOffice's `display-factor` 1000 is Excel's comma behind them."""
    factor = float(attributes.get("number:display-factor", 1))
    commas = round(math.log(factor, 1000)) if factor > 1 else 0
    decimals = min(int(attributes.get("number:decimal-places", 0)), 32)
    whole = "0" * min(int(attributes.get("number:min-integer-digits", 1)), 64)
    return (whole or "#") + ("." + "0" * decimals if decimals else "") + "," * commas


def _style_text(styles: _Styles, text: str) -> None:
    if styles.text and styles.current:
        styles.codes[styles.current] += '"{}"'.format(text.replace('"', "").replace("%", ""))


def _style_ends(styles: _Styles, tag: str) -> None:
    if tag == "number:text":
        styles.text = False
    elif tag in FORMATS:
        styles.current = ""


def _start(place: _Place, tag: str, attributes: Attributes, sheet: str) -> None:
    if tag == "table:table":
        place.sheet = attributes.get("table:name") == sheet
        place.row = place.column = 0
    elif tag == "table:table-column":
        _column(place, attributes)
    elif tag == "table:table-row":
        _row(place, attributes)
    elif tag in CELLS:
        place.columns = int(attributes.get("table:number-columns-repeated", 1))
        place.attributes, place.text = attributes, ""


def _column(place: _Place, attributes: Attributes) -> None:
    count = min(int(attributes.get("table:number-columns-repeated", 1)), LAST_COLUMN)
    if place.sheet:
        if attributes.get("table:visibility") in ("collapse", "filter"):
            place.draft.hide_columns(place.column, place.column + count - 1)
        if style := attributes.get("table:default-cell-style-name"):
            place.defaults.update(dict.fromkeys(range(place.column, place.column + count), style))
    place.column += count


def _row(place: _Place, attributes: Attributes) -> None:
    place.rows = int(attributes.get("table:number-rows-repeated", 1))
    place.row_style = attributes.get("table:default-cell-style-name", "")
    place.column = 0
    visibility = attributes.get("table:visibility") if place.sheet else None
    if visibility in ("collapse", "filter"):
        place.draft.hide_rows(place.row + 1, place.rows)
        place.draft.filtered |= visibility == "filter"


def _characters(place: _Place, text: str) -> None:
    if len(place.text) < 20 and "table:formula" in place.attributes:
        place.text += text


def _end(place: _Place, tag: str) -> None:
    if tag == "table:table":
        place.sheet = False
    elif tag == "table:table-row":
        place.row += place.rows
    elif tag in CELLS:
        mark = _mark(place) if place.sheet else PLAIN
        if mark != PLAIN:
            _put(place, mark)
        if place.sheet:
            _merge(place)
        place.column += place.columns
        place.attributes = {}


def _put(place: _Place, mark: int) -> None:
    for row in range(place.row + 1, min(place.row + place.rows, LAST_ROW) + 1):
        for column in range(place.column, min(place.column + place.columns, LAST_COLUMN)):
            place.draft.put(row, column, mark)


def _merge(place: _Place) -> None:
    down, across = (int(place.attributes.get(f"table:number-{way}-spanned", 1)) for way in ("rows", "columns"))
    if down > 1 or across > 1:
        place.draft.merge((place.row, place.row + down - 1), (place.column, place.column + across - 1))


def _mark(place: _Place) -> int:
    kind = place.attributes.get("office:value-type")
    if place.attributes.get("calcext:value-type") == "error" or _reads_as_error(place):
        return ERROR
    if "table:formula" in place.attributes and kind is None and not place.text:
        return UNCALCULATED
    if kind not in NUMERIC:
        return PLAIN
    style = place.attributes.get("table:style-name") or place.row_style or place.defaults.get(place.column, "")
    return place.marks.get(style, PLAIN)


def _reads_as_error(place: _Place) -> bool:
    text = place.text.strip()
    return "table:formula" in place.attributes and (text in ERROR_TEXTS or text.startswith("Err:"))
