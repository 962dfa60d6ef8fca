"""Which counts are withheld because of the releases before: two tables side by side must not tell of a person.

*Checked.* A count that is shown either equals the one that was last shown for its group or differs by `at_least` or
more; until then it is withheld. And a count that the release before withheld must not follow from that release's
margins once a reader fills in, for every other group that is shown now, today's count, in the belief that nothing
changed there: enough of what was withheld together stays withheld together.

*Not checked.* Belief in part of the groups only, or in small changes; the differences of margins, which this system
does not publish; and releases further back, save for the count that was last shown.
"""

from collections.abc import Hashable, Mapping, Sequence, Set

from transforms.protection.margins import cheapest_move, lines_of

Group = tuple[Hashable, ...]
Table = Mapping[Group, int | None]
"""A published table: the counts by group, None where one is withheld."""

FAR = 10**6
"""No bound: how far a withheld count of an earlier release may have been from what a reader thinks."""


def little_changed(counts: Mapping[Group, int], earlier: Sequence[Table], at_least: int) -> frozenset[Group]:
    """The groups whose count differs from the one last shown by fewer than `at_least`; `earlier`: newest first."""
    return frozenset(
        group
        for group, count in counts.items()
        if (shown := _last_shown(group, earlier)) is not None and 0 < abs(count - shown) < at_least
    )


def _last_shown(group: Group, earlier: Sequence[Table]) -> int | None:
    return next((shown for table in earlier if (shown := table.get(group)) is not None), None)


def kept_together(before: Table, now: Set[Group], withheld: Set[Group]) -> frozenset[Group]:
    """Groups that the release before withheld and that must stay withheld, beside those that are `withheld` anyway.

    `now` are the groups that are there. A group that is no more is shown: its count is known to be 0.
    """
    from numpy import array, flatnonzero, full

    hidden = [group for group, count in before.items() if count is None]
    if not hidden:
        return frozenset()
    lines = lines_of(hidden)
    unknown = {place for place, group in enumerate(hidden) if group in withheld or group not in now}
    keep = set(unknown)
    for cell in range(len(hidden)):
        cost = array([0.0 if place in keep or place == cell else 1.0 for place in range(len(hidden))])
        move = cheapest_move(lines, full(len(hidden), -FAR), cost, cell, 1)
        if move is not None:
            keep.update(place for place in flatnonzero(move).tolist() if place != cell)
    return frozenset(hidden[place] for place in keep - unknown)
