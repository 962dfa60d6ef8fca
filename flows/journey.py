"""What travels from step to step: handles, hashes and counts, never rows (law 2)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from flows.settings import Places
from schemas.contracts import City, Contract
from schemas.errors import PaluError, SupplierError
from schemas.findings import Report
from schemas.tables import StagedTable

if TYPE_CHECKING:
    from transforms.preparation import Prepared


@dataclass(frozen=True, slots=True)
class Work:
    """One dataset's journey: whose, by which contract, where, and at what time. One `now` a run.

    `workspace` is private, `aside` is where a release is made ready on the public disk; both go when it ends.
    """

    city: City
    contract: Contract
    places: Places
    workspace: Path
    aside: Path
    now: datetime
    code_version: str

    @property
    def day(self) -> str:
        """The day of the run on the city's clock (ISO 8601)."""
        return self.now.date().isoformat()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An immutable private copy of a source. `name` is what the department calls it."""

    path: Path
    sha256: str
    bytes: int
    name: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Staged rows, and all that preparing them told of the source."""

    table: StagedTable
    prepared: "Prepared"


class HeldBack(SupplierError):
    """Findings stop the release; `report` says which. The last good release stays up."""

    def __init__(self, report: Report) -> None:
        super().__init__("held_back", dataset=report.dataset, blockers=len(report.blockers))
        self.report = report


End = Literal["published", "unchanged", "checked", "held_back", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a dataset's journey ended, without a word of its data."""

    city: str
    dataset: str
    end: End
    release: str | None = None
    rows: int | None = None
    report: Report | None = None
    error: PaluError | None = None

    @property
    def exit_code(self) -> int:
        """0 published or unchanged, 1 held back, 2 the contract, 3 the machine."""
        return self.error.exit_code if self.error else 0
