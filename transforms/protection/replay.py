"""What a reader learns who knows the rules by which counts were withheld, and tries them on other tables.

Of all tables that agree with what is published, such a reader keeps those from which the same rules would have
withheld the same places. A count is *told* where every table that was found among these has the same one.
"""

from collections.abc import Callable, Hashable, Sequence, Set
from typing import TYPE_CHECKING

from transforms.protection.margins import cheapest_move, lines_of

if TYPE_CHECKING:
    from transforms.protection.margins import Counts

Rules = Callable[[Sequence[int]], frozenset[int] | None]
"""The places that are withheld of a table with these counts."""


def told(
    groups: Sequence[tuple[Hashable, ...]], counts: Sequence[int], hidden: Set[int], small: Set[int], rules: Rules
) -> frozenset[int]:
    """The small places for which no other table was found that the `rules` treat alike.

    The search is not whole: it looks at the nearest tables in which the count is a little more or a little less.
    So what it clears is clear, and what it names may be clear all the same.
    """
    from numpy import array, flatnonzero, ones

    places = sorted(hidden)
    lines = lines_of([groups[place] for place in places])
    had = array([counts[place] for place in places], dtype="int64")
    left = set(small)
    for cell, place in enumerate(places):
        for by in (1, -1, 2, -2, 3, -3) if place in left else ():
            move = cheapest_move(lines, 1 - had, ones(len(had)), cell, by) if had[cell] + by > 0 else None
            if move is not None and rules(_moved(counts, places, move)) == hidden:
                left -= {places[changed] for changed in flatnonzero(move).tolist()}
                break
    return frozenset(left)


def _moved(counts: Sequence[int], places: Sequence[int], move: "Counts") -> list[int]:
    """The counts after a move of the withheld ones."""
    changed = list(counts)
    for place, change in zip(places, move.tolist(), strict=True):
        changed[place] += change
    return changed
