"""Which counts of small groups are withheld. Pure: counts in, positions out.

A one-way table with a known total gives a lone withheld count away by subtraction, so another is withheld
beside it. Tables of more dimensions need an audit of all margins; that is not done here.
"""

from collections.abc import Sequence


def withheld_counts(counts: Sequence[int], at_least: int) -> frozenset[int] | None:
    """Positions of the counts that may not be published: the small ones, and those that would betray them.

    None where even withholding all of them leaves the total to betray one: then there is no table to publish.

    Complementary suppression: next smallest counts are added until what is withheld has, given its sum, more
    than one solution in which every small count lies in 1..at_least - 1.
    """
    order = sorted(range(len(counts)), key=lambda position: (counts[position], position))
    small = sum(1 for count in counts if 0 < count < at_least)
    zeros = sum(1 for count in counts if count == 0)
    if not small:
        return frozenset()
    for size in range(small, len(order) - zeros + 1):
        chosen = order[zeros : zeros + size]
        if _undetermined([counts[position] for position in chosen], small, at_least):
            return frozenset(chosen)
    return None


def _undetermined(chosen: Sequence[int], small: int, at_least: int) -> bool:
    """Whether the sum of the withheld counts leaves every one of them more than one possible value."""
    if len(chosen) < 2:
        return False
    if len(chosen) > small:
        return True
    return len(chosen) < sum(chosen) < len(chosen) * (at_least - 1)
