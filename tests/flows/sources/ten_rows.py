"""The same ten rows, as each kind of source would hold them.

Kept out: xls and xlsb, which nothing here can write; the corpus' books of those kinds are read in
`tests/transforms/reading`.
"""

import csv
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import sqlalchemy as sa
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.making import Field, Row, open_field

FIELDS: tuple[Field, ...] = (
    open_field("kode", constraints={"required": True}),
    open_field("nik"),
    open_field("kapasitas", "integer"),
    open_field("luas", "number"),
    open_field("tanggal", "date"),
    open_field("waktu", "datetime"),
    open_field("digital", "boolean"),
    open_field("catatan"),
)
NAMES = tuple(field["name"] for field in FIELDS)
ROWS: tuple[Row, ...] = (
    ("001", "7271014708450001", 12, 1.5, date(2026, 1, 31), datetime(2026, 1, 31, 8, 30), True, "Pasar Inpres"),
    ("002", "0000000000000002", -3, -0.25, date(2024, 2, 29), datetime(2026, 2, 1, 23, 59, 59), False, "Jalan é ü ñ"),
    ("003", "12345678901234567890", 0, 1234.0, date(1999, 12, 31), datetime(2026, 3, 1, 1, 2, 3), True, 'kata "dua"'),
    ("004", None, None, None, None, None, None, None),
    ("005", "1", 1234567, -119.875, date(2026, 5, 1), datetime(2026, 5, 1, 12, 0, 1), False, "baris satu\nbaris dua"),
    ("006", "7271", 1, 0.1, date(2026, 6, 1), datetime(2026, 6, 1, 6, 6, 6), True, "koma, titik; tab"),
    ("007", "0x10", 9007199254740991, 1.234, date(2026, 7, 1), datetime(2026, 7, 1, 7, 7, 7), False, "=1+1"),
    ("008", "1e5", -1000, 98765432.125, date(2026, 8, 1), datetime(2026, 8, 1, 8, 8, 8), True, "'kutip' tunggal"),
    ("010", "NULL", 10, 10.0, date(2026, 10, 1), datetime(2026, 10, 1, 10, 10, 10), False, "日本語 🦜"),
    ("A-1", "-", 11, 1e-05, date(2026, 11, 1), datetime(2026, 11, 1, 11, 11, 11), True, "100 % \\ garis miring"),
)

Columns = sa.MetaData()
TABLE = sa.Table(
    "titik parkir",
    Columns,
    sa.Column("kode", sa.String(20), primary_key=True),
    sa.Column("nik", sa.String(20)),
    sa.Column("kapasitas", sa.BigInteger),
    sa.Column("luas", sa.Double),
    sa.Column("tanggal", sa.Date),
    sa.Column("waktu", sa.DateTime),
    sa.Column("digital", sa.Boolean),
    sa.Column("catatan", sa.Text),
)


def write_csv(file: Path) -> None:
    """Numbers as an Indonesian program exports them."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(NAMES)
        writer.writerows([_plain(value) for value in row] for row in ROWS)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Ya" if value else "Tidak"
        case float():
            return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
        case datetime() | date():
            return value.isoformat()
    return str(value)


def write_xlsx(file: Path) -> None:
    """Cells of Excel's own types; codes as text."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (NAMES, *ROWS):
        sheet.append(list(row))
    for cell in sheet["H"]:
        cell.data_type = "s" if cell.value is not None else "n"
    book.save(file)


def write_ods(file: Path) -> None:
    """Cells of OpenDocument's own types."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in (NAMES, *ROWS):
        line = TableRow()
        for value in row:
            line.addElement(_open_document_cell(value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(file))


def _open_document_cell(value: Any) -> TableCell:
    match value:
        case None:
            return TableCell()
        case bool():
            return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
        case int() | float():
            return TableCell(valuetype="float", value=repr(value))
        case datetime() | date():
            return TableCell(valuetype="date", datevalue=value.isoformat())
    cell = TableCell(valuetype="string")
    for line in value.split("\n"):
        cell.addElement(P(text=line))
    return cell


def write_json(file: Path) -> None:
    """A list of records."""
    file.write_text(json.dumps(_records(), ensure_ascii=False), encoding="utf-8")


def write_geojson(file: Path) -> None:
    """Features without a place."""
    features = [{"type": "Feature", "geometry": None, "properties": record} for record in _records()]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _records() -> list[dict[str, Any]]:
    return [dict(zip(NAMES, map(_json_value, row), strict=True)) for row in ROWS]


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def fill_database(url: str, rows: Sequence[Row] = ROWS) -> None:
    """The table of any database, filled in an order that is not the primary key's."""
    engine = sa.create_engine(url)
    Columns.drop_all(engine)
    Columns.create_all(engine)
    with engine.begin() as connection:
        connection.execute(TABLE.insert(), [dict(zip(NAMES, row, strict=True)) for row in reversed(rows)])
    engine.dispose()


Writer = Callable[[Path], None]
FILES: dict[str, Writer] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "ods": write_ods,
    "json": write_json,
    "geojson": write_geojson,
}
