"""One valid contract, city and place to work in, for tests that break one thing of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.settings import Places
from schemas.contracts import City, Contract
from schemas.tables import quoted, read_parquet

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
CITY = City.model_validate(
    {
        "id": "palu",
        "name": "Kota Palu",
        "title": "Data Kota Palu",
        "timezone": "Asia/Makassar",
        "publisher": "Pemerintah Kota Palu",
        "contact": {"name": "PPID"},
        "departments": {"dishub": "Dinas Perhubungan"},
    }
)
EXEMPTION = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "CONTOH/1",
    "decided": "2026-02-10",
    "until": "2031-02-10",
    "reason": "Rahasia pribadi",
}
CSV_SOURCE = {"kind": "csv", "location": "data.csv"}

Field = dict[str, Any]
Row = tuple[Any, ...]


def open_field(name: str, kind: str = "string", **more: object) -> Field:
    """A field that is published."""
    return {"name": name, "title": name, "type": kind, "access": "open", **more}


def exempt_field(name: str, kind: str = "string", **more: object) -> Field:
    """A field that is withheld."""
    return {"name": name, "title": name, "type": kind, "access": "exempt", "exemption": EXEMPTION, **more}


def contract(*fields: Field, source: Mapping[str, object] = CSV_SOURCE, **more: object) -> Contract:
    """The contract of these fields; any number of rows may be quarantined."""
    said = {
        "id": "contoh",
        "department": "dishub",
        "title": "Contoh",
        "description": "Contoh.",
        "license": "CC-BY-4.0",
        "origin": "sample",
        "quarantine": {"at_most": "100 %", "because": "Uji."},
        "source": dict(source),
        "fields": list(fields),
        **more,
    }
    return Contract.model_validate(said)


def places(root: Path) -> Places:
    """The zones of a run below `root`, with an inbox that stands."""
    (root / "inbox").mkdir(exist_ok=True)
    return Places(root / "cities", root / "inbox", root / "public", root / "private")


def rows_of(parquet: Path, *columns: str) -> list[Row]:
    """The named columns of a Parquet file, or all, in the order of its rows."""
    chosen = ", ".join(map(quoted, columns)) or "*"
    return duckdb.execute(f"SELECT {chosen} FROM {read_parquet(parquet)}").fetchall()
