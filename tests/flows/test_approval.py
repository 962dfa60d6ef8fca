"""The gate: what opens something new waits for a person; everything else goes on by itself."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog.ledger import Approval, ledger
from flows.approval import Given, Official, Standing, approve, given, is_approved, openings, waiting
from flows.journey import Outcome
from flows.settings import Places, ledger_address
from flows.withdraw import withdraw
from schemas.contracts import Contract
from schemas.openings import forms
from tests import making
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    MORE_ROWS,
    NOW,
    agree,
    approved,
    audited,
    contract,
    contract_with_field,
    current_release,
    deliver,
    found_city,
    moved,
    registered,
    travelled,
)

HOUR = timedelta(hours=1)
CLOSED = {"access": "exempt", "exemption": making.EXEMPTION}


def code(outcome: Outcome) -> str | None:
    return outcome.error.code if outcome.error else None


def test_a_first_release_waits_for_an_approval(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    outcome = travelled(places)
    assert (outcome.end, code(outcome), outcome.exit_code) == ("held_back", "approval_needed", 1)
    assert current_release(places) is None
    assert waiting(places, registered(places)[0]) == {DATASET}
    assert travelled(approved(places)).end == "published"
    assert waiting(places, registered(places)[0]) == set()
    assert audited(places).problems == []


def test_it_names_what_waits_and_what_to_do(tmp_path: Path) -> None:
    error = str(travelled(found_city(tmp_path)).error)
    assert "4 hal baru akan terbuka (kode, nama, kapasitas)" in error
    assert f"palu approve {DATASET} --city {CITY_ID}" in error


def test_new_data_of_what_is_open_need_no_approval(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    deliver(places, MORE_ROWS)
    assert travelled(places, now=NOW + HOUR).end == "published"


def test_an_exempt_field_that_is_opened_waits(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract_with_field("kapasitas", **CLOSED))
    assert travelled(approved(places)).end == "published"
    before = current_release(places)
    agree(places, contract())
    outcome = travelled(places, now=NOW + HOUR)
    assert code(outcome) == "approval_needed"
    assert outcome.error is not None and outcome.error.names["fields"] == "kapasitas"
    assert current_release(places) == before
    assert travelled(approved(places, now=NOW + HOUR), now=NOW + 2 * HOUR).end == "published"


def test_a_field_that_is_closed_needs_nobody(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    stay = {"stay": "Sudah lama beredar.", "decision": "KEP/2", "decided": "2026-02-11"}
    ground = {**making.EXEMPTION, "earlier_releases": stay}
    agree(places, contract_with_field("kapasitas", access="exempt", exemption=ground))
    assert travelled(places, now=NOW + HOUR).end == "published"


def test_findings_are_told_before_anybody_is_asked(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    deliver(places, MORE_ROWS.replace("TP-004", "TP-003"))
    assert code(travelled(places)) == "held_back"


def test_an_approval_before_a_withdrawal_is_worth_nothing_after_it(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    withdraw(places, CITY_ID, DATASET, "Salah.", NOW + HOUR)
    deliver(places, MORE_ROWS)
    assert code(travelled(places, now=NOW + 2 * HOUR)) == "approval_needed"
    assert travelled(approved(places, now=NOW + 2 * HOUR), now=NOW + 3 * HOUR).end == "published"


def test_the_ledger_keeps_who_when_and_what(tmp_path: Path) -> None:
    places = approved(found_city(tmp_path))
    city, one = registered(places)
    with ledger(ledger_address(places.private)) as session:
        record = session.scalars(select(Approval)).one()
        assert (record.city, record.dataset, record.official) == (CITY_ID, DATASET, "Pejabat uji")
        assert (record.office, record.contract_sha256, record.note) == ("PPID Kota Palu (contoh)", one.digest, None)
    assert given(places, city, one) == [Given(NOW, one.digest, forms(one))]


ONE = making.contract(making.open_field("kode"))
TWO = making.contract(making.open_field("kode"), making.open_field("nama"))
RELEASED = NOW
BEFORE, AFTER = NOW - HOUR, NOW + HOUR


def said(at: datetime, of: Contract) -> Given:
    return Given(at, of.digest, forms(of))


@pytest.mark.parametrize(
    ("contract", "standing", "approvals", "enough"),
    [
        (TWO, Standing(), [], False),
        (TWO, Standing(), [said(BEFORE, TWO)], True),
        (TWO, Standing(), [said(BEFORE, ONE)], False),
        (ONE, Standing(), [said(BEFORE, TWO)], True),
        (TWO, Standing(ONE, RELEASED), [said(AFTER, TWO)], True),
        (TWO, Standing(ONE, RELEASED), [said(BEFORE, TWO)], True),
        (ONE.model_copy(update={"license": "CC0-1.0"}), Standing(None, None, RELEASED), [said(AFTER, ONE)], True),
        (TWO.model_copy(update={"license": "CC0-1.0"}), Standing(ONE, RELEASED), [said(BEFORE, TWO)], False),
        (TWO, Standing(None, None, RELEASED), [said(BEFORE, TWO)], False),
        (TWO, Standing(ONE, BEFORE, RELEASED), [said(RELEASED, TWO)], False),
        (TWO, Standing(ONE, RELEASED), [said(AFTER, ONE), said(BEFORE - HOUR, ONE)], False),
    ],
    ids=[
        "nobody approved",
        "approved before the first release",
        "less was approved",
        "more was approved",
        "approved since the release",
        "this very contract was approved before the release",
        "the same forms by another contract, after the withdrawal",
        "the same forms by another contract, before the release",
        "approved before the withdrawal",
        "at the very moment of the withdrawal",
        "others were approved",
    ],
)
def test_an_approval_counts_for_what_it_saw_until_it_changes(
    contract: Contract, standing: Standing, approvals: list[Given], enough: bool
) -> None:
    assert openings(contract, standing)
    assert is_approved(contract, standing, approvals) is enough


@pytest.mark.parametrize(
    "change",
    [{"license": "CC0-1.0"}, {"description": "Keterangan lain."}, {"retention": {"snapshots": "P10D"}}],
    ids=["licence", "description", "retention"],
)
def test_what_opens_nothing_waits_for_nobody(change: dict[str, Any], published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    agree(places, contract(**change))
    assert travelled(places, now=NOW + HOUR).end == "published"


def test_a_sample_decision_is_marked_as_one(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    approved(places)
    approve(places, *registered(places), Official("Pejabat", "PPID", note="CONTOH"), NOW)
    with ledger(ledger_address(places.private)) as session:
        assert [one.note for one in session.scalars(select(Approval).order_by(Approval.id))] == [None, "CONTOH"]
