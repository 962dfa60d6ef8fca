"""`palu decide`: the PPID's official decides field by field; each answer stands in contract and ledger at once."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape

from flows.commands.approve import shown
from flows.commands.asking import agreed, choice, line
from flows.commands.grounds import Usual, ground
from flows.commands.options import Cities, Contracts, Dataset, Inbox, Private, Public
from flows.commands.telling import out, say, tell_error
from flows.settings import Places, language, places
from schemas.contracts import Access, City, Contract, ContractField
from schemas.contracts.loading import ContractError
from schemas.errors import AuthorError, PaluError, SupplierError
from schemas.messages import wording
from schemas.registry import contract_file, load_cities, the_one

if TYPE_CHECKING:
    from schemas.tables import StagedTable

One = Annotated[
    str | None, typer.Option("--field", metavar="KOLOM / FIELD", help="Satu kolom ini saja. / This field alone.")
]
Again = Annotated[bool, typer.Option("--all", help="Tinjau semua kolom. / Look at every field.")]
ANSWERS: tuple[Access, ...] = ("open", "exempt", "undetermined")
"""In the order in which they are offered; the last leaves the field as it is."""


@dataclass(slots=True)
class Session:
    """One sitting: what is being decided about, by whom, and what was decided so far."""

    places: Places
    city: City
    contract: Contract
    file: Path
    table: "StagedTable | None"
    by: str
    usual: Usual
    decided: int = 0


def command(
    dataset: Dataset,
    city: Cities = None,
    field: One = None,
    again: Again = False,
    contracts: Contracts = None,
    inbox: Inbox = None,
    public: Public = None,
    private: Private = None,
) -> int:
    where = places(contracts, inbox, public, private)
    one, contract = the_one(load_cities(where.contracts, tuple(city or ())), dataset)
    asked = _asked(contract, field) if field or not again else tuple(contract.fields)
    if not asked:
        say("decide.nothing", dataset=dataset)
        return 0
    return _sat(where, one, contract, asked)


def _asked(contract: Contract, name: str | None) -> tuple[ContractField, ...]:
    """The field called `name`, or those that owe a decision."""
    if name is None:
        return tuple(field for field in contract.fields if field.access == "undetermined")
    found = tuple(field for field in contract.fields if field.name == name)
    if not found:
        known = ", ".join(field.name for field in contract.fields)
        raise AuthorError("field_undecidable", field=name, dataset=contract.id, known=known)
    return found


def _sat(where: Places, city: City, contract: Contract, fields: Sequence[ContractField]) -> int:
    """Ask about each field in turn, the undetermined ones first; what was answered before a Ctrl+C is kept."""
    from flows.decisions import require_writable
    from flows.runs import close

    file = contract_file(where.contracts, city.id, contract.id)
    require_writable(file)
    close(where)
    in_order = sorted(fields, key=lambda one: one.access != "undetermined")
    say("decide.begin", dataset=contract.id, count=len(in_order))
    with _looking(where, city, contract) as table:
        sitting = Session(where, city, contract, file, table, "", Usual(_today(city)))
        return _all_asked(sitting, in_order)


def _all_asked(sitting: Session, fields: Sequence[ContractField]) -> int:
    code = 0
    try:
        sitting.by = line("decide.by")
        for number, field in enumerate(fields, start=1):
            _introduce(sitting, field, number, len(fields))
            _decide(sitting, field)
    except typer.Abort:
        out.print()
        code = SupplierError.exit_code
    owed = sum(field.access == "undetermined" for field in sitting.contract.fields)
    say("decide.done", decided=sitting.decided, file=sitting.file, owed=owed)
    if sitting.decided:
        say("decide.next", dataset=sitting.contract.id, city=sitting.city.id)
    return code


def _today(city: City) -> date:
    return datetime.now(ZoneInfo(city.timezone)).date()


@contextmanager
def _looking(where: Places, city: City, contract: Contract) -> "Iterator[StagedTable | None]":
    """The source's rows as text while the official decides; None where they cannot be had."""
    from flows.glimpse import read_as_text

    with ExitStack() as reading:
        table = None
        try:
            table = reading.enter_context(read_as_text(where, city, contract, datetime.now(UTC)))
        except PaluError as error:
            say("decide.unseen", kind=error.code)
        yield table


def _introduce(sitting: Session, field: ContractField, number: int, count: int) -> None:
    spoken = language(None)
    out.print()
    say(
        "decide.field",
        number=number,
        count=count,
        field=field.name,
        title=field.title.in_language(spoken),
        type=wording(f"type.{field.type}", spoken),
        access=wording(f"access.{field.access}", spoken),
    )
    if sitting.table is not None:
        _show(sitting.table, field)


def _show(table: "StagedTable", field: ContractField) -> None:
    from flows.glimpse import EXAMPLES, examples, glimpse, shape_in_words, suspected

    seen = glimpse(table, field.name)
    say("decide.seen", rows=seen.rows, filled=_share(seen.filled, seen.rows), distinct=seen.distinct)
    for shape, count in seen.shapes:
        say("decide.shape", shape=shown(shape_in_words(shape, language(None))), share=_share(count, seen.filled))
    for word in suspected(table, field):
        say("decide.suspected", what=wording(f"new.note.sensitive.{word}", language(None)))
    if sys.stdout.isatty() and agreed("decide.examples", count=EXAMPLES):
        for example in examples(table, field.name):
            out.print(f"    {escape(shown(example))}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole if whole else 0} %"


def _decide(sitting: Session, field: ContractField) -> None:
    """Ask until the answer makes a sound contract, or is put off."""
    while True:
        spoken = language(None)
        offered = [wording(f"decide.{word}", spoken) for word in ("open", "exempt", "later")]
        access = ANSWERS[choice("decide.choice", offered, default=len(offered))]
        if access == "undetermined":
            return
        exemption = ground(field, sitting.contract, sitting.usual) if access == "exempt" else None
        if _kept(sitting, field, access, exemption):
            return


def _kept(sitting: Session, field: ContractField, access: Access, exemption: dict[str, object] | None) -> bool:
    from flows.decisions import Decided, keep

    decided = Decided(field.name, access, exemption, sitting.by)
    try:
        sitting.contract = keep(sitting.places, sitting.city, sitting.file, decided, datetime.now(UTC))
    except ContractError as error:
        tell_error(error)
        say("decide.unsound")
        return False
    sitting.decided += 1
    say("decide.kept", field=field.name, access=wording(f"access.{access}", language(None)))
    return True
