"""Text -> the contract's types, as SQL over one row: the typed fields, and the names of those that do not parse."""

from collections.abc import Mapping

from schemas.contracts import ContractField
from schemas.tables import FAULT_COLUMN, literal, quoted
from transforms.casting import moments, numbers
from transforms.reading.table import NUMBER_MARK

BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"
TRUE_VALUES = ("true", "1", "ya", "benar")
FALSE_VALUES = ("false", "0", "tidak", "salah")
RAGGED = "(baris)"
"""Stands in the fault column for a row that has too many or too few cells."""


def trimmed(column: str, field: ContractField, missing: tuple[str, ...]) -> str:
    """A cell without the blanks around it; NULL for an empty one and for the contract's missing values.

    DuckDB's trim with a list of characters takes 10 s for 55 million cells, so it is asked only about cells
    that begin or end with a blank or hold something beyond ASCII (0.5 s).
    """
    marks = "" if field.type in numbers.NUMERIC_TYPES else NUMBER_MARK
    name = quoted(column)
    suspect = f"{name} < '!' OR {name}[-1] <= ' ' OR strlen({name}) > length({name})"
    cell = f"nullif(CASE WHEN {suspect} THEN trim({name}, {literal(BLANKS + marks)}) ELSE {name} END, '')"
    words = [word for word in missing if word]
    if words:
        said = f"ltrim({cell}, '{NUMBER_MARK}')" if field.type in numbers.NUMERIC_TYPES else cell
        cell = f"CASE WHEN {said} IN ({', '.join(map(literal, words))}) THEN NULL ELSE {cell} END"
    return numbers.ungrouped(cell, field)


def typed(cell: str, field: ContractField, style: numbers.Style, timezone: str) -> str:
    """A trimmed cell as the field's type; NULL where it does not parse."""
    match field.type:
        case "integer":
            return numbers.integer(cell, style)
        case "number":
            return numbers.number(cell, style)
        case "boolean":
            return _boolean(cell, field)
        case "date":
            return moments.date(cell, field.format)
        case "datetime":
            return moments.datetime(cell, field.format, timezone)
        case "time":
            return moments.time(cell)
        case "year":
            return f"CASE WHEN regexp_full_match({cell}, '[0-9]{{4}}') THEN CAST({cell} AS BIGINT) END"
        case "yearmonth":
            return f"CASE WHEN regexp_full_match({cell}, '[0-9]{{4}}-(0[1-9]|1[0-2])') THEN {cell} END"
        case "geojson":
            return f"CASE WHEN starts_with({cell}, '{{') AND json_valid({cell}) THEN {cell} END"
        case "string":
            return cell


def projection(
    fields: tuple[ContractField, ...],
    columns: tuple[str, ...],
    styles: Mapping[str, numbers.Style],
    missing: tuple[str, ...],
    timezone: str,
    ragged: str,
) -> tuple[str, str]:
    """Two select lists, one over the other: the trimmed cells, then the typed fields with their fault column.

    `columns` are the source's columns of the `fields`; `ragged` is the SQL condition of a misshapen row.
    """
    inner = [
        f"{trimmed(column, field, missing)} AS {quoted(field.name)}"
        for field, column in zip(fields, columns, strict=True)
    ]
    outer, faults = [], [f"CASE WHEN {ragged} THEN '{RAGGED}' END"] if ragged else []
    for field in fields:
        cell = quoted(field.name)
        value = typed(cell, field, styles.get(field.name, "whole"), timezone)
        outer.append(f"{value} AS {cell}")
        if field.type != "string":
            faults.append(f"CASE WHEN {cell} IS NOT NULL AND ({value}) IS NULL THEN {literal(field.name)} END")
    fault = f"nullif(concat_ws(',', {', '.join(faults)}), '')" if faults else "CAST(NULL AS VARCHAR)"
    return ", ".join(inner), ", ".join([*outer, f"{fault} AS {FAULT_COLUMN}"])


def _boolean(cell: str, field: ContractField) -> str:
    yes = [word.lower() for word in field.trueValues or TRUE_VALUES]
    no = [word.lower() for word in field.falseValues or FALSE_VALUES]
    return (
        f"CASE WHEN lower({cell}) IN ({', '.join(map(literal, yes))}) THEN TRUE "
        f"WHEN lower({cell}) IN ({', '.join(map(literal, no))}) THEN FALSE END"
    )
