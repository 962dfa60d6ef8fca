"""What the letters and signs of a column's cells leave possible, so that no type is tried that cannot fit.

Planning a way to read a column costs DuckDB tens of milliseconds, and a small table nothing else. Each bound is an
upper one: what is ruled out here would take too few cells to be chosen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.tables import literal
from transforms.casting.dress import is_dressed
from transforms.casting.evidence import cells_of

from .facts import Table

SHARE_OF_SOUND = 0.9
"""A column of which more than a tenth does not parse is text, whatever the rest looks like."""
_CODES = r"0[0-9]+|[0-9]{13,}|[0-9]+([.][0-9]{1,2}){2,}([.][0-9]{4,})?"
_GROUPED = "[0-9]{1,3}([.][0-9]{3})+|[0-9]+[.][0-9]+"
_DIGIT = "[0-9\uff10-\uff19]"
_ISO_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SIGNS = {
    "default": _ISO_DAY,
    "any": "[0-9][^0-9]+[0-9]",
    "yearmonth": "[0-9]{4}-[0-9]{2}|[0-9][/-][0-9]{4}|[A-Za-z]",
    "time": "[0-9][:.][0-9]",
}
"""What every cell holds that these forms take; a pattern's own signs say it of the others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Of a column's first rows: how many cells hold something, hold a digit, look like a code, and hold more than a
    plain number."""

    cells: int
    digits: int
    codes: int
    dressed: int

    @property
    def is_text(self) -> bool:
        """Whether too many cells hold no digit: numbers and moments all have some."""
        return self.is_too_many(self.cells - self.digits)

    def is_too_many(self, unread: int) -> bool:
        """Whether a type that leaves so many cells unread is none of this column's."""
        return unread > (1 - SHARE_OF_SOUND) * self.cells


def shown(table: Table, column: str) -> Shown:
    """What a column's cells show, without one being read.

    Codes: leading zeros, dotted area codes, and more digits than any quantity has.
    """
    codes = f"regexp_full_match(cell, '{_CODES}') AND NOT regexp_full_match(cell, '{_GROUPED}')"
    conditions = (f"regexp_matches(cell, '{_DIGIT}')", codes, is_dressed("cell"))
    counts = ", ".join(f"count(*) FILTER ({one})" for one in conditions)
    return Shown(*table.asked(f"SELECT count(cell), {counts} FROM {_cells(table, column)}"))


def possible_forms(table: Table, column: str, seen: Shown, forms: Iterable[str]) -> frozenset[str]:
    """Those of the forms of moments whose signs stand in enough cells: `/` twice for `%d/%m/%Y`."""
    signs = {form: _signs_of(form) for form in forms}
    counts = ", ".join(f"count(*) FILTER (regexp_matches(cell, {literal(sign)}))" for sign in signs.values())
    found = table.asked(f"SELECT {counts} FROM {_cells(table, column)}")
    return frozenset(form for form, count in zip(signs, found, strict=True) if not seen.is_too_many(seen.cells - count))


def _signs_of(form: str) -> str:
    """A pattern's own signs as a regular expression; ISO 8601 is taken beside any, and figures for a month's name."""
    if "%" not in form:
        return _SIGNS[form]
    signs = [f"[{sign}]" for sign in re.findall("[/.:-]", form)]
    return "|".join((_ISO_DAY, ".*".join(signs) or _SIGNS["any"]))


def _cells(table: Table, column: str) -> str:
    return cells_of(table.sample, {"cell": table.text(column)})
