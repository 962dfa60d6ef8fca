"""What a field may be in a chart, by the contract alone: a time, a category, or a measure that may be added up or not.

Never guesses in favour of a sum: a number is added up only where its unit or its measure says that it counts
something. Prices, rates, ages and durations are averaged.
"""

import re
from collections.abc import Iterable

from schemas.contracts import ContractField, Dataset, FieldType
from schemas.units import SCALES, spellings

TIMES: frozenset[FieldType] = frozenset({"date", "datetime", "yearmonth", "year"})
COUNTED = ("orang", "kk", "rupiah", "buah", "batang", "ha", "m", "km", "m2", "km2", "m3", "kg", "kw", "ton", "l")
"""Units of what can be added up, in one of their spellings."""
_ADDED_UP = frozenset(word for unit in COUNTED for word in spellings(unit))
_COUNTS = re.compile(r"\b(jumlah|banyaknya|total|count)\b", re.IGNORECASE)
_NOT_ADDED_UP = re.compile(
    r"%|/|°|\b(per|sekali|persen\w*|percent\w*|indeks|index|skor|score|derajat|degree\w*|rasio|ratio|rata|rerata|average"
    r"|mean|laju|rate|tingkat|proporsi|kepadatan|density|harga|price|tarif|upah|gaji|usia|umur|age)\b",
    re.IGNORECASE,
)
_NAMES_A_CODE = re.compile(r"^(kode|code|id|no|nomor|nomer|rt|rw|nik|nip|npwp|telepon|telp)(_|$)|_(id|kode|rt|rw)$")


def times(dataset: Dataset) -> tuple[ContractField, ...]:
    """Fields that say when: those of the primary key first, then those that every row has."""
    found = (field for field in dataset.public_fields if field.type in TIMES)
    return tuple(sorted(found, key=lambda one: (one.name not in dataset.primaryKey, not one.constraints.required)))


def categories(dataset: Dataset) -> tuple[ContractField, ...]:
    """Fields whose values repeat: those with listed values first, then regions, then other words, codes last."""
    alone = dataset.primaryKey if len(dataset.primaryKey) == 1 else ()
    found = (
        field
        for field in dataset.public_fields
        if field.type in ("string", "boolean") and not field.constraints.unique and field.name not in alone
    )
    return tuple(sorted(found, key=_telling))


def _telling(field: ContractField) -> int:
    if field.constraints.enum and field.type == "string":
        return 0
    if field.region is not None and field.region.as_ == "name":
        return 1
    return 3 if _NAMES_A_CODE.search(field.name) or field.constraints.pattern else 2


def measures(dataset: Dataset) -> tuple[ContractField, ...]:
    """Numbers that measure something, those that can be added up first; no coordinate, code or part of the key."""
    found = [
        field
        for field in dataset.public_fields
        if field.type in ("integer", "number") and field.axis is None and not field.constraints.unique
        if field.name not in dataset.primaryKey and not _NAMES_A_CODE.search(field.name)
    ]
    return tuple(sorted(found, key=lambda field: not adds_up(field)))


def adds_up(field: ContractField) -> bool:
    """Whether a sum over rows means something, because the unit or the measure says so and nothing speaks against."""
    unit = " ".join((field.unit or "").lower().split())
    measure = field.measure.id if field.measure else ""
    if any(_NOT_ADDED_UP.search(text.replace("_", " ")) for text in (unit, measure, field.name, field.title.id)):
        return False
    return _unit_alone(unit) in _ADDED_UP or bool(_COUNTS.search(measure))


def _unit_alone(unit: str) -> str:
    """`rupiah` of `juta rupiah`."""
    first, _, rest = unit.partition(" ")
    return rest if first in SCALES and rest else unit


def names(fields: Iterable[ContractField]) -> tuple[str, ...]:
    return tuple(field.name for field in fields)
