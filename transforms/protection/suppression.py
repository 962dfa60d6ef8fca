"""Which counts of a table are withheld. Pure: groups and counts in, positions out.

*Protected against:* a reader who sees every count that is shown, knows every margin of the table (the sums over any
of its dimensions, the total among them), knows that a group which is not in the table is empty and that one which is
there is not, knows `at_least`, and whatever can be worked out from all that in whole numbers. To this reader

- every small count could as well be `at_least` - 1 larger, so that no small group is even known to be small; where
  the margins do not allow that much, as far as they allow, and one person at the least;
- no count that is withheld beside them has one possible value alone.

*A reader who knows these very rules as well.* With one dimension: withheld are the small counts and the next larger
value, with everything that equals it. The same counts in any other order would be withheld in the same places, so no
withheld group can be told from another (`also` is not covered by this). With more dimensions, up to REPLAYED groups:
`replay` looks for a second table that the rules treat alike, and more is withheld where that leaves fewer counts
told; it is an effort, not a promise. Beyond REPLAYED groups such a reader is not looked at.

*Not protected against:* a reader who knows some of the withheld counts from elsewhere (a group that counts itself),
or who counts persons in another way than the rows do.
"""

from collections.abc import Hashable, Sequence, Set
from functools import partial
from typing import TYPE_CHECKING

from transforms.protection.margins import Lines, cheapest_move, farthest, lines_of
from transforms.protection.replay import told

if TYPE_CHECKING:
    from transforms.protection.margins import Costs, Counts

REPLAYED = 50
"""Up to so many groups a table is tried against its own rules: that takes about as long again for each small count."""


def withheld(
    groups: Sequence[tuple[Hashable, ...]], counts: Sequence[int], at_least: int, also: Set[int] = frozenset()
) -> frozenset[int] | None:
    """Positions of the counts that may not be published: the small ones, those named in `also`, and what hides them.

    Every group has one member or more, and stands once. None where nothing would be left to show, or where the
    margins betray a small count whatever is withheld: then there is no table to publish.
    """
    small = {place for place, count in enumerate(counts) if count < at_least} | also
    if not small:
        return frozenset()
    if len(groups[0]) == 1:
        hidden: frozenset[int] | None = _one_way(counts, small, at_least)
    else:
        hidden = _many_ways(groups, counts, at_least, also)
    return hidden if hidden is not None and len(hidden) < len(counts) else None


def _many_ways(
    groups: Sequence[tuple[Hashable, ...]], counts: Sequence[int], at_least: int, also: Set[int]
) -> frozenset[int] | None:
    """What the rules withhold; of a small table, with more room to hide in where a reader of the rules learns less."""
    lines = lines_of(groups)
    small = {place for place, count in enumerate(counts) if count < at_least}
    found: list[tuple[int, frozenset[int]]] = []
    for room in (at_least - 1, 2 * at_least, 4 * at_least):
        rules = partial(_hiding, lines, at_least=at_least, also=also, room=room)
        hidden = rules(counts)
        if hidden is None:
            break
        betrayed = told(groups, counts, hidden, small, rules) if len(counts) <= REPLAYED else ()
        if not betrayed:
            return hidden
        found.append((len(betrayed), hidden))
    return min(found, key=lambda one: one[0])[1] if found else None


def _one_way(counts: Sequence[int], small: Set[int], at_least: int) -> frozenset[int]:
    """The small counts, the next larger one, and those that equal it: each can lend `at_least` - 1 to a small one.

    Large ones that are withheld for another reason, two or more of them, hide each other.
    """
    if len(small) > 1 and all(counts[place] >= at_least for place in small):
        return frozenset(small)
    larger = [count for place, count in enumerate(counts) if place not in small and count >= at_least]
    beside = min(larger, default=0)
    return frozenset(small) | {place for place, count in enumerate(counts) if count <= beside}


def _hiding(lines: Lines, counts: Sequence[int], at_least: int, also: Set[int], room: int) -> frozenset[int] | None:
    """The small counts, and for each the cheapest other counts with which it could be `room` larger (Kelly, Golden and
    Assad 1992; Fischetti and Salazar 1999: the heuristic by linear programming).

    Each move found is another table that a reader cannot tell from this one: it is the proof of what it protects.
    """
    from numpy import array, flatnonzero, log1p

    had = array(counts, dtype="int64")
    cost = log1p(had)  # between losing the fewest counts and losing the fewest people
    small = {place for place, count in enumerate(counts) if count < at_least} | also
    hidden = set(small)
    cost[sorted(hidden)] = 0
    proofs: list[Counts] = []
    for cell in sorted(small, key=lambda place: (counts[place], place)):
        if any(move[cell] >= room for move in proofs):
            continue
        move = _way_out(lines, had, cost, cell, room)
        if move is None:
            return None
        proofs.append(move)
        touched = flatnonzero(move)
        hidden.update(touched.tolist())
        cost[touched] = 0
    return frozenset(hidden)


def _way_out(lines: Lines, had: "Counts", cost: "Costs", cell: int, room: int) -> "Counts | None":
    """The cheapest move that gives a count `room` more, or else as much more or less as its margins allow."""
    move = cheapest_move(lines, 1 - had, cost, cell, room)
    if move is not None:
        return move
    by = max((farthest(lines, 1 - had, cell, way) for way in (room, -room)), key=abs)
    return cheapest_move(lines, 1 - had, cost, cell, by) if by else None
