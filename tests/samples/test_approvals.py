"""The demo's approvals let out what the demo's contracts open, and nothing that nobody looked at."""

from pathlib import Path

import pytest

from flows.approval import given
from flows.settings import Places
from samples.approve import approve_samples, is_covered, listed
from schemas.openings import forms
from schemas.registry import chosen, load_cities
from tests.samples.contracts import CITIES, CONTRACT_FILES, contract, name


@pytest.mark.parametrize("path", CONTRACT_FILES, ids=name)
def test_a_contract_of_the_demo_is_approved_as_it_is(path: Path) -> None:
    assert is_covered(path.parents[1].name, contract(path), listed()), (
        "This contract opens more than samples/approvals.yaml lists. Look at what it opens, then renew the list: "
        "python -m samples.approve"
    )


@pytest.mark.parametrize("path", CONTRACT_FILES, ids=name)
def test_nothing_is_approved_that_no_contract_states(path: Path) -> None:
    approved = listed()[path.parents[1].name][path.stem]
    assert approved.keys() == forms(contract(path)).keys()


def test_each_approval_comes_into_the_ledger_once_and_says_that_it_is_a_sample(tmp_path: Path) -> None:
    where = Places(CITIES, tmp_path / "inbox", tmp_path / "public", tmp_path / "private")
    approve_samples(where)
    approve_samples(where)
    for city, one in chosen(load_cities(CITIES), ()):
        assert [found.forms for found in given(where, city, one)] == [forms(one)]
    everything = (where.private / "ledger.db").read_bytes()
    assert everything.count(b"CONTOH: bukan keputusan resmi") == len(CONTRACT_FILES)
