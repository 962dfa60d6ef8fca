"""A made-up city with one release of everything that pages and documents show, for tests to vary."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.manifest import Distribution, Entry, Inputs, Manifest, Pointer, ReleaseReference, Tombstone
from catalog.shelf import Release
from catalog.site.cards import Card, card
from schemas.contracts import City, Dataset
from schemas.findings import Finding, Report, RowAccount

NOON = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
RELEASE = "2026-11-21-3f9a2c1d"
INPUTS = Inputs(snapshot_sha256="a" * 64, contract_sha256="b" * 64, code_version="1.0.0")


def city(**changes: Any) -> City:
    stated: dict[str, Any] = {
        "id": "palu",
        "name": "Palu",
        "title": {"id": "Data Terbuka Kota Palu", "en": "Open data of Palu city"},
        "description": {
            "id": "Data Pemerintah Kota Palu yang terbuka untuk umum.",
            "en": "Data for everyone.",
        },
        "timezone": "Asia/Makassar",
        "publisher": "Pemerintah Kota Palu",
        "contact": {"name": "PPID Kota Palu", "email": "ppid@contoh.palukota.go.id"},
        "address": "https://data.contoh.go.id/palu",
        "departments": {"dishub": "Dinas Perhubungan", "bkpsdm": "Badan Kepegawaian dan Pengembangan SDM"},
    }
    return City.model_validate(stated | changes)


EXEMPTION = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "PPID/UK/2026/004",
    "decided": date(2026, 2, 10),
    "until": date(2031, 2, 10),
    "reason": {"id": "Rahasia pribadi", "en": "Personal data"},
    "if_opened": "Juru parkir dapat ditagih utang atas namanya.",
    "if_closed": "Hak atas kerahasiaan pribadi terjaga.",
}


def fields() -> list[dict[str, Any]]:
    return [
        {
            "name": "kode_titik",
            "title": {"id": "Kode titik", "en": "Point code"},
            "description": "Kode yang tertera pada papan di titik parkir.",
            "type": "string",
            "constraints": {"required": True, "unique": True, "pattern": "TP-[0-9]{3}"},
            "access": "open",
        },
        {"name": "kecamatan", "title": "Kecamatan", "type": "string", "access": "open"},
        {
            "name": "kapasitas",
            "title": {"id": "Kapasitas", "en": "Capacity"},
            "type": "integer",
            "unit": "kendaraan",
            "constraints": {"minimum": "0", "maximum": "12500"},
            "access": "open",
            "definition": "Jumlah kendaraan yang dapat diparkir pada waktu yang sama.",
        },
        {
            "name": "ditetapkan",
            "title": "Tanggal ditetapkan",
            "type": "date",
            "format": "%d/%m/%Y",
            "constraints": {"minimum": "2020-01-01"},
            "access": "open",
        },
        {
            "name": "digital",
            "title": "Sudah digital",
            "type": "boolean",
            "constraints": {"enum": ["true", "false"]},
            "access": "open",
        },
        {
            "name": "nik_juru_parkir",
            "title": {"id": "NIK juru parkir", "en": "Attendant's identity number"},
            "type": "string",
            "access": "exempt",
            "exemption": EXEMPTION,
        },
        {"name": "catatan", "title": "Catatan petugas", "type": "string"},
    ]


def dataset(**changes: Any) -> Dataset:
    stated: dict[str, Any] = {
        "id": "titik-parkir",
        "department": "dishub",
        "title": {"id": "Titik parkir digital (contoh)", "en": "Digital parking points (sample)"},
        "description": {
            "id": "Titik parkir yang memakai pembayaran digital. Satu baris adalah satu titik.",
            "en": "Parking points with digital payment.",
        },
        "theme": "TRAN",
        "keywords": {"id": ["parkir", "retribusi"], "en": ["parking"]},
        "license": "CC-BY-4.0",
        "origin": "sample",
        "contact": {"name": "Dinas Perhubungan Kota Palu", "email": "dishub@contoh.palukota.go.id"},
        "update": {"cron": "0 6 1 * *", "frequency": "MONTHLY"},
        "quarantine": {"at_most": "2 %", "because": "Formulir lama kadang tidak terbaca."},
        "fields": fields(),
        "primaryKey": ["kode_titik"],
        "rules": [
            {
                "expect": "expect_column_values_to_be_between",
                "with": {"column": "kapasitas", "max_value": 5000, "mostly": 0.95},
                "severity": "warning",
                "because": "Titik terbesar menampung 4.800 kendaraan.",
            }
        ],
        "disclosure": {"quasi_identifiers": ["kecamatan", "ditetapkan"], "k": 5},
    }
    return Dataset.model_validate(stated | changes)


OPEN_DATA: dict[str, Any] = {
    "origin": "open",
    "license": "ODbL-1.0",
    "sources": [{"title": "idn-area-data", "path": "https://example.org/idn-area", "version": "4.0.1"}],
}
AGGREGATE: dict[str, Any] = {
    "disclosure": {
        "aggregate": {
            "by": ["kecamatan"],
            "name": "jumlah",
            "title": {"id": "Jumlah titik", "en": "Number of points"},
            "at_least": 5,
            "because": "Kelompok kecil dapat dikenali.",
        }
    }
}

FILES = (
    Distribution(path="titik-parkir.parquet", format="parquet", bytes=12_345, sha256="c" * 64),
    Distribution(path="titik-parkir.csv", format="csv", bytes=1_234_567, sha256="d" * 64),
)

WITH_PLACES = (
    *FILES,
    Distribution(path="titik-parkir.geo.parquet", format="geoparquet", bytes=23_456, sha256="e" * 64),
    Distribution(path="titik-parkir.geojson", format="geojson", bytes=345_678, sha256="f" * 64),
)


def finding(rule: str, **changes: Any) -> Finding:
    stated: dict[str, Any] = {
        "code": rule,
        "rule": rule,
        "severity": "blocker",
        "outcome": "passed",
        "checked": 1234,
        "failing": 0,
        "actor": "supplier",
    }
    return Finding.model_validate(stated | changes)


def report(**changes: Any) -> Report:
    between = "expect_column_values_to_be_between"
    stated: dict[str, Any] = {
        "city": "palu",
        "dataset": "titik-parkir",
        "contract": "b" * 64,
        "rows": RowAccount(
            read=1240,
            skipped={"preamble": 4, "total": 1, "footer": 5},
            quarantined=6,
            staged=1234,
            suppressed=3,
            published=1231,
        ),
        "findings": (
            finding("rows_present"),
            finding("primary_key", fields=("kode_titik",)),
            finding("pattern", code="pattern:kode_titik", fields=("kode_titik",)),
            finding("minimum_maximum", code="minimum_maximum:kapasitas", fields=("kapasitas",)),
            finding("enum", code="enum:digital", fields=("digital",)),
            finding(
                between,
                code=f"rule:1:{between}",
                fields=("kapasitas",),
                severity="warning",
                outcome="failed",
                failing=90,
                because="Titik terbesar menampung 4.800 kendaraan.",
            ),
            finding("k_anonymity", fields=("kecamatan", "ditetapkan"), actor="ppid"),
        ),
    }
    return Report.model_validate(stated | changes)


def manifest(**changes: Any) -> Manifest:
    stated: dict[str, Any] = {
        "city": "palu",
        "dataset": "titik-parkir",
        "release": RELEASE,
        "issued": NOON,
        "rows": 1231,
        "inputs": INPUTS,
        "distributions": FILES,
        "documents": (),
    }
    return Manifest.model_validate(stated | changes)


PREVIEW = (
    ("TP-001", "Palu Barat", "1234", "2025-03-01", "true"),
    ("TP-002", "Mantikulore", None, "2025-03-02", "false"),
    ("TP-003", "Tatanga", "40", "", "true"),
)


def release(**changes: Any) -> Release:
    stated: dict[str, Any] = {
        "manifest": manifest(),
        "dataset": dataset(),
        "report": report(),
        "preview": PREVIEW,
    }
    return Release(**(stated | changes))


def cards(*releases: Release) -> dict[str, Card]:
    """The cards of current releases, by dataset: of the one release where none is named."""
    shown = releases or (release(),)
    return {one.dataset.id: card(one.dataset, one.manifest, (one.manifest,), 0) for one in shown}


def tombstone(**changes: Any) -> Tombstone:
    stated: dict[str, Any] = {
        "city": "palu",
        "dataset": "titik-parkir",
        "release": "2026-10-01-0badc0de",
        "issued": NOON - timedelta(days=51),
        "withdrawn": NOON,
        "reason": "Memuat dua titik yang sudah ditutup.",
        "inputs": INPUTS,
    }
    return Tombstone.model_validate(stated | changes)


def pointer(**changes: Any) -> Pointer:
    reference = ReleaseReference(release=RELEASE, manifest_sha256="e" * 64)
    stated: dict[str, Any] = {
        "city": city(),
        "updated": NOON,
        "datasets": {
            "titik-parkir": Entry(current=reference),
            "pelatihan": Entry(current=None, withdrawn=(tombstone(dataset="pelatihan"),)),
        },
    }
    return Pointer.model_validate(stated | changes)
