"""Spellings of regions are mapped by what the contract declares, and by nothing else."""

from typing import Any

import pytest

from schemas.contracts.region import Region
from transforms.casting.places import mapped

TONDO = ("Kel. Tondo", "KELURAHAN TONDO", "Desa/Kelurahan Tondo", "tondo", "Tond0", "Tondo Baru")


def region(**more: Any) -> Region:
    return Region.model_validate({"level": "kelurahan", "within": "72.71", **more})


@pytest.mark.parametrize(
    ("declared", "spellings"),
    [
        pytest.param({}, set(), id="nothing"),
        pytest.param({"ignore": ["case"]}, {"tondo"}, id="case"),
        pytest.param({"ignore": ["prefix"]}, {"Kel. Tondo", "Desa/Kelurahan Tondo"}, id="prefixes"),
        pytest.param({"ignore": ["case", "prefix"]}, {*TONDO[:4]}, id="both"),
        pytest.param({"crosswalk": {"Tond0": "Tondo"}}, {"Tond0"}, id="one spelling"),
    ],
)
def test_only_what_is_declared_is_mapped(declared: dict[str, Any], spellings: set[str]) -> None:
    found = mapped(TONDO, region(**declared))
    assert set(found) == spellings
    assert {one.value for one in found.values()} <= {"Tondo"}


@pytest.mark.parametrize(
    ("declared", "spelling", "value"),
    [
        pytest.param({"as": "code", "ignore": ["dots"]}, "7271081002", "72.71.08.1002", id="a code without dots"),
        pytest.param({"level": "kecamatan", "ignore": ["prefix"]}, "Kec. Mantikulore", "Mantikulore", id="a district"),
        pytest.param({"level": "kabupaten", "within": "72", "ignore": ["case"]}, "Kota Palu", "KOTA PALU", id="a city"),
        pytest.param(
            {"level": "kabupaten", "within": "72", "ignore": ["case", "prefix"]},
            "Kab. Sigi",
            "KABUPATEN SIGI",
            id="a regency",
        ),
        pytest.param({"ignore": ["spaces"]}, "Besusu  Barat", "Besusu Barat", id="two blanks"),
    ],
)
def test_each_level_has_its_own_spellings(declared: dict[str, Any], spelling: str, value: str) -> None:
    assert mapped([spelling], region(**declared))[spelling].value == value


def test_a_city_and_a_regency_of_one_name_are_two_regions() -> None:
    of = region(level="kabupaten", within="32", ignore=["case", "prefix"])
    found = mapped(["Kab. Bogor", "Kota Bogor", "Bogor"], of)
    assert {spelling: one.value for spelling, one in found.items()} == {
        "Kab. Bogor": "KABUPATEN BOGOR",
        "Kota Bogor": "KOTA BOGOR",
    }


def test_a_spelling_that_folds_to_two_names_is_not_mapped() -> None:
    """Jambi province has a village called Baru and another called Desa Baru."""
    of = region(within="15", ignore=["case", "prefix"])
    assert {"Baru", "Desa Baru"} <= set(of.values)
    assert mapped(["KELURAHAN BARU", "desa baru", "baru"], of) == {}


def test_the_crosswalk_goes_before_the_rule() -> None:
    of = region(ignore=["case"], crosswalk={"TONDO": "Talise"})
    assert mapped(["TONDO"], of)["TONDO"] == ("Talise", "region_crosswalk")
