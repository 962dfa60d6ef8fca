"""`palu publish`: the flow over the named datasets, or all."""

from flows.commands.options import Cities, Contracts, Datasets, Inbox, Private, Public
from flows.commands.telling import exit_code, progress, say, tell_outcome
from flows.settings import places, prefect_home
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
    cities = tuple(city or ())
    asked = chosen(load_cities(where.contracts, cities), tuple(datasets or ()))
    prefect_home(where.private)
    with progress("progress.starting"):
        from flows.pipeline import Request, run_publish
    request = Request(where, tell_outcome)
    with progress("progress.publishing", count=len(asked)):
        outcomes = run_publish(
            request, sorted({one.id for one, _ in asked}), sorted({contract.id for _, contract in asked})
        )
    say("publish.done", public=where.public)
    return exit_code(outcomes)
