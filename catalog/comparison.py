"""Two releases of a dataset, row by row: how many rows are new, changed and gone. Counts only.

Rows are told apart by the hash of their key, or of the whole row where there is no key: among five million rows two
different ones share a hash once in a million comparisons, and then a count is one short.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.changes import CAUSES, Changes
from catalog.manifest import Inputs
from schemas.contracts import Dataset, FieldType
from schemas.tables import database, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_ROWS = 12_000_000
"""Of both releases together: above, only columns are compared. 5,000,000 and 5,000,000 rows of eleven columns take
4 s of processor time, and what does not fit into memory goes to the disk."""

Counts = tuple[int, int | None, int] | tuple[None, None, None]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two releases: its Parquet file, what it promises of it, how many rows it has, and of what it was made."""

    parquet: Path
    dataset: Dataset
    rows: int
    inputs: Inputs


def compared(before: Side, after: Side, since: str) -> Changes:
    """What the release `after` changed against `before`, which is called `since`."""
    old, new = _types(before.dataset), _types(after.dataset)
    common = tuple(name for name, kind in new.items() if old.get(name) == kind)
    added, changed, removed = _counts(before, after, common)
    return Changes(
        since=since,
        because=tuple(
            cause for name, cause in CAUSES.items() if getattr(before.inputs, name) != getattr(after.inputs, name)
        ),
        added=added,
        changed=changed,
        removed=removed,
        columns_added=tuple(name for name in new if name not in old),
        columns_removed=tuple(name for name in old if name not in new),
        columns_retyped=tuple(name for name in new if name in old and name not in common),
    )


def _types(dataset: Dataset) -> dict[str, FieldType]:
    return {field.name: field.type for field in dataset.public_fields}


def _counts(before: Side, after: Side, common: tuple[str, ...]) -> Counts:
    """Rows added, changed and removed, by the columns that both have."""
    if not common or before.rows + after.rows > MOST_ROWS:
        return None, None, None
    keys = {_key(before.dataset), _key(after.dataset)}
    key = keys.pop() if len(keys) == 1 else ()
    with database(after.parquet.parent, before.parquet) as connection:
        if key and set(key) <= set(common):
            return _by_key(connection, _united(before, after, key, common))
        return _by_row(connection, _united(before, after, common, common))


def _key(dataset: Dataset) -> tuple[str, ...]:
    """What tells the rows of the public table apart: of a table of groups, what they are grouped by."""
    aggregate = dataset.disclosure.aggregate
    return aggregate.by if aggregate else dataset.public_key


def _united(before: Side, after: Side, key: tuple[str, ...], common: tuple[str, ...]) -> str:
    """The SQL of both releases' rows: the hash of the key and of the row, and in which of them it stands."""
    hashes = ", ".join(f"hash({', '.join(map(quoted, names))})" for names in (key, common))
    sides = ((before, "1, 0"), (after, "0, 1"))
    rows = " UNION ALL ".join(f"SELECT {hashes}, {marks} FROM {read_parquet(one.parquet)}" for one, marks in sides)
    return f"({rows}) t(key, said, old, new)"


def _by_key(connection: "DuckDBPyConnection", rows: str) -> tuple[int, int, int]:
    grouped = f"SELECT sum(old) AS old, sum(new) AS new, bit_xor(said) AS differs FROM {rows} GROUP BY key"
    added, changed, removed = connection.execute(
        "SELECT count(*) FILTER (old = 0), count(*) FILTER (old > 0 AND new > 0 AND (old <> new OR differs <> 0)), "
        f"count(*) FILTER (new = 0) FROM ({grouped})"
    ).fetchall()[0]
    return added, changed, removed


def _by_row(connection: "DuckDBPyConnection", rows: str) -> tuple[int, None, int]:
    grouped = f"SELECT sum(new) - sum(old) AS more FROM {rows} GROUP BY said"
    more, fewer = connection.execute(
        f"SELECT coalesce(sum(greatest(more, 0)), 0), coalesce(sum(greatest(-more, 0)), 0) FROM ({grouped})"
    ).fetchall()[0]
    return int(more), None, int(fewer)
