"""Spellings of regions -> official names and codes, by what the contract declares and by nothing else.

Decided on the spellings that a column holds beside the official ones, each once: rows are mapped in SQL.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from schemas.contracts.region import Region
from schemas.regions import folded

How = Literal["region_crosswalk", "region_normalised"]
MOST_SPELLINGS = 5_000
"""A column with more spellings beside the official ones holds no regions; then none is mapped."""


class Mapped(NamedTuple):
    """What one spelling is mapped to, and by which declaration."""

    value: str
    how: How


def mapped(spellings: Iterable[str], region: Region) -> dict[str, Mapped]:
    """The spellings that the contract maps. One that folds to two official names is not mapped."""
    ignored = frozenset(region.ignore)
    official: dict[str, set[str]] = {}
    for value in region.values:
        official.setdefault(folded(value, region.level, ignored), set()).add(value)
    found: dict[str, Mapped] = {}
    for spelling in spellings:
        same = official.get(folded(spelling, region.level, ignored), set())
        if spelling in region.crosswalk:
            found[spelling] = Mapped(region.crosswalk[spelling], "region_crosswalk")
        elif len(same) == 1:
            found[spelling] = Mapped(next(iter(same)), "region_normalised")
    return found
