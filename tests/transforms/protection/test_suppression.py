"""No withheld count can be worked out from the counts that are shown and any of the table's margins."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.suppression import Table, random_tables, recoverable
from transforms.protection.suppression import withheld

Group = tuple[int, ...]


def one_way(counts: Sequence[int], at_least: int) -> frozenset[int] | None:
    return withheld([(number,) for number in range(len(counts))], counts, at_least)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        pytest.param([10, 20, 30], set(), id="no small group"),
        pytest.param([], set(), id="no group"),
        pytest.param([5, 10], set(), id="exactly enough"),
        pytest.param([3, 10, 20], {0, 1}, id="a lone one takes the next larger with it"),
        pytest.param([20, 10, 3], {1, 2}, id="wherever they stand"),
        pytest.param([3, 10, 20, 10], {0, 1, 3}, id="and all that equal it"),
        pytest.param([2, 3, 10, 20], {0, 1, 2}, id="two small ones are not known to be small"),
        pytest.param([4, 4, 10, 20], {0, 1, 2}, id="nor two of the most that is small"),
        pytest.param([3], None, id="one group has nothing to hide behind"),
        pytest.param([1, 1], None, id="nothing would be shown of two small ones"),
        pytest.param([3, 20], None, id="nor of a small and a large one"),
    ],
)
def test_small_counts_are_withheld_and_what_would_betray_them(counts: list[int], hidden: set[int] | None) -> None:
    assert one_way(counts, 5) == hidden


@pytest.mark.parametrize("at_least", [2, 3, 5])
def test_in_one_dimension_any_order_of_the_withheld_counts_is_withheld_alike(at_least: int) -> None:
    """So a reader who knows the rules, and every withheld count, cannot tell which group has which."""
    looked = 0
    for counts in product(range(1, 8), repeat=4):
        hidden = one_way(counts, at_least)
        for order in permutations(sorted(hidden or ())):
            moved = list(counts)
            for place, other in zip(sorted(hidden or ()), order, strict=True):
                moved[place] = counts[other]
            looked += 1
            assert one_way(moved, at_least) == hidden, counts
        assert not hidden or max(counts[place] for place in hidden) >= at_least
    assert looked > 1000


def agreeing(groups: Sequence[Group], counts: Sequence[int], hidden: Set[int]) -> Iterator[dict[int, int]]:
    """By trying them all: every way to fill the withheld places with 1 or more that keeps all the sums."""
    lines: dict[tuple[int, Group], list[int]] = defaultdict(list)
    for place in hidden:
        for axis in range(len(groups[place])):
            lines[axis, (*groups[place][:axis], *groups[place][axis + 1 :])].append(place)
    rest = {line: sum(counts[place] for place in places) for line, places in lines.items()}
    free = {line: len(places) for line, places in lines.items()}
    of = {place: [line for line, places in lines.items() if place in places] for place in hidden}
    yield from _filled(sorted(hidden), {}, of, rest, free)


def _filled(
    places: list[int],
    chosen: dict[int, int],
    of: dict[int, list[tuple[int, Group]]],
    rest: dict[tuple[int, Group], int],
    free: dict[tuple[int, Group], int],
) -> Iterator[dict[int, int]]:
    if not places:
        yield dict(chosen)
        return
    place, *others = places
    most = min(rest[line] - (free[line] - 1) for line in of[place])
    least = max((rest[line] for line in of[place] if free[line] == 1), default=1)
    for count in range(max(least, 1), most + 1):
        left = {**rest, **{line: rest[line] - count for line in of[place]}}
        yield from _filled(
            others, {**chosen, place: count}, of, left, {**free, **{line: free[line] - 1 for line in of[place]}}
        )


def pinned(table: Table, hidden: Set[int]) -> frozenset[int]:
    """By trying them all: the withheld places with one possible count alone."""
    found: dict[int, set[int]] = {place: set() for place in hidden}
    for filled in agreeing(table.groups, table.counts, hidden):
        for place, count in filled.items():
            found[place].add(count)
        if all(len(possible) > 1 for possible in found.values()):
            break
    return frozenset(place for place, possible in found.items() if len(possible) < 2)


@pytest.mark.parametrize("sizes", [(3, 3), (2, 4), (2, 2, 3)], ids=str)
def test_whoever_tries_all_tables_finds_none_that_is_pinned(sizes: tuple[int, ...]) -> None:
    chance, looked = random.Random(11), 0
    groups = list(product(*map(range, sizes)))
    for _ in range(40):
        table = Table(groups, [1 + int(chance.lognormvariate(1.6, 0.9)) for _ in groups], 3)
        hidden = withheld(table.groups, table.counts, table.at_least)
        if hidden:
            looked += 1
            assert pinned(table, hidden) == frozenset(), table
    assert looked > 5


def test_the_two_audits_agree() -> None:
    """The small counts alone, and by chance some others: trying all tables, and whole-number programming."""
    chance, betrayed = random.Random(5), 0
    for _ in range(60):
        groups = list(product(range(3), range(3)))
        table = Table(groups, [chance.randint(1, 9) for _ in groups], 4)
        hidden = table.small | set(chance.sample(range(9), 1))
        betrayed += bool(pinned(table, hidden))
        assert recoverable(table, hidden) == pinned(table, hidden)
    assert betrayed > 20


def test_of_random_tables_nothing_that_is_withheld_can_be_worked_out() -> None:
    """Thirty of those of `python -m benchmarks.suppression`, by its own audit."""
    published = betrayed = 0
    for table in random_tables(30, seed=14):
        hidden = withheld(table.groups, table.counts, table.at_least)
        betrayed += bool(recoverable(table, table.small))
        if hidden is not None:
            published += 1
            assert table.small <= hidden
            assert recoverable(table, hidden) == frozenset()
    assert published > 20
    assert betrayed > 20  # the audit sees what withholding the small ones alone would betray


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(1, 40), min_size=12, max_size=12), at_least=st.integers(2, 6))
def test_a_small_count_could_as_well_be_another(counts: list[int], at_least: int) -> None:
    groups = list(product(range(3), range(4)))
    hidden = withheld(groups, counts, at_least)
    table = Table(groups, counts, at_least)
    assert hidden is None or (table.small <= hidden and not recoverable(table, hidden))
    assert hidden == withheld(groups, counts, at_least)


def test_a_row_with_one_small_count_alone_makes_no_table() -> None:
    """Its own margin says it: nothing in the row could hide it."""
    groups = [("a", "x"), ("b", "x"), ("b", "y"), ("c", "x"), ("c", "y")]
    assert withheld(groups, [2, 30, 40, 50, 60], 5) is None
    assert withheld(groups, [20, 30, 40, 50, 60], 5) == frozenset()


def test_a_count_named_beside_the_small_ones_is_hidden_like_one() -> None:
    groups = [*product("ab", "xy"), ("c", "x"), ("c", "y")]
    hidden = withheld(groups, [20, 30, 40, 50, 60, 70], 5, also={0})
    assert hidden == {0, 1, 2, 3}
