"""Text rows -> the contract's types, written once as Parquet, in the source's order.

A cell that does not parse marks its row, and the row stays in its place: quarantine counts it, nothing guesses
it. Styles of numbers, and which fields need trimming, are decided on the first rows, proven on all of them, and
decided anew over the whole column where the proof fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from schemas.contracts import Contract, ContractField
from schemas.tables import FAULT_COLUMN, LINE_COLUMN, database, literal, quoted, read_parquet
from transforms.casting.cells import PADDED, Forms, padded, trimmed, typed_rows
from transforms.casting.dress import is_dressed, undressed
from transforms.casting.numbers import NUMERIC_TYPES, Style, decided_style, declared_style, form_counts
from transforms.casting.spelled import Order, decided_order, order_counts
from transforms.reading.table import NUMBER_MARK, RawTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE_ROWS = 20_000
ROW_GROUP = 122_880
Columns = Mapping[str, str]
Key = TypeVar("Key", bound=str)


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
        forms = _forms(connection, sample, columns, contract)
        faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        if faulty:
            proven = _proven(connection, raw, columns, contract, forms, into)
            if proven != forms:
                forms = proven
                faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
    return Staging(rows, faulty, raw.first_row, forms.styles)


def _forms(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> Forms:
    """How the cells of `relation` are written."""
    return Forms(
        _styles(connection, relation, columns, contract),
        _padded(connection, relation, columns, contract),
        _dressed(connection, relation, columns, contract),
        _orders(connection, relation, columns, contract),
    )


def _numeric(contract: Contract) -> list[ContractField]:
    """The fields whose cells have a style; a coordinate's has none."""
    return [field for field in contract.staged_fields if field.type in NUMERIC_TYPES and not field.axis]


def _dated(contract: Contract) -> list[ContractField]:
    """The fields whose day and month may stand in either order."""
    fields = contract.staged_fields
    return [field for field in fields if field.type in ("date", "datetime") and field.format == "any"]


def _styles(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> dict[str, Style]:
    """The style of every numeric field: as declared, or as the cells of `relation` show it."""
    styles = {field.name: style for field in _numeric(contract) if (style := declared_style(field))}
    undecided = [field for field in _numeric(contract) if field.name not in styles]
    cells = {field.name: _bare(field, columns, contract) for field in undecided}
    within = _cells(relation, cells)
    plain = {field.name: undressed(quoted(field.name), field) for field in undecided}
    found = _counted(connection, _cells(within, plain), {name: form_counts(quoted(name)) for name in plain})
    return {**styles, **{name: decided_style(forms) for name, forms in found.items()}}


def _orders(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> dict[str, Order]:
    """The order of day and month in every date of any form."""
    cells = {field.name: _bare(field, columns, contract) for field in _dated(contract)}
    counts = {name: order_counts(quoted(name)) for name in cells}
    found = _counted(connection, _cells(relation, cells), counts)
    return {name: decided_order(signs) for name, signs in found.items()}


def _dressed(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> frozenset[str]:
    """The numeric fields with more than plain numbers in a cell; taking every cell apart would cost as much again."""
    cells = {field.name: _bare(field, columns, contract) for field in _numeric(contract)}
    counts = {name: {"dressed": f"count(*) FILTER ({is_dressed(quoted(name))})"} for name in cells}
    found = _counted(connection, _cells(relation, cells), counts)
    return frozenset(name for name, count in found.items() if count["dressed"])


def _cells(relation: str, cells: Mapping[str, str]) -> str:
    """A relation of these cells, each computed once however often a question names it."""
    shown = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in cells.items())
    return f"(SELECT {shown or 'NULL'} FROM {relation})"


def _bare(field: ContractField, columns: Columns, contract: Contract) -> str:
    return trimmed(columns[field.name], field, contract.missingValues)


def _counted(
    connection: "DuckDBPyConnection", relation: str, counts: Mapping[str, Mapping[Key, str]]
) -> dict[str, dict[Key, int]]:
    """The SQL aggregates of each field, asked in one query."""
    select = ", ".join(sql for of_field in counts.values() for sql in of_field.values())
    if not select:
        return {}
    found = iter(connection.execute(f"SELECT {select} FROM {relation}").fetchall()[0])
    return {name: {key: next(found) for key in of_field} for name, of_field in counts.items()}


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
    decided = [field.name for field in (*_numeric(contract), *_dated(contract))]
    if _blamed(connection, into, decided):
        forms = replace(_forms(connection, raw.relation, columns, contract), padded=forms.padded)
    if _blamed(connection, into, [PADDED]):
        forms = replace(forms, padded=frozenset(field.name for field in contract.staged_fields))
    return forms


def _blamed(connection: "DuckDBPyConnection", into: Path, names: list[str]) -> bool:
    """Whether one of these names stands in the fault column of a staged row."""
    listed = ", ".join(map(literal, names))
    query = (
        f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL "
        f"AND list_has_any(string_split({FAULT_COLUMN}, ','), [{listed}]::VARCHAR[])"
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
