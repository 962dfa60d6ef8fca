"""No count of a small group can be worked out from the counts that are shown and their total."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from transforms.protection.disclosure import withheld_counts

LARGEST = 7


@pytest.mark.parametrize(
    ("counts", "at_least", "withheld"),
    [
        pytest.param([10, 20, 30], 5, set(), id="no small group"),
        pytest.param([], 5, set(), id="no group"),
        pytest.param([0, 10], 5, set(), id="an empty group tells of nobody"),
        pytest.param([3, 10, 20], 5, {0, 1}, id="a lone one takes the next smallest with it"),
        pytest.param([20, 10, 3], 5, {1, 2}, id="wherever they stand"),
        pytest.param([2, 3, 10], 5, {0, 1}, id="two hide each other"),
        pytest.param([1, 1, 10, 20], 5, {0, 1, 2}, id="two of one person each do not"),
        pytest.param([4, 4, 10, 20], 5, {0, 1, 2}, id="nor two of the most that is small"),
        pytest.param([0, 3, 10, 20], 5, {1, 2}, id="an empty group hides nobody"),
        pytest.param([5, 10], 5, set(), id="exactly enough"),
        pytest.param([3, 3, 3], 5, {0, 1, 2}, id="all are small"),
        pytest.param([3], 5, None, id="one group has nothing to hide behind"),
        pytest.param([1, 1], 5, None, id="the total betrays two of one person each"),
        pytest.param([4, 4], 5, None, id="and two of the most that is small"),
    ],
)
def test_small_counts_are_withheld_and_what_would_betray_them(
    counts: list[int], at_least: int, withheld: set[int] | None
) -> None:
    assert withheld_counts(counts, at_least) == withheld


def _solutions(total: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread `total` people over so many groups that are not empty."""
    if groups == 1:
        yield from [(total,)] if total else []
        return
    for first in range(1, total - groups + 2):
        for rest in _solutions(total - first, groups - 1):
            yield first, *rest


def _derived(counts: Sequence[int], withheld: frozenset[int], at_least: int) -> list[int]:
    """Positions of small counts that have one value in every solution that the reader cannot rule out.

    The reader knows the shown counts, the total, and that something small was withheld.
    """
    places = sorted(withheld)
    total = sum(counts[place] for place in places)
    possible = [found for found in _solutions(total, len(places)) if min(found) < at_least]
    return [
        place
        for number, place in enumerate(places)
        if counts[place] < at_least and len({found[number] for found in possible}) == 1
    ]


@pytest.mark.parametrize("at_least", [2, 3, 4, 5])
@pytest.mark.parametrize("groups", [3, 4])
def test_no_small_count_has_one_possible_value_alone(groups: int, at_least: int) -> None:
    """Every table of so many groups. Where all groups are withheld nothing is left to hide behind."""
    looked = 0
    for counts in product(range(1, LARGEST + 1), repeat=groups):
        withheld = withheld_counts(counts, at_least)
        if withheld and len(withheld) < groups:
            looked += 1
            assert _derived(counts, withheld, at_least) == [], counts
    assert looked


@pytest.mark.parametrize("at_least", [2, 3, 5])
def test_every_small_count_is_withheld_and_none_without_cause(at_least: int) -> None:
    for counts in product(range(LARGEST + 1), repeat=4):
        withheld = withheld_counts(counts, at_least)
        if withheld is None:
            continue
        small = {place for place, count in enumerate(counts) if 0 < count < at_least}
        assert small <= withheld
        assert bool(withheld) == bool(small)
        assert all(counts[place] for place in withheld)


def test_withholding_the_small_ones_alone_would_betray_them() -> None:
    """The guard of the test above: it would see a table that is not protected."""
    assert _derived((3, 10, 20), frozenset({0}), 5) == [0]
    assert _derived((1, 1, 10), frozenset({0, 1}), 5) == [0, 1]
