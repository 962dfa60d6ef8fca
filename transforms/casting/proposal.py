"""Which type a column of text seems to have: a proposal for a person, never a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ProposedType = Literal[
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "coordinate", "empty"
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A type, how its cells are written, and how sure that is.

    `form` is a number's style (`indonesian`, `english`, `whole`) or a date's strptime format, empty where there
    is nothing to say; `share` is the part of the filled cells that are of this type, 0 to 1; `ambiguous` says that
    the cells can be read in two ways (`1.234`, `03/04/2025`), so that a person must choose.
    """

    type: ProposedType
    form: str = ""
    share: float = 1.0
    ambiguous: bool = False


def proposed_type(texts: Iterable[str]) -> Proposal:
    """The type that the filled cells of a column share; codes (leading zeros, `72.71.01`, 16 digits) are text."""
    return Proposal("string" if any(text.strip() for text in texts) else "empty")
