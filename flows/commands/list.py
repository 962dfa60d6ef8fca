"""`palu list`: the datasets of the contracts, and what the pointer says of each."""

from rich.table import Table

from catalog.shelf import read_pointer, read_release
from flows.commands.options import Cities, Contracts, Public
from flows.commands.telling import out
from flows.settings import Places, language, places
from schemas.contracts import City, Contract
from schemas.messages import wording
from schemas.registry import chosen, load_cities

COLUMNS = ("city", "dataset", "title", "department", "release", "rows")


def command(city: Cities = None, contracts: Contracts = None, public: Public = None) -> int:
    where = places(contracts=contracts, public=public)
    spoken = language(None)
    table = Table(*(wording(f"list.{column}", spoken) for column in COLUMNS), box=None, pad_edge=False)
    for one, contract in chosen(load_cities(where.contracts, tuple(city or ())), ()):
        title = contract.title.in_language(spoken)
        table.add_row(one.id, contract.id, title, contract.department, *_state(where, one, contract))
    out.print(table)
    return 0


def _state(where: Places, city: City, contract: Contract) -> tuple[str, str]:
    pointer = read_pointer(where.public, city.id)
    entry = pointer.datasets.get(contract.id) if pointer else None
    if entry is None:
        return wording("list.unpublished", language(None)), "-"
    if entry.current is None:
        return wording("list.withdrawn", language(None)), "-"
    manifest = read_release(where.public, city.id, contract.id, entry.current.release).manifest
    return manifest.release, str(manifest.rows)
