"""Numbers as offices write them: the column decides the style, and what stays unclear is held back."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.casting.reading_cells import FAULT, read
from transforms.casting.numbers import FORMS
from transforms.reading import NUMBER_MARK as MARK

INDONESIAN_CELL, ENGLISH_CELL = "1.234.567,89", "1,234,567.89"
TELLING = 1234567.89


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param([INDONESIAN_CELL, "1.234", "0,5"], [TELLING, 1234, 0.5], id="Indonesian"),
        pytest.param([ENGLISH_CELL, "1,234", "1.234"], [TELLING, 1234, 1.234], id="English"),
        pytest.param(["1,5", "1.234"], [1.5, 1234], id="Indonesian by one comma"),
        pytest.param(["1.5", "1.234"], [1.5, 1.234], id="English by one point"),
        pytest.param(["1.234.567", "1.234"], [1234567, 1234], id="Indonesian by two points"),
        pytest.param(["1,234,567", "1,234"], [1234567, 1234], id="English by two commas"),
        pytest.param(["1.234", "5.678"], [FAULT, FAULT], id="unclear throughout"),
        pytest.param(["1.234", "500"], [FAULT, 500], id="unclear beside whole numbers"),
        pytest.param(["1,5", "1.5", "1.234", "7"], [1.5, 1.5, FAULT, 7], id="both styles: the unclear is held back"),
        pytest.param(["1,5", "0.123"], [1.5, 0.123], id="a nought does not begin a thousand"),
        pytest.param(["1.5", "0,123"], [1.5, 0.123], id="nor in the other style"),
        pytest.param(["007", "-3", "+4", "0"], [7, -3, 4, 0], id="whole numbers with signs and noughts"),
        pytest.param([" 12 ", "\u00a013\u00a0", "\t14\r\n"], [12, 13, 14], id="blanks around"),
        pytest.param([None, "", "1,5"], [None, None, 1.5], id="empty cells"),
    ],
)
def test_the_whole_column_decides_what_its_signs_mean(cells: list[str | None], values: list[Any]) -> None:
    assert read(cells, "number") == values


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param(["Rp 2.000,-", "Rp 500,-"], [2000, 500], id="whole rupiah"),
        pytest.param(["Rp2.000", "Rp. 2,000", "IDR 12.500"], [2000, 2000, 12500], id="thousands in either style"),
        pytest.param(["rp\u00a01.234.567,89"], [TELLING], id="a hard blank, and cents"),
        pytest.param(["Rp 1,234.50", "Rp 1,234"], [1234.5, 1234], id="rupiah in English"),
        pytest.param(["Rp 2.000", "1.5", "1.234"], [2000, 1.5, 1.234], id="rupiah say nothing of the column"),
        pytest.param(["(1.234,5)", "(500)", "(Rp 2.000)"], [-1234.5, -500, -2000], id="brackets for below zero"),
        pytest.param(["-Rp 2.000", "Rp -2.000,-"], [-2000, -2000], id="signs beside the currency"),
        pytest.param(["(500)"], [-500], id="brackets alone"),
        pytest.param(["2.000,-", "Rp"], [2000, FAULT], id="a currency without a number"),
        pytest.param(["Rp 2,5 juta", "1,5"], [2_500_000, 1.5], id="a word that multiplies"),
        pytest.param(["Rp 1.250 juta", "1"], [FAULT, 1], id="1.25 million, or 1,250 million"),
        pytest.param(["Rp 1.250 juta", "1,5"], [1_250_000_000, 1.5], id="the same where the column tells"),
    ],
)
def test_money_is_read_as_offices_write_it(cells: list[str], values: list[Any]) -> None:
    assert read(cells, "number") == values


@pytest.mark.parametrize(
    "cell",
    [
        *("nan", "NaN", "inf", "-Infinity", "1_000", "0x10", "1e400", "--5", "5--", "1..5", "1,,5", ",5", ".5", "5."),
        *("1.2.3", "12.34.567", "1234.567.890", "1,23,456", "1.234,567.8", "½", "१२", "12 34", "#VALUE!", "-", "("),
        *(f"{MARK}nan", f"{MARK}inf", f"{MARK}1e400", MARK),
    ],
)
def test_what_is_no_number_is_held_back(cell: str) -> None:
    for telling in (INDONESIAN_CELL, ENGLISH_CELL):
        assert read([cell, telling], "number") == [FAULT, TELLING]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param(["1e3", "1E+03", "5"], [1000, 1000, 5], id="bare"),
        pytest.param(["1.5e3", "1.234E+05"], [1500, 123400], id="English"),
        pytest.param(["1,5E+03", "1.234"], [1500, 1234], id="Indonesian"),
        pytest.param(["1.234e5", "1,5"], [123400, 1.5], id="a power tells its own sign"),
    ],
)
def test_powers_of_ten_are_read(cells: list[str], values: list[float]) -> None:
    assert read(cells, "number") == values


def test_a_number_that_the_file_stores_is_what_it_is() -> None:
    assert read([f"{MARK}1.234", "1.234.567", f"{MARK}-1e-05"], "number") == [1.234, 1234567, -1e-05]


@pytest.mark.parametrize(
    ("declared", "cells", "values"),
    [
        pytest.param({"decimalChar": ","}, ["1.234", "1,234", "1.5"], [1234, 1.234, FAULT], id="a decimal comma"),
        pytest.param({"decimalChar": "."}, ["1.234", "1,234", "1,5"], [1.234, 1234, FAULT], id="a decimal point"),
        pytest.param({"groupChar": "."}, ["1.234", "0.123"], [1234, FAULT], id="grouped by points"),
        pytest.param({"groupChar": ","}, ["1,234", "0,123"], [1234, FAULT], id="grouped by commas"),
        pytest.param(
            {"groupChar": " ", "decimalChar": ","},
            ["1 234 567,89", "1\u00a0234", "12 34", "7"],
            [TELLING, 1234, FAULT, 7],
            id="grouped by blanks",
        ),
        pytest.param({"groupChar": " "}, ["1 234", "1.5"], [1234, 1.5], id="blanks say nothing of the decimals"),
    ],
)
def test_what_the_contract_declares_is_not_decided_again(
    declared: dict[str, str], cells: list[str], values: list[Any]
) -> None:
    assert read(cells, "number", **declared) == values


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param("1.234", 1234, id="grouped by points"),
        pytest.param("1,234", 1234, id="grouped by commas"),
        pytest.param("Rp 2.000,-", 2000, id="whole rupiah"),
        pytest.param("Rp 2.000,00", 2000, id="rupiah and no cents"),
        pytest.param("2,000.00", 2000, id="the same in English"),
        pytest.param("12,0", 12, id="a decimal nought"),
        pytest.param("(1.234)", -1234, id="brackets"),
        pytest.param("007", 7, id="leading noughts"),
        pytest.param(f"{MARK}5.0", 5, id="a whole number that JSON writes with a point"),
        pytest.param(f"{MARK}1e3", 1000, id="a power of ten that JSON writes"),
        pytest.param("9223372036854775807", 2**63 - 1, id="the largest"),
        pytest.param("9223372036854775808", FAULT, id="one more than the largest"),
        pytest.param("12345678901234567890", FAULT, id="twenty digits are not rounded"),
        pytest.param(f"{MARK}9007199254740993.0", FAULT, id="a float that has lost digits"),
        pytest.param(f"{MARK}1.5", FAULT, id="a stored fraction"),
        pytest.param("0.123", FAULT, id="a fraction that looks like a thousand"),
        pytest.param("1,5", FAULT, id="a fraction"),
        pytest.param("1.234.00", FAULT, id="two meanings of a point"),
        pytest.param("1e3", FAULT, id="a power of ten"),
        pytest.param("1_000", FAULT, id="an underscore"),
        pytest.param("0x10", FAULT, id="hexadecimal"),
        pytest.param("sepuluh", FAULT, id="a word"),
    ],
)
def test_a_whole_number_is_read_or_held_back_and_never_rounded(cell: str, value: Any) -> None:
    assert read([cell], "integer") == [value]


DECIMALS = st.decimals(-(10**12), 10**12, places=3).map(lambda value: value.normalize())


def _english(value: Decimal) -> str:
    return f"{value:,f}"


def _indonesian(value: Decimal) -> str:
    return _english(value).translate(str.maketrans(",.", ".,"))


@settings(max_examples=30, deadline=None)
@given(values=st.lists(DECIMALS, min_size=1, max_size=40), indonesian=st.booleans())
def test_whatever_is_written_in_one_style_reads_back_beside_one_telling_cell(
    values: list[Decimal], indonesian: bool
) -> None:
    write, telling = (_indonesian, INDONESIAN_CELL) if indonesian else (_english, ENGLISH_CELL)
    cells = [telling, *map(write, values)]
    assert read(cells, "number") == [TELLING, *map(float, values)]


@settings(max_examples=15, deadline=None)
@given(
    indonesian=st.lists(st.from_regex(FORMS["indonesian"], fullmatch=True), min_size=1),
    english=st.lists(st.from_regex(FORMS["english"], fullmatch=True), min_size=1),
)
def test_a_cell_that_tells_its_style_never_parses_in_the_other(indonesian: list[str], english: list[str]) -> None:
    """What deciding on a sample rests on: a wrong style shows itself by a cell that fails."""
    assert read(indonesian, "number", decimalChar=".") == [FAULT] * len(indonesian)
    assert read(english, "number", decimalChar=",") == [FAULT] * len(english)
