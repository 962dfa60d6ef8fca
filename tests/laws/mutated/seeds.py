"""Sound files of every kind, each with the contract that reads it. Their cells are words that stand nowhere else."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.contracts import Contract
from tests.making import contract, exempt_field, open_field
from tests.transforms.preparing import workbook

HEADER = ("kode", "nama", "nik", "tanggal", "jumlah", "catatan")
PEOPLE = ("Zulfahmi Qorianto", "Xaverina Wuwungan", "Yohanis Qabilbarru", "Vikrantia Zzubaidi")
REMARKS = ("kwitansiqu jembatanxa", "gorongzo tersumbatqa", "lampuxi padamzu", "aspalqe retakwu")
NIKS = ("7271014708450001", "7271025203760002", "7271031112830003", "7271040506910004")
ROWS = [
    (f"K-{number:03}", PEOPLE[at], NIKS[at], f"{10 + at}/03/2026", str(4300 + number), REMARKS[at])
    for number, at in enumerate((0, 1, 2, 3) * 6, start=1)
]
CELLS = (*PEOPLE, *REMARKS, *NIKS)
"""What no message may hold."""
FIELDS = (
    open_field("kode", constraints={"required": True}),
    exempt_field("nama"),
    exempt_field("nik"),
    open_field("tanggal", "date"),
    open_field("jumlah", "integer"),
    open_field("catatan"),
)
YAML = Path(__file__).resolve().parents[3] / "schemas/cities/palu"


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound file; `contract` is None where the file is a contract itself."""

    kind: str
    content: bytes
    contract: Contract | None


def _source(kind: str, **more: object) -> Contract:
    return contract(*FIELDS, source={"kind": kind, "location": "berkas", **more})


def _delimited(delimiter: str, encoding: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADER, *ROWS])
    return text.getvalue().encode(encoding)


def _letter() -> bytes:
    """A workbook as offices write them: a letterhead above, a total and a signature below."""
    above: list[tuple[Any, ...]] = [("PEMERINTAH KOTA PALU",), (), ("Rekap laporan",), ()]
    return workbook(*above, HEADER, *ROWS, ("Jumlah", "", "", "", 103200), (), ("Palu, 1 April 2026",), ("Kepala",))


def _opendocument() -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, sheet, file = OpenDocumentSpreadsheet(), Table(name="Rekap"), io.BytesIO()
    for row in (HEADER, *ROWS):
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(file)
    return file.getvalue()


def _records() -> list[Mapping[str, Any]]:
    return [dict(zip(HEADER, row, strict=True)) for row in ROWS]


def _json() -> bytes:
    return json.dumps({"data": _records(), "meta": {"halaman": 1}}, indent=1).encode()


def _geojson() -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": record,
            "geometry": {"type": "Point", "coordinates": [119.87 + at / 1000, -0.89]},
        }
        for at, record in enumerate(_records())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


SEEDS: Mapping[str, Callable[[], Seed]] = {
    "csv": lambda: Seed("csv", _delimited(",", "utf-8"), _source("csv")),
    "csv as Excel writes it": lambda: Seed("csv", _delimited(";", "utf-16"), _source("csv")),
    "xlsx": lambda: Seed("xlsx", workbook(HEADER, *ROWS), _source("spreadsheet")),
    "xlsx as a letter": lambda: Seed("xlsx", _letter(), _source("spreadsheet")),
    "ods": lambda: Seed("ods", _opendocument(), _source("spreadsheet")),
    "json": lambda: Seed("json", _json(), _source("json", records="data")),
    "geojson": lambda: Seed("geojson", _geojson(), _source("geojson")),
    "zip": lambda: Seed(
        "zip", packed({"kiriman/rekap.csv": _delimited(",", "utf-8"), "baca.txt": b"x"}), _source("csv", member="*.csv")
    ),
    "contract": lambda: Seed("contract", sorted(YAML.glob("*/*.yaml"))[0].read_bytes(), None),
    "contract with more": lambda: Seed("contract", sorted(YAML.glob("*/*.yaml"))[-1].read_bytes(), None),
}


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of these."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()
