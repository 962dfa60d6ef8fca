"""What a contract lets out, and which of it is new."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import Contract
from schemas.openings import ROWS, Openings, forms, opened
from tests.making import EXEMPTION, contract, exempt_field, open_field


def coarser(name: str, to: str, size: str | None = None, kind: str = "integer") -> dict[str, Any]:
    """A field that leaves in a coarser form."""
    form = {"to": to} | ({"size": size} if size else {})
    ground = {**EXEMPTION, "method": "generalise", "generalise": form}
    return {**exempt_field(name, kind), "exemption": ground}


def suppressed(name: str) -> dict[str, Any]:
    return {**exempt_field(name), "exemption": {**EXEMPTION, "method": "suppress"}}


def guarded(k: int, *names: str, **more: Any) -> dict[str, Any]:
    return {"disclosure": {"quasi_identifiers": list(names), "k": k, **more}}


def counted(at_least: int, *by: str, **more: Any) -> dict[str, Any]:
    aggregate = {"by": list(by), "name": "jumlah", "title": "Jumlah", "at_least": at_least, "because": "Uji.", **more}
    return {"disclosure": {"aggregate": aggregate}}


CLEARED = {"field": "nama", "kind": "nip", "decision": "KEP/1", "decided": "2026-01-01", "because": "Uji."}
SUM = {"of": "umur", "name": "jumlah_umur", "title": "Jumlah umur"}
NAME, AGE = open_field("nama"), open_field("umur", "integer")
BAND_5, BAND_10, BAND_7 = (coarser("umur", "band", size) for size in ("5", "10", "7"))
FURTHER = {"further": [{"field": "umur", "to": "band", "size": "10"}]}


@pytest.mark.parametrize(
    ("before", "now", "new"),
    [
        (contract(NAME), contract(NAME), set()),
        (contract(NAME, AGE), contract(NAME), set()),
        (contract(NAME), contract(NAME, AGE), {"umur"}),
        (contract(NAME, exempt_field("umur", "integer")), contract(NAME, AGE), {"umur"}),
        (contract(NAME, AGE), contract(NAME, BAND_5), set()),
        (contract(NAME, BAND_5), contract(NAME, AGE), {"umur"}),
        (contract(NAME, BAND_5), contract(NAME, BAND_10), set()),
        (contract(NAME, BAND_10), contract(NAME, BAND_5), {"umur"}),
        (contract(NAME, BAND_5), contract(NAME, BAND_7), {"umur"}),
        (
            contract(NAME, coarser("lahir", "month", kind="date")),
            contract(NAME, coarser("lahir", "year", kind="date")),
            set(),
        ),
        (
            contract(NAME, coarser("lahir", "year", kind="date")),
            contract(NAME, coarser("lahir", "month", kind="date")),
            {"lahir"},
        ),
        (contract(NAME, AGE, **guarded(5, "umur")), contract(NAME, AGE, **guarded(6, "umur")), set()),
        (contract(NAME, AGE, **guarded(5, "umur")), contract(NAME, AGE, **guarded(3, "umur")), {ROWS}),
        (contract(NAME, AGE, **guarded(5, "umur")), contract(NAME, AGE), {ROWS}),
        (contract(NAME, AGE), contract(NAME, AGE, **guarded(5, "umur")), set()),
        (contract(NAME, AGE, **guarded(5, "umur", "nama")), contract(NAME, AGE, **guarded(5, "umur")), {ROWS}),
        (
            contract(NAME, suppressed("catatan"), **guarded(5, "nama")),
            contract(NAME, open_field("catatan"), **guarded(5, "nama")),
            {"catatan"},
        ),
        (
            contract(NAME, open_field("catatan"), **guarded(5, "nama")),
            contract(NAME, suppressed("catatan"), **guarded(5, "nama")),
            set(),
        ),
        (
            contract(NAME, BAND_5, **guarded(5, "umur")),
            contract(NAME, BAND_5, **guarded(5, "umur", **FURTHER)),
            {ROWS},
        ),
        (contract(NAME, **counted(5, "nama")), contract(NAME, **counted(10, "nama")), set()),
        (contract(NAME, **counted(5, "nama")), contract(NAME, **counted(3, "nama")), {ROWS}),
        (contract(NAME, AGE, **counted(5, "nama")), contract(NAME, AGE, **counted(5, "nama", "umur")), {"umur", ROWS}),
        (contract(NAME, AGE, **counted(5, "nama")), contract(NAME, AGE), {"umur", ROWS}),
        (
            contract(NAME, AGE, **counted(5, "nama")),
            contract(NAME, AGE, **counted(5, "nama", sums=[SUM])),
            {"jumlah_umur"},
        ),
        (contract(NAME), contract(NAME, clearances=[CLEARED]), {"@nip:nama"}),
        (contract(NAME, clearances=[CLEARED]), contract(NAME), set()),
        (contract(NAME), contract({**NAME, "column": ["nama", "nik"]}), {"nama"}),
        (contract(NAME), contract({**NAME, "description": "Nama saja."}, title="Judul baru"), set()),
    ],
    ids=[
        "the same",
        "a field less",
        "a field more",
        "an exempt field is opened",
        "a field is made coarser",
        "a coarser field is opened",
        "a band becomes twice as wide",
        "a band becomes narrower",
        "a band that does not nest",
        "a month becomes a year",
        "a year becomes a month",
        "k grows",
        "k shrinks",
        "k is gone",
        "k is new",
        "a quasi-identifier less",
        "a suppressed field is opened",
        "an open field is suppressed",
        "a further step lets suppressed rows out",
        "the smallest count grows",
        "the smallest count shrinks",
        "a finer table",
        "rows in place of a table",
        "a sum more",
        "a clearance more",
        "a clearance less",
        "a name is filled from another column too",
        "other words",
    ],
)
def test_what_is_new_is_named(before: Contract, now: Contract, new: set[str]) -> None:
    assert set(opened(forms(now), forms(before))) == new


def test_everything_of_a_first_release_is_new() -> None:
    first = contract(NAME, exempt_field("nik"), clearances=[CLEARED])
    assert set(opened(forms(first), {})) == {"nama", ROWS, "@nip:nama"}


def test_the_published_contract_says_the_same_as_the_private_one() -> None:
    one = contract(NAME, BAND_5, clearances=[CLEARED], **guarded(5, "umur", **FURTHER))
    assert forms(one.described()) == forms(one)


def test_forms_come_back_from_the_ledger_as_they_went() -> None:
    one = forms(contract(NAME, BAND_5, clearances=[CLEARED], **guarded(5, "umur", **FURTHER)))
    assert Openings.model_validate_json(Openings(forms=one).model_dump_json()).forms == one


SIZES = st.integers(1, 60)


@given(SIZES, SIZES, SIZES)
def test_what_is_no_news_after_two_steps_is_none_after_one(first: int, second: int, third: int) -> None:
    """Otherwise a field could be opened in steps that nobody sees."""
    one, two, three = (forms(contract(NAME, coarser("umur", "band", str(size)))) for size in (first, second, third))
    if not opened(two, one) and not opened(three, two):
        assert not opened(three, one)
