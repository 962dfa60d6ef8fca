"""Which type a column seems to have: each candidate is tried by the casting that staging itself does.

What casting does not take is counted and told, never bent. A number that can be read in two ways stays undecided:
then its rows are held back until a person has said how it is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.contracts import ContractField, FieldType
from schemas.contracts.drafting import Note
from schemas.contracts.field import AXES, NUMERIC_TYPES
from schemas.tables import quoted
from schemas.units import SCALES, SPELLINGS
from transforms.casting.cells import Forms, typed
from transforms.casting.dress import undressed
from transforms.casting.evidence import cells_of
from transforms.casting.numbers import Form, Style, decided_style, form_counts

from .facts import Facts, Table
from .naming import UNITS
from .plausible import Shown, possible_forms, shown

PAIRS = (("ya", "tidak"), ("ada", "tidak ada"), ("benar", "salah"), ("true", "false"), ("y", "t"), ("y", "n"))
"""What is written for yes and for no; other pairs of words have a meaning of their own and stay lists."""
_CODE_WORDS = "kode id nik kk npwp nip nisn npsn no nomor rt rw telp telepon hp wa rekening pos nib nop kodepos"
CODE_WORDS = frozenset(_CODE_WORDS.split())
"""A column called so holds no quantity: its digits are a text, zeros and all."""
_QUANTITIES = "jumlah banyak banyaknya total luas rata persentase persen besar nilai"
QUANTITIES = frozenset(_QUANTITIES.split())
"""Unless one of these counts them: `Jumlah KK`."""
LONGEST_TYPED = 200
"""Letters: no number, date or place is written as long, and trying each way to read a long text takes a while."""
CLOCK_WORDS = frozenset({"jam", "pukul", "waktu"})
YEAR_WORDS = frozenset({"tahun", "thn", "th"})
DATES = {
    "default": "",
    "%d/%m/%Y": "31/12/2026",
    "%d-%m-%Y": "31-12-2026",
    "%d.%m.%Y": "31.12.2026",
    "%d %B %Y": "31 Desember 2026",
    "%A, %d %B %Y": "Kamis, 31 Desember 2026",
    "%d/%m/%y": "31/12/26",
    "%d-%B-%y": "31-Des-26",
    "any": "31/12/2026, 31-12-2026, 31 Desember 2026",
    "%m/%d/%Y": "12/31/2026",
}
"""How dates are written, and an example of each: the day before the month, as here, unless no other way takes all."""
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"
MOMENTS = ("default", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S")
MONEY = frozenset({"rupiah", "juta rupiah"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A type with the keys of its form, the cells that it does not take, and what a person should look at.

    `unit` is the one that stands in the cells, where neither the header nor a row under it names one.
    """

    type: FieldType
    form: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faulty: int = 0
    ambiguous: int = 0
    notes: tuple[Note, ...] = ()
    unit: str | None = None


TEXT = Typed("string")


def seeming_type(table: Table, column: str, title: str, unit: str | None, facts: Facts) -> Typed:
    """The first candidate that takes every cell, else the one that takes most, if that is nearly all; else text."""
    words = set(re.findall(r"[a-z]+", title.lower()))
    if not facts.filled:
        return TEXT
    if column == "geometry" and not _faults(table, column, None, 0, [Typed("geojson")])[0]:
        return Typed("geojson")
    if facts.longest > LONGEST_TYPED:
        return TEXT
    if truth := _truth(facts):
        return truth
    if words & CODE_WORDS and not words & QUANTITIES:
        return TEXT
    seen = shown(table, column)
    if seen.codes or seen.is_text:
        return TEXT
    inside = unit_in_cells(table, column, seen) if unit is None and seen.dressed else None
    unit = unit or inside
    numbers = [*_named(words), *_numbers(table, column, unit, seen.dressed)]
    tried = _tried(table, column, unit, seen.dressed, numbers)
    if all(count - one.ambiguous for one, count in tried):
        tried += _tried(table, column, unit, seen.dressed, _moments(table, column, seen))
    unread, _, best = min((count - one.ambiguous, at, one) for at, (one, count) in enumerate(tried))
    if best.form == _format(DAY_FIRST) and any(not count and one.form == _format(MONTH_FIRST) for one, count in tried):
        best = replace(best, notes=(("day_first", {}),))
    if inside and best.type in ("integer", "number"):
        best = replace(best, unit=inside)
    return TEXT if seen.is_too_many(unread) else _with_faults(best, unread)


def _with_faults(best: Typed, unread: int) -> Typed:
    return replace(best, faulty=unread, notes=(*best.notes, ("faulty", {"count": unread}))) if unread else best


def _truth(facts: Facts) -> Typed | None:
    """Yes or no, in words that mean nothing else; what is written for it is kept as it is written."""
    said = {value.casefold() for value in facts.few}
    for yes, no in PAIRS:
        if said and said <= {yes, no}:
            found = {word: tuple(one for one in facts.few if one.casefold() == word) for word in (yes, no)}
            form = {"trueValues": found[yes] or (yes,), "falseValues": found[no] or (no,)}
            return Typed("boolean", words=form)
    return None


def _named(words: set[str]) -> Iterator[Typed]:
    """What the header says, where digits alone would say something else."""
    if words & YEAR_WORDS:
        yield Typed("year")
    if words & CLOCK_WORDS:
        yield Typed("time")
    for axis in {AXES[word]: None for word in AXES if word in words}:
        yield Typed("number", {"format": axis})


def _numbers(table: Table, column: str, unit: str | None, dressed: int) -> Iterator[Typed]:
    """Whole numbers before fractions; how they are written is stated where the cells show it."""
    of = _field(Typed("number"), unit, "cell")
    counts = form_counts(quoted(of.name))
    found = table.asked(f"SELECT {', '.join(counts.values())} FROM {_undressed(table, column, [of], dressed)}")
    forms: dict[Form, int] = dict(zip(counts, found, strict=True))
    style = decided_style(forms)
    if forms["ambiguous"] and style == "self_evident" and unit not in MONEY:
        notes: tuple[Note, ...] = (("ambiguous", {"count": forms["ambiguous"]}),)
        yield Typed("number", ambiguous=forms["ambiguous"], notes=notes)
        return
    stated = STATED.get(style, {})
    yield Typed("integer", {"groupChar": stated["groupChar"]} if stated else {})
    yield Typed("number", stated)


def unit_in_cells(table: Table, column: str, seen: Shown) -> str | None:
    """The unit that stands behind most numbers, `637 Ha`, or `rupiah` where `Rp` stands before them.

    One that `spellings` does not know is none: `12 A` is a house.
    """
    cell = table.text(column)
    behind = f"regexp_extract(lower({cell}), '^[-+(]?[0-9][0-9.,]*[ \u00a0]*([^0-9 ,.()-][^0-9]*)$', 1)"
    money = f"regexp_matches(lower({cell}), '^[(-]?(rp|idr)[. ]*[0-9]|[0-9],-+$')"
    query = f"SELECT CASE WHEN {money} THEN 'rp' ELSE {behind} END, count(*) FROM {table.sample} GROUP BY 1"
    said = table.connection.execute(query).fetchall()
    found = {str(word).strip(" ."): count for word, count in said if word}
    units = {_unit_of(word) for word in found if word not in SCALES}
    enough = sum(found.values()) * 2 >= seen.cells
    return units.pop() if len(units) == 1 and enough else None


def _unit_of(word: str) -> str | None:
    group = next((group for group in SPELLINGS if word in group), frozenset({word}))
    return next((UNITS[spelling] for spelling in sorted(group) if spelling in UNITS), None)


STATED: dict[Style, dict[str, str]] = {
    "indonesian": {"decimalChar": ",", "groupChar": "."},
    "english": {"decimalChar": ".", "groupChar": ","},
}
"""A style as the contract states it."""


def _moments(table: Table, column: str, seen: Shown) -> list[Typed]:
    """The forms of moments that the cells' signs leave possible."""
    forms = possible_forms(table, column, seen, {*DATES, *MOMENTS, "yearmonth", "time"})
    dates = [
        Typed("date", _format(pattern), notes=(("date", {"example": example}),) if example else ())
        for pattern, example in DATES.items()
        if pattern in forms
    ]
    clocks = [Typed("datetime", _format(pattern)) for pattern in MOMENTS if pattern in forms]
    spans: tuple[FieldType, ...] = ("yearmonth", "time")
    return [*dates, *clocks, *(Typed(span) for span in spans if span in forms)]


def _format(pattern: str) -> dict[str, str]:
    return {} if pattern == "default" else {"format": pattern}


def _tried(
    table: Table, column: str, unit: str | None, dressed: int, candidates: list[Typed]
) -> list[tuple[Typed, int]]:
    """Each candidate with the cells that it does not take; planning them all at once takes longer than asking."""
    return list(zip(candidates, _faults(table, column, unit, dressed, candidates), strict=True))


def _faults(table: Table, column: str, unit: str | None, dressed: int, candidates: list[Typed]) -> tuple[int, ...]:
    """How many cells each candidate does not take, where `dressed` of them hold more than a plain number."""
    if not candidates:
        return ()
    fields = [_field(candidate, unit, f"c{number}") for number, candidate in enumerate(candidates)]
    numeric = frozenset(of.name for of in fields if of.type in NUMERIC_TYPES and dressed)
    styles = {of.name: _style(candidate) for of, candidate in zip(fields, candidates, strict=True)}
    forms = Forms(styles, padded=frozenset(), dressed=numeric)
    counts = []
    for of in fields:
        cell = quoted(of.name)
        counts.append(f"count(*) FILTER ({cell} IS NOT NULL AND {typed(cell, of, forms, table.timezone)} IS NULL)")
    return table.asked(f"SELECT {', '.join(counts)} FROM {_undressed(table, column, fields, dressed)}")


def _undressed(table: Table, column: str, fields: list[ContractField], dressed: int) -> str:
    """The column's cells as each of these fields would have them, without what offices write around a number."""
    cells = cells_of(table.sample, {of.name: table.cell(column, of) for of in fields})
    bare = {
        of.name: undressed(quoted(of.name), of) if dressed and _is_dressed(of) else quoted(of.name) for of in fields
    }
    return cells_of(cells, bare)


def _is_dressed(of: ContractField) -> bool:
    """Whether staging would take its cells apart; the letters of a coordinate are part of it."""
    return of.type in NUMERIC_TYPES and not of.axis


def _style(candidate: Typed) -> Style:
    if candidate.ambiguous:
        return "self_evident"
    return next((style for style, stated in STATED.items() if candidate.form == stated), "whole")


def _field(candidate: Typed, unit: str | None, name: str) -> ContractField:
    keys: dict[str, Any] = {**candidate.form, **candidate.words, "unit": unit}
    return ContractField.model_validate({"name": name, "title": name, "type": candidate.type, **keys})
