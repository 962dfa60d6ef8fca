"""`palu approve`: shows what would leave, asks the PPID, and records the approval."""

import re
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from flows.commands.asking import Asked, agreed, line
from flows.commands.options import Cities, Contracts, Dataset, Inbox, Private, Public
from flows.commands.telling import out, progress, say
from flows.journey import HeldBack
from flows.settings import Places, language, places
from schemas.contracts import City, Contract
from schemas.errors import AuthorError, SupplierError
from schemas.registry import load_cities, the_one

Name = Annotated[str, typer.Option("--official", metavar="NAMA / NAME", help="Nama pejabat. / The official's name.")]
Office = Annotated[str, typer.Option(metavar="JABATAN / OFFICE", help="Jabatan pejabat. / The official's office.")]
Yes = Annotated[bool, typer.Option("--yes", help="Setujui tanpa bertanya. / Approve without asking.")]
LONGEST_SHOWN = 40


def command(
    dataset: Dataset,
    city: Cities = None,
    official: Name = "",
    office: Office = "",
    yes: Yes = False,
    contracts: Contracts = None,
    inbox: Inbox = None,
    public: Public = None,
    private: Private = None,
) -> int:
    where = places(contracts, inbox, public, private)
    asks = sys.stdin.isatty() and not yes
    if not asks and not (official.strip() and office.strip()):
        raise AuthorError("official_missing", dataset=dataset)
    one, contract = the_one(load_cities(where.contracts, tuple(city or ())), dataset)
    return _looked_at(where, one, contract, Asked(official.strip(), office.strip(), asks))


def _looked_at(where: Places, city: City, contract: Contract, asked: Asked) -> int:
    from flows.approval import Official, approve
    from flows.leaving import look, told
    from flows.runs import close

    close(where)
    with progress("progress.checking", dataset=contract.id):
        leaving = look(where, city, contract, datetime.now(UTC))
    for text in told(leaving, language(None)):
        out.print(escape(text))
    if isinstance(leaving.outcome.error, HeldBack):
        raise SupplierError("approval_blocked", dataset=contract.id)
    if leaving.outcome.error is not None:
        raise leaving.outcome.error
    if leaving.seen is not None and sys.stdout.isatty():
        _show_rows(contract, leaving.seen.sample)
    if not leaving.waits:
        say("approve.nothing_new", dataset=contract.id, city=city.id)
        return 0
    by = _official(asked)
    if by is None:
        say("approve.refused")
        return SupplierError.exit_code
    approve(where, city, contract, Official(*by), datetime.now(UTC))
    say("approve.done", dataset=contract.id, city=city.id)
    return 0


def _official(asked: Asked) -> tuple[str, str] | None:
    """Who approves; None where a person was asked and said no."""
    if not asked.asks:
        return asked.official, asked.office
    if not agreed("approve.ask"):
        return None
    return asked.official or line("ask.official"), asked.office or line("ask.office")


def _show_rows(contract: Contract, rows: tuple[tuple[str | None, ...], ...]) -> None:
    """A few open rows, one field a line, on the terminal alone: what is redirected to a file or a log gets none."""
    say("approve.sample", count=len(rows))
    for field, cells in zip(contract.public_fields, zip(*rows, strict=True), strict=False):
        out.print(escape(f"  {field.name}: {' | '.join(map(shown, cells))}"))


def shown(value: str | None) -> str:
    """A cell as a terminal may show it: shortened, and without characters that command the terminal."""
    text = "".join(letter if letter.isprintable() else "·" for letter in re.sub(r"\s", " ", value or ""))
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
