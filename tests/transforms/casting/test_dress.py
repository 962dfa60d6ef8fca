"""Units, words that multiply and foreign signs around a number."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.units import SCALES, counts_money, scale_of, spellings
from tests.transforms.casting.reading_cells import FAULT, read


@pytest.mark.parametrize(
    ("unit", "cells", "values"),
    [
        pytest.param("Ha", ["637,304 Ha", "1,5"], [637.304, 1.5], id="hectares"),
        pytest.param("hektare", ["12,5ha", "3 Hektar"], [12.5, 3], id="another spelling of the unit"),
        pytest.param("m2", ["12 m²", "7\u00a0M2.", "8 meter  persegi"], [12, 7, 8], id="square metres"),
        pytest.param("orang", ["5 org", "25 Jiwa", "1.204 orang", "1,5"], [5, 25, 1204, 1.5], id="people"),
        pytest.param("Ha", ["12 m2", "3 Ha", "4"], [FAULT, 3, 4], id="another unit is never converted"),
        pytest.param(None, ["12 Ha", "3"], [FAULT, 3], id="a unit that nobody declared"),
        pytest.param("%", ["12,5%", "12,5 persen", "0,3 %"], [12.5, 12.5, 0.3], id="per cent stay per cent"),
        pytest.param(
            "%", ["(12,5%)", "(0,3 %)", "(1,5)%", "12,5%)"], [-12.5, -0.3, -1.5, FAULT], id="per cent below zero"
        ),
        pytest.param(None, ["12,5%", "0,5"], [FAULT, 0.5], id="per cent without a unit"),
        pytest.param("orang", ["Rp 2.000", "2.000.000"], [FAULT, 2_000_000], id="money where people are counted"),
        pytest.param("rupiah", ["2.000 rupiah", "Rp 500,-", "0,5"], [2000, 500, 0.5], id="money in words"),
        pytest.param("juta rupiah", ["2,5 juta", "Rp 3,5"], [2.5, 3.5], id="the unit's own word multiplies nothing"),
        pytest.param("juta rupiah", ["2,5 miliar", "3"], [FAULT, 3], id="another word than the unit's"),
        pytest.param("pohon", ["12 pohon", "13 batang"], [12, FAULT], id="a unit that is on no list"),
        pytest.param("it's", ["12 it's"], [12], id="a quotation mark in the unit"),
    ],
)
def test_a_unit_in_the_cell_is_the_fields_own_or_the_row_is_held_back(
    unit: str | None, cells: list[str], values: list[Any]
) -> None:
    assert read(cells, "number", unit=unit) == values


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param(["2 juta", "3 ribu", "4rb"], [2_000_000, 3000, 4000], id="whole"),
        pytest.param(["1,5 miliar", "1,5 Milyar", "2,5 jt"], [1.5e9, 1.5e9, 2.5e6], id="Indonesian fractions"),
        pytest.param(["1.1 juta", "2.5"], [1_100_000, 2.5], id="English fractions, exactly"),
        pytest.param(["(2,5 juta)", "-3 ribu"], [-2_500_000, -3000], id="below zero"),
        pytest.param(["2 juta lebih", "2 M", "juta", "5"], [FAULT, FAULT, FAULT, 5], id="words that say too little"),
        pytest.param(["1e3 juta", "5"], [FAULT, 5], id="multiplied twice"),
    ],
)
def test_a_word_that_multiplies_does(cells: list[str], values: list[Any]) -> None:
    assert read(cells, "number") == values


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("2,5 juta", 2_500_000, id="a fraction of a million is whole"),
        pytest.param("2,5", FAULT, id="without it, it is not"),
        pytest.param("1.250 juta", FAULT, id="a sign with two meanings"),
        pytest.param("12 orang", 12, id="the unit"),
        pytest.param("1.204 jiwa", 1204, id="grouped, with the unit"),
        pytest.param("1.234-", -1234, id="minus behind it"),
        pytest.param("'007", 7, id="a spreadsheet's apostrophe"),
        pytest.param("\u22125", -5, id="the mathematical minus"),
        pytest.param("\uff11\uff12", 12, id="full-width digits"),
        pytest.param("5-10", FAULT, id="a range"),
        pytest.param("lantai 2", FAULT, id="a word before it"),
    ],
)
def test_a_dressed_whole_number_is_read_or_held_back(cell: str, value: Any) -> None:
    assert read([cell], "integer", unit="orang") == [value]


@settings(max_examples=12, deadline=None)
@given(
    number=st.decimals(0, 9999, places=2),
    word=st.sampled_from(sorted(SCALES)),
    indonesian=st.booleans(),
    blank=st.sampled_from(["", " ", "\u00a0", "\u2009"]),
)
def test_whatever_is_multiplied_reads_back(number: Decimal, word: str, indonesian: bool, blank: str) -> None:
    text, telling = (f"{number:f}".replace(".", ","), "0,5") if indonesian else (f"{number:f}", "0.5")
    assert read([f"{text}{blank}{word}", telling], "number") == [float(number * 10 ** SCALES[word]), 0.5]


def test_what_units_say_of_money_and_scale() -> None:
    assert (scale_of("juta rupiah"), scale_of("orang"), scale_of(None)) == (6, 0, 0)
    assert [counts_money(unit) for unit in (None, "Rupiah", "ribu rupiah per jiwa", "Ha")] == [True, True, True, False]
    assert {"juta", "jt", "juta rp"} <= spellings("juta rupiah")
