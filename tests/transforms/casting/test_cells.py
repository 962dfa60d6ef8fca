"""The other types, missing values, and which fault a row is marked with."""

from typing import Any

import pytest

from schemas.contracts import ContractField
from tests.making import open_field
from tests.transforms.casting.reading_cells import FAULT, read
from transforms.casting.cells import BLANKS, trimmed
from transforms.reading import NUMBER_MARK as MARK


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        pytest.param("boolean", "Ya", True, id="yes"),
        pytest.param("boolean", "TIDAK", False, id="no, in capitals"),
        pytest.param("boolean", "1", True, id="one"),
        pytest.param("boolean", "0", False, id="nought"),
        pytest.param("boolean", "benar", True, id="true"),
        pytest.param("boolean", "mungkin", FAULT, id="maybe"),
        pytest.param("boolean", "2", FAULT, id="two"),
        pytest.param("year", "2026", 2026, id="a year"),
        pytest.param("year", "26", FAULT, id="half a year"),
        pytest.param("year", "2026/2027", FAULT, id="two years"),
        pytest.param("yearmonth", "2026-07", "2026-07", id="a month"),
        pytest.param("yearmonth", "2026-13", FAULT, id="a thirteenth month"),
        pytest.param(
            "geojson", '{"type":"Point","coordinates":[1,2]}', '{"type":"Point","coordinates":[1.0,2.0]}', id="point"
        ),
        pytest.param("geojson", "{", FAULT, id="half a geometry"),
        pytest.param("geojson", "5", FAULT, id="a number in place of a geometry"),
        pytest.param("string", "0012.50", "0012.50", id="a code"),
        pytest.param("string", f"{MARK}1.5", "1.5", id="a number that becomes text"),
        pytest.param("string", "72.71.01", "72.71.01", id="a code with points"),
        pytest.param("string", "7.27E+15", FAULT, id="a code of which digits are lost"),
        pytest.param("string", "7,27101E+15", FAULT, id="the same with a decimal comma"),
        pytest.param("string", f"{MARK}7.271014708450001e+15", FAULT, id="a stored number of more than 15 digits"),
        pytest.param("string", "Blok E+1", "Blok E+1", id="letters that mean no power"),
    ],
)
def test_a_cell_is_read_as_its_type_or_held_back(kind: str, cell: str, value: Any) -> None:
    assert read([cell], kind) == [value]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param(["Aktif", "aktif", "Mati"], [True, True, False], id="the contract's words, in any case"),
        pytest.param(["Ya", "true", "1"], [FAULT, FAULT, FAULT], id="no other words beside them"),
        pytest.param(["Jum'at"], [FAULT], id="a quotation mark"),
    ],
)
def test_a_contract_may_state_its_own_words_of_truth(cells: list[str], values: list[Any]) -> None:
    assert read(cells, "boolean", trueValues=["aktif"], falseValues=["Mati", "tak'tahu"]) == values


@pytest.mark.parametrize(
    ("kind", "cells", "values"),
    [
        pytest.param("string", ["-", " n/a ", "N/A", "x"], [None, None, "N/A", "x"], id="words, by their case"),
        pytest.param("number", ["-", "-999.9", "1.5"], [None, None, 1.5], id="a number that means nothing"),
        pytest.param("number", [f"{MARK}-999.9", f"{MARK}1.5"], [None, 1.5], id="the same, stored as a number"),
        pytest.param("integer", ["-", "7"], [None, 7], id="beside whole numbers"),
        pytest.param("date", ["-", "2026-02-30"], [None, FAULT], id="beside a date that does not exist"),
    ],
)
def test_a_missing_value_is_empty_and_no_fault(kind: str, cells: list[str], values: list[Any]) -> None:
    assert read(cells, kind, missing=["", "-", "n/a", "-999.9"]) == values


def test_a_missing_value_says_nothing_of_the_style() -> None:
    assert read(["-999.9", "1.234"], "number", missing=["-999.9"]) == [None, FAULT]


@pytest.mark.parametrize("blank", list(BLANKS), ids=lambda blank: f"U+{ord(blank):04X}")
def test_blanks_around_a_cell_are_not_part_of_it(blank: str) -> None:
    assert read([f"{blank}a b{blank}", blank], "string") == ["a b", None]
    assert read([f"{blank}7{blank}", f"{blank}1,5"], "number") == [7, 1.5]


def test_a_name_with_a_quotation_mark_is_no_part_of_a_statement() -> None:
    field = ContractField.model_validate(open_field("x"))
    assert '"a""b"' in trimmed('a"b', field, ("it's",))
