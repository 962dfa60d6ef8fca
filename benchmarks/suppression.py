"""Random tables of counts, what is withheld of them, and whether anything withheld can be worked out again.

    python -m benchmarks.suppression [--tables 1000] [--seed 3]

The audit is no part of what chooses: it writes every margin of every table out, over all subsets of its dimensions,
and asks for each withheld count whether another whole number fits. Exits 1 where one does not.
"""

import argparse
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from transforms.protection.suppression import withheld

Group = tuple[int, ...]
LIMITS = (3, 5, 10)


@dataclass(frozen=True, slots=True)
class Table:
    """Groups that are there, with their counts, and the limit below which a count is withheld."""

    groups: list[Group]
    counts: list[int]
    at_least: int

    @property
    def small(self) -> frozenset[int]:
        return frozenset(place for place, count in enumerate(self.counts) if count < self.at_least)


def random_table(chance: random.Random) -> Table:
    """One to three dimensions of 3 to 12 values; counts are skewed, by value and by cell, and a few groups empty."""
    sizes = [chance.randint(3, 12) for _ in range(chance.randint(1, 3))]
    usual = math.exp(chance.uniform(2, 5))
    weights = [[math.exp(chance.gauss(0, 0.5)) for _ in range(size)] for size in sizes]
    filled: dict[Group, int] = {}
    for group in product(*map(range, sizes)):
        mean = usual * math.prod(weight[value] for weight, value in zip(weights, group, strict=True))
        if count := int(chance.gammavariate(1.5, mean / 1.5)):
            filled[group] = count
    return Table(list(filled), list(filled.values()), chance.choice(LIMITS))


def random_tables(number: int, seed: int) -> Iterator[Table]:
    """So many tables that have a small count to hide: the same ones for the same seed."""
    chance = random.Random(seed)
    while number:
        table = random_table(chance)
        if table.small:
            number -= 1
            yield table


def recoverable(table: Table, hidden: Set[int]) -> frozenset[int]:
    """The withheld places whose count is the only whole number, of 1 or more, that fits all margins."""
    places = sorted(hidden)
    matrix, sums = _margins(table, places)
    true = np.array([table.counts[place] for place in places], dtype=float)
    open_ = set(range(len(places)))
    for number in range(len(places)):
        for low, high in ((true[number] + 1, np.inf), (1, true[number] - 1)) if number in open_ else ():
            lows, highs = np.ones(len(places)), np.full(len(places), np.inf)
            lows[number], highs[number] = low, high
            other = _fitting(matrix, sums, lows, highs) if low <= high else None
            if other is not None:
                open_ -= set(np.flatnonzero(other != true).tolist())
                break
    return frozenset(places[number] for number in open_)


def _margins(table: Table, places: list[int]) -> "tuple[csr_array, np.ndarray]":
    """What is left of each margin's sum for the withheld places: one line a margin, over every subset of dimensions."""
    dimensions = len(table.groups[0])
    lines: dict[tuple[Group, Group], list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        group = table.groups[place]
        for kept in (axes for size in range(dimensions) for axes in combinations(range(dimensions), size)):
            lines[kept, tuple(group[axis] for axis in kept)].append(number)
    rows = [row for row, members in enumerate(lines.values()) for _ in members]
    columns = [number for members in lines.values() for number in members]
    sums = np.array([sum(table.counts[places[number]] for number in members) for members in lines.values()], float)
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(lines), len(places))), sums


def _fitting(matrix: csr_array, sums: np.ndarray, lows: np.ndarray, highs: np.ndarray) -> np.ndarray | None:
    """Whole numbers within bounds that fit every margin exactly; None where there are none."""
    found = milp(
        np.zeros(len(lows)),
        integrality=np.ones(len(lows)),
        bounds=Bounds(lows, highs),
        constraints=LinearConstraint(matrix, sums, sums),
    )
    if found.x is None:
        return None
    whole: np.ndarray = np.rint(found.x)
    fits = np.array_equal(matrix @ whole, sums) and bool((whole >= lows).all()) and bool((whole <= highs).all())
    return whole if fits else None


def main() -> int:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tables", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=3)
    asked = arguments.parse_args()
    counted: Counter[str] = Counter()
    times: list[float] = []
    for table in random_tables(asked.tables, asked.seed):
        began = time.perf_counter()
        hidden = withheld(table.groups, table.counts, table.at_least)
        times.append(time.perf_counter() - began)
        _count(counted, table, hidden)
    _print(counted, times)
    return 1 if counted["recoverable after"] or not counted["published"] else 0


def _count(counted: Counter[str], table: Table, hidden: frozenset[int] | None) -> None:
    counted["tables"] += 1
    if hidden is None:
        counted["refused"] += 1
        return
    alone, after = recoverable(table, table.small), recoverable(table, hidden)
    counted["published"] += 1
    counted["cells"] += len(table.counts)
    counted["primaries"] += len(table.small)
    counted["secondaries"] += len(hidden) - len(table.small)
    counted["recoverable alone"] += len(alone)
    counted["tables betrayed alone"] += bool(alone)
    counted["recoverable after"] += len(after)
    counted["not withheld"] += len(table.small - hidden)


def _print(counted: Counter[str], times: list[float]) -> None:
    primaries = max(counted["primaries"], 1)
    print(f"tables: {counted['tables']}, of them no table can be published: {counted['refused']}")
    print(f"cells: {counted['cells']}, small: {counted['primaries']}, small but shown: {counted['not withheld']}")
    print(f"withheld beside them: {counted['secondaries']} ({counted['secondaries'] / primaries:.2f} a small one)")
    print(
        f"recoverable where the small ones alone are withheld: {counted['recoverable alone']} "
        f"({counted['recoverable alone'] / primaries:.1%}), in {counted['tables betrayed alone']} tables"
    )
    print(f"recoverable after: {counted['recoverable after']}")
    print(f"seconds a table: mean {sum(times) / len(times):.3f}, longest {max(times):.2f}")


if __name__ == "__main__":
    sys.exit(main())
