"""Staged rows against a contract: what fails blocks, what cannot be checked blocks as well, nothing passes unseen."""

from pathlib import Path
from typing import Any

import pytest

from schemas.expectations import Expectation
from schemas.findings import Finding, Report, SourceAccount
from schemas.validation import validate
from schemas.validation_duckdb import checked
from tests.schemas.making import contract, rule
from tests.schemas.resting import Row, staged

FIELDS: tuple[dict[str, Any], ...] = ({"name": "a", "type": "integer"}, {"name": "b"})


def report(folder: Path, rows: list[Row], faulty: tuple[Row, ...] = (), **stated: Any) -> Report:
    fields = stated.pop("fields", FIELDS)
    return validate(
        "palu", staged(folder, contract(*fields, **stated), rows, faulty), SourceAccount(skipped={"kosong": 2})
    )


def counts(found: Report) -> dict[str, tuple[str, int, int]]:
    return {finding.code: (finding.outcome, finding.checked, finding.failing) for finding in found.findings}


NEVER_CHECKED = {
    "a pattern too large for RE2": rule("expect_column_values_to_match_regex", column="b", regex="(a{900}){900}"),
    "its absence": rule("expect_column_values_to_not_match_regex", column="b", regex="(a{900}){900}"),
    "a pattern over numbers": rule("expect_column_values_to_match_regex", column="a", regex="1"),
    "the length of numbers": rule("expect_column_value_lengths_to_be_between", column="a", max_value=1),
    "a sum with text": rule("expect_multicolumn_sum_to_equal", column_list=["a", "b"], sum_total=1),
}


@pytest.fixture(scope="module")
def unchecked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """What became of each rule that cannot be evaluated, and of a sound one beside them."""
    rules = [*NEVER_CHECKED.values(), rule("expect_column_values_to_not_be_null", column="a")]
    found = report(tmp_path_factory.mktemp("unchecked"), [(1, "x"), (2, "y")], rules=rules)
    last = [finding for finding in found.findings if finding.code.startswith("rule:")]
    return dict(zip([*NEVER_CHECKED, "sound"], last, strict=True))


@pytest.mark.parametrize("name", NEVER_CHECKED)
def test_a_rule_that_cannot_be_evaluated_is_unchecked_and_blocks(unchecked: dict[str, Finding], name: str) -> None:
    found = unchecked[name]
    assert (found.outcome, found.checked, found.failing, found.actor) == ("unchecked", 0, 0, "author")
    assert found.blocks


def test_a_rule_beside_those_that_cannot_be_evaluated_is_checked(unchecked: dict[str, Finding]) -> None:
    assert unchecked["sound"].outcome == "passed"


def test_what_great_expectations_will_not_build_is_unchecked(tmp_path: Path) -> None:
    table = staged(tmp_path, contract(*FIELDS), [(1, "x")])
    between = "expect_column_values_to_be_between"
    rules = (
        Expectation("no end", between, between, {"column": "a"}, ("a",)),
        Expectation("sound", between, between, {"column": "a", "min_value": 1}, ("a",)),
        Expectation("no field", between, between, {"column": "zz", "min_value": 1}, ("zz",)),
    )
    found = checked(table, rules)
    assert found["no end"] is None
    assert found["no field"] is None
    assert found["sound"] == {"success": True, "element_count": 1, "missing_count": 0, "unexpected_count": 0}


def test_a_composite_primary_key_with_missing_parts_fails(tmp_path: Path) -> None:
    rows: list[Row] = [(1, "x"), (1, "y"), (2, None), (2, None), (None, None)]
    found = counts(report(tmp_path, rows, primaryKey=["a", "b"]))
    assert found["primary_key"] == ("failed", 5, 2)
    assert found["required:a"] == ("failed", 5, 1)
    assert found["required:b"] == ("failed", 5, 3)


def test_a_primary_key_that_names_each_row_once_passes(tmp_path: Path) -> None:
    found = report(tmp_path, [(1, "x"), (1, "y"), (2, "x")], primaryKey=["a", "b"])
    assert counts(found)["primary_key"] == ("passed", 3, 0)
    assert not found.blockers


def test_an_empty_table_is_held_back_and_no_rule_breaks_on_it(tmp_path: Path) -> None:
    rules = [
        rule("expect_column_sum_to_be_between", column="a", min_value=1),
        rule("expect_column_max_to_be_between", column="a", max_value=1),
        rule("expect_column_values_to_match_regex", column="b", regex="x"),
    ]
    fields = ({"name": "a", "type": "integer", "constraints": {"minimum": 0, "unique": True}}, {"name": "b"})
    found = report(tmp_path, [], fields=fields, rules=rules, primaryKey=["a", "b"])
    assert [finding.code for finding in found.blockers][:1] == ["rows_present"]
    assert (found.rows.read, found.rows.staged) == (0, 0)
    assert {finding.failing for finding in found.findings} == {0}


@pytest.mark.parametrize(
    ("at_most", "outcome"), [("50 %", "passed"), ("0.5", "passed"), ("49 %", "failed"), ("0", "failed")]
)
def test_quarantine_holds_back_up_to_its_share(tmp_path: Path, at_most: str, outcome: str) -> None:
    faulty: tuple[Row, ...] = ((None, "x", "a"), (None, "y", "a,b"))
    stated = {"at_most": at_most, "because": "Contoh."}
    found = report(tmp_path, [(1, "x"), (2, "y")], faulty, quarantine=stated)
    assert counts(found)["quarantine"] == (outcome, 4, 2)
    assert counts(found)["type:a"] == ("failed", 4, 2)
    assert counts(found)["type:b"] == ("failed", 4, 1)
    assert found.rows.model_dump(include={"read", "quarantined", "staged"}) == {
        "read": 4,
        "quarantined": 2,
        "staged": 2,
    }
    assert bool(found.blockers) == (outcome == "failed")


def test_rows_in_quarantine_are_not_held_to_the_rules(tmp_path: Path) -> None:
    fields = ({"name": "a", "type": "integer", "constraints": {"required": True}}, {"name": "b"})
    found = report(tmp_path, [(1, "x")], ((None, "y", "a"),), fields=fields)
    assert counts(found)["required:a"] == ("passed", 1, 0)


def test_a_warning_stops_no_release(tmp_path: Path) -> None:
    stated = {**rule("expect_table_row_count_to_equal", value=9), "severity": "warning"}
    found = report(tmp_path, [(1, "x")], rules=[stated])
    assert (found.blockers, len(found.warnings)) == ((), 1)
    assert found.rows.skipped == {"kosong": 2}


def test_findings_stand_in_the_order_of_the_contract_each_with_a_code_of_its_own(tmp_path: Path) -> None:
    rules = [rule("expect_column_values_to_not_be_null", column="b")] * 2
    fields = ({"name": "a", "type": "integer", "constraints": {"required": True, "unique": True}}, {"name": "b"})
    codes = [finding.code for finding in report(tmp_path, [(1, "x")], fields=fields, rules=rules).findings]
    last = ["rule:1:expect_column_values_to_not_be_null", "rule:2:expect_column_values_to_not_be_null"]
    assert codes == ["quarantine", "rows_present", "required:a", "unique:a", *last]
