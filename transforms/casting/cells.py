"""Text -> the contract's types, as SQL over one row: the typed fields, and the names of those that do not parse."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.contracts import Contract, ContractField
from schemas.tables import FAULT_COLUMN, literal, quoted
from transforms.casting import moments, numbers
from transforms.reading.table import ERROR_TEXT, NUMBER_MARK, RAGGED_COLUMN, ROW_COLUMN, RawTable

BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"
TRUE_VALUES = ("true", "1", "ya", "benar")
FALSE_VALUES = ("false", "0", "tidak", "salah")
KEPT_AS_TEXT = ("string", "geojson")
RAGGED = "(baris)"
"""Stands in the fault column for a row that has too many or too few cells."""
PADDED = "(tepi)"
"""Stands there for a row with blanks around a cell that was taken to need no trimming."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How the cells of a table are written: the style of each numeric field, the fields with padded cells."""

    styles: dict[str, numbers.Style]
    padded: frozenset[str]


def padded(cell: str) -> str:
    """Whether a cell begins or ends with anything but a visible ASCII character, as every padded one does."""
    return f"({cell} < '!' OR {cell} > '~' OR {cell}[-1] NOT BETWEEN '!' AND '~')"


def trimmed(column: str, field: ContractField, missing: tuple[str, ...]) -> str:
    """A cell without the blanks around it; NULL for an empty one and for the contract's missing values.

    DuckDB's trim with a list of characters takes 10 s for 55 million cells, so only padded ones are trimmed (1.5 s).
    """
    marks = "" if field.type in numbers.NUMERIC_TYPES else NUMBER_MARK
    name = quoted(column)
    return as_it_stands(
        f"CASE WHEN {padded(name)} THEN trim({name}, {literal(BLANKS + marks)}) ELSE {name} END", field, missing
    )


def as_it_stands(cell: str, field: ContractField, missing: tuple[str, ...]) -> str:
    """A cell that has no blanks around it; NULL for an empty one and for the contract's missing values."""
    cell = f"nullif({cell}, '')"
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


def typed_rows(raw: RawTable, columns: Mapping[str, str], contract: Contract, forms: Forms, timezone: str) -> str:
    """The query for the staged rows of `raw`; `columns` names the source's column of each staged field.

    Three selects, one over the other: the cells; beside each its typed value, so that no value is computed
    twice; then the values and the names of the fields that hold text and yet have no value.
    """
    fields, at_rest = contract.staged_fields, raw.first_row is None
    places = [ROW_COLUMN, RAGGED_COLUMN] if at_rest else []
    cells = [f"{_cell(columns[field.name], field, contract, forms)} AS {_text_of(field)}" for field in fields]
    values = [
        f"{typed(_text_of(field), field, forms.styles.get(field.name, 'whole'), timezone)} AS {quoted(field.name)}"
        for field in fields
    ]
    texts = [_text_of(field) for field in fields]
    fault = _fault(fields, places, forms)
    shown = [*places[:1], *(quoted(field.name) for field in fields), f"{fault} AS {FAULT_COLUMN}"]
    select_cells = f"SELECT {', '.join([*places, *cells])} FROM {raw.relation}"
    return f"SELECT {', '.join(shown)} FROM (SELECT {', '.join([*places, *texts, *values])} FROM ({select_cells}))"


def _cell(column: str, field: ContractField, contract: Contract, forms: Forms) -> str:
    if field.name in forms.padded:
        return trimmed(column, field, contract.missingValues)
    return as_it_stands(quoted(column), field, contract.missingValues)


def _text_of(field: ContractField) -> str:
    return quoted(f"text of {field.name}")


def _fault(fields: tuple[ContractField, ...], places: list[str], forms: Forms) -> str:
    """The names of a row's faulty fields; NULL, and nothing put together, for a sound row.

    A padded cell that nobody trims is no date or number, so only those that are kept as text are asked about.
    """
    untrimmed = [field for field in fields if field.name not in forms.padded]
    faults = {RAGGED: f"{RAGGED_COLUMN} IS NOT NULL"} if places else {}
    for field in fields:
        if field.type == "string" and places:
            faults[field.name] = f"{_text_of(field)} = {literal(ERROR_TEXT)}"
        elif field.type != "string":
            faults[field.name] = f"({_text_of(field)} IS NOT NULL AND {quoted(field.name)} IS NULL)"
    wrong = [*faults.values(), *(padded(quoted(field.name)) for field in untrimmed if field.type in KEPT_AS_TEXT)]
    if not wrong:
        return "CAST(NULL AS VARCHAR)"
    if untrimmed:
        faults[PADDED] = " OR ".join(padded(_text_of(field)) for field in untrimmed)
    named = ", ".join(f"CASE WHEN {is_so} THEN {literal(name)} END" for name, is_so in faults.items())
    return f"CASE WHEN {' OR '.join(wrong)} THEN concat_ws(',', {named}) END"


def _boolean(cell: str, field: ContractField) -> str:
    yes = [word.lower() for word in field.trueValues or TRUE_VALUES]
    no = [word.lower() for word in field.falseValues or FALSE_VALUES]
    return (
        f"CASE WHEN lower({cell}) IN ({', '.join(map(literal, yes))}) THEN TRUE "
        f"WHEN lower({cell}) IN ({', '.join(map(literal, no))}) THEN FALSE END"
    )
