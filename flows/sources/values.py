"""A database's values -> text that can mean one thing only. Knows no connection and no query."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from schemas.errors import SupplierError
from transforms.reading.table import DIGITS_BELOW, NUMBER_MARK


def texts_of(column: Sequence[Any], name: str) -> Iterator[str | None]:
    """The values of a column, each as `text_of` has it. A column of texts, or of whole numbers, is asked about once."""
    kinds = set(map(type, column)) - {type(None)}
    if kinds <= {str}:
        return iter(column)
    if kinds == {int}:
        return (None if value is None else str(value) for value in column)
    return (None if value is None else text_of(value, name) for value in column)


def text_of(value: Any, column: str) -> str:
    """A database's value as text that can mean one thing only; SupplierError for one that has no such text."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return f"{value:.0f}" if value == value.to_integral_value() else f"{NUMBER_MARK}{value:f}"
        case float():
            whole = value.is_integer() and abs(value) < DIGITS_BELOW
            return str(int(value)) if whole else f"{NUMBER_MARK}{value!r}"
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case UUID():
            return str(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_refusing(column))
        case _:
            raise SupplierError("column_type", column=column, type=type(value).__name__)


def _duration(value: timedelta) -> str:
    """MariaDB's TIME: a time of day, or a span below zero or beyond a day, which no time field takes."""
    sign = "-" if value < timedelta(0) else ""
    seconds, fraction = divmod(abs(value), timedelta(seconds=1))
    clock = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}.{fraction.microseconds:06}" if fraction else clock


def _refusing(column: str) -> Callable[[Any], Any]:
    """What JSON cannot hold inside a list: a moment, a decimal, bytes."""

    def refuse(item: Any) -> Any:
        raise SupplierError("column_type", column=column, type=f"list[{type(item).__name__}]")

    return refuse
