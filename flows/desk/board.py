"""The desk of a city: one private page on how every dataset stands, what holds it back, who must act, when it is due.

Drawn at the end of each run from the contracts, the ledger, the pointer, and the end that each journey left behind.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError

from catalog.ledger import last_good_ends, ledger
from catalog.shelf import read_pointer
from catalog.site import words
from flows import private
from flows.calendar import is_due, next_time
from flows.desk.page import drawn
from flows.journey import End, HeldBack, Outcome
from flows.settings import Places, ledger_address
from flows.summary import findings
from schemas import errors
from schemas.contracts import City, Contract, Promise
from schemas.errors import AuthorError, OperatorError, PaluError, ProgrammerError
from schemas.findings import Actor, Report
from schemas.messages import explained

BEFORE_OTHERS: dict[str, int] = {"failed": 0, "held_back": 1, "never": 2}


class Ending(Promise):
    """How the last journey of a dataset ended: its error as a class, a code and names, so without a value (law 2)."""

    end: End
    at: datetime
    kind: str | None = None
    code: str | None = None
    names: dict[str, str | int] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of the desk."""

    contract: Contract
    department: str
    end: End | None
    at: datetime | None
    said: tuple[str, ...]
    actors: tuple[str, ...]
    is_overdue: bool
    due: datetime | None
    released: str | None
    list_page: str | None


def keep_ending(places: Places, outcome: Outcome, now: datetime) -> None:
    """Leave behind how a journey ended, for the desk."""
    error = outcome.error
    told = Ending(
        end=outcome.end,
        at=now,
        kind="SupplierError" if isinstance(error, HeldBack) else type(error).__name__ if error else None,
        code=error.code if error else None,
        names=error.names if error else {},
    )
    file = _ending_file(places, outcome.city, outcome.dataset)
    with suppress(OSError):  # the journey's end stands in the ledger; the next one is told again
        private.write(file, told.model_dump_json().encode())


def draw_desk(places: Places, city: City, contracts: Iterable[Contract], now: datetime) -> None:
    """Draw the city's desk anew."""
    with ledger(ledger_address(places.private)) as session:
        checked = last_good_ends(session, city.id)
    lines = sorted(_standings(places, city, contracts, checked, now), key=_by_urgency)
    waiting = sum(1 for line in lines if line.end in ("held_back", "failed"))
    page = drawn("board.html", title=city.name, city=city, now=now, lines=lines, waiting=waiting)
    with suppress(OSError):
        private.write(private.desk_page(places.private, city.id), page.encode())


def _by_urgency(line: Standing) -> tuple[int, bool, str]:
    return BEFORE_OTHERS.get(line.end or "never", 3), not line.is_overdue, line.contract.title.id


def _standings(
    places: Places, city: City, contracts: Iterable[Contract], checked: Mapping[str, datetime], now: datetime
) -> Iterator[Standing]:
    pointer = read_pointer(places.public, city.id)
    entries = pointer.datasets.items() if pointer else ()
    current = {name: entry.current.release for name, entry in entries if entry.current}
    for contract in contracts:
        ending = _read(_ending_file(places, city.id, contract.id), Ending)
        error = _error(ending)
        report = _read(private.report_file(places.private, city.id, contract.id), Report)
        page, _ = private.mending_lists(places.private, city.id, contract.id)
        yield Standing(
            contract=contract,
            department=city.departments[contract.department].id,
            end=ending.end if ending else None,
            at=ending.at if ending else None,
            said=tuple(_said(error, report)),
            actors=tuple(words.word("actor", actor) for actor in _actors(error, report)),
            is_overdue=is_due(city, contract, checked.get(contract.id), now),
            due=next_time(city, contract, now),
            released=current.get(contract.id),
            list_page=f"{city.id}/{page.name}" if page.exists() else None,
        )


def _ending_file(places: Places, city: str, dataset: str) -> Path:
    return private.desk(places.private, city) / f"{dataset}.json"


Kept = TypeVar("Kept", bound=Promise)


def _read(file: Path, model: type[Kept]) -> Kept | None:
    """What an earlier run kept; None where it kept none, or one that this version does not read."""
    try:
        return model.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _error(ending: Ending | None) -> PaluError | None:
    if ending is None or ending.code is None:
        return None
    kind: type[PaluError] = getattr(errors, ending.kind or "", PaluError)
    return kind(ending.code, **ending.names)


def _said(error: PaluError | None, report: Report | None) -> Iterator[str]:
    """What holds the dataset back or asks for somebody; findings only where they are those of this end."""
    if report is not None and (error is None or error.code == "held_back"):
        yield from findings(report, "id")
    if error is not None:
        yield from explained(error, "id").splitlines()


def _actors(error: PaluError | None, report: Report | None) -> tuple[Actor, ...]:
    if error is None or error.code == "held_back":
        return tuple(dict.fromkeys(one.actor for one in (*report.blockers, *report.warnings))) if report else ()
    if error.code == "approval_needed":
        return ("ppid",)
    if isinstance(error, AuthorError):
        return ("author",)
    return ("operator",) if isinstance(error, OperatorError | ProgrammerError) else ("supplier",)
