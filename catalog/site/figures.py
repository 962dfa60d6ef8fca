"""How pages say the statistics of a field and the dates of a release. Knows no page and no address."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from catalog.changes import Changes, in_words
from schemas.contracts import City, ContractField, Dataset, Language

from . import words

UNSCHEDULED = frozenset({"IRREG", "NEVER"})
SIGNIFICANT = 6
"""Digits of a mean: more would claim to know more than the rows do."""


def figure(value: float, language: Language = "id") -> str:
    """A number in the convention of the language: a whole one in full, another by its first digits."""
    told = value if isinstance(value, int) or value.is_integer() else float(f"{value:.{SIGNIFICANT}g}")
    return str(format_decimal(told, format="#,##0.########", locale=words.LOCALES[language]))


def bound(field: ContractField, value: float | str, timezone: str, language: Language = "id") -> str:
    """The smallest or largest value of a field; as it is written where it is no day of our calendar."""
    if field.type == "year":
        return str(value)
    if not isinstance(value, str):
        return figure(value, language)
    try:
        if field.type == "date":
            return words.day(date.fromisoformat(value), timezone, language)
        if field.type == "datetime":
            return words.moment(datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(timezone)), timezone, language)
        return time.fromisoformat(value).isoformat() if field.type == "time" else value
    except ValueError:
        return value


def next_update(city: City, dataset: Dataset, issued: datetime) -> datetime | None:
    """When the calendar expects the next release after this one; None for a dataset without a rhythm."""
    if dataset.update is None or dataset.update.frequency in UNSCHEDULED:
        return None
    return dataset.update.next_after(issued.astimezone(ZoneInfo(city.timezone)))


def changes_in_words(changes: Changes, language: Language = "id") -> str:
    """What changed, as a sentence that begins like one."""
    said = in_words(changes, language)
    return f"{said[:1].upper()}{said[1:]}"
