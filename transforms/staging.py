"""Text rows -> the contract's types, written once as Parquet, in the source's order.

A cell that does not parse marks its row, and the row stays in its place: quarantine counts it, nothing guesses
it. Styles of numbers, and which fields need trimming, are decided on the first rows, proven on all of them, and
decided anew over the whole column where the proof fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Contract, ContractField
from schemas.tables import FAULT_COLUMN, database, literal, quoted, read_parquet
from transforms.casting.cells import PADDED, Forms, padded, trimmed, typed_rows
from transforms.casting.numbers import NUMERIC_TYPES, Style, decided_style, declared_style, form_counts
from transforms.reading.table import RawTable

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
    with database(into.parent, *raw.files) as connection:
        sample = f"(SELECT * FROM {raw.relation} LIMIT {SAMPLE_ROWS})"
        forms = Forms(_styles(connection, sample, columns, contract), _padded(connection, sample, columns, contract))
        faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        if faulty:
            proven = _proven(connection, raw, columns, contract, forms, into)
            if proven != forms:
                forms = proven
                faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
    return Staging(rows, faulty, raw.first_row, forms.styles)


def _undecided(contract: Contract) -> list[ContractField]:
    return [field for field in contract.staged_fields if field.type in NUMERIC_TYPES and not declared_style(field)]


def _styles(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> dict[str, Style]:
    """The style of every numeric field: as declared, or as the cells of `relation` show it."""
    styles = {field.name: style for field in contract.staged_fields if (style := declared_style(field))}
    undecided = _undecided(contract)
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


def _padded(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> frozenset[str]:
    """The fields with a padded cell in `relation`; trimming the others would cost a third of the staging."""
    fields = contract.staged_fields
    select = ", ".join(f"coalesce(bool_or({padded(quoted(columns[field.name]))}), false)" for field in fields)
    found = connection.execute(f"SELECT {select} FROM {relation}").fetchall()[0]
    return frozenset(field.name for field, is_padded in zip(fields, found, strict=True) if is_padded)


def _write(
    connection: "DuckDBPyConnection",
    raw: RawTable,
    columns: Columns,
    contract: Contract,
    timezone: str,
    forms: Forms,
    into: Path,
) -> int:
    connection.execute(
        f"COPY ({typed_rows(raw, columns, contract, forms, timezone)}) TO {literal(into)} "
        f"(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    faults = f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL"
    return int(connection.execute(faults).fetchall()[0][0])


def _proven(
    connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract, forms: Forms, into: Path
) -> Forms:
    """The forms that all rows show, where the staged rows blame those that the first rows showed."""
    styles, fields = forms.styles, forms.padded
    if _blamed(connection, into, [field.name for field in _undecided(contract)]):
        styles = _styles(connection, raw.relation, columns, contract)
    if _blamed(connection, into, [PADDED]):
        fields = frozenset(field.name for field in contract.staged_fields)
    return Forms(styles, fields)


def _blamed(connection: "DuckDBPyConnection", into: Path, names: list[str]) -> bool:
    """Whether one of these names stands in the fault column of a staged row."""
    listed = ", ".join(map(literal, names))
    query = (
        f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL "
        f"AND list_has_any(string_split({FAULT_COLUMN}, ','), [{listed}]::VARCHAR[])"
    )
    return bool(connection.execute(query).fetchall()[0][0])
