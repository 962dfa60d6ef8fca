"""What the table and the SQL box of a dataset's page are told: its file, its columns, a few queries to start from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.manifest import Distribution
from catalog.shelf import Release
from schemas.contracts import ContractField, Dataset, Language

MOST_CHOICES = 50
"""Listed values that are offered as boxes to tick; above that a filter is typed."""

WHOLE_BYTES = 5_000_000
"""The largest file that the table reads whole, from a server that sends no ranges."""

_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_RESERVED = re.compile(
    "select|from|where|with|and|or|not|is|like|in|between|true|false|null|exists|case|when|then|else|end|interval|"
    "group|by|having|order|limit|offset|as|all|distinct|join|inner|left|right|full|outer|on|union|intersect|except|"
    "cross|positional|lateral|day|month|year|hour|minute|second|filter|within|asc|desc|nulls"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A release's rows as its page reads them: the Parquet, and what its columns are called and hold."""

    file: Distribution
    name: str
    fields: tuple[dict[str, Any], ...]
    key: tuple[str, ...]
    queries: tuple[str, ...]


def table(release: Release, language: Language) -> Table | None:
    """None where there is nothing to read: no rows, or no Parquet."""
    file = next((file for file in release.manifest.distributions if file.format == "parquet"), None)
    if file is None or not release.manifest.rows:
        return None
    dataset = release.dataset
    return Table(
        file=file,
        name=_table_name(dataset),
        fields=tuple(_field(field, language) for field in dataset.public_fields),
        key=dataset.public_key,
        queries=tuple(_queries(dataset)),
    )


def _field(field: ContractField, language: Language) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title.in_language(language),
        "type": field.type,
        "unit": field.unit,
        "choices": _choices(field),
    }


def _choices(field: ContractField) -> list[str]:
    """The few values that the contract lists for a text, as the file writes them."""
    if field.type == "boolean":
        return ["true", "false"]
    listed = field.constraints.enum or ()
    return [str(value) for value in listed] if field.type == "string" and len(listed) <= MOST_CHOICES else []


def _table_name(dataset: Dataset) -> str:
    return dataset.id.replace("-", "_")


def _queries(dataset: Dataset) -> Iterator[str]:
    """First rows; rows counted by a text that is no key, best one of few values; a number's mean by it."""
    table = _quoted(_table_name(dataset))
    names = [_quoted(field.name) for field in dataset.public_fields]
    yield f"SELECT {', '.join(names[:6])}\nFROM {table}\nLIMIT 20"
    groups = [field for field in dataset.public_fields if field.type == "string" and field.name not in _unique(dataset)]
    groups.sort(key=lambda field: not field.constraints.enum)
    numbers = [field for field in dataset.public_fields if field.type in ("integer", "number") and not field.axis]
    if not groups:
        return
    group = _quoted(groups[0].name)
    yield f"SELECT {group}, COUNT(*) AS jumlah_baris\nFROM {table}\nGROUP BY {group}\nORDER BY jumlah_baris DESC"
    if numbers:
        mean = f"AVG({_quoted(numbers[0].name)}) AS rata_rata"
        yield f"SELECT {group}, {mean}\nFROM {table}\nGROUP BY {group}\nORDER BY rata_rata DESC"


def _unique(dataset: Dataset) -> set[str]:
    alone = dataset.primaryKey if len(dataset.primaryKey) == 1 else ()
    return {*alone, *(field.name for field in dataset.public_fields if field.constraints.unique)}


def _quoted(name: str) -> str:
    """A name as the query says it; in quotes where it is a word of SQL."""
    if _PLAIN_NAME.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    return '"' + name.replace('"', '""') + '"'
