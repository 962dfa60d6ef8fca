"""The withheld texts that this very run read, as columns beside the staged fields, for as long as the run lasts.

Before a release leaves, it is searched for them (`catalog/tracing`): that finds what no pattern can, for instance
a name that is repeated in a column of remarks.
"""

from collections.abc import Mapping

from schemas.contracts import Contract, ContractField
from schemas.contracts.field import NUMERIC_TYPES
from schemas.tables import kept_fields, kept_text, quoted
from transforms.reading.table import NUMBER_MARK

LEAST_DIGITS = 8
"""Significant digits of a number: 12,500,000 stands in many columns, 12,345,678 hardly by chance."""


def kept_texts(columns: Mapping[str, str], contract: Contract) -> list[tuple[str, str]]:
    """What to select of a `RawTable` for each text that is kept, and the name of its column in the staged rows."""
    return [(_text(columns[field.name], field), kept_text(field)) for field in kept_fields(contract)]


def _text(column: str, field: ContractField) -> str:
    cell = quoted(column)
    text = f"CASE WHEN {cell} > '~' THEN ltrim({cell}, '{NUMBER_MARK}') ELSE {cell} END"  # ltrim is dear
    if field.type not in NUMERIC_TYPES:
        return text
    digits = f"rtrim(regexp_replace({text}, '[^0-9]', '', 'g'), '0')"
    return f"CASE WHEN length({digits}) >= {LEAST_DIGITS} THEN {text} END"
