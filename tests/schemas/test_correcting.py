"""What corrections may say, where their file stands, and what becomes of them as days pass."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts.loading import ContractError
from schemas.correcting import Corrected, findings, has_expired, notes
from schemas.registry import load_cities
from tests.laws.made_up_city import CITY_ID, contract, found_city, write_yaml
from tests.transforms.test_corrections import corrected, correction

GOOD: dict[str, Any] = {
    "where": {"kode": "TP-002"},
    "field": "kapasitas",
    "from": "tiga lima",
    "to": "35",
    "because": "Salah ketik.",
    "decided_by": "Walidata",
    "until": "2026-12-31",
}


def city_with(root: Path, *ones: dict[str, Any], name: str = "dishub/titik-uji.corrections.yaml") -> Path:
    places = found_city(root, contract())
    write_yaml(places.contracts / CITY_ID / name, {"corrections": list(ones)})
    return places.contracts


def test_a_file_of_corrections_goes_to_the_contract_that_it_stands_beside(tmp_path: Path) -> None:
    [city] = load_cities(city_with(tmp_path, GOOD))
    assert list(city.contracts) == ["titik-uji"]
    found = city.contracts["titik-uji"].corrections
    assert found is not None
    assert found.corrections[0].to == "35"


@pytest.mark.parametrize(
    ("ones", "code", "line"),
    [
        pytest.param([{**GOOD, "field": "nik"}], "correction_closed", 2, id="an exempt field"),
        pytest.param([{**GOOD, "where": {"kode": "1", "nik": "2"}}], "correction_closed", 2, id="an exempt key"),
        pytest.param([{**GOOD, "where": {"nama": "x"}}], "correction_without_key", 2, id="without the primary key"),
        pytest.param([{**GOOD, "field": "kapasita"}], "field_unknown", 2, id="an unknown field"),
        pytest.param([{**GOOD, "to": " tiga lima "}], "correction_of_nothing", 2, id="nothing changes"),
        pytest.param(
            [GOOD, {**GOOD, "where": {"kode": "TP-002"}, "to": "36"}], "correction_twice", 1, id="the same cell twice"
        ),
        pytest.param([{**GOOD, "sampai": "x"}], "key_unknown", 10, id="an unknown key"),
        pytest.param([{**GOOD, "until": "besok"}], "date", 9, id="a day that is none"),
    ],
)
def test_what_is_wrong_with_a_correction_is_told_with_its_line(
    tmp_path: Path, ones: list[dict[str, Any]], code: str, line: int
) -> None:
    with pytest.raises(ContractError) as raised:
        load_cities(city_with(tmp_path, *ones))
    [fault] = raised.value.faults
    assert (fault.file, fault.code) == ("palu/dishub/titik-uji.corrections.yaml", code)
    assert fault.line == line


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["dishub/titik-lain.corrections.yaml"], "corrections_of_no_contract"),
        (["dishub/titik-uji.corrections.yaml", "titik-uji.corrections.yml"], "corrections_twice"),
    ],
    ids=["no such contract", "two files"],
)
def test_a_file_that_corrects_nothing_is_a_fault(tmp_path: Path, names: list[str], code: str) -> None:
    for name in names:
        folder = city_with(tmp_path, GOOD, name=name)
    with pytest.raises(ContractError) as raised:
        load_cities(folder)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_a_contract_says_nothing_of_its_corrections_in_public_and_keeps_its_hash() -> None:
    of = corrected(correction())
    assert of.digest == of.model_copy(update={}).digest
    assert "lima" not in of.described().model_dump_json()
    assert "lima" not in of.model_dump_json()


def test_a_release_states_counts_and_reasons() -> None:
    of = corrected(correction(), correction(where={"kode": "A3"}), correction(field="nama", because="Ejaan."))
    assert notes(of) == (
        Corrected(field="luas", cells=2, because="Salah ketik."),
        Corrected(field="nama", cells=1, because="Ejaan."),
    )
    found = findings(of, date(2026, 1, 1))
    assert [(one.code, one.outcome, one.checked, one.because) for one in found] == [
        ("corrected:1", "passed", 2, "Salah ketik."),
        ("corrected:2", "passed", 1, "Ejaan."),
    ]


@pytest.mark.parametrize(
    ("day", "rule", "blocks"),
    [
        (date(2026, 11, 30), None, False),
        (date(2026, 12, 1), "correction_due", False),
        (date(2026, 12, 31), "correction_due", False),
        (date(2027, 1, 1), "correction_expired", True),
    ],
    ids=["31 days before", "30 days before", "the last day", "the day after"],
)
def test_a_correction_ends_with_its_last_day_and_is_announced_before(day: date, rule: str | None, blocks: bool) -> None:
    of = corrected(correction())
    found = [one for one in findings(of, day) if one.rule != "corrected"]
    assert [one.rule for one in found] == ([rule] if rule else [])
    assert any(one.blocks for one in found) == blocks == has_expired(of, day)
