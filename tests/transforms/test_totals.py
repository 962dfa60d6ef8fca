"""A last row that adds up the rows above holds a dataset back until the contract says what it is."""

from pathlib import Path
from typing import Any

import pytest

from tests.making import contract, open_field
from tests.transforms.preparing import prepared

FIELDS = (
    open_field("kelurahan"),
    open_field("jiwa", "integer"),
    open_field("luas", "number", decimalChar=","),
    open_field("tahun", "year"),
)
PARTS = ("Tondo;100;1,25;2026", "Talise;250;2,5;2026", "Lere;75;0,75;2026")


def found(tmp_path: Path, *rows: str, **source: Any) -> list[tuple[str, tuple[str, ...]]]:
    of = contract(*FIELDS, source={"kind": "csv", "location": "data.csv", **source})
    content = "\n".join(["kelurahan;jiwa;luas;tahun", *rows]).encode()
    findings = prepared(tmp_path, of, content).prepared.findings
    return [(one.severity, one.fields) for one in findings if one.rule == "total_row"]


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        pytest.param((*PARTS, "Mantikulore;425;4,5;2026"), ("jiwa", "luas"), id="every column adds up"),
        pytest.param((*PARTS, "Mantikulore;425;4,51;2026"), ("jiwa", "luas"), id="rounded before it was added"),
        pytest.param((*PARTS, *PARTS, "Mantikulore;850;;2026"), ("jiwa",), id="one column of six rows"),
        pytest.param((*PARTS, "Mantikulore;425;;2026"), (), id="one column of three rows may be chance"),
        pytest.param((*PARTS, "Mantikulore;424;4,9;2026"), (), id="no sum"),
        pytest.param(("Tondo;100;1,5;2026", "Talise;100;1,5;2026"), (), id="two rows alike"),
        pytest.param(("Tondo;0;0;2026", *["Talise;0;0;2026"] * 6), (), id="nothing but zeros"),
        pytest.param(PARTS[:1], (), id="one row"),
    ],
)
def test_a_total_without_a_word_for_it_is_found(tmp_path: Path, rows: tuple[str, ...], fields: tuple[str, ...]) -> None:
    assert found(tmp_path, *rows) == ([("blocker", fields)] if fields else [])


@pytest.mark.parametrize("source", [{"totals": "data"}, {"skip": ["5"]}], ids=["data all the same", "skipped"])
def test_the_contract_decides(tmp_path: Path, source: dict[str, Any]) -> None:
    assert found(tmp_path, *PARTS, "Mantikulore;425;4,5;2026", **source) == []
