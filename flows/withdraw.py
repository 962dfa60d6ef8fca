"""Undo releases: the pointer leaves them, their files go, a tombstone with the reason stays in place of each.

Any release that stands may be withdrawn, the current one or an older. The chain of releases stays whole: each
tombstone names the release before it, as the release itself did.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from catalog import store
from catalog.ledger import ledger, record_withdrawal
from catalog.manifest import Entry, Manifest, Tombstone
from catalog.shelf import history, read_pointer, read_release
from flows import private
from flows.draw import draw_catalog, draw_dataset
from flows.settings import Places, ledger_address
from schemas.contracts import Dataset
from schemas.decisions import shows
from schemas.errors import AuthorError

Choice = Callable[[Path, Sequence[Manifest]], list[Manifest]]
"""Which of the releases that stand, newest first, are to be withdrawn; the folder is the public zone."""


def current(_: Path, standing: Sequence[Manifest]) -> list[Manifest]:
    """The current release alone."""
    return list(standing[:1])


def named(release: str, _: Path, standing: Sequence[Manifest]) -> list[Manifest]:
    """The release of this name; AuthorError where none that stands has it."""
    found = [manifest for manifest in standing if manifest.release == release]
    if not found:
        known = ", ".join(manifest.release for manifest in standing)
        raise AuthorError("release_unknown", release=release, dataset=standing[0].dataset, known=known)
    return found


def carrying(field: str, now: Dataset, public: Path, standing: Sequence[Manifest]) -> list[Manifest]:
    """Every release whose public table shows more of a field than the contract lets leave `now`.

    Every one that shows it at all, where the contract has the field open. AuthorError where none does.
    """
    found = [manifest for manifest in standing if shows(_contract(public, manifest), now, field)]
    if not found:
        raise AuthorError("field_carried_by_none", field=field, dataset=standing[0].dataset)
    return found


def _contract(public: Path, manifest: Manifest) -> Dataset:
    return read_release(public, manifest.city, manifest.dataset, manifest.release).dataset


def withdraw(
    places: Places, city: str, dataset: str, reason: str, now: datetime, choice: Choice = current
) -> tuple[Tombstone, ...]:
    """Take releases of a dataset back; the newest that still stands becomes current, if there is one."""
    public = places.public
    with private.disk_faults(places), store.publishing(public, city):
        pointer = read_pointer(public, city)
        entry = pointer.datasets.get(dataset) if pointer else None
        if pointer is None or entry is None or entry.current is None:
            raise AuthorError("nothing_to_withdraw", dataset=dataset, city=city)
        past = tuple(history(public, city, dataset, entry.current))
        chosen = choice(public, _standing(past, entry))
        tombstones = tuple(_tombstone(manifest, reason, now) for manifest in chosen)
        pointer = pointer.moved(dataset, _without(entry, past, tombstones), now)
        with ledger(ledger_address(places.private)) as session:
            for tombstone in tombstones:
                record_withdrawal(session, tombstone)
        store.move_pointer(public, pointer)
        draw_dataset(public, pointer, dataset)
        for tombstone in tombstones:  # last of the dataset, so that what is not buried is not drawn either
            store.bury(public, tombstone)
        draw_catalog(public, pointer)
    return tombstones


def _standing(past: Sequence[Manifest | Tombstone], entry: Entry) -> list[Manifest]:
    withdrawn = {tombstone.release for tombstone in entry.withdrawn}
    return [one for one in past if isinstance(one, Manifest) and one.release not in withdrawn]


def _without(entry: Entry, past: Sequence[Manifest | Tombstone], tombstones: Sequence[Tombstone]) -> Entry:
    """The entry with the newest release that is left, by the very reference under which it was first named."""
    changed = entry.model_copy(update={"withdrawn": (*entry.withdrawn, *reversed(tombstones))})
    left = [manifest.release for manifest in _standing(past, changed)]
    named_as = {one.release: one for one in (entry.current, *(each.previous for each in past)) if one}
    return changed.model_copy(update={"current": named_as[left[0]] if left else None})


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
