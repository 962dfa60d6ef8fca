"""Law 3: whoever follows the pointer sees the old release or the new one, whole, whatever dies whenever."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog import layout
from catalog.ledger import ReleaseRecord, ledger
from flows import runs
from flows.release import release
from flows.repair import repair
from flows.settings import Places, ledger_address
from tests.laws.killing import killed_everywhere
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    NOW,
    Ready,
    audited,
    current_release,
    moved,
    places_below,
    pointer,
    ready_in,
    registered,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def city_of_two(ready_city: Ready, tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A city whose dataset has two releases."""
    waiting = ready_in(ready_city, tmp_path_factory.mktemp("two"))
    assert release(waiting.work, waiting.candidate).end == "published"
    runs.draw_city(waiting.work.places, waiting.work.city)
    return waiting.work.places


def states(places: Places) -> dict[str, str]:
    """Every release of the dataset that the ledger knows, and its state."""
    known = select(ReleaseRecord).where(ReleaseRecord.dataset == DATASET)
    with ledger(ledger_address(places.private)) as session:
        return {record.release: record.state for record in session.scalars(known)}


def page(places: Places) -> str:
    return (places.public / layout.dataset_page(CITY_ID, DATASET)).read_text()


def data(places: Places, folder: str) -> bytes:
    return (places.public / layout.release(CITY_ID, DATASET, folder) / f"{DATASET}.csv").read_bytes()


def run_again(ready_city: Ready, home: Path) -> Places:
    """The next run after a death: repair, then the same release once more from files of its own."""
    places = places_below(home)
    repair(places, registered(places)[0])
    waiting = ready_city.below(home)
    shutil.copytree(ready_city.work.aside, waiting.work.aside, dirs_exist_ok=True)
    assert release(waiting.work, waiting.candidate).end in ("published", "unchanged")
    return places


def test_a_publisher_killed_at_any_system_call_leaves_the_old_release_or_the_new_one(
    ready_city: Ready, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fresh(home: Path) -> tuple[Any, ...]:
        waiting = ready_in(ready_city, home)
        return waiting.work, waiting.candidate

    homes = killed_everywhere("release", fresh, tmp_path)
    old, new = str(current_release(ready_city.work.places)), ready_city.candidate.name
    sound = sum(not audited(places_below(home)).problems for home in homes)
    with capsys.disabled():
        print(f"\nkill -9 of a publisher, at each of its system calls: {len(homes)} kills, {sound} sound")
    assert sound == len(homes)
    assert {current_release(places_below(home)) for home in homes} == {old, new}
    for home in homes:
        places = run_again(ready_city, home)
        assert audited(places).problems == []
        assert (current_release(places), states(places)) == (new, {old: "released", new: "released"})
        assert data(places, "latest") == data(places, new)
        assert new in page(places)


def test_a_withdrawal_killed_at_any_system_call_is_finished_by_the_next_run(
    city_of_two: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fresh(home: Path) -> tuple[Any, ...]:
        return moved(city_of_two, home), CITY_ID, DATASET, "Kolom salah.", LATER

    homes = killed_everywhere("withdraw", fresh, tmp_path)
    second = str(current_release(city_of_two))
    first = next(name for name in states(city_of_two) if name != second)
    found = [problem.code for home in homes for problem in audited(places_below(home)).problems]
    with capsys.disabled():
        print(f"\nkill -9 of a withdrawal: {len(homes)} kills, {len(homes) - len(found)} without a remainder")
    assert set(found) <= {"withdrawn_stands"}
    for home in homes:
        places = places_below(home)
        repair(places, registered(places)[0])
        assert audited(places).problems == []
        _stands_or_is_withdrawn(places, first, second)


def _stands_or_is_withdrawn(places: Places, first: str, second: str) -> None:
    """Before the pointer moved nothing is withdrawn, afterwards everything is."""
    withdrawn = pointer(places).datasets[DATASET].withdrawn != ()
    current = first if withdrawn else second
    assert current_release(places) == current
    assert states(places) == {first: "released", second: "withdrawn" if withdrawn else "released"}
    folder = places.public / layout.release(CITY_ID, DATASET, second)
    assert ([file.name for file in folder.iterdir()] == ["tombstone.json"]) == withdrawn
    assert data(places, "latest") == data(places, current)
    assert (places.public / layout.report_page(CITY_ID, DATASET, second)).exists() != withdrawn


def test_an_audit_finds_what_a_torn_release_would_leave(ready_city: Ready, tmp_path: Path) -> None:
    places = moved(ready_city.work.places, tmp_path / "torn")
    (places.public / layout.release(CITY_ID, DATASET, str(current_release(places))) / f"{DATASET}.csv").unlink()
    assert [problem.code for problem in audited(places).problems] == ["file_missing"]
