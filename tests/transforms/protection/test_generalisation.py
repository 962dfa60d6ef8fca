"""Coarser forms: each value is in the form it is shown as, and a coarser form follows from a finer one."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schemas.contracts import ContractField
from schemas.contracts.generalisation import Generalise
from schemas.tables import STORED_TYPES
from tests.making import exempt_field
from transforms.protection.generalisation import EXACT, coarser

SIZES = st.sampled_from(["0.001", "0.01", "0.1", "0.25", "0.5", "1", "2.5", "3", "5", "10", "0.3", "100"])
WHOLE_SIZES = st.integers(1, 1000)
NUMBERS = st.one_of(
    st.floats(-1e9, 1e9, allow_nan=False),
    st.decimals(-100_000, 100_000, places=3, allow_nan=False).map(float),
)
WHOLE = st.integers(-(2**63) + 1, 2**63 - 1)


def form(to: str, size: object = None) -> Generalise:
    return Generalise.model_validate({"to": to} if size is None else {"to": to, "size": str(size)})


def shown(kind: str, value: object, *forms: Generalise, published: str = "string") -> Any:
    """One value of a field of the type `kind` in the last of the forms."""
    field = ContractField.model_validate(exempt_field("nilai", kind))
    expression = coarser(field, forms, published)
    typed = f"CAST(? AS {STORED_TYPES[field.type]})"
    return duckdb.execute(f"SELECT {expression} FROM (SELECT {typed} AS nilai)", [value]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("kind", "value", "to", "expected"),
    [
        pytest.param("date", date(2026, 3, 9), form("month"), "2026-03", id="a day to its month"),
        pytest.param("date", date(2026, 12, 31), form("year"), 2026, id="a day to its year"),
        pytest.param("datetime", datetime(2026, 3, 9, 23, 59), form("month"), "2026-03", id="a moment to its month"),
        pytest.param("yearmonth", "2026-03", form("year"), 2026, id="a month to its year"),
        pytest.param("date", date(945, 1, 2), form("month"), "0945-01", id="a year of three digits has four"),
        pytest.param("integer", 29, form("band", 10), "20 s.d. 29", id="the last age of a band"),
        pytest.param("integer", 30, form("band", 10), "30 s.d. 39", id="the first age of a band"),
        pytest.param("integer", 0, form("band", 5), "0 s.d. 4", id="zero begins a band"),
        pytest.param("integer", -1, form("band", 10), "(-10) s.d. (-1)", id="a negative band in brackets"),
        pytest.param("year", 1998, form("band", 10), "1990 s.d. 1999", id="a decade"),
        pytest.param("integer", 3, form("band", "2.5"), "2.5 s.d. <5.0", id="a band of whole numbers and a half"),
        pytest.param("number", 0.3, form("band", "0.1"), "0.3 s.d. <0.4", id="0.3 / 0.1 is 2.9999999999999996"),
        pytest.param("number", 0.7, form("band", "0.5"), "0.5 s.d. <1.0", id="a band of decimals"),
        pytest.param("number", -0.7, form("band", "0.5"), "(-1.0) s.d. <(-0.5)", id="a negative band of decimals"),
        pytest.param("number", -0.1, form("band", "0.5"), "(-0.5) s.d. <0.0", id="a band that ends at zero"),
        pytest.param("number", 1250.0, form("band", 1000), "1000 s.d. <2000", id="a wide band of decimals"),
        pytest.param("number", 1e300, form("band", 10), None, id="a number that no band can place"),
        pytest.param("number", math.inf, form("grid", 10), None, id="infinity"),
        pytest.param("number", math.nan, form("rounded", 10), None, id="what is no number"),
        pytest.param("integer", 25, form("rounded", 10), 30, id="a half is rounded up"),
        pytest.param("integer", -25, form("rounded", 10), -30, id="and away from zero"),
        pytest.param("integer", -4, form("rounded", 10), 0, id="to zero"),
        pytest.param("integer", 2**63 - 1, form("rounded", 10), None, id="beyond the largest whole number"),
        pytest.param("number", 0.15, form("rounded", "0.1"), 0.2, id="a half that a double cannot hold"),
        pytest.param("number", 119.86, form("rounded", "0.1"), 119.9, id="no noise of floats"),
        pytest.param("number", -0.04, form("rounded", "0.1"), 0.0, id="no negative zero"),
        pytest.param("number", -0.8917, form("grid", "0.01"), -0.895, id="a latitude of Palu"),
        pytest.param("number", 119.8707, form("grid", "0.01"), 119.875, id="a longitude of Palu"),
        pytest.param("number", 119.87, form("grid", "0.01"), 119.875, id="a border belongs to the cell above"),
    ],
)
def test_a_value_is_shown_in_its_coarser_form(kind: str, value: object, to: Generalise, expected: object) -> None:
    published = {"year": "year", "rounded": kind, "grid": kind}.get(to.to, "string")
    found = shown(kind, value, to, published=published)
    assert (found, type(found)) == (expected, type(expected))
    assert str(found) == str(expected)


def test_a_year_beside_months_is_text() -> None:
    assert shown("date", date(2026, 3, 9), form("month"), form("year"), published="string") == "2026"


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        *(("date", form(to)) for to in ("month", "year")),
        ("yearmonth", form("year")),
        *(("integer", form(to, 10)) for to in ("band", "rounded")),
        *(("number", form(to, "0.1")) for to in ("band", "rounded", "grid")),
    ],
    ids=str,
)
def test_what_is_empty_stays_empty(kind: str, to: Generalise) -> None:
    assert shown(kind, None, to) is None


def ends(band: str) -> tuple[Fraction, Fraction]:
    """The lower end of a band, and the first value above it where that is not in it."""
    low, high = (Fraction(end.strip("<()")) for end in band.split(" s.d. "))
    return low, high


@settings(max_examples=300, deadline=None)
@given(value=NUMBERS, size=SIZES)
@example(value=-0.0, size="0.1")
@example(value=4.35, size="0.01")
def test_a_number_is_in_its_band_and_the_band_is_as_wide_as_stated(value: float, size: str) -> None:
    low, high = ends(shown("number", value, form("band", size)))
    assert high - low == Fraction(size)
    assert (low / Fraction(size)).denominator == 1
    # The double nearest to a border stands for the border: a text of it is read as that double.
    assert float(low) <= value < float(high)


@settings(max_examples=300, deadline=None)
@given(value=WHOLE, size=WHOLE_SIZES)
def test_a_whole_number_is_in_its_band(value: int, size: int) -> None:
    low, high = ends(shown("integer", value, form("band", size)))
    assert low <= value <= high
    assert (high - low, low % size) == (size - 1, 0)


@settings(max_examples=300, deadline=None)
@given(value=NUMBERS, size=SIZES)
def test_no_band_begins_with_a_sign_or_reads_as_a_date(value: float, size: str) -> None:
    assert re.fullmatch(r"[0-9(][0-9.()-]* s\.d\. <[0-9(][0-9.()-]*", shown("number", value, form("band", size)))


@settings(max_examples=300, deadline=None)
@given(value=NUMBERS, size=SIZES)
def test_the_cell_of_a_grid_contains_the_point(value: float, size: str) -> None:
    centre, half = Fraction(str(shown("number", value, form("grid", size)))), Fraction(size) / 2
    assert float(centre - half) <= value < float(centre + half)
    assert ((centre - half) / Fraction(size)).denominator == 1


@settings(max_examples=300, deadline=None)
@given(value=NUMBERS, size=SIZES)
def test_a_rounded_number_is_a_multiple_and_none_is_nearer(value: float, size: str) -> None:
    found, step = Fraction(str(shown("number", value, form("rounded", size)))), Fraction(size)
    assert (found / step).denominator == 1
    assert float(abs(found) - step / 2) <= abs(value) < float(abs(found) + step / 2)


@settings(max_examples=300, deadline=None)
@given(value=WHOLE.filter(lambda value: abs(value) < 2**62), size=WHOLE_SIZES)
def test_a_rounded_whole_number_is_a_multiple_and_halves_go_away_from_zero(value: int, size: int) -> None:
    found = shown("integer", value, form("rounded", size))
    assert found == (abs(value) * 2 + size) // (2 * size) * size * (1 if value >= 0 else -1)


@settings(max_examples=200, deadline=None)
@given(value=NUMBERS, size=SIZES, to=st.sampled_from(["rounded", "grid"]))
def test_what_is_coarse_stays_as_it_is(value: float, size: str, to: str) -> None:
    once = shown("number", value, form(to, size))
    assert shown("number", once, form(to, size)) == once


@settings(max_examples=200, deadline=None)
@given(values=st.tuples(NUMBERS, NUMBERS), size=SIZES, to=st.sampled_from(["rounded", "grid", "band"]))
def test_order_is_kept(values: tuple[float, float], size: str, to: str) -> None:
    low, high = (shown("number", value, form(to, size)) for value in sorted(values))
    assert ends(low) <= ends(high) if to == "band" else low <= high


@settings(max_examples=200, deadline=None)
@given(value=NUMBERS, size=SIZES, times=st.integers(2, 12))
def test_a_wider_band_or_cell_follows_from_the_narrower_one(value: float, size: str, times: int) -> None:
    fine, wide = form("band", size), form("band", Decimal(size) * times)
    assert wide.is_coarser_than(fine)
    (low, high), (wide_low, wide_high) = (ends(shown("number", value, one)) for one in (fine, wide))
    assert wide_low <= low < high <= wide_high
    centre = shown("number", value, form("grid", size))
    grid = form("grid", Decimal(size) * times)
    assert shown("number", value, form("grid", size), grid) == shown("number", centre, grid)


@settings(max_examples=60, deadline=None)
@given(value=NUMBERS, size=SIZES, times=st.integers(2, 12))
@example(value=49.0, size="10", times=10)
def test_a_number_rounded_further_follows_from_the_rounded_one(value: float, size: str, times: int) -> None:
    fine, wide = form("rounded", size), form("rounded", Decimal(size) * times)
    once = shown("number", value, fine)
    assert shown("number", value, fine, wide) == shown("number", once, wide)


@settings(max_examples=100, deadline=None)
@given(day=st.dates())
def test_the_year_follows_from_the_month(day: date) -> None:
    month = shown("date", day, form("month"))
    assert shown("date", day, form("year"), published="year") == day.year
    assert shown("yearmonth", month, form("year"), published="year") == day.year
    assert month == day.strftime("%Y-%m").zfill(7)


@pytest.mark.parametrize("size", ["0.01", "1", "2.5"])
def test_a_number_that_cannot_be_placed_exactly_is_withheld_and_the_last_that_can_is_not(size: str) -> None:
    digits = max(0, -int(Decimal(size).normalize().as_tuple().exponent))
    limit = EXACT / (2 * 10**digits)
    assert shown("number", limit, form("grid", size)) is None
    assert shown("number", math.nextafter(limit, 0), form("grid", size)) is not None
