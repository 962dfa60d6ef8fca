"""`palu list`: the datasets of the contracts, and what the pointer says of each."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.table import Table

from catalog.shelf import read_pointer, read_release
from flows.commands.options import Cities, Contracts, Private, Public
from flows.commands.telling import out
from flows.settings import Places, language, places
from schemas.contracts import City, Contract
from schemas.decisions import owing
from schemas.messages import wording
from schemas.registry import chosen, load_cities

COLUMNS = ("city", "dataset", "release", "rows", "owing", "retest")
ROOM_FOR_TITLES = 120
"""Letters a line; a narrower window shows the datasets by their names alone."""


def command(city: Cities = None, contracts: Contracts = None, public: Public = None, private: Private = None) -> int:
    from flows.approval import waiting

    where = places(contracts=contracts, public=public, private=private)
    spoken = language(None)
    columns = (*COLUMNS, "title") if out.width >= ROOM_FOR_TITLES else COLUMNS
    table = Table(*(wording(f"list.{column}", spoken) for column in columns), box=None, pad_edge=False)
    for name, column in zip(columns, table.columns, strict=True):
        column.overflow, column.no_wrap = "fold", name in ("dataset", "release", "retest")  # copied from here
    registered = load_cities(where.contracts, tuple(city or ()))
    waits = {(one.city.id, name) for one in registered for name in waiting(where, one.city)}
    for one, contract in chosen(registered, ()):
        title = contract.title.in_language(spoken)
        release, rows = _state(where, one, contract)
        if (one.id, contract.id) in waits:
            mark = wording("list.waiting", spoken)
            release = mark if rows == "-" else f"{release}, {mark}"
        row = (one.id, contract.id, release, rows, *_debt(one, contract), title)
        table.add_row(*row[: len(columns)])
    out.print(table)
    return 0


def _debt(city: City, contract: Contract) -> tuple[str, str]:
    """How many of its fields need a decision of the PPID now, and when the next period ends (ISO 8601)."""
    owed = owing(contract, datetime.now(ZoneInfo(city.timezone)).date())
    fields = wording("list.fields", language(None), count=owed.fields) if owed.fields else "-"
    return fields, owed.next_test.isoformat() if owed.next_test else "-"


def _state(where: Places, city: City, contract: Contract) -> tuple[str, str]:
    pointer = read_pointer(where.public, city.id)
    entry = pointer.datasets.get(contract.id) if pointer else None
    if entry is None:
        return wording("list.unpublished", language(None)), "-"
    if entry.current is None:
        return wording("list.withdrawn", language(None)), "-"
    manifest = read_release(where.public, city.id, contract.id, entry.current.release).manifest
    return manifest.release, str(manifest.rows)
