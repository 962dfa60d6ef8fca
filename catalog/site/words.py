"""How pages say numbers, dates, sizes and rules in Bahasa Indonesia. Knows no page and no address."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from schemas.contracts import ContractField, Dataset, LocalText, Rule
from schemas.findings import Finding, RowAccount
from schemas.messages import wording

LOCALE = "id"
CELL_LENGTH = 160
"""Characters of a preview cell: a shape's coordinates would bury the row, and the file has them in full."""

_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
_CONSTRAINTS_OF_RULE = {
    "minimum_maximum": ("minimum", "maximum"),
    "length": ("minLength", "maxLength"),
    "pattern": ("pattern",),
    "enum": ("enum",),
}


def word(kind: str, code: str) -> str:
    """The Indonesian wording of a closed code, for instance `word("theme", "TRAN")`."""
    return wording(f"{kind}.{code}", "id")


def number(value: int | float | Decimal) -> str:
    """A number with Indonesian separators."""
    return format_decimal(value, locale=LOCALE)


def share(value: float | Decimal) -> str:
    """A share between 0 and 1 as a percentage."""
    return format_percent(value, format="#,##0.##%", locale=LOCALE)


def size(count: int) -> str:
    """A file size in decimal units."""
    for unit, name in _SIZES:
        if count >= unit:
            return f"{format_decimal(count / unit, format='#,##0.#', locale=LOCALE)} {name}"
    return f"{count} byte"


def day(value: date | datetime, timezone: str) -> str:
    """A day in words; a moment is told as the day that it is in the city."""
    local = value.astimezone(ZoneInfo(timezone)) if isinstance(value, datetime) else value
    return format_date(local, "d MMMM y", locale=LOCALE)


def written_day(text: str) -> str:
    """A day that data state as ISO 8601, in words."""
    return format_date(date.fromisoformat(text), "d MMMM y", locale=LOCALE)


def moment(value: datetime, timezone: str) -> str:
    """A day and a time of day, with the name of the city's time zone."""
    local = value.astimezone(ZoneInfo(timezone))
    return f"{day(value, timezone)} pukul {format_time(local, 'HH.mm', locale=LOCALE)} {local.tzname()}"


def listed(names: tuple[str, ...]) -> str:
    """Names joined as a sentence joins them."""
    return format_list(names, locale=LOCALE)


def first_sentence(text: str) -> str:
    """The first sentence of a description."""
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]


def english(text: LocalText) -> str | None:
    """The English text where somebody wrote one that differs."""
    return text.en if text.en != text.id else None


def shortened(cell: str) -> str:
    """A cell of the preview, cut where it is very long."""
    return cell if len(cell) <= CELL_LENGTH else f"{cell[:CELL_LENGTH]}…"


def rows_in_words(rows: RowAccount) -> str:
    """Where every row of the source went, as a sentence that adds up."""
    code = "rows.account" if rows.rearranged is None else "rows.rearranged"
    return wording(
        code,
        "id",
        source=number(rows.in_source),
        header=number(rows.header),
        skipped=number(sum(rows.skipped.values())),
        read=number(rows.read),
        quarantined=number(rows.quarantined),
        staged=number(rows.staged),
        rearranged=number(rows.rearranged or 0),
    )


def constraints(field: ContractField) -> tuple[str, ...]:
    """What the contract demands of a field's values."""
    stated = field.constraints.model_dump(exclude_defaults=True)
    return tuple(_constraint(field, name, value) for name, value in stated.items())


def terms(dataset: Dataset, finding: Finding) -> tuple[str, ...]:
    """The limits that a finding's rule was held to, from the contract."""
    for place, rule in enumerate(dataset.rules, start=1):
        if finding.code == f"rule:{place}:{rule.expect}":
            return tuple(_arguments(rule))
    names = _CONSTRAINTS_OF_RULE.get(finding.rule, ())
    return tuple(_of_named_constraints(dataset, finding.fields, names))


def _of_named_constraints(dataset: Dataset, fields: tuple[str, ...], names: tuple[str, ...]) -> Iterator[str]:
    known = {field.name: field for field in dataset.fields}
    for field in (known[name] for name in fields if name in known):
        for name in names:
            value = getattr(field.constraints, name)
            if value is not None:
                yield _constraint(field, name, value)


def _constraint(field: ContractField, name: str, value: Any) -> str:
    shown = "" if value is True else _bound(field, value)
    return wording(f"constraint.{name}", "id", value=shown)


def _bound(field: ContractField, value: Any) -> str:
    """A limit in words: a count of characters, a list, or a text that the field's type gives its meaning."""
    if isinstance(value, tuple):
        return ", ".join(_bound(field, member) for member in value)
    if isinstance(value, int):
        return number(value)
    if field.type in ("integer", "number"):
        return number(Decimal(str(field.bound(value))))
    return day(date.fromisoformat(value), "UTC") if field.type == "date" else str(value)


def _arguments(rule: Rule) -> Iterator[str]:
    """A rule's arguments but its fields; what is switched off says nothing."""
    for name, value in rule.arguments.items():
        if value is False or name.startswith("column"):
            continue
        yield wording(f"argument.{name}", "id", value=_argument(name, value))


def _argument(name: str, value: Any) -> str:
    if value is True:
        return ""
    if name == "mostly":
        return share(value)
    if name == "ignore_row_if":
        return word("missing", value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return number(value) if isinstance(value, int | float) else str(value)
