"""Step 7: ledger *prepared*, pointer moved, pages redrawn, ledger *released*. The pointer is the truth."""

from dataclasses import replace

from catalog import layout, store
from catalog.ledger import ledger, record_release
from catalog.manifest import Entry, Inputs, Manifest, Pointer
from catalog.shelf import history, read_entry, read_pointer
from flows import private
from flows.draw import draw_dataset
from flows.journey import Outcome, Work
from flows.publish import Candidate, changes_since
from flows.settings import ledger_address
from schemas.correcting import notes
from schemas.errors import SupplierError


def release(work: Work, candidate: Candidate) -> Outcome:
    """Make a candidate the current release of its dataset, unless another run has just done so."""
    address = ledger_address(work.places.private)
    public, city, dataset = work.places.public, work.city.id, work.contract.id
    with private.disk_faults(work.places), store.publishing(public, city):
        if is_current(work, candidate.inputs):
            return Outcome(city, dataset, "unchanged")
        pointer = current_pointer(work)
        entry = pointer.datasets.get(dataset, Entry(current=None))
        candidate = _compared_with(work, candidate, entry)
        manifest = _manifest(work, candidate, entry)
        with ledger(address) as session:
            record_release(session, manifest, "prepared")
        reference = store.place_release(public, work.aside, manifest)
        pointer = pointer.moved(dataset, entry.model_copy(update={"current": reference}), work.now)
        store.move_pointer(public, pointer)
        draw_dataset(public, pointer, dataset)
        with ledger(address) as session:
            record_release(session, manifest, "released")
    return Outcome(city, dataset, "published", release=manifest.release, rows=manifest.rows, report=candidate.report)


def current_pointer(work: Work) -> Pointer:
    """The city's pointer as it stands, or an empty one; the city as its file describes it now."""
    pointer = read_pointer(work.places.public, work.city.id)
    if pointer is None:
        return Pointer(city=work.city, updated=work.now, datasets={})
    return pointer.model_copy(update={"city": work.city})


def is_current(work: Work, made_from: Inputs) -> bool:
    """Whether the current release was made from these very inputs: snapshot, contract and code.

    Raises SupplierError where such a release was withdrawn: the same data are not published a second time.
    """
    entry = read_entry(work.places.public, work.city.id, work.contract.id)
    for tombstone in entry.withdrawn:
        same = tombstone.inputs.model_copy(update={"code_version": made_from.code_version}) == made_from
        if same:
            raise SupplierError("withdrawn_before", dataset=work.contract.id, release=tombstone.release)
    return inputs_of(work, entry) == made_from


def inputs_of(work: Work, entry: Entry) -> Inputs | None:
    """What the current release of an entry was made from; None where there is none."""
    if entry.current is None:
        return None
    folder = work.places.public / layout.release(work.city.id, work.contract.id, entry.current.release)
    manifest = folder / layout.MANIFEST
    return Manifest.model_validate_json(manifest.read_bytes()).inputs if manifest.exists() else None


def _compared_with(work: Work, candidate: Candidate, entry: Entry) -> Candidate:
    """The candidate with its changes against what is current now: another run may have moved the pointer since."""
    told = candidate.changes.since if candidate.changes else None
    if told == (entry.current.release if entry.current else None):
        return candidate
    return replace(candidate, changes=changes_since(work, candidate, entry.current))


def _manifest(work: Work, candidate: Candidate, entry: Entry) -> Manifest:
    return Manifest(
        city=work.city.id,
        dataset=work.contract.id,
        release=_free_name(work, candidate.name, entry),
        issued=work.now,
        rows=candidate.rows,
        inputs=candidate.inputs,
        distributions=candidate.distributions,
        documents=candidate.documents,
        corrected=notes(work.contract),
        changes=candidate.changes,
        previous=entry.current,
    )


def _free_name(work: Work, name: str, entry: Entry) -> str:
    """`name`, numbered where a release before has it: data that came back on the same day make a second one."""
    public, city, dataset = work.places.public, work.city.id, work.contract.id
    if not (public / layout.release(city, dataset, name)).exists():
        return name
    taken = {past.release for past in history(public, city, dataset, entry.current)}
    taken.update(tombstone.release for tombstone in entry.withdrawn)
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 2)))
    return next(free for free in names if free not in taken)
