"""An example of what is right in a field, made up from its contract alone: no cell of any file is looked at."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from babel.dates import format_date

from schemas.contracts import ContractField
from transforms.casting.numbers import Style, declared_style

DAY = datetime(2022, 8, 17, 13, 45)
SHAPE = '{"type": "Point", "coordinates": [119.8707, -0.8917]}'
WHOLE = (12, 1, 0, 100, 2022)
FRACTIONS = (1234.5, 12.5, 0.5, -0.5)


def example(field: ContractField, style: Style) -> str | None:
    """A cell as this field is read, in the style of its column; None where any text will do."""
    if field.constraints.enum and field.type == "string":
        return field.constraints.enum[0]
    return _OF_TYPE[field.type](field, style)


def _text(field: ContractField, _: Style) -> str | None:
    pattern = field.constraints.pattern
    return example_of(pattern) if pattern else None


def _whole(field: ContractField, _: Style) -> str:
    return str(_within(field, WHOLE))


def _fraction(field: ContractField, style: Style) -> str:
    """`1.234,5` as Indonesian writes it, unless the column or the contract speaks English."""
    plain = f"{_within(field, FRACTIONS):,}"
    return plain if (declared_style(field) or style) == "english" else plain.translate(str.maketrans(",.", ".,"))


def _moment(field: ContractField, default: str) -> str:
    if field.format in ("default", "excel"):
        return _day(field).strftime(default)
    if field.format == "any":
        return format_date(_day(field), "d MMMM y", locale="id") if field.type == "date" else DAY.strftime(default)
    return re.sub(r"%-?[a-zA-Z%]", lambda found: _directive(_day(field), found[0]), field.format)


def _directive(moment: datetime, directive: str) -> str:
    names = {"%B": "MMMM", "%b": "MMM", "%A": "EEEE", "%a": "EEE"}
    if directive in names:
        return format_date(moment, names[directive], locale="id")
    return "+0800" if directive == "%z" else moment.strftime(directive)


def _day(field: ContractField) -> datetime:
    found = _within(field, (DAY.date() if field.type == "date" else DAY,))
    return found if isinstance(found, datetime) else datetime.combine(found, DAY.time())


def _within(field: ContractField, proposed: Iterable[Any]) -> Any:
    """The first that the field's list or limits allow, else a limit itself."""
    stated = field.constraints
    if stated.enum:
        return field.bound(stated.enum[0])
    low, high = (None if bound is None else field.bound(bound) for bound in (stated.minimum, stated.maximum))
    for value in proposed:
        if (low is None or low <= value) and (high is None or value <= high):
            return value
    return high if low is None else low


_OF_TYPE: dict[str, Callable[[ContractField, Style], str | None]] = {
    "string": _text,
    "integer": _whole,
    "number": _fraction,
    "boolean": lambda field, _: (field.trueValues or ("ya",))[0],
    "date": lambda field, _: _moment(field, "%Y-%m-%d"),
    "datetime": lambda field, _: _moment(field, "%Y-%m-%d %H:%M:%S"),
    "time": lambda field, _: _within(field, (DAY.time(),)).strftime("%H:%M"),
    "year": lambda field, _: str(_within(field, (DAY.year,))),
    "yearmonth": lambda field, _: field.constraints.enum[0] if field.constraints.enum else DAY.strftime("%Y-%m"),
    "geojson": lambda *_: SHAPE,
}

_ATOM = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|[()|]|.)(?:(?:\{(\d+)(?:,\d*)?\}|[*+?])\??)?", re.DOTALL)
_PROPOSED = "1Aa0Bb- .,/_:" + "".join(map(chr, range(33, 127)))


def example_of(pattern: str) -> str | None:
    """A short text that the pattern takes as a whole; None where this simple reading of it finds none."""
    try:
        text = _sequence(_ATOM.finditer(pattern))
        return text if text and re.fullmatch(pattern, text) else None
    except re.error:  # a part of it by itself is no pattern: a named group, a flag
        return None


def _sequence(atoms: Iterator[re.Match[str]]) -> str:
    """The first alternative of a group, and how often the group stands at least."""
    said, first = "", None
    for found in atoms:
        atom, times = found[1], int(found[2] or 1)
        if atom == ")":
            return (said if first is None else first) * times
        if atom == "|":
            said, first = "", said if first is None else first
        else:
            said += _sequence(atoms) if atom in ("(", "(?:") else _letter(atom) * times
    return said if first is None else first


def _letter(atom: str) -> str:
    if atom in "^$":
        return ""
    return next((letter for letter in _proposed(atom) if re.fullmatch(atom, letter)), "")


def _proposed(atom: str) -> str:
    return atom if len(atom) == 1 and atom != "." else _PROPOSED
