"""Law 5: a disk that is really full makes one clear error, harms no release, and the next try succeeds."""

import shutil
from pathlib import Path

import pytest

from flows import runs
from flows.release import release
from flows.settings import Places
from flows.steps import Steps, travel
from schemas.errors import OperatorError
from tests.laws.disks import PAGE, fill, small_disk
from tests.laws.made_up_city import (
    NOW,
    ROWS,
    Ready,
    agree,
    audited,
    contract_with_field,
    current_release,
    deliver,
    moved,
    ready_in,
    registered,
)

SIZE = 4 * 1024 * 1024
MOST_PAGES = 80
MANY_ROWS = ROWS + "".join(f"TP-{n:06},Titik nomor {n * 7919},{n},\n" for n in range(20_000))


def zone(places: Places, name: str) -> Path:
    return {"public": places.public, "private": places.private}[name]


def tried(waiting: Ready, disk: Path, room: int) -> str:
    """How a release ends with so much room on a disk: published, or the code of its error."""
    filler = fill(disk, room)
    try:
        return release(waiting.work, waiting.candidate).end
    except OperatorError as error:
        assert error.names["place"] in (str(disk), str(disk / "ledger.db"))
        return error.code
    finally:
        filler.unlink()


def refreshed(waiting: Ready, ready_city: Ready, disk: Path) -> None:
    """Everything on the disk as it was before the release."""
    before = ready_city.work.places.public if disk == waiting.work.places.public else ready_city.work.places.private
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(before, disk, dirs_exist_ok=True)
    shutil.copytree(ready_city.work.aside, waiting.work.aside, dirs_exist_ok=True)


@pytest.mark.parametrize("name", ["public", "private"])
def test_a_release_on_a_disk_that_fills_up_at_any_page_is_old_or_new(
    name: str, ready_city: Ready, tmp_path: Path
) -> None:
    waiting = ready_in(ready_city, tmp_path)
    places, ends = waiting.work.places, []
    old, new = current_release(places), ready_city.candidate.name
    with small_disk(zone(places, name), SIZE) as disk:
        for pages in range(MOST_PAGES):
            ends.append(tried(waiting, disk, pages * PAGE))
            assert audited(places).problems == []
            assert current_release(places) in (old, new)
            if ends[-1] == "published":
                break
            refreshed(waiting, ready_city, disk)
    assert ends[-1] == "published"
    assert set(ends[:-1]) == {"disk_full"}


def test_a_failed_release_leaves_the_room_that_the_next_try_needs(ready_city: Ready, tmp_path: Path) -> None:
    waiting = ready_in(ready_city, tmp_path)
    places = waiting.work.places
    with small_disk(places.public, SIZE) as disk:
        before = shutil.disk_usage(disk).free
        assert tried(waiting, disk, 0) == "disk_full"
        assert shutil.disk_usage(disk).free == before
        assert tried(waiting, disk, SIZE // 2) == "published"


@pytest.mark.parametrize(
    ("name", "room"),
    [("private", 4 * PAGE), ("private", 1_100_000), ("public", 4 * PAGE)],
    ids=["no room for the snapshot", "no room for the staged rows", "no room for the release"],
)
def test_a_journey_on_a_full_disk_ends_with_one_clear_error_and_succeeds_afterwards(
    name: str, room: int, published_city: Places, tmp_path: Path
) -> None:
    places = moved(published_city, tmp_path)
    agree(places, contract_with_field("kode", constraints={"required": "true"}))
    deliver(places, MANY_ROWS)
    before = current_release(places)
    with small_disk(zone(places, name), SIZE) as disk:
        filler = fill(disk, room)
        outcome = runs.run(travel, places, *registered(places), NOW, Steps())
        assert outcome.error is not None
        assert (outcome.end, outcome.error.code, outcome.exit_code) == ("failed", "disk_full", 3)
        assert str(outcome.error.names["place"]).startswith(str(disk))
        assert current_release(places) == before
        assert audited(places).problems == []
        filler.unlink()
        assert runs.run(travel, places, *registered(places), NOW, Steps()).end == "published"
