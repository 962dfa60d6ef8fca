"""Every column of a table -> the field that it seems to be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schemas.contracts.drafting import DraftField, Note
from schemas.template import ADDED

from .facts import FEW, Facts, Table, facts, seeming_noughts
from .keys import is_unique
from .naming import field_name
from .sensitive import sensitive
from .types import TEXT, Typed, seeming_type

LONGEST_LISTED = 40
ROWS_A_VALUE = 3
"""A list is closed where its values come back, on average so often."""
LEAST_PATTERN_VALUES = 5


@dataclass(frozen=True, slots=True)
class Named:
    """What a column is called, and the unit that stands in or under its header."""

    title: str
    unit: str | None


def drafted_fields(table: Table, named: Mapping[str, Named]) -> tuple[DraftField, ...]:
    """The fields of a table in the order of its columns, each with a name of its own."""
    taken: set[str] = set()
    found = []
    for column in table.columns:
        one = _field(table, column, named[column], taken)
        taken.add(one.name)
        found.append(one)
    return tuple(found)


def seen_type(table: Table, column: str, named: Named) -> Typed | None:
    """The type that a column seems to have; None where it is empty."""
    seen = facts(table, column)
    return seeming_type(table, column, named.title, named.unit, seen) if seen.filled else None


def _field(table: Table, column: str, named: Named, taken: set[str]) -> DraftField:
    title = named.title
    seen = facts(table, column)
    is_added = column in ADDED  # names of sheets and titles inside a table: texts, and more of them come
    kind = TEXT if is_added else seeming_type(table, column, title, named.unit, seen)
    exempt = sensitive(table, column, title)
    one = DraftField(
        name=field_name(title, taken),
        column=column,
        title=title,
        type=kind.type,
        form=kind.form,
        words=kind.words,
        unit=named.unit or kind.unit,
        required=0 < seen.rows == seen.filled,
        pattern=None if exempt or is_added else _pattern(table, column, kind, seen),
        listed=() if exempt or is_added else _listed(kind, seen),
        sensitive=exempt,
        is_ambiguous=kind.ambiguous > 0,
        notes=(*kind.notes, *_notes(table, column, kind, seen)),
    )
    return replace(one, unique=is_unique(one, seen))


def _notes(table: Table, column: str, kind: Typed, seen: Facts) -> Iterator[Note]:
    if not seen.filled:
        yield "empty", {}
    if kind.type in ("integer", "number") and (found := seeming_noughts(table, column)):
        yield "noughts", {"count": sum(found.values()), "marks": ", ".join(found)}


def _listed(kind: Typed, seen: Facts) -> tuple[str, ...]:
    """The values that a closed list would have, where they are few, short and come back."""
    short = all(len(value) <= LONGEST_LISTED and value.isprintable() for value in seen.few)
    comes_back = seen.filled >= ROWS_A_VALUE * seen.distinct
    if kind.type != "string" or not (1 < seen.distinct <= FEW) or not short or not comes_back:
        return ()
    return seen.few


def _pattern(table: Table, column: str, kind: Typed, seen: Facts) -> str | None:
    """How a code is built, where every cell is built alike: letters and digits by their number, and no value."""
    if kind.type != "string" or seen.distinct < LEAST_PATTERN_VALUES or seen.longest > LONGEST_LISTED:
        return None
    cell = table.text(column)
    shape = f"regexp_replace(regexp_replace({cell}, '[0-9]', '9', 'g'), '[A-Z]', 'A', 'g')"
    query = f"SELECT min({shape}), max({shape}) FROM {table.relation}"
    first, last = table.connection.execute(query).fetchall()[0]
    if first != last or "9" not in first or any(letter not in "9A.-/" for letter in first):
        return None
    return "".join(_repeated(first))


def _repeated(shape: str) -> Iterator[str]:
    """`AA-999` -> `[A-Z]{2}-[0-9]{3}`."""
    sets = {"9": "[0-9]", "A": "[A-Z]", ".": "\\.", "-": "-", "/": "/"}
    at = 0
    while at < len(shape):
        count = len(shape[at:]) - len(shape[at:].lstrip(shape[at]))
        yield sets[shape[at]] + (f"{{{count}}}" if count > 1 else "")
        at += count
