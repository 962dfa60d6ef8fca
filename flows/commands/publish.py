"""`palu publish`: the flow over the named datasets, or all."""

from functools import partial

from flows.commands.options import Cities, Contracts, Datasets, Inbox, Private, Public
from flows.commands.telling import exit_code, progress, say, tell_outcome
from flows.journey import Outcome
from flows.private import desk_page
from flows.settings import Places, places, prefect_home
from schemas.errors import OperatorError, PaluError
from schemas.registry import chosen, load_cities


def command(
    datasets: Datasets = None,
    city: Cities = None,
    contracts: Contracts = None,
    inbox: Inbox = None,
    public: Public = None,
    private: Private = None,
) -> int:
    where = places(contracts, inbox, public, private)
    outcomes = published(where, tuple(city or ()), tuple(datasets or ()))
    say("publish.done", public=where.public)
    for one in sorted({outcome.city for outcome in outcomes}):
        say("desk.drawn", page=desk_page(where.private, one))
    return exit_code(outcomes)


def published(where: Places, cities: tuple[str, ...], datasets: tuple[str, ...]) -> list[Outcome]:
    """Run the flow and tell each dataset's end as it comes; all datasets where none is named."""
    asked = chosen(load_cities(where.contracts, cities), datasets)
    from flows.runs import close

    close(where)
    prefect_home(where.private)
    with progress("progress.starting"):
        from flows.pipeline import Request, run_publish
    names = sorted({contract.id for _, contract in asked})
    with progress("progress.publishing", count=len(asked)):
        try:
            return run_publish(
                Request(where, partial(tell_outcome, where)), sorted({one.id for one, _ in asked}), names
            )
        except PaluError:
            raise
        except Exception as error:  # noqa: BLE001 the boundary: Prefect's own words are a programmer's
            raise OperatorError("prefect_failed", kind=type(error).__name__) from None
