"""The official list, and a contract's word about it."""

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.contracts import ContractField
from schemas.regions import regions
from tests.making import open_field


@pytest.mark.parametrize(
    ("level", "within", "count"),
    [
        *[("provinsi", "", 38), ("kabupaten", "", 514), ("kecamatan", "", 7277), ("kelurahan", "", 83763)],
        *[("kecamatan", "72.71", 8), ("kelurahan", "72.71", 46), ("kelurahan", "15.71", 68)],
    ],
)
def test_the_list_is_as_long_as_its_decree_says(level: Any, within: str, count: int) -> None:
    assert len(regions(level, within)) == count


PALU = {"level": "kelurahan", "within": "72.71"}


@pytest.mark.parametrize(
    ("region", "code"),
    [
        pytest.param({"level": "kelurahan"}, "region_within_missing", id="villages of the whole country"),
        pytest.param({**PALU, "within": "72.99"}, "region_unknown", id="within nothing"),
        pytest.param({**PALU, "level": "kabupaten"}, "region_unknown", id="within a region of its own level"),
        pytest.param({**PALU, "ignore": ["dots"]}, "region_ignore", id="dots of names"),
        pytest.param({**PALU, "as": "code", "ignore": ["case"]}, "region_ignore", id="case of codes"),
        pytest.param({**PALU, "crosswalk": {"Tond0": "Tond"}}, "region_value_unknown", id="mapped to no region"),
    ],
)
def test_a_region_that_cannot_be_is_a_fault_of_the_contract(region: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ContractField.model_validate(open_field("x", region=region))
    assert [fault[0] for detail in caught.value.errors() for fault in detail["ctx"]["faults"]] == [code]


def test_a_region_is_text() -> None:
    with pytest.raises(ValidationError) as caught:
        ContractField.model_validate(open_field("x", "integer", region=PALU))
    assert caught.value.errors()[0]["ctx"]["faults"][0][0] == "region_type"


@pytest.mark.parametrize(("kind", "sound"), [("number", True), ("integer", False), ("date", False)])
def test_a_coordinate_is_a_number(kind: str, sound: bool) -> None:
    field = open_field("x", kind, format="latitude")
    if sound:
        assert ContractField.model_validate(field).axis == "latitude"
    else:
        with pytest.raises(ValidationError):
            ContractField.model_validate(field)
