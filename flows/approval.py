"""The gate between what was found and what is published: what opens something new waits for the PPID.

A first release opens everything. The pointer says what is open now and what was withdrawn, the ledger who approved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog.ledger import Approval, approvals, last_codes, ledger, record_approval, utc
from catalog.shelf import read_entry, read_release
from flows import private
from flows.journey import Work
from flows.settings import Places, ledger_address
from schemas.contracts import City, Contract, Dataset
from schemas.errors import OperatorError, SupplierError
from schemas.openings import Form, Openings, forms, opened


@dataclass(frozen=True, slots=True)
class Standing:
    """What the public has of a dataset: the current release's contract, when it was issued, the last withdrawal."""

    released: Dataset | None = None
    issued: datetime | None = None
    withdrawn: datetime | None = None

    @property
    def changed(self) -> datetime | None:
        """When what stands last changed; None where nothing ever stood."""
        return max((moment for moment in (self.issued, self.withdrawn) if moment), default=None)


@dataclass(frozen=True, slots=True)
class Given:
    """An approval as the gate reads it."""

    at: datetime
    contract_sha256: str
    forms: dict[str, Form]


def require_approval(work: Work) -> None:
    """SupplierError where the release opens something that was not open, and nobody has approved that."""
    standing = stands(work.places, work.city, work.contract)
    new = openings(work.contract, standing)
    if new and not is_approved(work.contract, standing, given(work.places, work.city, work.contract)):
        raise SupplierError(
            "approval_needed", dataset=work.contract.id, city=work.city.id, count=len(new), fields=named(new)
        )


def openings(contract: Dataset, standing: Standing) -> dict[str, Form]:
    """The forms that a release by this contract would let out for the first time."""
    return opened(forms(contract), forms(standing.released) if standing.released else {})


def is_approved(contract: Contract, standing: Standing, approvals: Iterable[Given]) -> bool:
    """Whether somebody let out all that is new since the dataset last changed, or this very contract before.

    A withdrawal ends every approval before it: what was taken back goes out again by a new one alone.
    """
    new = openings(contract, standing)
    return any(
        (_after(one.at, standing.changed) and not opened(new, one.forms))
        or (_after(one.at, standing.withdrawn) and one.contract_sha256 == contract.digest)
        for one in approvals
    )


def _after(moment: datetime, event: datetime | None) -> bool:
    return event is None or moment > event


def stands(places: Places, city: City, contract: Dataset) -> Standing:
    """What stands in the public zone, by the pointer."""
    entry = read_entry(places.public, city.id, contract.id)
    withdrawn = max((tombstone.withdrawn for tombstone in entry.withdrawn), default=None)
    if entry.current is None:
        return Standing(withdrawn=withdrawn)
    release = read_release(places.public, city.id, contract.id, entry.current.release)
    return Standing(release.dataset, release.manifest.issued, withdrawn)


def given(places: Places, city: City, contract: Dataset) -> list[Given]:
    """The approvals of a dataset that the ledger remembers."""
    with private.disk_faults(places), ledger(ledger_address(places.private)) as session:
        found = approvals(session, city.id, contract.id)
        return [
            Given(utc(one.at), one.contract_sha256, Openings.model_validate({"forms": one.forms}).forms)
            for one in found
        ]


@dataclass(frozen=True, slots=True)
class Official:
    """Who approves or decides, as they wrote it."""

    name: str
    office: str
    note: str | None = None


def approve(places: Places, city: City, contract: Contract, by: Official, now: datetime) -> None:
    """Remember that `by` lets out everything that leaves by this contract."""
    record = Approval(
        city=city.id,
        dataset=contract.id,
        at=now.astimezone(UTC),
        official=by.name,
        office=by.office,
        contract_sha256=contract.digest,
        forms=Openings(forms=forms(contract)).model_dump(mode="json")["forms"],
        note=by.note,
    )
    with private.disk_faults(places), ledger(ledger_address(places.private)) as session:
        record_approval(session, record)


def waiting(places: Places, city: City) -> frozenset[str]:
    """The datasets of a city whose last journey ended at this gate; none where the ledger cannot be read."""
    if not places.private.exists():
        return frozenset()
    try:
        with ledger(ledger_address(places.private)) as session:
            return frozenset(name for name, code in last_codes(session, city.id).items() if code == "approval_needed")
    except OperatorError:
        return frozenset()


def named(new: Iterable[str]) -> str:
    """The fields among some forms, by name; a hyphen where only the dataset as a whole changes its form."""
    return ", ".join(name for name in new if not name.startswith("@")) or "-"
