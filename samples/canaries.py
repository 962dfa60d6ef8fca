"""Every withheld value of the demo data, to be searched for where it must never stand.

Read with openpyxl, csv, sqlite3 and json alone, so that no fault of our own reading can hide a value.
Values of under eight characters are left out: they would be found anywhere by chance.
"""

import csv
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook  # type: ignore[import-untyped]

from samples import generate, parking_points

SHORTEST = 8
TOO_SHORT_TO_SEARCH = frozenset({"golongan", "nilai"})
PARKING_COLUMNS = {"nama_juru_parkir": 14, "nik_juru_parkir": 15}
TRANSACTION_QUERIES = {
    "plat_nomor": "select distinct plat_nomor from transaksi_parkir",
    "nik_juru_parkir": "select distinct nik_juru_parkir from transaksi_parkir",
}
REPORT_PATHS = {
    "isi_laporan": ("isi",),
    "alamat": ("lokasi", "alamat"),
    "nama_pelapor": ("pelapor", "nama"),
    "telepon_pelapor": ("pelapor", "telepon"),
    "email_pelapor": ("pelapor", "email"),
}
FACILITY_PATHS = {
    "nama_penjaga": ("properties", "penjaga"),
    "telepon_penjaga": ("properties", "telepon_penjaga"),
}
TRAINING_COLUMNS = {
    ("palu", generate.TRAINING_PALU): {"nip": "NIP", "nama": "Nama Lengkap", "keterangan": "Keterangan"},
    ("jambi", generate.TRAINING_JAMBI): {"nip": "NIP", "nama": "Nama Pegawai", "keterangan": "Catatan"},
}


class Place(NamedTuple):
    """Where a canary stands: a field of a dataset of a city."""

    city: str
    dataset: str
    field: str


Canaries = Mapping[Place, frozenset[str]]


def canaries(inbox: Path) -> Canaries:
    """Every withheld value below a generated `inbox`, as written and without its inner spaces."""
    return {
        **_in_workbook(inbox / generate.PARKING_POINTS),
        **_in_database(inbox / generate.PARKING_DATABASE),
        **_in_json(inbox / generate.REPORTS, "data", "laporan-warga", REPORT_PATHS),
        **_in_json(inbox / generate.FACILITIES, "features", "fasilitas-umum", FACILITY_PATHS),
        **_in_training(inbox),
        Place("palu", "permintaan-data", "nama_pemohon"): _in_requests(inbox / generate.REQUESTS),
    }


def _spellings(values: Iterable[object]) -> frozenset[str]:
    written = {str(value).strip() for value in values if value is not None}
    compact = {value.replace(" ", "") for value in written if any(mark.isdigit() for mark in value)}
    return frozenset(value for value in written | compact if len(value) >= SHORTEST)


def _in_workbook(path: Path) -> Canaries:
    sheet = load_workbook(path, read_only=True)["Rekap"]
    first = len(parking_points.LETTERHEAD) + 4
    rows = list(sheet.iter_rows(min_row=first, max_row=first + parking_points.POINTS - 1, values_only=True))
    return {
        Place("palu", "titik-parkir", field): _spellings(row[column - 1] for row in rows)
        for field, column in PARKING_COLUMNS.items()
    }


def _in_database(path: Path) -> Canaries:
    with closing(sqlite3.connect(path)) as database:
        return {
            Place("palu", "transaksi-parkir", field): _spellings(value for (value,) in database.execute(query))
            for field, query in TRANSACTION_QUERIES.items()
        }


def _in_json(path: Path, records: str, dataset: str, paths: Mapping[str, tuple[str, ...]]) -> Canaries:
    found = json.loads(path.read_text(encoding="utf-8"))[records]
    return {
        Place("palu", dataset, field): _spellings(_leaf(record, keys) for record in found)
        for field, keys in paths.items()
    }


def _leaf(record: Any, keys: tuple[str, ...]) -> object:
    for key in keys:
        record = record[key]
    return record


def _in_requests(path: Path) -> frozenset[str]:
    with path.open(newline="", encoding="utf-8") as file:
        return _spellings(row["Nama Pemohon"] for row in csv.DictReader(file))


def _in_training(inbox: Path) -> Canaries:
    found: dict[Place, frozenset[str]] = {}
    for (city, location), columns in TRAINING_COLUMNS.items():
        with (inbox / location).open(newline="", encoding="cp1252") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        for field, column in columns.items():
            found[Place(city, "pelatihan-digital", field)] = _spellings(row[column] for row in rows)
    return found
