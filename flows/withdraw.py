"""Undo a release: the pointer goes back, the files go, a tombstone with the reason stays."""

from datetime import datetime

from catalog import store
from catalog.drawing import city_pages
from catalog.ledger import ledger, record_withdrawal
from catalog.manifest import Entry, Manifest, Pointer, Tombstone
from catalog.shelf import history, read_pointer, read_release
from flows import private
from flows.release import draw_dataset
from flows.settings import Places, ledger_address
from schemas.errors import AuthorError


def withdraw(places: Places, city: str, dataset: str, reason: str, now: datetime) -> Tombstone:
    """Take the current release of a dataset back; the release before it becomes current again, if there is one."""
    public = places.public
    with private.disk_faults(places), store.publishing(public, city):
        pointer = read_pointer(public, city)
        entry = pointer.datasets.get(dataset) if pointer else None
        if pointer is None or entry is None or entry.current is None:
            raise AuthorError("nothing_to_withdraw", dataset=dataset, city=city)
        manifest = read_release(public, city, dataset, entry.current.release).manifest
        tombstone = _tombstone(manifest, reason, now)
        pointer = _without(places, pointer, entry, tombstone, now)
        with ledger(ledger_address(places.private)) as session:
            record_withdrawal(session, tombstone)
        store.move_pointer(public, pointer)
        draw_dataset(public, pointer, dataset)
        store.bury(public, tombstone)  # last of the dataset, so that what is not buried is not drawn either
        store.draw(public, city_pages(public, pointer))
    return tombstone


def _without(places: Places, pointer: Pointer, entry: Entry, tombstone: Tombstone, now: datetime) -> Pointer:
    before = history(places.public, tombstone.city, tombstone.dataset, tombstone.previous)
    standing = next((past for past in before if isinstance(past, Manifest)), None)
    current = store.reference(standing) if standing else None
    changed = Entry(current=current, withdrawn=(*entry.withdrawn, tombstone))
    return pointer.moved(tombstone.dataset, changed, now)


def _tombstone(manifest: Manifest, reason: str, now: datetime) -> Tombstone:
    return Tombstone(
        city=manifest.city,
        dataset=manifest.dataset,
        release=manifest.release,
        issued=manifest.issued,
        withdrawn=now,
        reason=reason,
        inputs=manifest.inputs,
        previous=manifest.previous,
    )
