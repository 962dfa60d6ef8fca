"""Groups smaller than k: shown coarser as declared, then without the cells to protect, then not at all."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import Contract
from tests.making import EXEMPTION, Field, Row, contract, exempt_field, open_field, rows_of
from tests.transforms.protection.redacting import everything_in, public


def coarse_field(name: str, kind: str, to: str, size: object = None) -> Field:
    form = {"to": to} if size is None else {"to": to, "size": size}
    return exempt_field(name, kind, exemption={**EXEMPTION, "method": "generalise", "generalise": form})


def suppressed_field(name: str, kind: str = "string") -> Field:
    return exempt_field(name, kind, exemption={**EXEMPTION, "method": "suppress"})


FURTHER = [{"field": "umur", "to": "band", "size": 20}, {"field": "lahir", "to": "year"}]


def people(*more: Field, k: int = 3, quasi: tuple[str, ...] = ("umur", "lahir"), **disclosure: Any) -> Contract:
    """A contract of ages in bands of ten and months of birth."""
    return contract(
        open_field("kode"),
        coarse_field("umur", "integer", "band", 10),
        coarse_field("lahir", "date", "month"),
        *more,
        disclosure={"quasi_identifiers": list(quasi), "k": k, **disclosure},
    )


MARCH, APRIL, NEXT_YEAR = date(2026, 3, 9), date(2026, 4, 1), date(2027, 4, 1)


def numbered(*groups: Row) -> list[Row]:
    return [(f"kode-{number}", *group) for number, group in enumerate(groups)]


def findings(folder: Path, of: Contract, rows: list[Row]) -> dict[str, int]:
    return {finding.code: finding.failing for finding in public(folder, of, rows).findings}


@pytest.mark.parametrize(
    ("kind", "field", "value", "shown"),
    [
        ("date", {"to": "month"}, date(2026, 3, 9), "2026-03"),
        ("date", {"to": "year"}, date(2026, 3, 9), 2026),
        ("integer", {"to": "band", "size": 1000}, 7_271_014, "7271000 s.d. 7271999"),
        ("integer", {"to": "rounded", "size": 1000}, 7_271_014, 7_271_000),
        ("number", {"to": "grid", "size": 0.01}, -0.89174, -0.895),
        ("number", {"to": "rounded", "size": 0.1}, 119.87074, 119.9),
    ],
    ids=["month", "year", "band", "rounded whole number", "grid", "rounded number"],
)
@pytest.mark.parametrize("disclosure", [{}, {"quasi_identifiers": ["kode"], "k": 2}], ids=["rows", "groups"])
def test_an_exempt_field_leaves_in_its_coarser_form_and_in_no_other(
    tmp_path: Path, kind: str, field: dict[str, Any], value: object, shown: object, disclosure: dict[str, Any]
) -> None:
    of = contract(open_field("kode"), coarse_field("nilai", kind, **field), disclosure=disclosure)
    leaving = public(tmp_path, of, [("a", value)] * 3)
    assert rows_of(leaving.path) == [("a", shown)] * 3
    assert str(value) not in everything_in(leaving.path)


def test_groups_are_formed_of_what_is_shown_and_not_of_what_was_recorded(tmp_path: Path) -> None:
    rows = numbered((21, date(2026, 3, 1)), (25, date(2026, 3, 9)), (29, date(2026, 3, 31)))
    leaving = public(tmp_path, people(), rows)
    assert rows_of(leaving.path, "umur", "lahir") == [("20 s.d. 29", "2026-03")] * 3
    assert leaving.suppressed == 0


@pytest.mark.parametrize(
    ("groups", "shown", "taken", "suppressed"),
    [
        pytest.param(
            [(21, MARCH)] * 3, [("20 s.d. 29", "2026-03")] * 3, [0, 0], 0, id="a large group stays as fine as it is"
        ),
        pytest.param(
            [(21, MARCH), (31, MARCH), (39, MARCH)],
            [("20 s.d. 39", "2026-03")] * 3,
            [3, 0],
            0,
            id="the first step is enough",
        ),
        pytest.param(
            [(21, MARCH), (31, APRIL), (39, MARCH)],
            [("20 s.d. 39", "2026")] * 3,
            [3, 3],
            0,
            id="the second step helps",
        ),
        pytest.param(
            [(21, MARCH)] * 3 + [(31, MARCH)],
            [("20 s.d. 29", "2026-03")] * 3,
            [1, 1],
            1,
            id="a row does not join a finer group, and is left out",
        ),
        pytest.param([(21, MARCH), (31, NEXT_YEAR)], [], [2, 2], 2, id="nothing helps"),
        pytest.param(
            [(21, MARCH)] * 4 + [(31, MARCH), (35, APRIL), (21, APRIL)],
            [("20 s.d. 29", "2026-03")] * 4 + [("20 s.d. 39", "2026")] * 3,
            [3, 3],
            0,
            id="only the rows of small groups go further",
        ),
        pytest.param([(None, MARCH)] * 3, [(None, "2026-03")] * 3, [0, 0], 0, id="empty cells form a group"),
        pytest.param([(None, None)] * 2 + [(21, None)], [], [3, 3], 3, id="empty cells stay apart from others"),
    ],
)
def test_small_groups_take_one_step_after_the_other(
    tmp_path: Path, groups: list[Row], shown: list[Row], taken: list[int], suppressed: int
) -> None:
    rows = numbered(*groups)
    leaving = public(tmp_path, people(further=FURTHER), rows)
    assert rows_of(leaving.path, "umur", "lahir") == shown
    assert [(one.code, one.failing, one.checked) for one in leaving.findings] == [
        ("generalised_further:1", taken[0], len(rows)),
        ("generalised_further:2", taken[1], len(rows)),
        ("k_anonymity", suppressed, len(rows)),
    ]
    assert leaving.suppressed == suppressed


def test_a_field_may_go_further_more_than_once(tmp_path: Path) -> None:
    further = [{"field": "umur", "to": "band", "size": size} for size in (20, 40)]
    leaving = public(tmp_path, people(further=further), numbered((5, MARCH), (25, MARCH), (35, MARCH)))
    assert rows_of(leaving.path, "umur") == [("0 s.d. 39",)] * 3


def test_rounded_values_go_further_from_what_was_rounded(tmp_path: Path) -> None:
    of = contract(
        coarse_field("luas", "number", "rounded", 10),
        disclosure={
            "quasi_identifiers": ["luas"],
            "k": 2,
            "further": [{"field": "luas", "to": "rounded", "size": 100}],
        },
    )
    assert rows_of(public(tmp_path, of, [(49.0,), (61.0,)]).path) == [(100.0,), (100.0,)]


def test_cells_to_protect_are_empty_in_small_groups_and_the_rows_stay(tmp_path: Path) -> None:
    rows = numbered(*[(21, MARCH, "flu")] * 3, (55, APRIL, "kusta"), (56, APRIL, None))
    leaving = public(tmp_path, people(suppressed_field("diagnosis")), rows)
    assert rows_of(leaving.path, "kode", "umur", "diagnosis") == [
        *((f"kode-{number}", "20 s.d. 29", "flu") for number in range(3)),
        ("kode-3", "50 s.d. 59", None),
        ("kode-4", "50 s.d. 59", None),
    ]
    assert "kusta" not in everything_in(leaving.path)
    assert findings(tmp_path, people(suppressed_field("diagnosis")), rows) == {
        "cells_suppressed:diagnosis": 1,
        "k_anonymity": 0,
    }


def test_further_steps_come_before_cells_are_emptied(tmp_path: Path) -> None:
    of = people(suppressed_field("diagnosis"), further=FURTHER)
    rows = numbered((21, MARCH, "flu"), (31, MARCH, "flu"), (32, MARCH, "flu"))
    assert rows_of(public(tmp_path, of, rows).path, "umur", "diagnosis") == [("20 s.d. 39", "flu")] * 3


def test_an_emptied_quasi_identifier_makes_its_group_larger_or_the_rows_are_left_out(tmp_path: Path) -> None:
    of = people(suppressed_field("pekerjaan"), quasi=("umur", "pekerjaan"))
    rows = numbered(
        (21, MARCH, "guru"),
        (22, MARCH, "nelayan"),
        (23, MARCH, None),
        (55, MARCH, "hakim"),
        *[(41, MARCH, "petani")] * 3,
    )
    leaving = public(tmp_path, of, rows)
    assert rows_of(leaving.path, "umur", "pekerjaan") == [("20 s.d. 29", None)] * 3 + [("40 s.d. 49", "petani")] * 3
    assert leaving.suppressed == 1
    assert findings(tmp_path, of, rows) == {"cells_suppressed:pekerjaan": 2, "k_anonymity": 1}
    assert not any(word in everything_in(leaving.path) for word in ("guru", "nelayan", "hakim"))


def test_a_quasi_identifier_that_is_dropped_counts_as_it_is(tmp_path: Path) -> None:
    of = people(exempt_field("rt"), quasi=("umur", "rt"))
    rows = numbered(*[(21, MARCH, "rt-01")] * 3, *[(21, MARCH, "rt-02")] * 2)
    leaving = public(tmp_path, of, rows)
    assert (leaving.rows, leaving.suppressed) == (3, 2)
    assert "rt-0" not in everything_in(leaving.path)


def test_the_smallest_group_that_is_shown_is_told(tmp_path: Path) -> None:
    rows = numbered(*[(21, MARCH)] * 5, *[(31, MARCH)] * 4, (55, MARCH))
    *_, finding = public(tmp_path, people(), rows).findings
    assert finding.because == "k = 3; kelompok terkecil yang terlihat: 4 baris."


def test_the_order_of_the_source_is_kept_over_many_rows(tmp_path: Path) -> None:
    rows = [(f"kode-{number}", number % 90, date(2026, 1 + number % 12, 1)) for number in range(150_000)]
    leaving = public(tmp_path, people(further=FURTHER), rows)
    assert rows_of(leaving.path, "kode") == [(row[0],) for row in rows]


AGES = st.one_of(st.none(), st.integers(0, 60))
DAYS = st.one_of(st.none(), st.dates(date(2025, 11, 1), date(2026, 3, 1)))
JOBS = st.sampled_from(["guru", "hakim", None])
PLACES = st.sampled_from(["Lere", "Besusu", None])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(AGES, DAYS, JOBS, PLACES), max_size=25),
    k=st.integers(2, 5),
    steps=st.integers(0, 2),
    quasi=st.sampled_from([("umur", "lahir"), ("umur", "lahir", "kerja"), ("umur", "tempat", "lahir"), ("kerja",)]),
    suppresses=st.booleans(),
)
def test_every_group_that_is_shown_is_large_enough_or_shows_nothing_to_protect(
    tmp_path: Path, rows: list[Row], k: int, steps: int, quasi: tuple[str, ...], suppresses: bool
) -> None:
    job = suppressed_field("kerja") if suppresses else open_field("kerja")
    further = [step for step in FURTHER[:steps] if step["field"] in quasi]
    of = people(job, open_field("tempat"), k=k, quasi=quasi, further=further)
    leaving = public(tmp_path, of, numbered(*rows))
    kept = pq.read_table(leaving.path).to_pylist()
    sizes = Counter(tuple(row[name] for name in quasi) for row in kept)
    protects = suppresses and "kerja" not in quasi
    for row in kept:
        assert sizes[tuple(row[name] for name in quasi)] >= k or (protects and row["kerja"] is None)
    numbers = [int(row["kode"].removeprefix("kode-")) for row in kept]
    assert numbers == sorted(numbers)
    assert len(kept) + leaving.suppressed == len(rows)
    for row, number in zip(kept, numbers, strict=True):
        age, day, job_was, place = rows[number]
        assert row["tempat"] == place
        assert row["kerja"] in (None, job_was)
        assert _covers(row["umur"], age)
        assert day is None or day.isoformat().startswith(row["lahir"])


def _covers(band: str | None, age: int | None) -> bool:
    if band is None or age is None:
        return band is None and age is None
    low, high = map(int, band.split(" s.d. "))
    return low <= age <= high
