"""What leaves: the open fields of sound rows, in groups that are large enough."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import Contract
from schemas.findings import Finding
from schemas.tables import PublicTable
from tests.making import Row, contract, exempt_field, open_field, rows_of
from tests.transforms.protection.redacting import everything_in, public, staged
from transforms.protection.redaction import redact, rows_of_a_group

COUNTED = {
    "by": ["unit"],
    "name": "jumlah",
    "title": "Jumlah",
    "at_least": 5,
    "because": "Kelompok kecil dapat dikenali.",
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(access=st.lists(st.sampled_from(["open", "exempt", "undetermined"]), min_size=1, max_size=5))
def test_exactly_the_open_fields_leave_whatever_was_decided(tmp_path: Path, access: list[str]) -> None:
    makers = {"open": open_field, "exempt": exempt_field, "undetermined": _undetermined}
    required = {"constraints": {"required": True}}
    fields = [makers[one](f"kolom_{number}", **required) for number, one in enumerate(access)]
    of = contract(open_field("kode"), *fields)
    row = ("kode-1", *(f"isi-{one}-{number}" for number, one in enumerate(access)))
    leaving = public(tmp_path, of, [row] * 3)
    opened = ["kode", *(f"kolom_{number}" for number, one in enumerate(access) if one == "open")]
    found = everything_in(leaving.path)
    assert pq.read_schema(leaving.path).names == opened
    assert "kode-1" in found
    assert "isi-exempt" not in found
    assert "isi-undetermined" not in found
    assert not any(f"kolom_{number}" in found for number, one in enumerate(access) if one != "open")


def _undetermined(name: str, **more: Any) -> dict[str, Any]:
    return {**open_field(name, **more), "access": "undetermined"}


def test_faulty_rows_stay_behind_and_the_others_keep_their_order(tmp_path: Path) -> None:
    of = contract(open_field("kode"), open_field("hari", "date"))
    rows = [("c", date(2026, 1, 1)), ("rusak", None), ("a", None), ("b", date(2026, 1, 2))]
    leaving = public(tmp_path, of, rows, [None, "hari", None, None])
    assert rows_of(leaving.path) == [rows[0], rows[2], rows[3]]
    assert (leaving.rows, leaving.suppressed, leaving.findings) == (3, 0, ())
    assert "rusak" not in everything_in(leaving.path)


def test_fields_leave_in_the_order_of_the_contract_and_rows_in_that_of_the_source(tmp_path: Path) -> None:
    of = contract(open_field("z"), exempt_field("m", constraints={"required": True}), open_field("a"))
    rows = [(str(number), "rahasia", "x" * 20) for number in range(130_000)]
    leaving = public(tmp_path, of, rows)
    assert rows_of(leaving.path) == [(row[0], row[2]) for row in rows]
    assert pq.ParquetFile(leaving.path).metadata.num_row_groups == 32


GROUPED = contract(
    open_field("kode"),
    open_field("kelurahan"),
    exempt_field("umur", "integer"),
    disclosure={"quasi_identifiers": ["kelurahan", "umur"], "k": 3},
)


@pytest.mark.parametrize(
    ("groups", "kept"),
    [
        pytest.param([("Lere", 30)] * 3, 3, id="a group of three"),
        pytest.param([("Lere", 30)] * 2, 0, id="a group of two"),
        pytest.param([("Lere", 30)] * 2 + [("Lere", 31)] * 3, 3, id="two groups of one kelurahan"),
        pytest.param([("Lere", None)] * 3 + [(None, None)] * 2, 3, id="empty cells form groups"),
        pytest.param([(None, None)] * 3, 3, id="even of nothing else"),
        pytest.param([("Lere", 30), ("lere", 30), ("Lere ", 30)], 0, id="another spelling is another group"),
    ],
)
def test_rows_of_groups_that_are_too_small_are_suppressed(
    tmp_path: Path, groups: list[tuple[str | None, int | None]], kept: int
) -> None:
    rows = [(f"kode-{number}", *group) for number, group in enumerate(groups)]
    leaving = public(tmp_path, GROUPED, rows)
    large = [row for row in rows if groups.count(row[1:]) >= 3]
    assert rows_of(leaving.path) == [row[:2] for row in large]
    assert (leaving.rows, leaving.suppressed) == (kept, len(rows) - kept)
    assert [(one.rule, one.checked, one.failing, one.actor) for one in leaving.findings] == [
        ("k_anonymity", len(rows), len(rows) - kept, "ppid")
    ]


def test_a_row_in_quarantine_makes_no_group_larger(tmp_path: Path) -> None:
    rows = [("a", "Lere", 30), ("b", "Lere", 30), ("c", "Lere", 30)]
    leaving = public(tmp_path, GROUPED, rows, [None, None, "kode"])
    assert (leaving.rows, leaving.suppressed) == (0, 2)


def counted(folder: Path, sizes: dict[str | None, int], **disclosure: Any) -> PublicTable:
    of = contract(
        open_field("unit"),
        exempt_field("nama", constraints={"required": True}),
        disclosure={"aggregate": {**COUNTED, **disclosure}},
    )
    return public(folder, of, [(unit, f"nama-{unit}-{n}") for unit, size in sizes.items() for n in range(size)])


@pytest.mark.parametrize(
    ("sizes", "shown", "suppressed"),
    [
        pytest.param({"B": 9, "A": 5}, [("A", 5), ("B", 9)], 0, id="large groups, in their order"),
        pytest.param({"A": 3, "B": 9, "C": 20}, [("A", None), ("B", None), ("C", 20)], 2, id="one small group"),
        pytest.param(
            {"A": 2, "B": 3, "C": 9, "D": 20},
            [("A", None), ("B", None), ("C", None), ("D", 20)],
            3,
            id="two small groups",
        ),
        pytest.param({None: 6, "A": 5}, [("A", 5), (None, 6)], 0, id="a group without a name"),
    ],
)
def test_counts_leave_in_place_of_rows_and_small_ones_are_empty(
    tmp_path: Path, sizes: dict[str | None, int], shown: list[Row], suppressed: int
) -> None:
    leaving = counted(tmp_path, sizes)
    assert pq.read_schema(leaving.path).names == ["unit", "jumlah"]
    assert sorted(rows_of(leaving.path), key=str) == sorted(shown, key=str)
    assert (leaving.suppressed, leaving.rows) == (suppressed, len(sizes))
    assert "nama-" not in everything_in(leaving.path)
    small, beside = leaving.findings
    assert (small.rule, small.failing, small.because) == ("small_groups", max(suppressed - 1, 0), COUNTED["because"])
    assert (beside.rule, beside.failing) == ("secondary_suppression", min(suppressed, 1))


def test_a_withheld_count_is_nowhere_in_the_file(tmp_path: Path) -> None:
    leaving = counted(tmp_path, {"A": 3, "B": 9, "C": 20})
    statistics = duckdb.execute(
        f"SELECT stats_min, stats_max FROM parquet_metadata('{leaving.path}') WHERE path_in_schema = 'jumlah'"
    ).fetchall()
    assert statistics == [("20", "20")]


@pytest.mark.parametrize("name", ["rowid", "groups", "count", "file_row_number"])
def test_a_field_may_be_called_as_a_word_of_the_database(tmp_path: Path, name: str) -> None:
    of = contract(open_field(name), disclosure={"aggregate": {**COUNTED, "by": [name]}})
    sizes = {"7": 3, "1": 9, "0": 20}
    leaving = public(tmp_path, of, [(unit,) for unit, size in sizes.items() for _ in range(size)])
    assert rows_of(leaving.path) == [("0", 20), ("1", None), ("7", None)]


@pytest.mark.parametrize("of", [contract(open_field("unit")), GROUPED], ids=["rows", "groups"])
def test_the_same_rows_leave_as_the_same_bytes(tmp_path: Path, of: Contract) -> None:
    rows = [tuple(("a", "Lere", 30)[: len(of.staged_fields)])] * 1000
    first, second = (redact(staged(tmp_path, of, rows), tmp_path / name).path for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_finding_of_redaction_never_stops_a_release(tmp_path: Path) -> None:
    findings: tuple[Finding, ...] = counted(tmp_path, {"A": 3, "B": 9, "C": 20}).findings
    assert {(one.severity, one.blocks) for one in findings} == {("warning", False)}


@pytest.mark.parametrize(
    ("rows", "group"), [(0, 4_096), (130_000, 4_096), (1_000_000, 8_192), (5_000_000, 18_432), (100_000_000, 81_920)]
)
def test_row_groups_grow_with_the_root_of_the_rows(rows: int, group: int) -> None:
    assert rows_of_a_group(rows) == group
