"""Finish what a crash left behind: the pointer is the truth; ledger, pages and withdrawn files follow it."""

from pathlib import Path

from sqlalchemy.orm import Session

from catalog import store
from catalog.ledger import ledger, prepared, record_release, record_withdrawal, unfinished, withdrawn
from catalog.manifest import Pointer
from catalog.shelf import history, read_pointer, read_release
from flows import private
from flows.draw import draw_dataset
from flows.settings import Places, ledger_address
from schemas.contracts import City


def repair(places: Places, city: City) -> None:
    """Bring everything that follows a city's pointer in line with it."""
    with private.disk_faults(places), store.publishing(places.public, city.id):
        pointer = read_pointer(places.public, city.id)
        with ledger(ledger_address(places.private)) as session:
            _discard_the_unborn(session, places.public, city.id, pointer)
            if pointer is not None:
                _forget_withdrawals_that_never_were(session, pointer)
                _finish_withdrawals(session, places.public, pointer)
                _finish_releases(session, places.public, pointer)


def _finish_releases(session: Session, public: Path, pointer: Pointer) -> None:
    for dataset, release in unfinished(session, pointer):
        draw_dataset(public, pointer, dataset)
        record_release(session, read_release(public, pointer.city.id, dataset, release).manifest, "released")


def _finish_withdrawals(session: Session, public: Path, pointer: Pointer) -> None:
    for dataset, entry in pointer.datasets.items():
        for tombstone in entry.withdrawn:
            if not store.is_buried(public, tombstone):
                record_withdrawal(session, tombstone)
                draw_dataset(public, pointer, dataset)
                store.bury(public, tombstone)


def _forget_withdrawals_that_never_were(session: Session, pointer: Pointer) -> None:
    """Releases whose withdrawal died before the pointer moved: they stand."""
    gone = {(dataset, one.release) for dataset, entry in pointer.datasets.items() for one in entry.withdrawn}
    for record in withdrawn(session, pointer.city.id):
        if (record.dataset, record.release) not in gone:
            record.state, record.withdrawn, record.reason = "released", None, None


def _discard_the_unborn(session: Session, public: Path, city: str, pointer: Pointer | None) -> None:
    """Releases whose run died before the pointer came to name them: nobody was ever told of them."""
    for record in prepared(session, city):
        entry = pointer.datasets.get(record.dataset) if pointer else None
        past = history(public, city, record.dataset, entry.current if entry else None)
        if record.release not in {release.release for release in past}:
            store.discard(public, city, record.dataset, record.release)
            record.state = "abandoned"
