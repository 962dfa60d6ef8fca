"""The rows that somebody must mend, with the source's own text of their open cells.

An exempt cell is named by its place only (law 2), so no such column is written; of a row with a cell too many or
too few nobody knows which cell is exempt, so none is. Our own mark of a stored number is not the source's, and a
very long cell is cut: the source has it in full.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from schemas.contracts import Contract
from schemas.failing import PLACE
from schemas.tables import database, literal, quoted, read_parquet
from transforms.reading.table import NUMBER_MARK, RAGGED_COLUMN, RawTable

LONGEST_CELL = 500
"""Characters; a shape's coordinates would bury the row."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be listed: the rows that `failing` places, of a table and what its columns are called here."""

    name: str
    raw: RawTable
    columns: dict[str, str]
    contract: Contract
    staged: Path
    failing: Path
    into: Path


def list_rows(job: Listing) -> int:
    """Write `PLACE` and the open cells of each failing row once, in the source's order; how many there are."""
    cells = "".join(
        f", {_shown(job.columns[name], job.raw)} AS {quoted(name)}" for name in listed_fields(job.contract, job.columns)
    )
    places = f"(SELECT file_row_number AS {PLACE} FROM {read_parquet(job.staged)})"
    with database(job.into.parent, job.staged, job.failing, *job.raw.files) as connection:
        written = connection.execute(
            f"COPY (SELECT s.{PLACE}{cells} FROM {places} s POSITIONAL JOIN {job.raw.relation} r "
            f"WHERE s.{PLACE} IN (SELECT {PLACE} FROM {read_parquet(job.failing)}) ORDER BY s.{PLACE}) "
            f"TO {literal(job.into)} (FORMAT parquet)"
        ).fetchall()
    return int(written[0][0])


def listed_fields(contract: Contract, columns: Iterable[str]) -> tuple[str, ...]:
    """The open fields that were read, in the contract's order."""
    read = frozenset(columns)
    return tuple(field.name for field in contract.fields if field.access == "open" and field.name in read)


def _shown(column: str, raw: RawTable) -> str:
    cell = f"ltrim(r.{quoted(column)}, '{NUMBER_MARK}')"
    cut = f"CASE WHEN length({cell}) > {LONGEST_CELL} THEN {cell}[:{LONGEST_CELL}] || '…' ELSE {cell} END"
    return cut if raw.first_row is not None else f"CASE WHEN r.{RAGGED_COLUMN} IS NULL THEN {cut} END"
