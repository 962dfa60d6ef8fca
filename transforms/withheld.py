"""The withheld values that this very run read, kept beside the staged rows for as long as the run lasts.

Before a release leaves, it is searched for them (`catalog/tracing`): that finds what no pattern can, for instance
a name that is repeated in a column of remarks.
"""

from collections.abc import Mapping
from pathlib import Path

from schemas.contracts import Contract, ContractField, RowsSource
from schemas.contracts.field import NUMERIC_TYPES, FieldType
from schemas.tables import database, literal, quoted
from transforms.reading.table import NUMBER_MARK, RawTable

NOBODYS_OWN: frozenset[FieldType] = frozenset({"date", "datetime", "time", "year", "yearmonth", "boolean"})
"""Not searched for: any two columns of days share days, and a day by itself points to nobody."""
WITHHELD = "withheld.parquet"
"""The name of their file in a run's workspace."""
LEAST_DIGITS = 8
"""Significant digits of a number: 12,500,000 stands in many columns, 12,345,678 hardly by chance."""


def searched_fields(contract: Contract) -> tuple[ContractField, ...]:
    """The withheld fields whose values are kept. Of a database, only columns that were selected were ever read."""
    read = contract.staged_fields if isinstance(contract.source, RowsSource) else contract.fields
    return tuple(field for field in read if field.access != "open" and field.type not in NOBODYS_OWN)


def write_withheld(raw: RawTable, columns: Mapping[str, str], contract: Contract, into: Path) -> None:
    """Write the texts of the withheld fields, row by row, a column a field; no file where there are none."""
    fields = searched_fields(contract)
    if not fields:
        return
    texts = ", ".join(f"{_text(columns[field.name], field)} AS {quoted(field.name)}" for field in fields)
    with database(into.parent, *raw.files) as connection:
        connection.execute(
            f"COPY (SELECT {texts} FROM {raw.relation}) TO {literal(into)} (FORMAT parquet, COMPRESSION snappy)"
        )


def _text(column: str, field: ContractField) -> str:
    text = f"ltrim({quoted(column)}, '{NUMBER_MARK}')"
    if field.type not in NUMERIC_TYPES:
        return text
    digits = f"rtrim(regexp_replace({text}, '[^0-9]', '', 'g'), '0')"
    return f"CASE WHEN length({digits}) >= {LEAST_DIGITS} THEN {text} END"
