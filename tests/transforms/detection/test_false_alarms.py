"""What looks like an identifier and is none never stops a release."""

import csv
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.transforms.detection.test_recall import columns, found

OPEN = Path(__file__).resolve().parents[3] / "samples" / "open"
RANDOM = Random("false alarms")

TEXTS = {
    "pipe sizes": ["DN 150", "DN 150 PN 10", "pipa DN 150 PVC sepanjang 20 m", "DN 50", "DN 200 M"],
    "codes of areas": ["7271011001", "7271011001001", "72.71.01.1001", "8171011001", "8271022003"],
    "budget codes": ["5.1.02.01.01.0024", "1.01.01.2.02.0001", "1.01.01.2.02.0001.5.1.02.01.01.0024"],
    "school and book numbers": ["40203671", "978-602-8519-93-9", "ISSN 2085-1234"],
    "running numbers": [f"TRX-{number:09}" for number in range(81_234_500, 81_234_600)],
    "coordinates": ["-0.8985831234567890,119.8707123456789", "POINT (119.8707123456789 -0.8985831234567)"],
    "geometries": ['{"type":"Point","coordinates":[120.1201020304056,-0.812345678901]}'],
    "fractions": [f"0.{RANDOM.randint(10**15, 10**16 - 1)}" for _ in range(500)],
    "small fractions": [f"0.8{RANDOM.randint(10**6, 10**9)}" for _ in range(500)],
    "money": ["Rp 12.345.678.901.234", "1.250.000,00", "Rp. 81.234.567.890,00", "6.281.234.567.890"],
    "microseconds": [str(1_601_010_000_000_000 + 104_729_333 * number) for number in range(500)],
    "random codes of 16 digits": [str(RANDOM.randint(10**15, 10**16 - 1)) for _ in range(2000)],
    "hashes and UUIDs": ["a1b2c3d4-1234-4123-8123-123456789012", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"],
    "house numbers": ["Blok B 12 A", "Jl. Towua No. 5 B", "RT 01 RW 05", "Jl. Dewi Sartika Km 7 A"],
    "opening hours and years": ["08.00-15.00, 08.00-11.30", "2019, 2020, 2021, 2022", "01-12-2025 s.d. 31-12-2025"],
    "engines and currents": ["L 300 PU", "B 2500 CC", "220 V 50 HZ"],
    "letters' numbers": ["B-1234/KS.00/2025", "800/1234/BKPSDM/2026"],
    "offices": ["(0451) 421234", "0451-421234", "ppid@palukota.go.id", "info@kemkes.go.id", "@palukota"],
    "signs": ["-5", "-0,89", "-", "--", "+/-", "- Perbaikan jalan (tahap 1)", "-5 orang", "=> 60 tahun", "- -"],
}
NUMBERS: dict[str, tuple[str, list[Any]]] = {
    "microseconds": ("integer", [1_601_010_000_000_000 + 104_729_333 * number for number in range(2000)]),
    "random 16 digits": ("integer", [RANDOM.randint(10**15, 10**16 - 1) for _ in range(2000)]),
    "milliseconds": ("integer", [1_767_225_600_000 + 977 * number for number in range(2000)]),
    "money": ("number", [float(RANDOM.randint(10**8, 10**12)) for _ in range(2000)]),
    "coordinates": ("number", [119.8707 + number / 7e7 for number in range(2000)]),
    "codes of villages": ("integer", [8171010000 + number for number in range(1, 60)]),
}


@pytest.mark.parametrize("cells", TEXTS.values(), ids=TEXTS)
def test_text_that_only_looks_like_one_is_let_through(tmp_path: Path, cells: list[str]) -> None:
    assert [finding for finding in found(tmp_path, "string", cells).values() if finding.blocks] == []


@pytest.mark.parametrize(("kind", "cells"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_that_only_look_like_one_are_let_through(tmp_path: Path, kind: str, cells: list[Any]) -> None:
    assert [finding for finding in found(tmp_path, kind, cells).values() if finding.blocks] == []


@pytest.mark.parametrize(
    "file", sorted(file for kind in ("*.csv", "*.json") for file in OPEN.rglob(kind)), ids=lambda file: file.name
)
def test_real_open_data_stops_at_nothing(tmp_path: Path, file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened)) if file.suffix == ".csv" else _rows_of(json.load(opened))
    width = min(map(len, rows))
    assert len(rows) > 1
    assert width
    found_here = columns(tmp_path, "string", [[row[place] for row in rows] for place in range(width)])
    assert [finding for finding in found_here if finding.blocks] == []


def _rows_of(document: Any) -> list[list[str]]:
    """The days of every year in a file of holidays."""
    days = [day for year in document["years"].values() for day in year["holidays"]]
    return [list(map(str, day.values())) for day in days]


FORMULAS = ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\rteks", "-A1", "+A1"]


@pytest.mark.parametrize("cell", [*FORMULAS, "\uff1d1+1", "\uff0bA1", "\uff0dA1", "\uff20SUM(A1)", '=HYPERLINK("x")'])
def test_text_that_a_spreadsheet_would_run_blocks(tmp_path: Path, cell: str) -> None:
    finding = found(tmp_path, "string", ["Pasar", cell])["detected_formula"]
    assert (finding.severity, finding.failing) == ("blocker", 1)
