"""Staged rows -> the public table, by allow-list (law 1). From here on nothing else is handed on.

The public file is written anew from the named fields: no dictionary, index or metadata of the staged file can
travel with it (FACTS: a plain projection into a rebuilt table left 0 traces in 13 variants).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Aggregate, Contract
from schemas.errors import SupplierError
from schemas.findings import Finding
from schemas.tables import FAULT_COLUMN, PublicTable, StagedTable, database, literal, quoted, read_parquet
from transforms.protection.disclosure import withheld_counts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROW_GROUP = 50_000
"""A reader that wants the first rows fetches one group: 3 MB of 1,000,000 rows (FACTS)."""


def redact(staged: StagedTable, into: Path) -> PublicTable:
    """Write the public rows of `staged` to `into`: open fields only, small groups of people left out."""
    contract = staged.contract
    with database(into.parent, staged.path) as connection:
        aggregate = contract.disclosure.aggregate
        if aggregate is not None:
            suppressed = _counts(connection, staged, aggregate, into)
        elif contract.disclosure.k is not None:
            suppressed = _rows_of_large_groups(connection, staged, contract.disclosure.k, into)
        else:
            suppressed = _rows(connection, staged, into)
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
    findings = _findings(staged, suppressed)
    return PublicTable(into, contract.described(), rows, suppressed, findings)


def _findings(staged: StagedTable, suppressed: int) -> tuple[Finding, ...]:
    """What disclosure control did, as the report states it."""
    disclosure = staged.contract.disclosure
    sound = staged.rows - staged.faulty
    if disclosure.aggregate is not None:
        by, because = disclosure.aggregate.by, disclosure.aggregate.because
        return (_suppression("small_groups", by, because, sound, suppressed),)
    if disclosure.k is not None:
        return (_suppression("k_anonymity", disclosure.quasi_identifiers, None, sound, suppressed),)
    return ()


def _suppression(rule: str, fields: tuple[str, ...], because: str | None, rows: int, suppressed: int) -> Finding:
    return Finding(
        code=rule,
        rule=rule,
        fields=fields,
        because=because,
        severity="warning",
        outcome="failed" if suppressed else "passed",
        checked=rows,
        failing=suppressed,
        actor="ppid",
    )


def _rows(connection: "DuckDBPyConnection", staged: StagedTable, into: Path) -> int:
    _write(connection, f"SELECT {_names(staged.contract)} FROM {staged.sound_rows}", into)
    return 0


def _rows_of_large_groups(connection: "DuckDBPyConnection", staged: StagedTable, k: int, into: Path) -> int:
    group = ", ".join(map(quoted, staged.contract.disclosure.quasi_identifiers))
    sound = f"(SELECT *, file_row_number FROM {read_parquet(staged.path)} WHERE {FAULT_COLUMN} IS NULL)"
    sized = f"(SELECT *, count(*) OVER (PARTITION BY {group}) AS _group FROM {sound})"
    _write(
        connection,
        f"SELECT {_names(staged.contract)} FROM {sized} WHERE _group >= {k} ORDER BY file_row_number",
        into,
    )
    small = f"SELECT count(*) FROM {sized} WHERE _group < {k}"
    return int(connection.execute(small).fetchall()[0][0])


def _counts(connection: "DuckDBPyConnection", staged: StagedTable, aggregate: Aggregate, into: Path) -> int:
    """The table of counts per group, in the order of the groups; a withheld count is NULL."""
    by, name = ", ".join(map(quoted, aggregate.by)), quoted(aggregate.name)
    connection.execute(
        f"CREATE TABLE groups AS SELECT *, row_number() OVER (ORDER BY {by}) - 1 AS _position "
        f"FROM (SELECT {by}, count(*)::BIGINT AS {name} FROM {staged.sound_rows} GROUP BY {by})"
    )
    counts = [count for (count,) in connection.execute(f"SELECT {name} FROM groups ORDER BY _position").fetchall()]
    withheld = withheld_counts(counts, aggregate.at_least)
    if withheld is None:
        raise SupplierError("groups_too_few", dataset=staged.contract.id, at_least=aggregate.at_least)
    positions = f"(SELECT unnest({sorted(withheld)}::BIGINT[]))"
    connection.execute(f"UPDATE groups SET {name} = NULL WHERE _position IN {positions}")
    _write(connection, f"SELECT {_names(staged.contract)} FROM groups ORDER BY _position", into)
    return len(withheld)


def _names(contract: Contract) -> str:
    return ", ".join(quoted(field.name) for field in contract.public_fields)


def _write(connection: "DuckDBPyConnection", query: str, into: Path) -> None:
    connection.execute(
        f"COPY ({query}) TO {literal(into)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
