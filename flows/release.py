"""Step 6: ledger *prepared*, pointer moved, pages redrawn, ledger *released*. The pointer is the truth."""

from pathlib import Path

from catalog import layout, store
from catalog.drawing import dataset_pages
from catalog.ledger import ledger, record_release
from catalog.manifest import Entry, Inputs, Manifest, Pointer
from catalog.shelf import read_pointer
from flows import private
from flows.journey import Outcome, Snapshot, Work
from flows.publish import Candidate, inputs
from flows.settings import ledger_address
from schemas.errors import SupplierError


def release(work: Work, candidate: Candidate) -> Outcome:
    """Make a candidate the current release of its dataset."""
    address = ledger_address(work.places.private)
    public, city, dataset = work.places.public, work.city.id, work.contract.id
    with private.disk_faults(), store.publishing(public, city):
        pointer = current_pointer(work)
        manifest = _manifest(work, candidate, pointer)
        with ledger(address) as session:
            record_release(session, manifest, "prepared")
        reference = store.place_release(public, work.aside, manifest)
        entry = pointer.datasets.get(dataset, Entry(current=None))
        pointer = pointer.moved(dataset, entry.model_copy(update={"current": reference}), work.now)
        store.move_pointer(public, pointer)
        draw_dataset(public, pointer, dataset)
        with ledger(address) as session:
            record_release(session, manifest, "released")
    return Outcome(city, dataset, "published", release=manifest.release, rows=manifest.rows)


def current_pointer(work: Work) -> Pointer:
    """The city's pointer as it stands, or an empty one; the city as its file describes it now."""
    pointer = read_pointer(work.places.public, work.city.id)
    if pointer is None:
        return Pointer(city=work.city, updated=work.now, datasets={})
    return pointer.model_copy(update={"city": work.city})


def draw_dataset(public: Path, pointer: Pointer, dataset: str) -> None:
    """Everything that is drawn from one dataset's releases."""
    pages, manifest = dataset_pages(public, pointer, dataset)
    store.draw(public, pages)
    store.point_latest(public, pointer.city.id, dataset, manifest)


def is_unchanged(work: Work, snapshot: Snapshot) -> bool:
    """Whether the current release was made from this very snapshot, contract and code.

    Raises SupplierError where such a release was withdrawn: the same data are not published a second time.
    """
    pointer = read_pointer(work.places.public, work.city.id)
    entry = pointer.datasets.get(work.contract.id) if pointer else None
    if pointer is None or entry is None:
        return False
    made_from = inputs(work, snapshot)
    for tombstone in entry.withdrawn:
        same = tombstone.inputs.model_copy(update={"code_version": made_from.code_version}) == made_from
        if same:
            raise SupplierError("withdrawn_before", dataset=work.contract.id, release=tombstone.release)
    return entry.current is not None and _inputs_of(work, entry.current.release) == made_from


def _inputs_of(work: Work, release_id: str) -> Inputs | None:
    folder = work.places.public / layout.release(work.city.id, work.contract.id, release_id)
    manifest = folder / layout.MANIFEST
    return Manifest.model_validate_json(manifest.read_bytes()).inputs if manifest.exists() else None


def _manifest(work: Work, candidate: Candidate, pointer: Pointer) -> Manifest:
    entry = pointer.datasets.get(work.contract.id)
    return Manifest(
        city=work.city.id,
        dataset=work.contract.id,
        release=candidate.name,
        issued=work.now,
        rows=candidate.rows,
        inputs=candidate.inputs,
        distributions=candidate.distributions,
        documents=candidate.documents,
        previous=entry.current if entry else None,
    )
