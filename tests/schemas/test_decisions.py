"""What decisions amount to on a day: nothing opens by itself, and what is owed is said."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import Contract
from schemas.decisions import carries, findings, owing, published_before, shows, standing
from tests.making import EXEMPTION, contract, exempt_field, open_field

UNTIL = date(2031, 2, 10)
COMPLETE = {**EXEMPTION, "office": "PPID Kota Palu", "if_opened": "Orang dirugikan.", "if_closed": "Hak terjaga."}
STAY = {"stay": "Sudah tersebar luas.", "decision": "PPID/9", "decided": "2026-02-11"}


def of(*fields: dict[str, Any], **more: object) -> Contract:
    return contract(open_field("kode"), *fields, **more)


def exempt(name: str = "nik", kind: str = "string", **ground: Any) -> dict[str, Any]:
    return exempt_field(name, kind, exemption={**COMPLETE, **ground})


def generalised(to: str, size: str | None = None, kind: str = "number") -> dict[str, Any]:
    form = {"to": to} | ({"size": size} if size else {})
    return exempt("nilai", kind, method="generalise", generalise=form)


UNDETERMINED = {"name": "catatan", "title": "Catatan", "type": "string"}


@pytest.mark.parametrize(
    ("field", "day", "stands"),
    [
        pytest.param(exempt(), UNTIL - timedelta(91), "in_force", id="91 days before its end it is in force"),
        pytest.param(exempt(), UNTIL - timedelta(90), "due", id="90 days before its end it is due"),
        pytest.param(exempt(), UNTIL, "due", id="its last day still belongs to it"),
        pytest.param(exempt(), UNTIL + timedelta(1), "expired", id="the day after it is over"),
        pytest.param(exempt(office=None), date(2027, 1, 1), "incomplete", id="without its office it is incomplete"),
        pytest.param(exempt(if_closed=None), date(2027, 1, 1), "incomplete", id="with one side of the test alone too"),
        pytest.param(exempt(office=None), UNTIL + timedelta(1), "expired", id="what is over is told before what lacks"),
        pytest.param(UNDETERMINED, date(2027, 1, 1), "undetermined", id="a field without a decision is undetermined"),
    ],
)
def test_a_decision_stands(field: dict[str, Any], day: date, stands: str) -> None:
    assert standing(of(field).withheld_fields[0], day) == stands


@given(st.dates())
def test_on_no_day_does_a_decision_open_a_field_by_itself(day: date) -> None:
    stated = of(exempt(), UNDETERMINED)
    findings(stated, day)
    assert [field.name for field in stated.public_fields] == ["kode"]
    assert not any(finding.blocks for finding in findings(stated, day))


def test_what_is_owed_is_counted_a_finding_a_kind() -> None:
    stated = of(exempt("a"), exempt("b", office=None), exempt("c", until="2026-03-01"), UNDETERMINED)
    found = findings(stated, date(2026, 2, 20))
    assert [(one.rule, one.fields, one.checked, one.failing) for one in found] == [
        ("exemption_due", ("c",), 4, 1),
        ("exemption_incomplete", ("b",), 4, 1),
        ("undetermined", ("catatan",), 4, 1),
    ]
    assert {(one.severity, one.outcome, one.actor) for one in found} == {("warning", "failed", "ppid")}


def test_nothing_is_owed_where_every_decision_is_complete_and_in_force() -> None:
    assert findings(of(exempt()), date(2027, 1, 1)) == ()


def test_the_officers_list_counts_fields_and_names_the_next_end() -> None:
    stated = of(exempt("a"), exempt("b", until="2029-05-01"), exempt("c", until="2026-03-01"), UNDETERMINED)
    owed = owing(stated, date(2026, 4, 1))
    assert (owed.fields, owed.next_test) == (2, date(2029, 5, 1))


SMALL = {"quasi_identifiers": ["kode"], "k": 3}
SMALLER = {"quasi_identifiers": ["kode"], "k": 5}
OPEN = of(open_field("nilai", "number"))
SUPPRESSED = of(exempt("nilai", "number", method="suppress"), disclosure=SMALL)


@pytest.mark.parametrize(
    ("then", "now", "carried"),
    [
        pytest.param(OPEN, of(exempt("nilai", "number")), True, id="open before, left out now"),
        pytest.param(OPEN, of({**UNDETERMINED, "name": "nilai"}), True, id="open before, undetermined now"),
        pytest.param(OPEN, of(generalised("band", "10")), True, id="open before, coarser now"),
        pytest.param(OPEN, SUPPRESSED, True, id="open before, emptied in small groups now"),
        pytest.param(OPEN, of(open_field("nilai", "number")), False, id="open before, open now"),
        pytest.param(of(), of(exempt("nilai", "number")), False, id="not known before"),
        pytest.param(of(exempt("nilai", "number")), of(exempt("nilai", "number")), False, id="left out both times"),
        pytest.param(of(exempt("nilai", "number")), of(generalised("band", "10")), False, id="left out, then coarser"),
        pytest.param(of(generalised("band", "10")), of(exempt("nilai", "number")), True, id="coarser, then left out"),
        pytest.param(of(generalised("band", "5")), of(generalised("band", "10")), True, id="bands of 5, then of 10"),
        pytest.param(of(generalised("band", "10")), of(generalised("band", "5")), False, id="bands of 10, then of 5"),
        pytest.param(of(generalised("band", "10")), of(generalised("band", "7")), True, id="bands that do not nest"),
        pytest.param(
            of(generalised("month", kind="date")), of(generalised("year", kind="date")), True, id="month, then year"
        ),
        pytest.param(
            of(generalised("year", kind="date")), of(generalised("month", kind="date")), False, id="year, then month"
        ),
        pytest.param(SUPPRESSED, of(generalised("band", "10")), True, id="emptied in small groups, then coarser"),
        pytest.param(of(generalised("band", "10")), SUPPRESSED, False, id="coarser, then emptied in small groups"),
        pytest.param(
            SUPPRESSED,
            of(exempt("nilai", "number", method="suppress"), disclosure=SMALLER),
            True,
            id="groups below 3 emptied, then below 5",
        ),
    ],
)
def test_a_release_carries_what_the_contract_no_longer_lets_leave(then: Contract, now: Contract, carried: bool) -> None:
    assert carries(then.described(), now, "nilai") is carried


def test_an_open_field_is_carried_by_no_release_but_shown_by_one_that_has_it() -> None:
    assert not carries(OPEN.described(), OPEN, "nilai")
    assert shows(OPEN.described(), OPEN, "nilai")
    assert not shows(of().described(), OPEN, "nilai")


def test_a_field_that_standing_releases_carry_blocks_and_counts_them() -> None:
    now = of(exempt("nilai", "number"))
    [found] = published_before(now, [OPEN.described(), now.described(), OPEN.described()])
    assert (found.code, found.fields, found.checked, found.failing) == (
        "published_before:nilai",
        ("nilai",),
        3,
        2,
    )
    assert (found.blocks, found.actor) == (True, "ppid")


def test_a_decision_that_they_stay_makes_it_a_warning_with_its_reason() -> None:
    now = of(exempt("nilai", "number", earlier_releases=STAY))
    [found] = published_before(now, [OPEN.described()])
    assert (found.severity, found.blocks) == ("warning", False)
    assert found.because == "Sudah tersebar luas. (PPID/9, 2026-02-11)"
