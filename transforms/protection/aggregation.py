"""The rows as a table of groups: counts and sums, and which of them are withheld (suppression, differencing).

A sum is withheld wherever its count is. The sums' margins bind them through the very lines that bind the counts, and
every withheld cell is part of a move along these lines: whatever the sums are, adding that move in any measure gives
others with the same margins. A count is withheld as well where fewer than `at_least` rows, but some, have a value
to sum. That one row of a large group makes up nearly all of its sum (dominance) is not checked.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Aggregate
from schemas.errors import SupplierError
from schemas.findings import Finding
from schemas.messages import wording
from schemas.tables import StagedTable, quoted, read_parquet
from transforms.protection.differencing import Group, Table, kept_together, little_changed
from transforms.protection.suppression import withheld

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Counted:
    """The query of the public table of groups, how many groups it withholds, and what the report says of that."""

    query: str
    suppressed: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """The groups that are withheld: too small, beside those, and because of a release before."""

    small: frozenset[Group]
    beside: frozenset[Group]
    differing: frozenset[Group]
    stops: bool = False

    @property
    def groups(self) -> frozenset[Group]:
        return self.small | self.beside | self.differing


def counted(
    connection: "DuckDBPyConnection", rows: str, staged: StagedTable, aggregate: Aggregate, earlier: Sequence[Path]
) -> Counted:
    """The table of groups of the relation `rows`, in the order of the groups; withheld cells are NULL.

    `earlier` are the public Parquet files of the releases before, newest first, which `connection` may read.
    Raises SupplierError where no table of these groups can be published.
    """
    names = _grouped(connection, rows, aggregate)
    counts, poor = _counts(connection, aggregate)
    found = _withheld(counts, poor, aggregate.at_least, _tables(connection, aggregate, earlier))
    if found is None:
        raise SupplierError("groups_too_few", dataset=staged.contract.id, at_least=aggregate.at_least)
    positions = sorted(place for place, group in enumerate(counts) if group in found.groups)
    emptied = ", ".join(f"{quoted(name)} = NULL" for name in names)
    connection.execute(f"UPDATE groups SET {emptied} WHERE _position IN (SELECT unnest({positions}::BIGINT[]))")
    columns = ", ".join(map(quoted, (*aggregate.by, *names)))
    query = f"SELECT {columns} FROM groups ORDER BY _position"
    return Counted(query, len(positions), tuple(_findings(aggregate, counts, found, earlier)))


def _grouped(connection: "DuckDBPyConnection", rows: str, aggregate: Aggregate) -> tuple[str, ...]:
    """Make the table `groups`, with how many rows have a value for each sum; the names of its count and sums.

    Summed in the order of the values, with the error carried along (Kahan): the same rows give the same bytes.
    """
    by = ", ".join(map(quoted, aggregate.by))
    sums = [
        f"fsum({value}::DOUBLE ORDER BY {value})::DOUBLE AS {quoted(one.name)}, count({value}) AS _summed_{number}"
        for number, one in enumerate(aggregate.sums)
        for value in [quoted(one.of)]
    ]
    made = ", ".join([by, f"count(*)::BIGINT AS {quoted(aggregate.name)}", *sums])
    connection.execute(
        f"CREATE TABLE groups AS SELECT *, row_number() OVER (ORDER BY {by}) - 1 AS _position "
        f"FROM (SELECT {made} FROM {rows} GROUP BY {by})"
    )
    return (aggregate.name, *(one.name for one in aggregate.sums))


def _counts(connection: "DuckDBPyConnection", aggregate: Aggregate) -> tuple[dict[Group, int], frozenset[Group]]:
    """The counts in the order of the groups, and the groups in which too few rows have a value to sum."""
    summed = [f"_summed_{number}" for number in range(len(aggregate.sums))]
    columns = ", ".join([*map(quoted, (*aggregate.by, aggregate.name)), *summed])
    found = connection.execute(f"SELECT {columns} FROM groups ORDER BY _position").fetchall()
    width = len(aggregate.by)
    counts = {row[:width]: row[width] for row in found}
    poor = (row[:width] for row in found if any(0 < having < aggregate.at_least for having in row[width + 1 :]))
    return counts, frozenset(poor)


def _tables(connection: "DuckDBPyConnection", aggregate: Aggregate, earlier: Sequence[Path]) -> list[Table]:
    """The tables of the releases before, as far back as they count the same by the same groups."""
    columns, width = (*aggregate.by, aggregate.name), len(aggregate.by)
    tables: list[Table] = []
    kinds = _kinds(connection, "groups")
    for file in earlier:
        theirs = _kinds(connection, read_parquet(file))
        named = set(theirs) - {one.name for one in aggregate.sums}
        if named - set(columns) or any(theirs.get(name) != kinds[name] for name in columns):
            break
        found = connection.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {read_parquet(file)}").fetchall()
        tables.append({row[:width]: row[width] for row in found})
    return tables


def _kinds(connection: "DuckDBPyConnection", relation: str) -> dict[str, str]:
    described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    return {name: kind for name, kind, *_ in described}


def _withheld(counts: dict[Group, int], poor: Set[Group], at_least: int, earlier: Sequence[Table]) -> Withheld | None:
    """What is withheld; None where the groups allow no table even without a look at the releases before."""
    alone = _hidden(counts, at_least, poor)
    if alone is None:
        return None
    small = frozenset(group for group, count in counts.items() if count < at_least) | poor
    differing = little_changed(counts, earlier, at_least) - small
    hidden = _hidden(counts, at_least, poor | differing)
    while hidden is not None and earlier:
        kept = kept_together(earlier[0], counts.keys(), hidden)
        if not kept:
            break
        differing |= kept
        hidden = _hidden(counts, at_least, poor | differing)
    if hidden is None:
        everything = frozenset(counts) - small
        return Withheld(small, frozenset(), everything, stops=True)
    return Withheld(small, hidden - small - differing, differing)


def _hidden(counts: dict[Group, int], at_least: int, also: Set[Group]) -> frozenset[Group] | None:
    groups = list(counts)
    named = {place for place, group in enumerate(groups) if group in also}
    places = withheld(groups, list(counts.values()), at_least, named)
    return None if places is None else frozenset(groups[place] for place in places)


def _findings(
    aggregate: Aggregate, counts: dict[Group, int], found: Withheld, earlier: Sequence[Path]
) -> Iterator[Finding]:
    """What the report says: how many groups are withheld and why; the smallest count that is shown."""
    shown = [count for group, count in counts.items() if group not in found.groups]
    smallest = wording("finding.smallest_count", "id", at_least=aggregate.at_least, count=min(shown, default=0))
    yield _finding("small_groups", aggregate, aggregate.because, len(counts), len(found.small))
    yield _finding("secondary_suppression", aggregate, smallest, len(counts), len(found.beside))
    if earlier:
        finding = _finding("differencing", aggregate, aggregate.because, len(counts), len(found.differing))
        yield finding.model_copy(update={"severity": "blocker"}) if found.stops else finding


def _finding(rule: str, aggregate: Aggregate, because: str, checked: int, failing: int) -> Finding:
    return Finding(
        code=rule,
        rule=rule,
        fields=aggregate.by,
        because=because,
        severity="warning",
        outcome="failed" if failing else "passed",
        checked=checked,
        failing=failing,
        actor="ppid",
    )
