"""Latitudes and longitudes as offices write them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.casting.reading_cells import FAULT, read
from transforms.reading import NUMBER_MARK as MARK

SOUTH = -(53 * 60 + 55) / 3600
EAST = 119 + (51 * 60 + 14) / 3600


@pytest.mark.parametrize(
    ("axis", "cell", "value"),
    [
        pytest.param("latitude", "-0.898583", -0.898583, id="a decimal point"),
        pytest.param("latitude", "-0,898583", -0.898583, id="a decimal comma"),
        pytest.param("longitude", "119,870", 119.87, id="nobody groups degrees"),
        pytest.param("longitude", f"{MARK}119.87", 119.87, id="stored as a number"),
        pytest.param("latitude", "\u22120.8985", -0.8985, id="the mathematical minus"),
        pytest.param("latitude", "0.8985 LS", -0.8985, id="south of the equator"),
        pytest.param("latitude", "0,8985° LU", 0.8985, id="north of it"),
        pytest.param("latitude", "0°53'55\" LS", SOUTH, id="degrees, minutes, seconds"),
        pytest.param("latitude", "0° 53' 55'' S", SOUTH, id="seconds by two apostrophes"),
        pytest.param("latitude", "00º53\u201955\u201dS", SOUTH, id="typographers' signs"),
        pytest.param("longitude", "119°51'14\"E", EAST, id="east, in English"),
        pytest.param("longitude", "119° 51' 14,0\" BT", EAST, id="decimals of a second"),
        pytest.param("longitude", "119 51 14 BT", EAST, id="blanks alone"),
        pytest.param("longitude", "119° 51,5' BT", 119 + 51.5 / 60, id="decimals of a minute"),
        pytest.param("longitude", "119° 51' BT", 119.85, id="minutes alone"),
        pytest.param("longitude", "0° 53' 55\" LS", FAULT, id="a latitude in a column of longitudes"),
        pytest.param("latitude", "119.87", FAULT, id="beyond a pole"),
        pytest.param("longitude", "181", FAULT, id="beyond the date line"),
        pytest.param("latitude", "-0.8985 LS", FAULT, id="below zero twice"),
        pytest.param("latitude", "0° 61' LS", FAULT, id="a sixty-first minute"),
        pytest.param("latitude", "-0.898, 119.87", FAULT, id="two in one cell"),
        pytest.param("latitude", "898583", FAULT, id="a lost decimal sign"),
        pytest.param("latitude", "selatan", FAULT, id="a word"),
    ],
)
def test_a_coordinate_is_degrees_of_its_axis_or_held_back(axis: str, cell: str, value: Any) -> None:
    found = read([cell], "number", format=axis)
    assert found == [value if value == FAULT else pytest.approx(value)]


@settings(max_examples=10, deadline=None)
@given(st.integers(-89, 89), st.integers(0, 59), st.integers(0, 59))
def test_degrees_minutes_and_seconds_read_back(degree: int, minute: int, second: int) -> None:
    size = abs(degree) + (minute * 60 + second) / 3600
    cell = f"{abs(degree)}°{minute}'{second}\" {'LS' if degree < 0 else 'LU'}"
    assert read([cell], "number", format="latitude") == [pytest.approx(-size if degree < 0 else size)]
