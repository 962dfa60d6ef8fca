"""One run over any number of datasets: each travels for itself, and what happened goes to the ledger."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from catalog import store
from catalog.drawing import city_pages
from catalog.ledger import Run, ledger, record_release, record_run, unfinished
from catalog.ledger import last_checked as remembered
from catalog.manifest import Pointer
from catalog.shelf import read_pointer, read_release
from flows import private
from flows.journey import HeldBack, Outcome, Work
from flows.release import draw_dataset
from flows.settings import Places, ledger_address
from flows.steps import Steps
from flows.version import code_version, drawing_version
from schemas.contracts import City, Contract
from schemas.errors import OperatorError, PaluError, ProgrammerError, SupplierError

Journey = Callable[[Work, Steps], Outcome]


@contextmanager
def beginning(places: Places, city: City, contract: Contract, now: datetime) -> Iterator[Work]:
    """The work of one dataset, with the folders that live as long as it does."""
    with (
        private.disk_faults(),
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
    private.write(file, f"{type(error).__name__}\n{lines}".encode())
    return ProgrammerError("unforeseen", dataset=dataset, kind=type(error).__name__, file=str(file))


def remember(places: Places, outcome: Outcome, contract: Contract, now: datetime) -> None:
    """Write a journey's end into the ledger."""
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
    with private.disk_faults():
        private.folder(places.private)
        places.public.mkdir(parents=True, exist_ok=True)
        if places.private.is_relative_to(places.public):
            raise OperatorError("private_in_public", private=str(places.private), public=str(places.public))


def last_checked(places: Places, city: City, contract: Contract) -> datetime | None:
    """When a dataset last came to a good end, as the ledger remembers it."""
    with ledger(ledger_address(places.private)) as session:
        return remembered(session, city.id, contract.id)


def repair(places: Places, city: City) -> None:
    """Finish what a crash left behind: the pointer is the truth, ledger and pages follow it."""
    with private.disk_faults(), store.publishing(places.public, city.id):
        pointer = read_pointer(places.public, city.id)
        if pointer is None:
            return
        with ledger(ledger_address(places.private)) as session:
            for dataset, release in unfinished(session, pointer):
                manifest = read_release(places.public, city.id, dataset, release).manifest
                draw_dataset(places.public, pointer, dataset)
                record_release(session, manifest, "released")


def draw_city(places: Places, city: City) -> None:
    """The pages of the whole city; where the drawing itself has changed, those of every dataset too."""
    with private.disk_faults(), store.publishing(places.public, city.id):
        pointer = read_pointer(places.public, city.id)
        if pointer is None:
            pointer = Pointer(city=city, updated=datetime.fromtimestamp(0, UTC), datasets={})
        elif not store.drawn_by(places.public, city.id, drawing_version()):
            for dataset in pointer.datasets:
                draw_dataset(places.public, pointer, dataset)
        store.draw(places.public, city_pages(places.public, pointer))
        store.remember_drawing(places.public, city.id, drawing_version())
