"""`palu check`: everything up to the report for datasets or one delivered file; or a contract file by itself."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Cities, Contracts, Inbox, Private, Public
from flows.commands.telling import exit_code, progress, say, tell_outcome
from flows.settings import Places, places
from schemas.contracts import City, Contract
from schemas.errors import AuthorError
from schemas.registry import CORRECTIONS, chosen, load_cities, load_contract

Things = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DATASET|BERKAS / DATASET|FILE",
        help="Dataset, berkas dinas, atau kontrak; kosong: semua dataset. / Datasets, a file, a contract; none: all.",
    ),
]


def command(
    things: Things = None,
    city: Cities = None,
    contracts: Contracts = None,
    inbox: Inbox = None,
    public: Public = None,
    private: Private = None,
) -> int:
    where = places(contracts, inbox, public, private)
    files = [Path(thing) for thing in things or () if Path(thing).is_file()]
    names = tuple(thing for thing in things or () if not Path(thing).is_file())
    names += tuple(file.stem.removesuffix(CORRECTIONS) for file in files if file.stem.endswith(CORRECTIONS))
    files = [file for file in files if not file.stem.endswith(CORRECTIONS)]
    for file in files:
        if file.suffix in (".yaml", ".yml"):
            contract = load_contract(file)
            say("check.contract_sound", file=file.name, dataset=contract.id, fields=len(contract.fields))
    delivered = [file for file in files if file.suffix not in (".yaml", ".yml")]
    if files and not delivered and not names:
        return 0
    registered = load_cities(where.contracts, tuple(city or ()))
    asked = [(where, *one) for one in chosen(registered, names)] if names or not files else []
    asked += [_delivery(where, file, chosen(registered, ())) for file in delivered]
    code = _examined(asked)
    if len(asked) == 1 and not (code or delivered):
        _tell_what_comes_next(*asked[0])
    return code


def _tell_what_comes_next(where: Places, city: City, contract: Contract) -> None:
    """Of a dataset that has no release yet: who knows one does not need to be told."""
    from catalog.shelf import read_pointer

    pointer = read_pointer(where.public, city.id)
    if pointer is None or contract.id not in pointer.datasets:
        say("check.next", dataset=contract.id, city=city.id)


def _delivery(where: Places, file: Path, known: list[tuple[City, Contract]]) -> tuple[Places, City, Contract]:
    """The contract that expects this file, and the file's own folder as the inbox."""
    city, contract = _expecting(file, known)
    source = contract.source.model_copy(update={"location": file.name.translate(_LITERAL)})
    found = contract.model_copy(update={"source": source})
    return replace(where, inbox=file.absolute().parent), city, found


def _expecting(file: Path, known: list[tuple[City, Contract]]) -> tuple[City, Contract]:
    """By the whole location where the file stands in an inbox, else by its name, if only one contract fits."""
    waiting = [(city, contract, location) for city, contract in known if (location := _location(contract))]
    by_place = [(city, contract) for city, contract, location in waiting if file.absolute().match(location)]
    by_name = [(city, contract) for city, contract, location in waiting if file.match(Path(location).name)]
    found = by_place or by_name
    if not found:
        raise AuthorError("file_of_no_contract", file=file.name)
    if len(found) > 1:
        names = ", ".join(f"{city.id}/{contract.id}" for city, contract in found)
        raise AuthorError("file_of_many_contracts", file=file.name, datasets=names)
    return found[0]


def _location(contract: Contract) -> str | None:
    return getattr(contract.source, "location", None)


_LITERAL = {ord(letter): f"[{letter}]" for letter in "*?["}


def _examined(asked: list[tuple[Places, City, Contract]]) -> int:
    from flows import runs
    from flows.steps import Steps, examine

    outcomes = []
    for where, city, contract in asked:
        runs.prepare_zones(where)
        with progress("progress.checking", dataset=contract.id):
            outcome = runs.run(examine, where, city, contract, datetime.now(UTC), Steps())
        tell_outcome(where, outcome)
        outcomes.append(outcome)
    return exit_code(outcomes)
