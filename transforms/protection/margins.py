"""What the margins of a table of counts leave open: other tables that agree with everything a reader knows.

A table has one cell for each group that is there; a group that is not there is known to be empty. A *line* is the
cells that are alike in all dimensions but one: the lines' sums are the finest margins, and every coarser margin, the
total among them, follows from those. A *move* is what one table has more or less than another with the same lines.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

    Counts = NDArray[int64]
    Costs = NDArray[float64]

NODES = 100
"""How far a search for whole numbers goes: a count of nodes, not of seconds, so that it ends alike everywhere."""
TOUCH = 1e-5
"""What the solver's floats may differ from a whole number (HiGHS works to 1e-6 and 1e-7)."""
GAP = 0.5
"""How much dearer than the cheapest a move in whole numbers may be."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table as a sparse matrix, lines by cells, of ones; once as it is and once for moves."""

    matrix: Any
    both_ways: Any

    @property
    def cells(self) -> int:
        return int(self.matrix.shape[1])


def lines_of(groups: Sequence[tuple[Hashable, ...]]) -> Lines:
    """The lines of the table whose cells are these groups, each of as many values as the table has dimensions."""
    from scipy.sparse import csr_array, hstack  # type: ignore[import-untyped]

    dimensions = len(groups[0])
    alike: dict[tuple[int, tuple[Hashable, ...]], list[int]] = defaultdict(list)
    for cell, group in enumerate(groups):
        for axis in range(dimensions):
            alike[axis, (*group[:axis], *group[axis + 1 :])].append(cell)
    row = [number for number, cells in enumerate(alike.values()) for _ in cells]
    column = [cell for cells in alike.values() for cell in cells]
    matrix = csr_array(([1.0] * len(row), (row, column)), shape=(len(alike), len(groups)))
    return Lines(matrix, hstack([matrix, -matrix], format="csc"))


def cheapest_move(lines: Lines, least: "Counts", cost: "Costs", cell: int, by: int) -> "Counts | None":
    """The move that gives `cell` exactly `by` more (or less) and costs the others least.

    `least` is how far each cell may change at most downwards (0 or negative); `cost` is what one person more or less
    in a cell costs. None where the lines admit no such move in whole numbers, or none was found within NODES.
    """
    from numpy import concatenate, full, inf

    rise, fall = full(lines.cells, inf), -least.astype(float)
    low = full(2 * lines.cells, 0.0)
    rise[cell], fall[cell] = max(by, 0), max(-by, 0)
    low[cell], low[lines.cells + cell] = rise[cell], fall[cell]
    return _solved(lines, concatenate([cost, cost]), low, concatenate([rise, fall]))


def farthest(lines: Lines, least: "Counts", cell: int, by: int) -> int:
    """How much `cell` may change at most towards `by`, whatever the others do: 0 where the margins pin it."""
    from numpy import concatenate, full, inf, zeros

    rise, fall = full(lines.cells, inf), -least.astype(float)
    rise[cell], fall[cell] = (float(by), 0.0) if by > 0 else (0.0, min(float(-by), fall[cell]))
    goal = zeros(2 * lines.cells)
    goal[cell] = goal[lines.cells + cell] = -1.0
    found = _solved(lines, goal, zeros(2 * lines.cells), concatenate([rise, fall]))
    return 0 if found is None else int(found[cell])


def _solved(lines: Lines, goal: "Costs", low: "Costs", high: "Costs") -> "Counts | None":
    """The move of least cost within bounds: by linear programming, in whole numbers where that gives fractions.

    Up to two dimensions the corners of the solutions are whole by themselves (the lines' matrix is totally
    unimodular: Hoffman and Kruskal 1956); from three on they need not be.
    """
    found = _programmed(lines, goal, low, high, 0)
    if found is None or (move := _whole(lines, found)) is not None:
        return None if found is None else move
    touched = ((abs(found) > TOUCH) | (goal[: lines.cells] == 0)).nonzero()[0]
    for cells in (touched, range(lines.cells)):  # most often what the fractions touch will do, and is small
        found = _programmed(lines, goal, low, _only(high, cells, lines.cells), 1)
        if found is not None and (move := _whole(lines, found)) is not None:
            return move
    return None


def _programmed(lines: Lines, goal: "Costs", low: "Costs", high: "Costs", whole: int) -> "Costs | None":
    from numpy import full
    from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]

    found = milp(
        goal,
        integrality=full(len(goal), whole),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(lines.both_ways, 0, 0),
        options={"node_limit": NODES, "mip_rel_gap": GAP} if whole else {},
    )
    if found.x is None:
        return None
    change: Costs = found.x[: lines.cells] - found.x[lines.cells :]
    return change


def _whole(lines: Lines, change: "Costs") -> "Counts | None":
    """A change as whole persons, which the programme gives as floats; None where it is not whole."""
    from numpy import rint

    move: Counts = rint(change).astype("int64")
    near = (abs(change - move) < TOUCH).all()
    return move if near and not (lines.matrix @ move).any() else None


def _only(high: "Costs", cells: "Sequence[int] | Counts", of: int) -> "Costs":
    """The bounds under which nothing but these cells changes."""
    from numpy import full

    bounds = full(2 * of, 0.0)
    for way in (0, of):
        bounds[[way + cell for cell in cells]] = high[[way + cell for cell in cells]]
    return bounds
