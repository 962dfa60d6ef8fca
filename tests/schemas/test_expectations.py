"""Contract -> rules: which constraint gives which of Great Expectations' rules, with which arguments."""

from datetime import date, datetime, time
from typing import Any

import pytest

from schemas.expectations import suite
from tests.schemas.making import EXEMPTION, contract, rule

NOT_NULL = "expect_column_values_to_not_be_null"
UNIQUE = "expect_column_values_to_be_unique"
BETWEEN = "expect_column_values_to_be_between"
LENGTHS = "expect_column_value_lengths_to_be_between"
REGEX = "expect_column_values_to_match_regex"
IN_SET = "expect_column_values_to_be_in_set"


@pytest.mark.parametrize(
    ("type_", "constraints", "code", "expect", "arguments"),
    [
        pytest.param("string", {"required": True}, "required", NOT_NULL, {}, id="required"),
        pytest.param("string", {"unique": True}, "unique", UNIQUE, {}, id="unique"),
        pytest.param("integer", {"minimum": 1}, "minimum_maximum", BETWEEN, {"min_value": 1}, id="minimum"),
        pytest.param("number", {"maximum": 1.5}, "minimum_maximum", BETWEEN, {"max_value": 1.5}, id="maximum"),
        pytest.param(
            "date",
            {"minimum": "2026-01-01", "maximum": "2026-12-31"},
            "minimum_maximum",
            BETWEEN,
            {"min_value": date(2026, 1, 1), "max_value": date(2026, 12, 31)},
            id="both, of dates",
        ),
        pytest.param(
            "datetime",
            {"minimum": "2026-01-01T08:00"},
            "minimum_maximum",
            BETWEEN,
            {"min_value": datetime(2026, 1, 1, 8)},
            id="of moments",
        ),
        pytest.param("time", {"minimum": "08:00"}, "minimum_maximum", BETWEEN, {"min_value": time(8)}, id="of times"),
        pytest.param("year", {"minimum": 2000}, "minimum_maximum", BETWEEN, {"min_value": 2000}, id="of years"),
        pytest.param("string", {"minLength": 2}, "length", LENGTHS, {"min_value": 2}, id="minLength"),
        pytest.param("string", {"maxLength": 9}, "length", LENGTHS, {"max_value": 9}, id="maxLength"),
        pytest.param("string", {"pattern": "a|b"}, "pattern", REGEX, {"regex": "^(?:a|b)$"}, id="pattern, of it all"),
        pytest.param("string", {"enum": ["1", "2"]}, "enum", IN_SET, {"value_set": ["1", "2"]}, id="enum of text"),
        pytest.param("integer", {"enum": [1, 2]}, "enum", IN_SET, {"value_set": [1, 2]}, id="enum of numbers"),
    ],
)
def test_a_constraint_gives_one_rule(
    type_: str, constraints: dict[str, Any], code: str, expect: str, arguments: dict[str, Any]
) -> None:
    _, found = suite(contract({"name": "kolom", "type": type_, "constraints": constraints}))
    assert (found.code, found.rule, found.expect) == (f"{code}:kolom", code, expect)
    assert found.arguments == {"column": "kolom", **arguments}
    assert (found.fields, found.severity) == (("kolom",), "blocker")


def test_an_empty_source_is_never_published() -> None:
    [found] = suite(contract({"name": "kolom"}))
    assert (found.code, found.arguments, found.severity) == ("rows_present", {"min_value": 1}, "blocker")


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        pytest.param("a", ["primary_key", "required:a"], id="of one field"),
        pytest.param(["a", "b"], ["primary_key", "required:a", "required:b"], id="of two fields"),
        pytest.param(
            ["a", "c"], ["primary_key", "required:a", "required:c"], id="with a field that is required anyway"
        ),
    ],
)
def test_a_primary_key_is_unique_and_filled_in(key: Any, codes: list[str]) -> None:
    fields = ({"name": "a"}, {"name": "b"}, {"name": "c", "constraints": {"required": True}})
    found = [rule.code for rule in suite(contract(*fields, primaryKey=key))]
    assert sorted(code for code in found if code in codes) == codes
    assert len(found) == len(set(found))


def test_an_exempt_field_is_held_to_its_constraints_too() -> None:
    nik = {"name": "nik", "access": "exempt", "exemption": EXEMPTION, "constraints": {"unique": True}}
    assert "unique:nik" in [found.code for found in suite(contract({"name": "kode"}, nik))]


def test_a_stated_rule_keeps_its_severity_its_reason_and_its_place() -> None:
    stated = [rule(NOT_NULL, column="kode"), {**rule(IN_SET, column="n", value_set=[1]), "severity": "warning"}]
    *_, first, second = suite(contract({"name": "kode"}, {"name": "n", "type": "integer"}, rules=stated))
    assert first.code == f"rule:1:{NOT_NULL}"
    assert (second.code, second.severity, second.because) == (f"rule:2:{IN_SET}", "warning", "Contoh.")
    assert second.arguments == {"column": "n", "value_set": [1]}
