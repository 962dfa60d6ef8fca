"""How pages say numbers, dates, sizes and rules, in either language. Knows no page and no address."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from schemas.contracts import ContractField, Dataset, Language, LocalText, Rule
from schemas.findings import Finding, RowAccount
from schemas.messages import wording

LOCALES: dict[Language, str] = {"id": "id", "en": "en"}
_CLOCK: dict[Language, tuple[str, str]] = {"id": ("pukul", "HH.mm"), "en": ("at", "HH:mm")}
CELL_LENGTH = 160
"""Characters of a preview cell: a shape's coordinates would bury the row, and the file has them in full."""

_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
_CONSTRAINTS_OF_RULE = {
    "minimum_maximum": ("minimum", "maximum"),
    "length": ("minLength", "maxLength"),
    "pattern": ("pattern",),
    "enum": ("enum",),
}


def t(indonesian: str, english: str, *, language: Language, **facts: object) -> Markup:
    """A template's own text in the reader's language; the two stand side by side, so that neither is forgotten.

    The text is the template's and may hold markup; what is filled in is escaped.
    """
    return Markup(english if language == "en" else indonesian).format(**facts)  # noqa: S704


def say(text: LocalText, language: Language = "id") -> str:
    """A contract's text in the reader's language; Indonesian where nobody wrote the English."""
    return text.in_language(language)


def tongue(text: LocalText, language: Language = "id") -> Markup:
    """The attribute that names the language of what `say` says, where it is not the page's."""
    return Markup(' lang="id"') if language == "en" and not text.en else Markup("")


def in_reader_language(row: Mapping[str, Any], column: str, language: Language = "id") -> Any:
    """A column of the register that stands once a language; the Indonesian one where the English is empty."""
    return (row.get(f"{column}_en") if language == "en" else None) or row[column]


def word(kind: str, code: str, language: Language = "id") -> str:
    """The wording of a closed code, for instance `word("theme", "TRAN")`."""
    return wording(f"{kind}.{code}", language)


def number(value: int | float | Decimal, language: Language = "id") -> str:
    """A number with the separators of the language."""
    return _number_in_words(value, language)


@lru_cache(maxsize=4096)
def _number_in_words(value: int | float | Decimal, language: Language) -> str:
    return format_decimal(value, locale=LOCALES[language])


def share(value: float | Decimal, language: Language = "id") -> str:
    """A share between 0 and 1 as a percentage."""
    return format_percent(value, format="#,##0.##%", locale=LOCALES[language])


def size(count: int, language: Language = "id") -> str:
    """A file size in decimal units."""
    for unit, name in _SIZES:
        if count >= unit:
            return f"{format_decimal(count / unit, format='#,##0.#', locale=LOCALES[language])} {name}"
    return f"{count} {'byte' if language == 'id' else 'bytes'}"


def day(value: date | datetime, timezone: str, language: Language = "id") -> str:
    """A day in words; a moment is told as the day that it is in the city."""
    local = value.astimezone(ZoneInfo(timezone)).date() if isinstance(value, datetime) else value
    return _day_in_words(local, language)


@lru_cache(maxsize=4096)
def _day_in_words(local: date, language: Language) -> str:
    """A list of datasets names the same few days a thousand times."""
    return format_date(local, "d MMMM y", locale=LOCALES[language])


def written_day(text: str, language: Language = "id") -> str:
    """A day that data state as ISO 8601, in words."""
    return format_date(date.fromisoformat(text), "d MMMM y", locale=LOCALES[language])


def moment(value: datetime, timezone: str, language: Language = "id") -> str:
    """A day and a time of day, with the name of the city's time zone."""
    local = value.astimezone(ZoneInfo(timezone))
    joined, pattern = _CLOCK[language]
    clock = format_time(local, pattern, locale=LOCALES[language])
    return f"{day(value, timezone, language)} {joined} {clock} {local.tzname()}"


def listed(names: tuple[str, ...], language: Language = "id") -> str:
    """Names joined as a sentence joins them."""
    return format_list(names, locale=LOCALES[language])


def first_sentence(text: str) -> str:
    """The first sentence of a description."""
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]


def shortened(cell: str) -> str:
    """A cell of the preview, cut where it is very long."""
    return cell if len(cell) <= CELL_LENGTH else f"{cell[:CELL_LENGTH]}…"


def rows_in_words(rows: RowAccount, language: Language = "id") -> str:
    """Where every row of the source went, as a sentence that adds up."""
    code = "rows.account" if rows.rearranged is None else "rows.rearranged"
    return wording(
        code,
        language,
        source=number(rows.in_source, language),
        header=number(rows.header, language),
        skipped=number(sum(rows.skipped.values()), language),
        read=number(rows.read, language),
        quarantined=number(rows.quarantined, language),
        staged=number(rows.staged, language),
        rearranged=number(rows.rearranged or 0, language),
    )


def constraints(field: ContractField, language: Language = "id") -> tuple[str, ...]:
    """What the contract demands of a field's values."""
    stated = field.constraints.model_dump(exclude_defaults=True)
    return tuple(_constraint(field, name, value, language) for name, value in stated.items())


def terms(dataset: Dataset, finding: Finding, language: Language = "id") -> tuple[str, ...]:
    """The limits that a finding's rule was held to, from the contract."""
    for place, rule in enumerate(dataset.rules, start=1):
        if finding.code == f"rule:{place}:{rule.expect}":
            return tuple(_arguments(rule, language))
    names = _CONSTRAINTS_OF_RULE.get(finding.rule, ())
    return tuple(_of_named_constraints(dataset, finding.fields, names, language))


def _of_named_constraints(
    dataset: Dataset, fields: tuple[str, ...], names: tuple[str, ...], language: Language
) -> Iterator[str]:
    known = {field.name: field for field in dataset.fields}
    for field in (known[name] for name in fields if name in known):
        for name in names:
            value = getattr(field.constraints, name)
            if value is not None:
                yield _constraint(field, name, value, language)


def _constraint(field: ContractField, name: str, value: Any, language: Language) -> str:
    shown = "" if value is True else _bound(field, value, language)
    return wording(f"constraint.{name}", language, value=shown)


def _bound(field: ContractField, value: Any, language: Language) -> str:
    """A limit in words: a count of characters, a list, or a text that the field's type gives its meaning."""
    if isinstance(value, tuple):
        return ", ".join(_bound(field, member, language) for member in value)
    if isinstance(value, int):
        return number(value, language)
    if field.type in ("integer", "number"):
        return number(Decimal(str(field.bound(value))), language)
    return day(date.fromisoformat(value), "UTC", language) if field.type == "date" else str(value)


def _arguments(rule: Rule, language: Language) -> Iterator[str]:
    """A rule's arguments but its fields; what is switched off says nothing."""
    for name, value in rule.arguments.items():
        if value is False or name.startswith("column"):
            continue
        yield wording(f"argument.{name}", language, value=_argument(name, value, language))


def _argument(name: str, value: Any, language: Language) -> str:
    if value is True:
        return ""
    if name == "mostly":
        return share(value, language)
    if name == "ignore_row_if":
        return word("missing", value, language)
    if isinstance(value, tuple):
        return ", ".join(value)
    return number(value, language) if isinstance(value, int | float) else str(value)
