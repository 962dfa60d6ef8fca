"""Rules come from a closed list, with arguments of their own types, and fit the fields that they read."""

from typing import Any

import pytest

from schemas.contracts.loading import ContractError
from tests.schemas.making import contract, rule

FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "kode"},
    {"name": "jumlah", "type": "integer"},
    {"name": "tanggal", "type": "date"},
)
BETWEEN = "expect_column_values_to_be_between"
IN_SET = "expect_column_values_to_be_in_set"
SUM = "expect_multicolumn_sum_to_equal"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        pytest.param(rule("expect_column_values_to_be_anything"), "rule_unknown", id="not on the list"),
        pytest.param(
            rule(BETWEEN, column="jumlah", min_value=1, row_condition="x"), "rule_argument_unknown", id="code"
        ),
        pytest.param(rule(IN_SET, column="kode"), "rule_argument_missing", id="an argument left out"),
        pytest.param(rule(BETWEEN, column="jumlah"), "rule_limits_missing", id="a range without an end"),
        pytest.param(
            rule(BETWEEN, column="jumlah", min_value=2, max_value=1), "limits_reversed", id="a range reversed"
        ),
        pytest.param(
            rule(BETWEEN, column="tanggal", min_value="2026-02-01", max_value="2026-01-01"),
            "limits_reversed",
            id="a range of dates reversed",
        ),
        pytest.param(rule(BETWEEN, column="jumlah", min_value="inf"), "rule_value_type", id="a limit without end"),
        pytest.param(
            rule(BETWEEN, column="jumlah", min_value="nan"), "rule_value_type", id="a limit that is no number"
        ),
        pytest.param(rule(BETWEEN, column="jumlah", min_value="satu"), "rule_value_type", id="a word as a limit"),
        pytest.param(rule(BETWEEN, column="tanggal", min_value=5), "rule_value_type", id="a number for dates"),
        pytest.param(rule(BETWEEN, column="kode", min_value=5), "rule_value_type", id="a number for text"),
        pytest.param(
            rule(BETWEEN, column="jumlah", min_value="2026-01-01"), "rule_value_type", id="a date for numbers"
        ),
        pytest.param(rule(IN_SET, column="jumlah", value_set=["1", "dua"]), "rule_value_type", id="a word in a set"),
        pytest.param(rule(IN_SET, column="jumlah", value_set=[]), "rule_argument_type", id="an empty set"),
        pytest.param(rule(IN_SET, column="jumlah", value_set=["1"], mostly=2), "rule_argument_type", id="twice of all"),
        pytest.param(rule(SUM, column_list=["jumlah", "jumlah"], sum_total="inf"), "rule_argument_type", id="no total"),
        pytest.param(rule(SUM, column_list=["jumlah"], sum_total=1), "rule_argument_type", id="a list of one"),
        pytest.param(
            rule("expect_column_values_to_match_regex", column="kode", regex="(?=x)"),
            "pattern_unsupported",
            id="pattern",
        ),
        pytest.param(rule(BETWEEN, column="jumlh", min_value=1), "field_unknown", id="a field that does not exist"),
    ],
)
def test_a_rule_that_could_not_be_checked_is_refused_when_it_is_written(stated: dict[str, Any], code: str) -> None:
    with pytest.raises(ContractError) as caught:
        contract(*FIELDS, rules=[stated])
    assert [fault.code for fault in caught.value.faults] == [code]


def test_every_fault_of_a_rule_is_told_at_once() -> None:
    with pytest.raises(ContractError) as caught:
        contract(*FIELDS, rules=[rule(IN_SET, colum="kode", mostly="x")])
    told = [fault.code for fault in caught.value.faults]
    assert told == ["rule_argument_unknown", "rule_argument_missing", "rule_argument_missing", "rule_argument_type"]


@pytest.mark.parametrize(
    ("stated", "fields"),
    [
        pytest.param(rule(BETWEEN, column="jumlah", min_value="5"), ("jumlah",), id="one column"),
        pytest.param(
            rule("expect_column_pair_values_to_be_equal", column_A="kode", column_B="tanggal"),
            ("kode", "tanggal"),
            id="a pair",
        ),
        pytest.param(
            rule("expect_compound_columns_to_be_unique", column_list=["tanggal", "kode"]),
            ("tanggal", "kode"),
            id="a list",
        ),
        pytest.param(rule("expect_table_row_count_to_equal", value=3), (), id="none"),
    ],
)  # fmt: skip
def test_a_rule_names_the_fields_that_it_reads(stated: dict[str, Any], fields: tuple[str, ...]) -> None:
    [found] = contract(*FIELDS, rules=[stated]).rules
    assert found.fields == fields
