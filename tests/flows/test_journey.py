"""What travels from step to step, and how the run around it speaks of its end."""

import pickle
from pathlib import Path

import pytest

from catalog import layout
from flows import runs
from flows.commands.telling import exit_code
from flows.journey import HeldBack, Outcome
from flows.settings import Places
from flows.withdraw import withdraw
from schemas.errors import AuthorError, OperatorError, PaluError, SupplierError
from schemas.findings import Finding, Report, RowAccount
from tests.laws.made_up_city import CITY_ID, DATASET, NOW, current_release, moved, publish, registered

BLOCKER = Finding(
    code="required:kode",
    rule="required",
    fields=("kode",),
    severity="blocker",
    outcome="failed",
    checked=3,
    failing=1,
    actor="supplier",
)
REPORT = Report(
    city="palu",
    dataset="titik",
    contract="a" * 64,
    rows=RowAccount(read=3, quarantined=0, staged=3),
    findings=(BLOCKER,),
)


def ended(error: PaluError | None) -> Outcome:
    return Outcome("palu", "titik", "failed" if error else "published", error=error)


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([], 0),
        ([None, None], 0),
        ([None, SupplierError("held_back")], 1),
        ([AuthorError("module_unknown"), SupplierError("held_back")], 2),
        ([SupplierError("held_back"), OperatorError("disk_full"), AuthorError("module_unknown")], 3),
    ],
    ids=["nothing to do", "all published", "one held back", "a contract's fault", "the machine's fault"],
)
def test_the_gravest_end_is_the_exit_code(errors: list[PaluError | None], code: int) -> None:
    assert exit_code([ended(error) for error in errors]) == code


def test_a_held_back_dataset_may_travel_between_processes_with_its_report() -> None:
    travelled = pickle.loads(pickle.dumps(HeldBack(REPORT)))
    assert isinstance(travelled, HeldBack)
    assert (travelled.report, travelled.names) == (REPORT, {"dataset": "titik", "blockers": 1})


def test_pages_that_are_gone_are_drawn_again_when_the_drawing_has_changed(
    published_city: Places, tmp_path: Path
) -> None:
    places = moved(published_city, tmp_path)
    city, _ = registered(places)
    pages = [places.public / layout.dataset_page(CITY_ID, DATASET), places.public / layout.city_page(CITY_ID)]
    drawn = [page.read_bytes() for page in pages]
    for page in pages:
        page.unlink()
    (places.public / ".staging" / f"{CITY_ID}.drawn").write_text("an older drawing")
    runs.draw_city(places, city)
    assert [page.read_bytes() for page in pages] == drawn


def test_a_city_without_a_release_has_a_page_all_the_same(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path / "one")
    empty = Places(places.contracts, places.inbox, tmp_path / "public", tmp_path / "private")
    runs.prepare_zones(empty)
    runs.draw_city(empty, registered(places)[0])
    assert "Kota Palu" in (empty.public / layout.city_page(CITY_ID)).read_text()


def test_a_catalog_whose_only_release_was_withdrawn_goes_on(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    withdraw(places, CITY_ID, DATASET, "Salah.", NOW)
    outcome = publish(places)
    assert outcome.error is not None and outcome.error.code == "withdrawn_before"
    assert current_release(places) is None
