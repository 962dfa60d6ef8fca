"""Every rule of the closed list, run by Great Expectations on DuckDB: once it holds, once it fails, counted exactly.

All cases are rules of one contract over one table, so that they cost one validation together.
"""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.pool import StaticPool

from schemas import validation_duckdb
from schemas.contracts import RULES
from schemas.expectations import suite
from schemas.failing import write_failing
from schemas.findings import Finding, SourceAccount
from schemas.validation import validate
from tests.making import rows_of
from tests.schemas.making import contract, rule
from tests.schemas.resting import staged

FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "n", "type": "integer"},
    {"name": "m", "type": "integer"},
    {"name": "x", "type": "number"},
    {"name": "s"},
    {"name": "t"},
    {"name": "d", "type": "date"},
    {"name": "r", "type": "integer"},
    {"name": "y"},
    {"name": "z"},
)
ROWS = [
    # n, m, x, s, t, d, r, y, z
    (1, 1, 0.5, "A1", "A1", date(2026, 1, 1), 11, "p", None),
    (2, 3, 1.5, "A2", "a2", date(2026, 1, 2), 10, "p", None),
    (2, 2, 2.5, "A2", "A2", date(2026, 1, 2), 10, "p", "q"),
    (4, 1, 3.5, "B'3", None, date(2026, 2, 1), 8, "r", "s"),
    (11, None, -8.0, "Caha", "Caha", None, 1, None, None),
    (None, None, None, None, None, None, None, None, None),
]


class Case(NamedTuple):
    rule: dict[str, Any]
    outcome: str
    checked: int
    failing: int


def held(name: str, checked: int = 6, failing: int = 0, **arguments: Any) -> Case:
    """A rule that passes; `failing` are the rows that `mostly` puts up with."""
    return Case(rule(f"expect_{name}", **arguments), "passed", checked, failing)


def broken(name: str, checked: int, failing: int, **arguments: Any) -> Case:
    """A rule that fails, with its count of failing rows; rules over a whole column or table count none."""
    return Case(rule(f"expect_{name}", **arguments), "failed", checked, failing)


BETWEEN = "column_values_to_be_between"
IN_SET = "column_values_to_be_in_set"
REGEX = "column_values_to_match_regex"
GREATER = "column_pair_values_a_to_be_greater_than_b"
EQUAL = "column_pair_values_to_be_equal"
COMPOUND = "compound_columns_to_be_unique"
TOTAL = "multicolumn_sum_to_equal"
CASES: dict[str, Case] = {
    "not null, mostly": held("column_values_to_not_be_null", 6, 1, column="n", mostly=0.8),
    "not null": broken("column_values_to_not_be_null", 6, 1, column="n"),
    "unique": held("column_values_to_be_unique", 5, column="x"),
    "unique text": broken("column_values_to_be_unique", 5, 2, column="s"),
    "unique numbers": broken("column_values_to_be_unique", 5, 2, column="n"),
    "unique dates": broken("column_values_to_be_unique", 4, 2, column="d"),
    "unique, mostly": held("column_values_to_be_unique", 5, 2, column="n", mostly=0.6),
    "between": held(BETWEEN, 5, column="n", min_value=1, max_value=11),
    "between, too large": broken(BETWEEN, 5, 1, column="n", max_value=10),
    "between, strict below": broken(BETWEEN, 5, 1, column="n", min_value=1, strict_min=True),
    "between, strict above": broken(BETWEEN, 5, 1, column="n", max_value=11, strict_max=True),
    "between, mostly": held(BETWEEN, 5, 1, column="n", max_value=10, mostly=0.8),
    "between, fractions": broken(BETWEEN, 5, 2, column="x", min_value=1),
    "between dates": held(BETWEEN, 4, column="d", min_value="2026-01-01", max_value="2026-02-01"),
    "between dates, too late": broken(BETWEEN, 4, 1, column="d", max_value="2026-01-31"),
    "between dates, strict": broken(BETWEEN, 4, 1, column="d", min_value="2026-01-01", strict_min=True),
    "in a set of text": held(IN_SET, 5, column="s", value_set=["A1", "A2", "B'3", "Caha"]),
    "in a set of text, one not": broken(IN_SET, 5, 1, column="s", value_set=["A1", "A2", "Caha"]),
    "in a set of numbers": broken(IN_SET, 5, 2, column="n", value_set=["1", "2"]),
    "in a set of dates": broken(IN_SET, 4, 1, column="d", value_set=["2026-01-01", "2026-01-02"]),
    "not in a set": held("column_values_to_not_be_in_set", 5, column="n", value_set=["5"]),
    "not in a set, two are": broken("column_values_to_not_be_in_set", 5, 2, column="n", value_set=["2"]),
    "regex": held(REGEX, 5, column="s", regex="^[ABC]"),
    "regex with quotes": broken(REGEX, 5, 4, column="s", regex="'|\""),
    "regex with signs of SQL": broken(REGEX, 5, 5, column="s", regex=r":n%(n)s\?;--"),
    "regex, mostly": held(REGEX, 5, 1, column="s", regex="^.{2,3}$", mostly=0.8),
    "no regex": held("column_values_to_not_match_regex", 5, column="s", regex="^Z"),
    "no regex, three do": broken("column_values_to_not_match_regex", 5, 3, column="s", regex="^A"),
    "lengths": held("column_value_lengths_to_be_between", 5, column="s", min_value=2, max_value=4),
    "lengths, too long": broken("column_value_lengths_to_be_between", 5, 2, column="s", max_value=2),
    "a greater than b, or equal": broken(GREATER, 4, 1, column_A="n", column_B="m", or_equal=True,
                                         ignore_row_if="either_value_is_missing"),
    "a greater than b": broken(GREATER, 4, 3, column_A="n", column_B="m", ignore_row_if="either_value_is_missing"),
    "a greater than b, mostly": held(GREATER, 4, 1, column_A="n", column_B="m", or_equal=True, mostly=0.75,
                                     ignore_row_if="either_value_is_missing"),
    "a greater than b, dates": held(GREATER, 4, column_A="d", column_B="d", or_equal=True),
    "equal pairs": held(EQUAL, 5, column_A="s", column_B="s"),
    "equal pairs, one missing": broken(EQUAL, 5, 2, column_A="s", column_B="t"),
    "equal pairs, missing ones passed over": broken(EQUAL, 4, 1, column_A="s", column_B="t",
                                                    ignore_row_if="either_value_is_missing"),
    "compound unique": held(COMPOUND, 5, column_list=["n", "m"]),
    "compound unique, two are not": broken(COMPOUND, 5, 2, column_list=["n", "s"]),
    "compound unique, mostly": held(COMPOUND, 5, 2, column_list=["n", "s"], mostly=0.6),
    "sum of columns": held(TOTAL, 5, column_list=["n", "r"], sum_total=12, ignore_row_if="all_values_are_missing"),
    "sum of columns, three differ": broken(TOTAL, 4, 3, column_list=["n", "m"], sum_total=2,
                                           ignore_row_if="any_value_is_missing"),
    "sum": held("column_sum_to_be_between", column="n", min_value=20, max_value=20),
    "sum, too small": broken("column_sum_to_be_between", 6, 0, column="n", min_value=20, strict_min=True),
    "mean": held("column_mean_to_be_between", column="n", min_value=4, max_value=4),
    "mean, too large": broken("column_mean_to_be_between", 6, 0, column="n", max_value=3.9),
    "smallest": held("column_min_to_be_between", column="n", min_value=1),
    "smallest, of dates": broken("column_min_to_be_between", 6, 0, column="d", min_value="2026-01-02"),
    "smallest, strict": broken("column_min_to_be_between", 6, 0, column="n", min_value=1, strict_min=True),
    "greatest": held("column_max_to_be_between", column="n", max_value=11),
    "greatest, of dates": broken("column_max_to_be_between", 6, 0, column="d", max_value="2026-01-31"),
    "different values": held("column_unique_value_count_to_be_between", column="s", min_value=4, max_value=4),
    "different values, too few": broken("column_unique_value_count_to_be_between", 6, 0, column="n", min_value=5),
    "in a set, mostly": held(IN_SET, 5, 2, column="n", value_set=["1", "2"], mostly=0.6),
    "not in a set, mostly": held("column_values_to_not_be_in_set", 5, 2, column="n", value_set=["2"], mostly=0.6),
    "no regex, mostly": held("column_values_to_not_match_regex", 5, 3, column="s", regex="^A", mostly=0.4),
    "lengths, mostly": held("column_value_lengths_to_be_between", 5, 2, column="s", max_value=2, mostly=0.6),
    "equal pairs, mostly": held(EQUAL, 5, 2, column_A="s", column_B="t", mostly=0.6),
    "compound unique, missing ones too": broken(COMPOUND, 6, 4, column_list=["d", "y"], ignore_row_if="never"),
    "compound unique, partly missing ones too": broken(COMPOUND, 6, 4, column_list=["y", "z"], ignore_row_if="never"),
    "compound unique, none missing": held(COMPOUND, 2, column_list=["y", "z"], ignore_row_if="any_value_is_missing"),
    "compound unique, not all missing": broken(COMPOUND, 4, 2, column_list=["y", "z"],
                                               ignore_row_if="all_values_are_missing"),
    "mean, strict below": broken("column_mean_to_be_between", 6, 0, column="n", min_value=4, strict_min=True),
    "mean, strict above": broken("column_mean_to_be_between", 6, 0, column="n", max_value=4, strict_max=True),
    "sum, strict above": broken("column_sum_to_be_between", 6, 0, column="n", max_value=20, strict_max=True),
    "smallest, strict above": broken("column_min_to_be_between", 6, 0, column="n", max_value=1, strict_max=True),
    "greatest, strict below": broken("column_max_to_be_between", 6, 0, column="n", min_value=11, strict_min=True),
    "greatest, strict above": broken("column_max_to_be_between", 6, 0, column="n", max_value=11, strict_max=True),
    "rows": held("table_row_count_to_be_between", min_value=6, max_value=6),
    "rows, too few": broken("table_row_count_to_be_between", 6, 0, min_value=7),
    "rows, exactly": held("table_row_count_to_equal", value=6),
    "rows, not exactly": broken("table_row_count_to_equal", 6, 0, value=5),
}  # fmt: skip


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    """The finding of each case, from one validation."""
    stated = contract(*FIELDS, rules=[case.rule for case in CASES.values()])
    report = validate("palu", staged(tmp_path_factory.mktemp("rules"), stated, ROWS), SourceAccount())
    found = [finding for finding in report.findings if finding.code.startswith("rule:")]
    return dict(zip(CASES, found, strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_rule_is_counted_exactly(findings: dict[str, Finding], name: str) -> None:
    case, found = CASES[name], findings[name]
    assert found.rule == case.rule["expect"]
    assert (found.outcome, found.checked, found.failing) == (case.outcome, case.checked, case.failing)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """How many rows are listed for each rule of all cases."""
    folder = tmp_path_factory.mktemp("listed")
    stated = contract(*FIELDS, rules=[case.rule for case in CASES.values()])
    write_failing(staged(folder, stated, ROWS), suite(stated), folder / "failing.parquet")
    return Counter(code for _, _, code in rows_of(folder / "failing.parquet"))


@pytest.mark.parametrize("name", CASES)
def test_as_many_rows_are_listed_as_the_report_counts(
    listed: Counter[str], findings: dict[str, Finding], name: str
) -> None:
    assert listed[findings[name].code] == findings[name].failing


def test_every_rule_of_the_list_was_seen_to_pass_and_to_fail() -> None:
    seen = {(case.rule["expect"], case.outcome) for case in CASES.values()}
    assert seen == {(name, outcome) for name in RULES for outcome in ("passed", "failed")}


def test_every_argument_of_the_list_was_tried() -> None:
    tried = {(case.rule["expect"], name) for case in CASES.values() for name in case.rule["with"]}
    untried = {(name, argument) for name, kind in RULES.items() for argument in kind.arguments} - tried
    assert untried == set()


CELLS = st.one_of(st.none(), st.sampled_from([0.0, -0.0, 1.0, float("nan")]))


@pytest.mark.parametrize("most", [validation_duckdb.MOST_HASHES, 2], ids=["hashed", "too many to be hashed"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_repeated_rows_are_counted_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch, most: int, rows: list[tuple[float | None, float | None]]
) -> None:
    monkeypatch.setattr(validation_duckdb, "MOST_HASHES", most)
    engine = sa.create_engine("duckdb:///:memory:", poolclass=StaticPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {validation_duckdb.VIEW} (a DOUBLE, b DOUBLE)")
        for row in rows:
            connection.exec_driver_sql(f"INSERT INTO {validation_duckdb.VIEW} VALUES (?, ?)", row)
    counted = Counter((_written(a), _written(b)) for a, b in rows)
    running = validation_duckdb.DuckDBExecutionEngine(engine=engine, create_temp_table=False)
    assert validation_duckdb._repeated(running, "a, b", "TRUE") == sum(n for n in counted.values() if n > 1)
    engine.dispose()


def _written(cell: float | None) -> str:
    """There is one zero for a database, and NaN is the same as itself."""
    return "" if cell is None else str(cell + 0.0)
