"""What a dataset owes the PPID on the day of a run: decisions, and what becomes of releases that carry too much."""

from catalog import layout
from catalog.manifest import Manifest
from catalog.shelf import history, read_entry
from flows.journey import Work
from schemas import decisions
from schemas.contracts import Dataset
from schemas.findings import Finding


def owed(work: Work) -> tuple[Finding, ...]:
    """Warnings about decisions, and a blocker a field that is withheld now and that standing releases carry."""
    carried = decisions.published_before(work.contract, _published(work))
    return (*decisions.findings(work.contract, work.now.date()), *carried)


def _published(work: Work) -> list[Dataset]:
    """The contracts of the dataset's releases that still stand."""
    public, city, dataset = work.places.public, work.city.id, work.contract.id
    if not work.contract.withheld_fields:
        return []
    entry = read_entry(public, city, dataset)
    withdrawn = {tombstone.release for tombstone in entry.withdrawn}
    return [
        Dataset.model_validate_json(
            (public / layout.release(city, dataset, past.release) / layout.CONTRACT).read_bytes()
        )
        for past in history(public, city, dataset, entry.current)
        if isinstance(past, Manifest) and past.release not in withdrawn
    ]
