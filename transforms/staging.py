"""Text rows -> the contract's types, written once as Parquet, in the source's order.

A cell that does not parse marks its row, and the row stays in its place: quarantine counts it, nothing guesses
it. Styles of numbers are decided on the first rows, proven on all of them, and decided anew over the whole
column where the proof fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Contract, ContractField
from schemas.tables import FAULT_COLUMN, LINE_COLUMN, database, literal, quoted, read_parquet
from transforms.casting.cells import trimmed, typed_rows
from transforms.casting.numbers import NUMERIC_TYPES, Style, decided_style, declared_style, form_counts
from transforms.reading.table import NUMBER_MARK, RawTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE_ROWS = 20_000
ROW_GROUP = 122_880
Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Staging:
    """What stands in the staged Parquet: all its rows, those that quarantine holds back, the number styles."""

    rows: int
    faulty: int
    first_row: int | None
    styles: dict[str, Style]


def stage(raw: RawTable, columns: Columns, contract: Contract, timezone: str, into: Path) -> Staging:
    """Write the staged rows of `raw` to `into`; `columns` names the source's column of each staged field."""
    undecided = [field for field in contract.staged_fields if field.type in NUMERIC_TYPES and not declared_style(field)]
    with database(into.parent, *raw.files) as connection:
        sample = f"(SELECT * FROM {raw.relation} LIMIT {SAMPLE_ROWS})"
        styles = _styles(connection, sample, undecided, columns, contract)
        faulty = _write(connection, raw, columns, contract, timezone, styles, into)
        if _touched(connection, into, undecided):
            proven = _styles(connection, raw.relation, undecided, columns, contract)
            if proven != styles:
                styles = proven
                faulty = _write(connection, raw, columns, contract, timezone, styles, into)
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
    return Staging(rows, faulty, raw.first_row, styles)


def _styles(
    connection: "DuckDBPyConnection",
    relation: str,
    undecided: list[ContractField],
    columns: Columns,
    contract: Contract,
) -> dict[str, Style]:
    """The style of every numeric field: as declared, or as the cells of `relation` show it."""
    styles = {field.name: style for field in contract.staged_fields if (style := declared_style(field))}
    if not undecided:
        return styles
    counts = {
        field.name: form_counts(trimmed(columns[field.name], field, contract.missingValues)) for field in undecided
    }
    select = ", ".join(sql for forms in counts.values() for sql in forms.values())
    found = iter(connection.execute(f"SELECT {select} FROM {relation}").fetchall()[0])
    for field in undecided:
        styles[field.name] = decided_style({form: next(found) for form in counts[field.name]})
    return styles


def _write(
    connection: "DuckDBPyConnection",
    raw: RawTable,
    columns: Columns,
    contract: Contract,
    timezone: str,
    styles: Mapping[str, Style],
    into: Path,
) -> int:
    connection.execute(
        f"COPY ({typed_rows(raw, columns, contract, styles, timezone)}) TO {literal(into)} "
        f"(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    faults = f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL"
    return int(connection.execute(faults).fetchall()[0][0])


def _touched(connection: "DuckDBPyConnection", into: Path, undecided: list[ContractField]) -> bool:
    """Whether a cell of an undecided field failed: then its style was decided on too few rows."""
    if not undecided:
        return False
    names = ", ".join(literal(field.name) for field in undecided)
    query = (
        f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL "
        f"AND list_has_any(string_split({FAULT_COLUMN}, ','), [{names}])"
    )
    return bool(connection.execute(query).fetchall()[0][0])


def write_quarantine(
    raw: RawTable, columns: Columns, contract: Contract, staged: Path, staging: Staging, into: Path
) -> None:
    """The officer's own list: row number, faulty fields, and the row's open cells as the source has them.

    An exempt cell is named by its place only (law 2), so its column is not written. Our own mark of a stored
    number is not the source's.
    """
    number = f"s.{LINE_COLUMN}" if staging.first_row is None else f"s.file_row_number + {staging.first_row}"
    opened = [field.name for field in contract.fields if field.access == "open"]
    cells = "".join(f", ltrim(r.{quoted(columns[name])}, '{NUMBER_MARK}') AS {quoted(name)}" for name in opened)
    staged_rows = f"(SELECT *, file_row_number FROM {read_parquet(staged)})"
    with database(into.parent, staged, *raw.files) as connection:
        connection.execute(
            f"COPY (SELECT {number} AS baris, s.{FAULT_COLUMN} AS kolom_bermasalah{cells} "
            f"FROM {staged_rows} s POSITIONAL JOIN {raw.relation} r WHERE s.{FAULT_COLUMN} IS NOT NULL) "
            f"TO {literal(into)} (FORMAT csv, HEADER)"
        )
