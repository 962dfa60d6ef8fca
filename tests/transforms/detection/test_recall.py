"""Planted identifiers are found: each kind, in each damaged form, in text, in longer text and in numbers."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.findings import Finding
from schemas.tables import PublicTable
from tests.making import contract, open_field
from tests.transforms.detection import planting
from transforms.detection.scan import scan

CELLS, FEW = 400, 25
RECALL = 0.99
ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
ORDINARY = ("Pasar Inpres", "Jalan Towua 12", "lampu jalan mati sejak 12 Maret 2026", "Rp 1.250.000", "TRX-000000123")


def columns(folder: Path, kind: str, cells: Sequence[Sequence[Any]], name: str = "keterangan") -> tuple[Finding, ...]:
    """What the scan says of a public table of these columns, all of one type."""
    path, names = folder / "public.parquet", [f"{name}_{number}" for number, _ in enumerate(cells)]
    pq.write_table(pa.table([pa.array(column, ARROW[kind]) for column in cells], names), path)
    described = contract(*(open_field(one, kind) for one in names)).described()
    return scan(PublicTable(path, described, len(cells[0])))


def found(folder: Path, kind: str, cells: Sequence[Any]) -> dict[str, Finding]:
    """What the scan says of one column, by rule."""
    return {finding.rule: finding for finding in columns(folder, kind, [cells])}


@pytest.mark.parametrize(("kind", "form"), planting.kinds_and_forms())
def test_a_planted_identifier_is_found_in_text(tmp_path: Path, kind: str, form: str) -> None:
    planted = planting.planted(kind, form, CELLS)
    finding = found(tmp_path, "string", [*planted.cells, *ORDINARY * 200])[f"detected_{kind}"]
    assert finding.severity == "blocker"
    assert RECALL * CELLS <= finding.failing <= CELLS


@pytest.mark.parametrize(("kind", "form"), planting.kinds_and_forms())
def test_one_planted_cell_among_others_blocks(tmp_path: Path, kind: str, form: str) -> None:
    planted = planting.planted(kind, form, FEW).cells
    alone = columns(tmp_path, "string", [[*ORDINARY, cell] for cell in planted])
    blocked = {finding.fields for finding in alone if finding.rule == f"detected_{kind}" and finding.blocks}
    assert len(blocked) >= RECALL * FEW


NUMBERS = [
    pytest.param("nik", "integer", 1, id="NIK as integers"),
    pytest.param("nik", "number", 1.0, id="NIK as floats"),
    pytest.param("nip", "integer", 1, id="NIP as integers"),
    pytest.param("nip", "number", 1.0, id="NIP as floats"),
    pytest.param("npwp", "integer", 1, id="NPWP as integers"),
    pytest.param("npwp", "number", 1.0, id="NPWP as floats"),
    pytest.param("phone", "integer", 1, id="phones as integers"),
    pytest.param("phone", "number", 1.0, id="phones as floats"),
]


@pytest.mark.parametrize(("kind", "column", "unit"), NUMBERS)
def test_a_planted_identifier_is_found_among_numbers(tmp_path: Path, kind: str, column: str, unit: float) -> None:
    random = Random(kind)
    ordinary = [random.randint(0, 5_000_000) * unit for _ in range(CELLS)]
    cells = [int(cell) * unit for cell in planting.planted(kind, "intact", CELLS).cells]
    finding = found(tmp_path, column, cells + ordinary)[f"detected_{kind}"]
    assert finding.severity == "blocker"
    assert finding.failing >= RECALL * CELLS


@pytest.mark.parametrize(("kind", "column", "unit"), NUMBERS)
def test_one_number_blocks_where_the_name_tells(tmp_path: Path, kind: str, column: str, unit: float) -> None:
    telling = {"nik": "nik_ktp", "nip": "nip_petugas", "npwp": "npwp", "phone": "no_hp"}[kind]
    planted = [int(cell) * unit for cell in planting.planted(kind, "intact", FEW).cells]
    findings = columns(tmp_path, column, [[20, 35, cell] for cell in planted], telling)
    assert sum(finding.rule == f"detected_{kind}" and finding.blocks for finding in findings) == FEW
