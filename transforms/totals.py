"""A last row that adds up the rows above it: a total that no word gives away, such as `Kota Palu` under its kecamatan.

Published as data it would double every sum, so it is held back until the contract says which it is.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.contracts import Contract, CsvLayout, Layout, SpreadsheetLayout
from schemas.findings import Finding
from schemas.tables import FAULT_COLUMN, database, quoted, read_parquet

MOST_ROWS = 100_000
"""Longer tables are written by programs, which add no total below."""
FEWEST_ROWS_ALONE = 5
"""Above a total that one column alone shows; where several columns agree, two rows are enough."""
FEWEST_ROWS = 2
ROUNDED = 0.005
"""Each part may be off by so much where decimals were rounded before they were added."""


def total_findings(contract: Contract, layout: Layout | None, staged: Path, rows: int) -> tuple[Finding, ...]:
    """A blocker where the last sound row of a file is the sum of those above it, and the contract does not say more."""
    if not isinstance(layout, CsvLayout | SpreadsheetLayout) or layout.totals or contract.module or rows > MOST_ROWS:
        return ()
    summed = tuple(_summed(contract, staged))
    if not summed:
        return ()
    return (
        Finding(
            code="total_row",
            rule="total_row",
            fields=summed,
            severity="blocker",
            outcome="failed",
            checked=rows,
            failing=1,
            actor="author",
        ),
    )


def _summed(contract: Contract, staged: Path) -> Iterator[str]:
    """The fields whose last value is larger than every one above it, and their sum."""
    fields = [one for one in contract.staged_fields if one.type in ("integer", "number") and not one.axis]
    if not fields:
        return
    asked = [_shares(quoted(one.name), 0.0 if one.type == "integer" else ROUNDED) for one in fields]
    sound = f"(SELECT *, file_row_number FROM {read_parquet(staged)} WHERE {FAULT_COLUMN} IS NULL)"
    placed = f"(SELECT *, row_number() OVER (ORDER BY file_row_number) AS place, count(*) OVER () AS last FROM {sound})"
    with database(staged) as connection:
        above, *agree = connection.execute(f"SELECT max(last) - 1, {', '.join(asked)} FROM {placed}").fetchall()[0]
    named = [one.name for one, is_sum in zip(fields, agree, strict=True) if is_sum]
    if above is not None and above >= (FEWEST_ROWS if len(named) > 1 else FEWEST_ROWS_ALONE):
        yield from named


def _shares(cell: str, rounded: float) -> str:
    """Whether the last of these cells is the sum of the others."""
    last = f"max({cell}) FILTER (WHERE place = last)"
    total = f"sum({cell}) FILTER (WHERE place < last)"
    most = f"max({cell}) FILTER (WHERE place < last)"
    off = f"{rounded} * (max(last) - 1) + 1e-9 * abs({total})"
    return f"coalesce(abs({total} - {last}) <= {off} AND {last} > {most} AND {most} > 0, false)"
