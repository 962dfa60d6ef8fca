"""`palu withdraw`: take the latest release of a dataset back, with a reason that everyone can read."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from flows.commands.options import Cities, Contracts, Private, Public
from flows.commands.telling import say
from flows.settings import places
from schemas.errors import AuthorError
from schemas.registry import chosen, load_cities

Dataset = Annotated[str, typer.Argument(metavar="DATASET", show_default=False)]
Reason = Annotated[str, typer.Option(help="Alasan, dibaca publik / the reason, read by all.", show_default=False)]


def command(
    dataset: Dataset,
    reason: Reason,
    city: Cities = None,
    contracts: Contracts = None,
    public: Public = None,
    private: Private = None,
) -> int:
    from flows.runs import prepare_zones
    from flows.withdraw import withdraw

    where = places(contracts=contracts, public=public, private=private)
    found = [one for one, _ in chosen(load_cities(where.contracts, tuple(city or ())), (dataset,))]
    if len(found) > 1:
        raise AuthorError("city_needed", dataset=dataset, cities=", ".join(one.id for one in found))
    prepare_zones(where)
    now = datetime.now(ZoneInfo(found[0].timezone))
    tombstone = withdraw(where, found[0].id, dataset, reason, now)
    say("withdraw.done", dataset=dataset, release=tombstone.release)
    return 0
