"""Three deliveries as real departments make them, and the contracts that a data officer wrote for them."""

import json
from pathlib import Path
from typing import Any

from flows.settings import Places
from tests.laws.made_up_city import EXEMPTION, approved, found_city, write_yaml

CITY_CHANGES = {
    "departments": {"dlh": "Dinas Lingkungan Hidup", "dinkes": "Dinas Kesehatan", "dpu": "Dinas Pekerjaan Umum"}
}


def field(name: str, column: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "column": column, "title": column, "type": kind, "access": "open", **more}


def exempt(name: str, column: str) -> dict[str, Any]:
    return {"name": name, "column": column, "title": column, "type": "string", "access": "exempt"} | {
        "exemption": EXEMPTION
    }


def contract(name: str, department: str, source: dict[str, Any], fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": name,
        "department": department,
        "title": name.replace("-", " ").capitalize(),
        "description": f"Data {name} dari dinas.",
        "license": "CC-BY-4.0",
        "origin": "official",
        "source": source,
        "fields": fields,
        "primaryKey": [fields[0]["name"]],
    }


WASTE = contract(
    "timbulan-sampah",
    "dlh",
    {"kind": "csv", "location": "dlh/*.csv"},
    [
        field("kecamatan", "Kecamatan"),
        field("ton", "Timbulan (ton)", "number"),
        field("tanggal", "Tanggal Timbang", "date", format="%d/%m/%Y"),
        exempt("petugas", "Nama Petugas"),
    ],
)
WASTE_FILE = """PEMERINTAH KOTA PALU;;;;
DINAS LINGKUNGAN HIDUP;;;;
Laporan timbulan sampah Februari 2026;;;;
;;;;
No;Kecamatan;Timbulan (ton);Tanggal Timbang;Nama Petugas
1;Palu Barat;1.234,50;28/02/2026;Petugas Satu
2;Mantikulore;987,25;28/02/2026;Petugas Dua
3;Ulujadi;2.001,00;28/02/2026;Petugas Tiga
Jumlah;;4.222,75;;
"""
WASTE_PUBLISHED = """kecamatan,ton,tanggal
Palu Barat,1234.5,2026-02-28
Mantikulore,987.25,2026-02-28
Ulujadi,2001.0,2026-02-28
"""

CLINICS = contract(
    "kunjungan-puskesmas",
    "dinkes",
    {"kind": "spreadsheet", "location": "dinkes/rekap kunjungan*.xlsx"},
    [
        field("kode_puskesmas", "Kode"),
        field("puskesmas", "Puskesmas"),
        field("kunjungan_laki_laki", "Jumlah Kunjungan L", "integer"),
        field("kunjungan_perempuan", "Jumlah Kunjungan P", "integer"),
        exempt("kepala", "Kepala Puskesmas"),
    ],
)
CLINICS_PUBLISHED = """kode_puskesmas,puskesmas,kunjungan_laki_laki,kunjungan_perempuan
001,Kamonji,1204,1530
002,Talise,877,1011
"""

DRAINS = contract(
    "pintu-air",
    "dpu",
    {"kind": "geojson", "location": "dpu/pintu air.geojson"},
    [
        field("kode", "kode"),
        field("kondisi", "kondisi"),
        field("lintang", "latitude", "number"),
        field("bujur", "longitude", "number"),
        exempt("penjaga", "penjaga"),
    ],
)
DRAINS_PUBLISHED = """kode,kondisi,lintang,bujur
PA-1,baik,-0.8917,119.8707
PA-2,rusak,-0.9003,119.8791
"""
PUBLISHED = {
    "timbulan-sampah": WASTE_PUBLISHED,
    "kunjungan-puskesmas": CLINICS_PUBLISHED,
    "pintu-air": DRAINS_PUBLISHED,
}
WITHHELD = ("Petugas Satu", "dr. Contoh Satu", "Penjaga Satu")


def departments(root: Path) -> Places:
    """The city with its three departments, everything delivered and approved."""
    places = found_city(root, WASTE, CLINICS, DRAINS)
    (places.inbox / "titik-uji.csv").unlink()
    city = places.contracts / "palu/city.yaml"
    text = city.read_text()
    write_yaml(city, {**_loaded(text), **CITY_CHANGES})
    for folder in ("dlh", "dinkes", "dpu"):
        (places.inbox / folder).mkdir()
    (places.inbox / "dlh/Timbulan Sampah Feb 2026.csv").write_bytes(WASTE_FILE.encode("cp1252"))
    _write_workbook(places.inbox / "dinkes/rekap kunjungan Februari.xlsx")
    _write_features(places.inbox / "dpu/pintu air.geojson")
    for dataset in PUBLISHED:
        approved(places, dataset)
    return places


def _loaded(text: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(text)
    return found


def _write_workbook(path: Path) -> None:
    """Letterhead, a header merged over two rows, a signature below."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    sheet = book.active
    sheet.append(["DINAS KESEHATAN KOTA PALU"])
    sheet.append(["REKAPITULASI KUNJUNGAN PUSKESMAS FEBRUARI 2026"])
    sheet.append([])
    sheet.append(["Kode", "Puskesmas", "Jumlah Kunjungan", None, "Kepala Puskesmas"])
    sheet.append([None, None, "L", "P", None])
    for merged in ("A1:E1", "A2:E2", "A4:A5", "B4:B5", "C4:D4", "E4:E5"):
        sheet.merge_cells(merged)
    sheet.append(["001", "Kamonji", 1204, 1530, "dr. Contoh Satu"])
    sheet.append(["002", "Talise", 877, 1011, "dr. Contoh Dua"])
    sheet.append([])
    sheet.append([None, None, None, "Palu, 2 Maret 2026"])
    sheet.append([None, None, None, "Kepala Dinas"])
    book.save(path)


def _write_features(path: Path) -> None:
    rows = [("PA-1", "baik", -0.8917, 119.8707, "Penjaga Satu"), ("PA-2", "rusak", -0.9003, 119.8791, "Penjaga Dua")]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [east, north]},
            "properties": {"kode": code, "kondisi": state, "penjaga": keeper},
        }
        for code, state, north, east, keeper in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
