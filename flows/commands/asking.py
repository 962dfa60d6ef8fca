"""How commands ask: one question at a time in the reader's language, again with one clear sentence where needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import typer

from flows.commands.telling import say
from flows.settings import language
from schemas.messages import wording

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is said to approve, and whether somebody sits there who can be asked."""

    official: str
    office: str
    asks: bool


class Unfit(ValueError):
    """An answer that does not fit; `code` words what would."""

    def __init__(self, code: str, **names: object) -> None:
        super().__init__(code)
        self.code, self.names = code, names


def ask(question: str, parse: Callable[[str], Answer], default: str = "", **names: object) -> Answer:
    """The answer to a question, asked until it fits; Enter takes the default, which is shown."""
    text = wording(question, language(None), **names)
    while True:
        answer = typer.prompt(text, default=default, show_default=bool(default), type=str)
        try:
            return parse(_visible(answer.strip()))
        except Unfit as unfit:
            say(unfit.code, **unfit.names)


def _visible(text: str) -> str:
    """A contract holds no control characters, nor halves of a character from a terminal of another encoding."""
    if not text.isprintable():
        raise Unfit("ask.unseen")
    return text


def line(question: str, default: str = "", **names: object) -> str:
    """Some words, at least one."""
    return ask(question, _not_empty, default, **names)


def _not_empty(text: str) -> str:
    if not text:
        raise Unfit("ask.empty")
    return text


YES, NO = frozenset({"y", "ya", "yes"}), frozenset({"", "t", "tidak", "n", "no"})


def agreed(question: str, **names: object) -> bool:
    """Whether the answer is yes; Enter means no."""

    def read(text: str) -> bool:
        if text.lower() not in YES | NO:
            raise Unfit("ask.yes_or_no")
        return text.lower() in YES

    return ask(question, read, "", **names)


def choice(question: str, options: Sequence[str], default: int = 0, **names: object) -> int:
    """The position of one of the listed options, chosen by its number from 1; a `default` of 0 means none."""
    for number, option in enumerate(options, start=1):
        typer.echo(f"  {number:>2}. {''.join(letter if letter.isprintable() else '?' for letter in option)}")

    def numbered(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= len(options)):
            raise Unfit("ask.number", most=len(options))
        return int(text) - 1

    return ask(question, numbered, str(default) if default else "", **names)


def day(question: str, default: date, after: date | None = None) -> date:
    """A day, as 2026-12-31 or 31-12-2026; later than `after` where that is stated."""

    def read(text: str) -> date:
        for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
            try:
                found = datetime.strptime(text, form).date()
            except ValueError:
                continue
            if after is not None and found <= after:
                raise Unfit("ask.later", after=after)
            return found
        raise Unfit("ask.date")

    return ask(question, read, default.isoformat())
