"""`palu withdraw`: take releases of a dataset back (the latest, one, or several), with a reason that everyone reads."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from flows.commands.options import Cities, Contracts, Dataset, Private, Public
from flows.commands.telling import say
from flows.settings import places
from schemas.contracts import Contract
from schemas.errors import AuthorError
from schemas.registry import load_cities, the_one

Reason = Annotated[
    str, typer.Option(metavar="ALASAN / REASON", help="Alasan, dibaca publik. / The reason, read by all.")
]
Release = Annotated[
    str | None, typer.Option(metavar="RILIS / RELEASE", help="Rilis yang ditarik. / The release to take back.")
]
Carrying = Annotated[
    str | None,
    typer.Option(
        metavar="KOLOM / FIELD",
        help="Tarik semua rilis yang memuat kolom ini. / Every release that carries this field.",
    ),
]

if TYPE_CHECKING:
    from flows.withdraw import Choice


def command(
    dataset: Dataset,
    reason: Reason,
    release: Release = None,
    carrying: Carrying = None,
    city: Cities = None,
    contracts: Contracts = None,
    public: Public = None,
    private: Private = None,
) -> int:
    from flows.runs import prepare_zones
    from flows.withdraw import withdraw

    where = places(contracts=contracts, public=public, private=private)
    one, contract = the_one(load_cities(where.contracts, tuple(city or ())), dataset)
    choice = _choice(contract, release, carrying)
    prepare_zones(where)
    for tombstone in withdraw(where, one.id, dataset, reason, datetime.now(ZoneInfo(one.timezone)), choice):
        say("withdraw.done", dataset=dataset, release=tombstone.release)
    return 0


def _choice(contract: Contract, release: str | None, field: str | None) -> "Choice":
    from flows import withdraw

    if release and field:
        raise AuthorError("withdraw_one_way")
    if release:
        return partial(withdraw.named, release)
    return partial(withdraw.carrying, field, contract) if field else withdraw.current
