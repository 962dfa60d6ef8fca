"""What detectors find holds a dataset back, until a recorded decision lets it stand."""

from pathlib import Path

import pytest

from flows import runs
from flows.journey import Outcome
from flows.steps import Steps, examine
from flows.summary import details
from schemas.contracts import Language
from tests.laws.made_up_city import NOW, ROWS, contract, found_city, registered

NIK = "7271014708450009"
LEAKING = ROWS + f"TP-004,Pasar Masomba milik {NIK},10,7271010101990004\n"
CLEARANCE = {
    "field": "nama",
    "kind": "nik",
    "decision": "CONTOH/PPID/2026/009",
    "decided": "2026-02-11",
    "because": "Angka ini nomor papan nama.",
}


def examined(root: Path, rows: str, **changes: object) -> Outcome:
    places = found_city(root, contract(**changes), rows=rows)
    runs.prepare_zones(places)
    return runs.run(examine, places, *registered(places), NOW, Steps())


def test_an_identifier_in_an_open_field_holds_the_dataset_back(tmp_path: Path) -> None:
    outcome = examined(tmp_path, LEAKING)
    assert outcome.end == "held_back"
    assert outcome.report is not None
    (blocker,) = outcome.report.blockers
    assert (blocker.code, blocker.fields, blocker.failing) == ("detected_nik:nama", ("nama",), 1)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_officer_is_told_what_to_do_and_no_value(tmp_path: Path, language: Language) -> None:
    told = "\n".join(details(examined(tmp_path, LEAKING), language))
    assert "clearances" in told
    assert "palu decide titik-uji --field nama" in told
    assert NIK not in told


def test_a_recorded_decision_lets_it_stand_with_its_reason(tmp_path: Path) -> None:
    outcome = examined(tmp_path, LEAKING, clearances=[CLEARANCE])
    assert outcome.end == "checked"
    assert outcome.report is not None
    (warning,) = [one for one in outcome.report.warnings if one.rule == "detected_nik"]
    assert warning.because == "CONTOH/PPID/2026/009: Angka ini nomor papan nama."


@pytest.mark.parametrize("change", [{"field": "kode"}, {"kind": "nip"}], ids=["another field", "another kind"])
def test_a_decision_about_something_else_changes_nothing(tmp_path: Path, change: dict[str, str]) -> None:
    assert examined(tmp_path, LEAKING, clearances=[{**CLEARANCE, **change}]).end == "held_back"


def test_sound_rows_yield_no_finding(tmp_path: Path) -> None:
    outcome = examined(tmp_path, ROWS)
    assert outcome.report is not None
    assert [one for one in outcome.report.findings if one.rule.startswith("detected_")] == []
