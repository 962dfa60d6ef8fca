"""Staged rows -> the public table, by allow-list (law 1). From here on nothing else is handed on.

The public file is written anew from the named fields: no dictionary, index or metadata of the staged file can
travel with it (FACTS: a plain projection into a rebuilt table left 0 traces in 13 variants).
"""

from collections.abc import Iterator, Sequence
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Contract
from schemas.findings import Finding
from schemas.messages import wording
from schemas.tables import PARQUET, PublicTable, StagedTable, database, literal, quoted, read_parquet
from transforms.protection.aggregation import counted
from transforms.protection.anonymity import Anonymised, anonymised
from transforms.protection.generalisation import published

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DUCKDB_VECTOR = 2_048
"""DuckDB writes groups of whole vectors."""
SMALLEST_GROUP = 2 * DUCKDB_VECTOR


def rows_of_a_group(rows: int) -> int:
    """How many of `rows` one row group of the public file holds: more of them, the more rows there are.

    Whoever opens the file over the web fetches its footer, which grows with the number of groups, and then one group.
    Both together are least at a multiple of the square root. Of 1,000,000 rows x 10: 59 kB and 259 kB at 20,480 rows
    a group, 148 kB and 110 kB at 8,192, 290 kB and 60 kB at 4,096.
    """
    return max(SMALLEST_GROUP, ceil(8 * sqrt(rows) / DUCKDB_VECTOR) * DUCKDB_VECTOR)


def redact(staged: StagedTable, into: Path, earlier: Sequence[Path] = ()) -> PublicTable:
    """Write the public rows of `staged` to `into`: public fields only, each in its published form, no small groups.

    `earlier` are the Parquet files of the dataset's releases before, newest first: a table of groups is held
    against them. Where no groups are formed one thread writes nearly as fast as two, and leaves a processor to others.
    """
    contract = staged.contract
    aggregate, k = contract.disclosure.aggregate, contract.disclosure.k
    with database(into.parent, staged.path, *earlier, threads=2 if aggregate or k else 1) as connection:
        if aggregate is not None:
            table = counted(connection, published_rows(staged), staged, aggregate, earlier)
            _write(connection, table.query, staged, into)
            suppressed, findings = table.suppressed, table.findings
        elif k is not None:
            done = anonymised(connection, staged, k)
            _write(connection, done.query, staged, into)
            suppressed, findings = done.suppressed, tuple(_findings_of_groups(staged, done, k))
        else:
            _write(connection, f"SELECT {_columns(contract)} FROM {staged.sound_rows}", staged, into)
            suppressed, findings = 0, ()
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
    return PublicTable(into, contract.described(), rows, suppressed, findings)


def _findings_of_groups(staged: StagedTable, done: Anonymised, k: int) -> Iterator[Finding]:
    """What disclosure control did, as the report states it."""
    disclosure = staged.contract.disclosure
    for number, (step, rows) in enumerate(zip(disclosure.further, done.further, strict=True), 1):
        yield _protection("generalised_further", (step.field,), None, staged, rows, f":{number}")
    for name, cells in done.emptied.items():
        yield _protection("cells_suppressed", (name,), None, staged, cells, f":{name}")
    smallest = wording("finding.smallest_group", "id", k=k, rows=done.smallest or 0)
    yield _protection("k_anonymity", disclosure.quasi_identifiers, smallest, staged, done.suppressed)


def _protection(
    rule: str, fields: tuple[str, ...], because: str | None, staged: StagedTable, failing: int, about: str = ""
) -> Finding:
    return Finding(
        code=f"{rule}{about}",
        rule=rule,
        fields=fields,
        because=because,
        severity="warning",
        outcome="failed" if failing else "passed",
        checked=staged.rows - staged.faulty,
        failing=failing,
        actor="ppid",
    )


def published_rows(staged: StagedTable) -> str:
    """The SQL relation of the sound rows in which every field that leaves has its published form already."""
    contract = staged.contract
    forms = [
        f"{published(field, contract)} AS {quoted(field.name)}"
        for field in contract.staged_fields
        if field.exemption and field.exemption.generalise
    ]
    replaced = f" REPLACE ({', '.join(forms)})" if forms else ""
    return f"(SELECT *{replaced} FROM {staged.sound_rows})"


def _columns(contract: Contract) -> str:
    """The allow-list, each field in its published form."""
    fields = [contract.field(field.name) for field in contract.public_fields]
    return ", ".join(f"{published(field, contract)} AS {quoted(field.name)}" for field in fields)


def _names(contract: Contract) -> str:
    return ", ".join(quoted(field.name) for field in contract.public_fields)


def _write(connection: "DuckDBPyConnection", query: str, staged: StagedTable, into: Path) -> None:
    group = rows_of_a_group(staged.rows - staged.faulty)
    connection.execute(f"COPY ({query}) TO {literal(into)} ({PARQUET}, COMPRESSION zstd, ROW_GROUP_SIZE {group})")
