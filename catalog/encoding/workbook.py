"""[edge] A workbook as Excel keeps it (Office Open XML, ISO/IEC 29500), row by row, with the same bytes every time.

By hand, because XlsxWriter rounds numbers to 16 digits and openpyxl stamps the clock into the file (200,000 rows of
eleven columns: 3 s here, 11 s and 21 s there). A text is always a text: there is no way to write a formula.
Knows no dataset.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Style = Literal["plain", "text", "whole", "date", "moment", "clock", "truth", "head", "prose", "title"]
STYLES: tuple[Style, ...] = ("plain", "text", "whole", "date", "moment", "clock", "truth", "head", "prose", "title")
"""In the order in which `styles.xml` lists them."""
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
"""Excel's own limits, the header among the rows; it takes a workbook that exceeds them for a damaged one."""

Cell = str | float | int | bool | None
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP can name."""
_ESCAPED = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is, in letters, and what its cells are."""

    width: float
    style: Style


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and its rows. One with a `head` keeps its first row in sight and filters by it."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[str]]
    count: int
    has_head: bool


def write(into: Path, sheets: Sequence[Sheet], title: str, creator: str, created: date) -> None:
    """Write a workbook. Its time of creation is an argument, and nothing else in it tells the time."""
    parts = {
        "[Content_Types].xml": _content_types(sheets),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml"), ("core-properties", "docProps/core.xml")),
        "docProps/core.xml": _properties(title, creator, created),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            *(("worksheet", f"worksheets/sheet{number}.xml") for number, _ in enumerate(sheets, 1)),
            ("styles", "styles.xml"),
        ),
        "xl/styles.xml": _STYLES,
    }
    with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=6) as packed:
        for name, text in parts.items():
            packed.writestr(_member(name), f"{_XML}{text}".encode())
        for number, sheet in enumerate(sheets, 1):
            member = _member(sheet_part(number))
            with packed.open(member, "w", force_zip64=True) as raw, TextIOWrapper(raw, "utf-8", newline="\n") as file:
                file.writelines(_sheet(sheet))


def sheet_part(number: int) -> str:
    """Where in the file the rows of the sheet of this number stand, from 1 on."""
    return f"xl/worksheets/sheet{number}.xml"


def letters(number: int) -> str:
    """The name of a column: A for 1, AA for 27."""
    name = ""
    while number:
        number, place = divmod(number - 1, 26)
        name = f"{chr(65 + place)}{name}"
    return name


def text_cells(letter: str, first_row: int, style: Style, texts: Iterable[str | None]) -> Iterator[str]:
    """The cells of a column, downwards from a row; nothing for a missing text."""
    kind = f's="{STYLES.index(style)}" t="inlineStr"'
    for row, text in enumerate(texts, first_row):
        said = "" if text is None else f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
        yield f'<c r="{letter}{row}" {kind}>{said}</c>' if said else ""


def number_cells(letter: str, first_row: int, style: Style, numbers: Iterable[float | None]) -> Iterator[str]:
    """The same of numbers, with every digit that they have."""
    number = STYLES.index(style)
    for row, value in enumerate(numbers, first_row):
        yield "" if value is None else f'<c r="{letter}{row}" s="{number}"><v>{value!r}</v></c>'


def truth_cells(letter: str, first_row: int, style: Style, truths: Iterable[bool | None]) -> Iterator[str]:
    """The same of truth values."""
    number = STYLES.index(style)
    for row, value in enumerate(truths, first_row):
        yield "" if value is None else f'<c r="{letter}{row}" s="{number}" t="b"><v>{value:d}</v></c>'


CELLS: dict[Style, Callable[[str, int, Style, Iterable[Any]], Iterator[str]]] = {
    "text": text_cells,
    "truth": truth_cells,
}
"""By style, where its cells are no numbers."""


def column_cells(letter: str, first_row: int, style: Style, values: Iterable[Any]) -> list[str]:
    """The cells of a column of rows."""
    return list(CELLS.get(style, number_cells)(letter, first_row, style, values))


def text_row(row: int, style: Style, texts: Iterable[str]) -> list[str]:
    """The cells of one row of texts; an empty one is left out."""
    cells = (next(text_cells(letters(at), row, style, [text]), "") for at, text in enumerate(texts, 1) if text)
    return list(cells)


def escaped(text: str) -> str:
    """A text as XML; what XML cannot hold, and what would be read as that, in the spelling that Office gives it."""
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    mark = found.group()
    return _ENTITIES.get(mark) or f"_x{ord(mark):04X}_"


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _EPOCH)
    member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return member


def _sheet(sheet: Sheet) -> Iterator[str]:
    last = letters(len(sheet.columns))
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}{max(sheet.count, 1)}"/>'
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if sheet.has_head else ""
    yield f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews><cols>'
    for number, column in enumerate(sheet.columns, 1):
        style = STYLES.index(column.style)
        yield f'<col min="{number}" max="{number}" width="{column.width}" style="{style}" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, cells in enumerate(sheet.rows, 1):
        yield f'<row r="{number}">{"".join(cells)}</row>\n'
    yield "</sheetData>"
    if sheet.has_head:
        yield f'<autoFilter ref="A1:{last}{max(sheet.count, 1)}"/>'
    yield "</worksheet>"


def _content_types(sheets: Sequence[Sheet]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    named = [
        ("/xl/workbook.xml", f"{kind}.sheet.main+xml"),
        ("/xl/styles.xml", f"{kind}.styles+xml"),
        *((f"/{sheet_part(number)}", f"{kind}.worksheet+xml") for number, _ in enumerate(sheets, 1)),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    listed = "".join(f'<Override PartName="{part}" ContentType="{type_}"/>' for part, type_ in named)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{listed}</Types>'


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_relation(kind)}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _relation(kind: str) -> str:
    return f"{_PACKAGE}/relationships/metadata/{kind}" if kind == "core-properties" else f"{_OFFICE}/{kind}"


def _properties(title: str, creator: str, created: date) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created.isoformat()}T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>"
    )


def _workbook(sheets: Sequence[Sheet]) -> str:
    listed = "".join(
        f'<sheet name="{escaped(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    filters = "".join(_filter(number, sheet) for number, sheet in enumerate(sheets) if sheet.has_head)
    names = f"<definedNames>{filters}</definedNames>" if filters else ""
    views = '<bookViews><workbookView activeTab="0"/></bookViews>'
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{views}<sheets>{listed}</sheets>{names}</workbook>'


def _filter(number: int, sheet: Sheet) -> str:
    """The name by which Excel keeps the area that a sheet is filtered by; sheets are counted from 0 here."""
    area = f"'{escaped(sheet.name)}'!$A$1:${letters(len(sheet.columns))}${max(sheet.count, 1)}"
    return f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">{area}</definedName>'


_FORMATS = (0, 49, 1, 14, 164, 21, 0, 49, 49, 49)
"""By style: Excel's own number formats. 14 shows a date as the reader's own country writes it."""
_LOOKS = {
    "head": (1, 2, '<alignment vertical="top"/>'),
    "prose": (0, 0, '<alignment vertical="top" wrapText="1"/>'),
    "title": (2, 0, '<alignment vertical="top"/>'),
}
"""By style: font, fill and alignment."""


_FONT = '<sz val="{0}"/><name val="Calibri"/><family val="2"/>'
_FIXED = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm:ss"/></numFmts>'
    f'<fonts count="3"><font>{_FONT.format(11)}</font>'
    f"<font><b/>{_FONT.format(11)}</font><font><b/>{_FONT.format(14)}</font></fonts>"
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDCEBEE"/><bgColor indexed="64"/></patternFill></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
)


def _style_sheet() -> str:
    styles = ""
    for style, form in zip(STYLES, _FORMATS, strict=True):
        font, fill, alignment = _LOOKS.get(style, (0, 0, ""))
        given = f'numFmtId="{form}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1"'
        applied = f'{given} applyFont="1" applyFill="1" applyAlignment="1"'
        styles += f"<xf {applied}>{alignment}</xf>" if alignment else f"<xf {given}/>"
    named = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    listed = f'<cellXfs count="{len(STYLES)}">{styles}</cellXfs>'
    return f'<styleSheet xmlns="{_MAIN}">{_FIXED}{listed}{named}</styleSheet>'


_STYLES = _style_sheet()
