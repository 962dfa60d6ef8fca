"""One run over any number of datasets: each travels for itself, and what happened goes to the ledger."""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from catalog import store
from catalog.ledger import Run, ledger, record_run
from catalog.ledger import last_checked as remembered
from catalog.manifest import Pointer
from catalog.shelf import read_pointer
from flows import private
from flows.desk.board import keep_ending
from flows.draw import draw_catalog
from flows.journey import HeldBack, Outcome, Work
from flows.settings import Places, ledger_address
from flows.steps import Steps
from flows.version import code_version
from schemas.contracts import City, Contract
from schemas.errors import OperatorError, PaluError, ProgrammerError, SupplierError

Journey = Callable[[Work, Steps], Outcome]


@contextmanager
def beginning(places: Places, city: City, contract: Contract, now: datetime) -> Iterator[Work]:
    """The work of one dataset, with the folders that live as long as it does."""
    with (
        private.disk_faults(places),
        private.workspace(places.private) as workspace,
        store.aside(places.public) as aside,
    ):
        clock = now.astimezone(ZoneInfo(city.timezone))
        yield Work(city, contract, places, workspace, aside, clock, code_version())


def run(journey: Journey, places: Places, city: City, contract: Contract, now: datetime, steps: Steps) -> Outcome:
    """One dataset's journey; whatever goes wrong ends as an outcome, never as a library's exception."""
    try:
        with beginning(places, city, contract, now) as work:
            return journey(work, steps)
    except HeldBack as error:
        return Outcome(city.id, contract.id, "held_back", report=error.report, error=error)
    except SupplierError as error:
        return Outcome(city.id, contract.id, "held_back", error=error)
    except PaluError as error:
        return Outcome(city.id, contract.id, "failed", error=error)
    except Exception as error:  # noqa: BLE001 the boundary: a library's words may hold values
        return Outcome(city.id, contract.id, "failed", error=unforeseen(error, places, contract.id))


def unforeseen(error: Exception, places: Places, dataset: str) -> ProgrammerError:
    """A fault that nobody foresaw, by its type alone; the lines it passed through go to a private file."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    file = places.private / "faults" / f"{dataset}.txt"
    with suppress(OSError):  # what went wrong is told even where it cannot be written down
        private.write(file, f"{type(error).__name__}\n{lines}".encode())
    return ProgrammerError("unforeseen", dataset=dataset, kind=type(error).__name__, file=str(file))


def remember(places: Places, outcome: Outcome, contract: Contract, now: datetime) -> None:
    """Write a journey's end into the ledger, and leave it on the city's desk."""
    keep_ending(places, outcome, now)
    with ledger(ledger_address(places.private)) as session:
        record_run(
            session,
            Run(
                city=outcome.city,
                dataset=outcome.dataset,
                at=now.astimezone(UTC),
                outcome=outcome.end,
                code=outcome.error.code if outcome.error else None,
                contract_sha256=contract.digest,
                release=outcome.release,
            ),
        )


def prepare_zones(places: Places) -> None:
    """The private zone, closed to others, and the public one; OperatorError where they cannot be had."""
    if places.private.resolve().is_relative_to(places.public.resolve()):
        raise OperatorError("private_in_public", private=str(places.private), public=str(places.public))
    os.umask(0o077)  # libraries write files without a mode of their own; the store opens what is public
    with private.disk_faults(places):
        private.folder(places.private).chmod(0o700)
        store.open_folder(places.public)


def close(places: Places) -> None:
    """Prepare the zones for a process of its own, which needs room for Prefect's database too."""
    prepare_zones(places)
    private.require_room(places)


def last_checked(places: Places, city: City, contract: Contract) -> datetime | None:
    """When a dataset last came to a good end, as the ledger remembers it."""
    with ledger(ledger_address(places.private)) as session:
        return remembered(session, city.id, contract.id)


def draw_city(places: Places, city: City) -> None:
    """The pages of the whole city, and those of every dataset that its own release does not decide alone."""
    with private.disk_faults(places), store.publishing(places.public, city.id):
        empty = Pointer(city=city, updated=datetime.fromtimestamp(0, UTC), datasets={})
        draw_catalog(places.public, read_pointer(places.public, city.id) or empty)
