"""A withdrawal: the pointer goes back, the files go, a tombstone with the reason stays, and nothing comes back."""

from datetime import timedelta
from pathlib import Path

import pytest

from catalog import layout
from catalog.ledger import ReleaseRecord, ledger
from catalog.manifest import Tombstone
from flows.settings import Places, ledger_address
from flows.withdraw import withdraw
from tests.flows.commands.running import Ran, palu
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    MORE_ROWS,
    NOW,
    ROWS,
    audited,
    bytes_below,
    current_release,
    deliver,
    found_city,
    moved,
    pointer,
    publish,
)

REASON = "Kolom kapasitas tertukar."
LATER = NOW + timedelta(hours=2)


class Withdrawn:
    """A city whose second release was taken back by the command."""

    def __init__(self, root: Path, published: Places) -> None:
        self.places = moved(published, root)
        self.first = str(current_release(self.places))
        deliver(self.places, MORE_ROWS)
        self.second = str(publish(self.places, now=LATER).release)
        self.ran: Ran = palu("withdraw", DATASET, "--reason", REASON, places=self.places)

    def path(self, release: str) -> Path:
        return self.places.public / layout.release(CITY_ID, DATASET, release)

    def copied(self, root: Path) -> Places:
        return moved(self.places, root)


@pytest.fixture(scope="module")
def withdrawn(published_city: Places, tmp_path_factory: pytest.TempPathFactory) -> Withdrawn:
    return Withdrawn(tmp_path_factory.mktemp("withdrawn"), published_city)


def test_the_command_says_what_it_did(withdrawn: Withdrawn) -> None:
    said = f"Rilis {withdrawn.second} dari {DATASET} telah ditarik; alasannya tercantum di katalog.\n"
    assert (withdrawn.ran.code, withdrawn.ran.out, withdrawn.ran.err) == (0, said, "")


def test_the_pointer_goes_back_to_the_release_before(withdrawn: Withdrawn) -> None:
    assert current_release(withdrawn.places) == withdrawn.first
    assert audited(withdrawn.places).problems == []


def test_the_files_are_gone_and_a_tombstone_tells_the_reason(withdrawn: Withdrawn) -> None:
    left = bytes_below(withdrawn.path(withdrawn.second))
    assert list(left) == ["tombstone.json"]
    tombstone = Tombstone.model_validate_json(left["tombstone.json"])
    assert (tombstone.release, tombstone.reason) == (withdrawn.second, REASON)
    everything = b"".join(bytes_below(withdrawn.places.public).values())
    assert b"Masjid Agung" not in everything


def test_the_friendly_addresses_follow(withdrawn: Withdrawn) -> None:
    latest = bytes_below(withdrawn.places.public / layout.latest(CITY_ID, DATASET))
    first = bytes_below(withdrawn.path(withdrawn.first))
    assert latest and latest.items() <= first.items()


def test_the_pages_tell_it(withdrawn: Withdrawn) -> None:
    public = withdrawn.places.public
    page = (public / layout.dataset_page(CITY_ID, DATASET)).read_text()
    assert REASON in page and withdrawn.first in page
    assert withdrawn.second not in (public / layout.dcat(CITY_ID)).read_text()
    assert not (public / layout.report_page(CITY_ID, DATASET, withdrawn.second)).exists()


def test_the_ledger_remembers_it(withdrawn: Withdrawn) -> None:
    with ledger(ledger_address(withdrawn.places.private)) as session:
        record = session.get_one(ReleaseRecord, (CITY_ID, DATASET, withdrawn.second))
        assert (record.state, record.reason) == ("withdrawn", REASON)


def test_the_same_data_are_held_back_afterwards(withdrawn: Withdrawn, tmp_path: Path) -> None:
    places = withdrawn.copied(tmp_path)
    outcome = publish(places, now=LATER + timedelta(hours=1))
    assert outcome.error is not None
    assert (outcome.end, outcome.error.code) == ("held_back", "withdrawn_before")
    assert current_release(places) == withdrawn.first


def test_a_corrected_delivery_is_published_after_the_release_that_stands(withdrawn: Withdrawn, tmp_path: Path) -> None:
    places = withdrawn.copied(tmp_path)
    deliver(places, MORE_ROWS.replace("Masjid Agung", "Masjid Agung Darussalam"))
    assert publish(places, now=LATER + timedelta(hours=1)).end == "published"
    assert audited(places).problems == []
    entry = pointer(places).datasets[DATASET]
    assert [tombstone.release for tombstone in entry.withdrawn] == [withdrawn.second]


def test_the_only_release_leaves_a_page_that_says_so(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    withdraw(places, CITY_ID, DATASET, REASON, LATER)
    assert current_release(places) is None
    assert not (places.public / layout.latest(CITY_ID, DATASET)).exists()
    assert REASON in (places.public / layout.dataset_page(CITY_ID, DATASET)).read_text()
    assert audited(places).problems == []
    listed = palu("list", places=places)
    assert listed.code == 0 and "ditarik" in listed.out
    nothing = palu("withdraw", DATASET, "--reason", REASON, places=places)
    assert (nothing.code, nothing.err.splitlines()[0]) == (
        2,
        f"Dataset {DATASET} di kota {CITY_ID} tidak punya rilis yang sedang berlaku.",
    )


def test_a_list_tells_the_state_of_every_dataset(published_city: Places, tmp_path: Path) -> None:
    listed = palu("list", places=published_city)
    assert (listed.code, listed.err) == (0, "")
    assert str(current_release(published_city)) in listed.out
    assert "belum terbit" in palu("list", places=found_city(tmp_path, rows=ROWS)).out
