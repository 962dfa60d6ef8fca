"""The Prefect flow over the steps: one flow run publishes any number of datasets.

Each step is wrapped as a task; extraction alone is retried. Prefect is neither the record of what was published
nor the lock: the ledger and the store are. What reaches Prefect is names, hashes, counts and our own errors.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import runs
from flows.calendar import is_due
from flows.desk.board import draw_desk
from flows.forms import question
from flows.journey import Outcome, Work
from flows.register import keep_register
from flows.repair import repair
from flows.settings import Places, language, places
from flows.steps import Steps, travel
from flows.summary import markdown
from schemas.contracts import City, Contract
from schemas.errors import PaluError, SupplierError
from schemas.registry import Registered, chosen, load_cities

RETRY_SECONDS = [5.0, 30.0]
TRANSIENT = frozenset({"database_unreachable", "http_unreachable", "http_status"})
"""What may be gone a moment later: a network or a server out of reach."""

Watcher = Callable[[Outcome], None]


@dataclass(slots=True)
class Request:
    """What a command asks of the flow that it runs in its own process, and what came of it."""

    places: Places
    seen: Watcher
    outcomes: list[Outcome] = field(default_factory=list)


_REQUEST: ContextVar[Request | None] = ContextVar("request", default=None)


def _may_heal(_task: Any, _run: Any, state: Any) -> bool:
    """Only what may heal by itself is tried again."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, PaluError) and error.code in TRANSIENT


def _bounded(step: Callable[..., Any]) -> Callable[..., Any]:
    """Prefect stores what a task raises, so nothing but our own errors may get out of one."""

    @wraps(step)
    def bounded(work: Work, *handed_on: Any) -> Any:
        try:
            return step(work, *handed_on)
        except PaluError as error:
            raise error from None
        except Exception as error:  # noqa: BLE001 the boundary
            raise runs.unforeseen(error, work.places, work.contract.id) from None

    return bounded


def _as_task(step: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    return task(name=step.__name__, persist_result=False, cache_policy=NO_CACHE, **options)(_bounded(step))


def tasks() -> Steps:
    """The steps of the journey, each as a task."""
    plain = Steps()
    return Steps(
        extract=_as_task(
            plain.extract, retries=len(RETRY_SECONDS), retry_delay_seconds=RETRY_SECONDS, retry_condition_fn=_may_heal
        ),
        stage=_as_task(plain.stage),
        validate=_as_task(plain.validate),
        redact=_as_task(plain.redact),
        detect=_as_task(plain.detect),
        require_approval=_as_task(plain.require_approval),
        publish=_as_task(plain.publish),
        release=_as_task(plain.release),
    )


Cities = Annotated[list[str], question("Kota", "Kode kota, misalnya palu. Kosongkan untuk semua kota.")]
Datasets = Annotated[
    list[str],
    question(
        "Dataset yang diterbitkan sekarang",
        "Nama dataset, satu per baris. Kosongkan untuk menerbitkan semua yang jatuh tempo.",
    ),
]


@flow(name="terbitkan", persist_result=False)
def publish_datasets(
    cities: Cities = [],  # noqa: B006 Prefect copies it
    datasets: Datasets = [],  # noqa: B006 Prefect copies it
) -> State[None]:
    """Terbitkan dataset yang dipilih, atau semua yang menurut kontraknya sudah jatuh tempo."""
    request = _REQUEST.get() or Request(places(), seen=lambda _: None)
    now = datetime.now(UTC)
    runs.prepare_zones(request.places)
    registered = load_cities(request.places.contracts, tuple(cities))
    work = chosen(registered, tuple(datasets))
    asked = work if datasets else [one for one in work if _is_due(request.places, *one, now)]
    request.outcomes.extend(_published(request, asked, now))
    spoken_of = {city.id for city, _ in work}
    request.outcomes.extend(_registers(request, [one for one in registered if one.city.id in spoken_of], now))
    for one in registered:
        draw_desk(request.places, one.city, one.contracts.values(), now)
    told = markdown(request.outcomes, [city for city, _ in work], language(None))
    create_markdown_artifact(told, key="ringkasan")
    return _ending(request.outcomes)


def run_publish(request: Request, cities: Sequence[str], datasets: Sequence[str]) -> list[Outcome]:
    """Run the flow in this process, on the server that is configured or a temporary one."""
    with _asking(request):
        state = publish_datasets(cities=list(cities), datasets=list(datasets), return_state=True)
    if not request.outcomes:
        state.result()  # raises what ended the flow before its first dataset
    return request.outcomes


@contextmanager
def _asking(request: Request) -> Iterator[None]:
    token = _REQUEST.set(request)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def _is_due(where: Places, city: City, contract: Contract, now: datetime) -> bool:
    return is_due(city, contract, runs.last_checked(where, city, contract), now)


def _published(request: Request, work: Sequence[tuple[City, Contract]], now: datetime) -> Iterator[Outcome]:
    cities = {city.id: city for city, _ in work}
    for city in cities.values():
        repair(request.places, city)
    steps = tasks()
    for city, contract in work:
        outcome = runs.run(travel, request.places, city, contract, now, steps)
        runs.remember(request.places, outcome, contract, now)
        request.seen(outcome)
        yield outcome
    for city in cities.values():
        runs.draw_city(request.places, city)


def _registers(request: Request, cities: Sequence[Registered], now: datetime) -> Iterator[Outcome]:
    """The cities' registers of exempt information follow their contracts; only what goes wrong there is told."""
    for one in cities:
        outcome = keep_register(request.places, one.city, one.contracts.values(), now)
        if outcome.end == "published":
            runs.draw_city(request.places, one.city)
        elif outcome.error:
            request.seen(outcome)
            yield outcome


def _ending(outcomes: Sequence[Outcome]) -> State[None]:
    """A run that could not publish everything shows red in the officer's list, and says what is missing."""
    missing = [outcome.dataset for outcome in outcomes if outcome.error]
    if not missing:
        return Completed()
    error = SupplierError("run_incomplete", datasets=", ".join(missing), count=len(missing))
    return Failed(message=str(error))
