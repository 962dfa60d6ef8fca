"""Rows leave as counts and sums of groups, and what is withheld is withheld in all its columns."""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.contracts import Contract
from schemas.errors import SupplierError
from schemas.tables import FAULT_COLUMN, LINE_COLUMN, PublicTable, StagedTable
from tests.making import Row, contract, open_field, rows_of
from transforms.protection.redaction import redact

SUM = {"of": "nilai", "name": "jumlah_nilai", "title": "Jumlah nilai"}


def counted(*by: str, sums: Sequence[Mapping[str, object]] = ()) -> Contract:
    """A contract that publishes counts by these fields."""
    aggregate = {"by": list(by), "name": "jumlah", "title": "Jumlah", "at_least": 5, "because": "Uji.", "sums": sums}
    return contract(*map(open_field, by), open_field("nilai", "number"), disclosure={"aggregate": aggregate})


def public(folder: Path, of: Contract, rows: Sequence[Row], earlier: Sequence[Path] = ()) -> PublicTable:
    kinds = {"string": pa.string(), "number": pa.float64()}
    columns: dict[str, Any] = {LINE_COLUMN: pa.array(range(len(rows)), pa.int64())}
    for number, field in enumerate(of.staged_fields):
        columns[field.name] = pa.array([row[number] for row in rows], kinds[field.type])
    columns[FAULT_COLUMN] = pa.array([None] * len(rows), pa.string())
    folder.mkdir(exist_ok=True)
    pq.write_table(pa.table(columns), folder / "staged.parquet")
    staged = StagedTable(folder / "staged.parquet", of, len(rows), 0, None)
    return redact(staged, folder / "public.parquet", earlier)


def people(sizes: Mapping[str, int], value: float | None = 1.5) -> list[Row]:
    return [(unit, value) for unit, size in sizes.items() for _ in range(size)]


def found(table: PublicTable) -> dict[str, int]:
    return {finding.rule: finding.failing for finding in table.findings}


def test_a_sum_is_withheld_wherever_its_count_is(tmp_path: Path) -> None:
    leaving = public(tmp_path, counted("unit", sums=[SUM]), people({"A": 3, "B": 9, "C": 20}))
    assert rows_of(leaving.path) == [("A", None, None), ("B", None, None), ("C", 20, 30.0)]


def test_a_group_in_which_few_have_a_value_is_small_although_many_are_in_it(tmp_path: Path) -> None:
    rows = [*people({"A": 8}, None), *people({"A": 1, "B": 12, "C": 20}), *people({"D": 30}, None)]
    leaving = public(tmp_path, counted("unit", sums=[SUM]), rows)
    assert rows_of(leaving.path) == [("A", None, None), ("B", None, None), ("C", 20, 30.0), ("D", 30, None)]


def test_the_order_of_the_rows_does_not_change_a_byte(tmp_path: Path) -> None:
    values = [0.1, 1e16, -1e16, 0.3, 7e-9, 12.25] * 50
    rows = [("A", value) for value in values]
    of = counted("unit", sums=[SUM])
    first, second = public(tmp_path / "a", of, rows), public(tmp_path / "b", of, rows[::-1])
    assert first.path.read_bytes() == second.path.read_bytes()


def test_the_report_says_how_many_groups_are_withheld_and_why(tmp_path: Path) -> None:
    leaving = public(tmp_path, counted("unit"), people({"A": 3, "B": 9, "C": 20}))
    assert found(leaving) == {"small_groups": 1, "secondary_suppression": 1}
    assert {finding.checked for finding in leaving.findings} == {3}
    assert leaving.findings[1].because == "Batas: 5; jumlah terkecil yang ditampilkan: 20."
    assert leaving.suppressed == 2


def test_a_table_of_two_dimensions_withholds_a_rectangle(tmp_path: Path) -> None:
    sizes = dict.fromkeys(product("abc", "xyz"), 30) | {("a", "x"): 2}
    rows = [(*group, None) for group, size in sizes.items() for _ in range(size)]
    leaving = public(tmp_path, counted("unit", "jenis"), rows)
    hidden = [row[:2] for row in rows_of(leaving.path) if row[2] is None]
    assert len(hidden) == 4
    assert all(sum(group[axis] == one[axis] for one in hidden) == 2 for group in hidden for axis in (0, 1))


def test_a_table_that_its_total_betrays_is_the_departments_to_mend(tmp_path: Path) -> None:
    with pytest.raises(SupplierError) as error:
        public(tmp_path, counted("unit"), people({"A": 3, "B": 9}))
    assert error.value.code == "groups_too_few"


OF = counted("unit")
BEFORE = {"A": 10, "B": 20, "C": 30, "D": 40}


@pytest.mark.parametrize(
    ("now", "withheld", "differing"),
    [
        pytest.param(BEFORE, "", 0, id="the same"),
        pytest.param({**BEFORE, "D": 45}, "", 0, id="five more"),
        pytest.param({**BEFORE, "C": 31}, "AC", 1, id="one more"),
        pytest.param({**BEFORE, "E": 7}, "", 0, id="a new group"),
    ],
)
def test_a_count_is_held_against_the_release_before(
    tmp_path: Path, now: dict[str, int], withheld: str, differing: int
) -> None:
    before = public(tmp_path / "before", OF, people(BEFORE)).path
    leaving = public(tmp_path / "now", OF, people(now), [before])
    assert "".join(unit for unit, count in rows_of(leaving.path) if count is None) == withheld
    assert found(leaving)["differencing"] == differing
    assert not any(finding.blocks for finding in leaving.findings)


def test_a_count_withheld_before_does_not_follow_from_todays(tmp_path: Path) -> None:
    """A was 3 and B 9: with B's 9 of today and the total of then, A would be known."""
    before = public(tmp_path / "before", OF, people({"A": 3, "B": 9, "C": 20, "D": 40})).path
    leaving = public(tmp_path / "now", OF, people({"A": 8, "B": 9, "C": 20, "D": 40}), [before])
    assert [unit for unit, count in rows_of(leaving.path) if count is None] == ["A", "B"]


def test_where_every_count_would_be_withheld_the_release_stops(tmp_path: Path) -> None:
    before = public(tmp_path / "before", OF, people(BEFORE)).path
    leaving = public(tmp_path / "now", OF, people({unit: size + 1 for unit, size in BEFORE.items()}), [before])
    assert {count for _, count in rows_of(leaving.path)} == {None}
    assert [finding.rule for finding in leaving.findings if finding.blocks] == ["differencing"]


def test_a_release_that_counted_something_else_is_not_compared(tmp_path: Path) -> None:
    before = public(tmp_path / "before", counted("jenis"), people(BEFORE)).path
    leaving = public(tmp_path / "now", OF, people({"A": 11, "B": 21, "C": 31}), [before])
    assert leaving.suppressed == 0
