"""How commands speak: outcomes and errors on the terminal, in the reader's language, with progress for long work."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from flows.journey import Outcome
from flows.private import mending_lists
from flows.settings import Places, language
from flows.summary import details, headline
from schemas.contracts.loading import ContractError
from schemas.errors import PaluError
from schemas.messages import explained, message, wording

SIGNS = {
    "published": "[green]✓[/green]",
    "checked": "[green]✓[/green]",
    "unchanged": "[cyan]=[/cyan]",
    "held_back": "[yellow]![/yellow]",
}
FAULTY = "[red]✗[/red]"

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def say(code: str, **names: object) -> None:
    """One sentence by its code."""
    out.print(escape(wording(code, language(None), **names)))


def tell_error(error: PaluError) -> None:
    """An error, and for a contract every fault with file and line."""
    spoken = language(None)
    if isinstance(error, ContractError):
        for fault in error.faults:
            text = message(f"fault.{fault.code}", fault.names, spoken).lines(spoken)
            err.print(escape(f"{fault.file}:{fault.line}: {text}"))
    err.print(escape(explained(error, spoken)))


def tell_outcome(where: Places, outcome: Outcome) -> None:
    """One dataset's end; what was found, where the rows to be mended are listed, and what to do."""
    spoken = language(None)
    out.print(f"{SIGNS.get(outcome.end, FAULTY)} {escape(headline(outcome, spoken))}")
    if outcome.error or outcome.report:
        for line in details(outcome, spoken):
            out.print(f"    {escape(line)}")
    page, book = mending_lists(where.private, outcome.city, outcome.dataset)
    if outcome.report and page.exists():
        out.print("    " + escape(wording("desk.kept", spoken, page=page, workbook=book)))


@contextmanager
def progress(code: str, **names: object) -> Iterator[None]:
    """Show that long work goes on, on standard error, where somebody watches."""
    text = escape(wording(code, language(None), **names))
    if not sys.stderr.isatty():
        yield
        return
    with err.status(text):
        yield


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """The gravest end decides: 3 the machine, 2 a contract, 1 held back, 0 all is well."""
    return max((outcome.exit_code for outcome in outcomes), default=0)
