"""Which fields of a dataset say where its rows lie."""

from typing import Any

import pytest

from schemas.contracts import Pair, Place, Shape
from tests.making import contract, exempt_field, open_field

EAST, NORTH = open_field("bujur", "number"), open_field("lintang", "number")
KODE = open_field("kode")


def coarse(name: str, **form: Any) -> dict[str, Any]:
    one = exempt_field(name, "number")
    return {**one, "exemption": {**one["exemption"], "method": "generalise", "generalise": form}}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        pytest.param([KODE], None, id="no place"),
        pytest.param([KODE, EAST, NORTH], Pair("bujur", "lintang"), id="a longitude and a latitude"),
        pytest.param(
            [open_field("latitude", "number"), open_field("longitude", "number")],
            Pair("longitude", "latitude"),
            id="by their English names",
        ),
        pytest.param([EAST, {**NORTH, "unit": "derajat (WGS 84)"}], Pair("bujur", "lintang"), id="in degrees"),
        pytest.param([EAST, {**NORTH, "unit": "meter"}], None, id="in metres"),
        pytest.param([EAST, open_field("lintang")], None, id="a latitude that is text"),
        pytest.param([EAST, KODE], None, id="half a place"),
        pytest.param([EAST, NORTH, open_field("lat", "number")], None, id="two latitudes"),
        pytest.param([EAST, NORTH, open_field("batas", "geojson")], Shape("batas"), id="a geometry before numbers"),
        pytest.param([KODE, EAST, exempt_field("lintang", "number")], None, id="a latitude that is withheld"),
        pytest.param([KODE, exempt_field("batas", "geojson")], None, id="a geometry that is withheld"),
        pytest.param([KODE, EAST, {**NORTH, "access": "undetermined"}], None, id="a latitude that nobody decided on"),
        pytest.param(
            [coarse("bujur", to="grid", size="0.01"), coarse("lintang", to="grid", size="0.01")],
            Pair("bujur", "lintang"),
            id="numbers that leave as a grid",
        ),
        pytest.param(
            [KODE, coarse("bujur", to="band", size="0.01"), coarse("lintang", to="band", size="0.01")],
            None,
            id="numbers that leave as text",
        ),
    ],
)
def test_a_place_is_said_by_public_fields_alone(fields: list[dict[str, Any]], place: Place | None) -> None:
    assert contract(*fields).place == place
