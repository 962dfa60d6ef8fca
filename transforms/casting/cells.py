"""Text -> the contract's types, as SQL over one row: the typed fields, and the names of those that do not parse."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from schemas.contracts import Contract, ContractField
from schemas.tables import FAULT_COLUMN, STORED_TYPES, literal, quoted
from transforms.casting import coordinates, dress, moments, numbers, spelled
from transforms.casting.codes import lost_digits
from transforms.reading.table import ERROR_TEXT, NUMBER_MARK, RAGGED_COLUMN, ROW_COLUMN, RawTable, value_column
from transforms.withheld import kept_texts

BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b\ufeff"
TRUE_VALUES = ("true", "1", "ya", "benar")
FALSE_VALUES = ("false", "0", "tidak", "salah")
KEPT_AS_TEXT = ("string", "geojson")
TAKEN_AS_THEY_ARE = ("integer", "number", "boolean", "date", "datetime")
"""The types of fields whose values need no text in between, where a database gives them."""
VALUES_IN_LETTERS = ("true", "false", "inf", "nan")
"""The texts of such values, those that begin with a digit left aside."""
GEOMETRIES = (
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
CANONICAL = "canonical_geometry"
"""The function that `geometry` gives a connection, where a field is of that type."""
GEOMETRY_REMARKS = ("geometry_altitude", "geometry_rewound", "geometry_crossing")
"""Its functions that tell what is remarkable about a geometry, each called as the finding that tells of it."""
RAGGED = "(baris)"
"""Stands in the fault column for a row that has too many or too few cells."""
PADDED = "(tepi)"
"""Stands there for a row with blanks around a cell that was taken to need no trimming."""

NOTHING = "NULL AS nothing"
"""Selected of each row where no field is staged, as of a draft about which nobody has decided."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How the cells of a table are written.

    The style of each numeric field, the order of day and month of each date in any form, the numeric fields
    with more than plain numbers in their cells, the fields with padded cells, and of each region field the
    spellings that the contract maps, with what they are mapped to. `plain` are texts that are staged without a look
    at their cells: whoever takes them for plain asks the staged rows afterwards whether they are (`is_not_plain`).
    """

    styles: dict[str, numbers.Style]
    padded: frozenset[str]
    dressed: frozenset[str] = frozenset()
    orders: dict[str, spelled.Order] = dataclasses.field(default_factory=dict)
    spellings: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    plain: frozenset[str] = frozenset()


def padded(cell: str) -> str:
    """Whether a cell begins or ends with anything but a visible ASCII character, as every padded one does."""
    return f"({_begins_unseen(cell)} OR {_ends_unseen(cell)})"


def _begins_unseen(cell: str) -> str:
    return f"{cell} < '!' OR {cell} > '~'"


def _ends_unseen(cell: str) -> str:
    return f"{cell}[-1] NOT BETWEEN '!' AND '~'"


def needs_trimming(cell: str, field: ContractField) -> str:
    """Whether a cell of the field is padded. Our mark before a stored number is no blank, and nothing follows it."""
    if field.type in numbers.NUMERIC_TYPES:
        return f"({padded(cell)} AND NOT starts_with({cell}, '{NUMBER_MARK}'))"
    return padded(cell)


def is_not_plain(raw: RawTable, name: str) -> tuple[str, ...]:
    """Whether the staged text of a field that was taken for plain would not have come out as it is: three questions.

    Each by itself, for DuckDB takes half as long again for two in one.
    """
    cell = quoted(name)
    return _begins_unseen(cell), _ends_unseen(cell), _is_faulty_text(cell, raw)


def _is_faulty_text(cell: str, raw: RawTable) -> str:
    failed = f" OR {cell} = {literal(ERROR_TEXT)}" if raw.first_row is None else ""
    return f"({lost_digits(cell)}{failed})"


def trimmed(column: str, field: ContractField, missing: tuple[str, ...]) -> str:
    """A cell without the blanks around it; NULL for an empty one and for the contract's missing values.

    DuckDB's trim with a list of characters takes 10 s for 55 million cells, so only padded ones are trimmed (1.5 s).
    """
    marks = "" if field.type in numbers.NUMERIC_TYPES else NUMBER_MARK
    name = quoted(column)
    trim = f"trim({name}, {literal(BLANKS + marks)})"
    if field.type == "string":  # the mark is what shows the loss
        trim = f"CASE WHEN {lost_digits(name)} THEN {name} ELSE {trim} END"
    return as_it_stands(f"CASE WHEN {needs_trimming(name, field)} THEN {trim} ELSE {name} END", field, missing)


def as_it_stands(cell: str, field: ContractField, missing: tuple[str, ...]) -> str:
    """A cell that has no blanks around it; NULL for an empty one and for the contract's missing values."""
    cell = f"nullif({cell}, '')"
    words = [word for word in missing if word]
    if words:
        said = f"ltrim({cell}, '{NUMBER_MARK}')" if field.type in numbers.NUMERIC_TYPES else cell
        cell = f"CASE WHEN {said} IN ({', '.join(map(literal, words))}) THEN NULL ELSE {cell} END"
    return dress.refused_money(numbers.ungrouped(cell, field), field)


def typed(cell: str, field: ContractField, forms: Forms, timezone: str) -> str:
    """A trimmed cell as the field's type; NULL where it does not parse."""
    style, order = forms.styles.get(field.name, "whole"), forms.orders.get(field.name, "day_first")
    match field.type:
        case "integer":
            return (numbers.dressed_integer if field.name in forms.dressed else numbers.integer)(cell, style)
        case "number":
            if field.axis:
                return coordinates.coordinate(cell, field.axis)
            return (numbers.dressed_number if field.name in forms.dressed else numbers.number)(cell, style)
        case "boolean":
            return _boolean(cell, field)
        case "date":
            return moments.date(cell, field.format, order)
        case "datetime":
            return moments.datetime(cell, field.format, timezone, order)
        case "time":
            return moments.time(cell, timezone)
        case "year":
            return f"CASE WHEN regexp_full_match({cell}, '[0-9]{{4}}') THEN CAST({cell} AS BIGINT) END"
        case "yearmonth":
            return spelled.year_and_month(cell)
        case "geojson":
            kind = f"TRY(json_extract_string({cell}, '$.type'))"
            return f"CASE WHEN {kind} IN ({', '.join(map(literal, GEOMETRIES))}) THEN {CANONICAL}({cell}) END"
        case "string":
            return _mapped(cell, forms.spellings.get(field.name, {}))


def typed_rows(raw: RawTable, columns: Mapping[str, str], contract: Contract, forms: Forms, timezone: str) -> str:
    """The query for the staged rows of `raw`; `columns` names the source's column of each staged field.

    Four selects, one over the other: the cells; without their dress; beside each its typed value, so that no
    value is computed twice; then the values and the names of the fields that hold text and yet have no value.
    """
    fields, at_rest = contract.staged_fields, raw.first_row is None
    ready = ready_fields(raw, columns, contract)
    kept = kept_texts(columns, contract)
    names = [quoted(name) for _, name in kept]
    places = [ROW_COLUMN, RAGGED_COLUMN] if at_rest else []
    cells = [f"{_given(columns[field.name], field, contract, forms, ready)} AS {_text_of(field)}" for field in fields]
    values = [f"{_value(field, forms, timezone, ready)} AS {quoted(field.name)}" for field in fields]
    texts = [_text_of(field) for field in fields]
    bare = [
        f"{dress.undressed(_text_of(field), field)} AS {_text_of(field)}" if field.name in forms.dressed else text
        for field, text in zip(fields, texts, strict=True)
    ]
    fault = _fault(raw, tuple(field for field in fields if field.name not in forms.plain), forms, ready)
    beside = [f"{text} AS {quoted(name)}" for text, name in kept]
    shown = [*places[:1], *(quoted(field.name) for field in fields), *names, f"{fault} AS {FAULT_COLUMN}"]
    select_cells = f"SELECT {', '.join([*places, *cells, *beside]) or NOTHING} FROM {raw.relation}"
    if forms.dressed:
        select_cells = f"SELECT {', '.join([*places, *names, *bare])} FROM ({select_cells})"
    select_values = f"SELECT {', '.join([*places, *names, *texts, *values]) or NOTHING} FROM ({select_cells})"
    return f"SELECT {', '.join(shown)} FROM ({select_values})"


def ready_fields(raw: RawTable, columns: Mapping[str, str], contract: Contract) -> frozenset[str]:
    """The fields whose values a database gave in the very type that they are stored in: no text is made or read.

    Not those whose text may mean something else than its value: nothing, where the contract says so; truth, where
    it has other words.
    """
    typed_fields = {field for field in contract.staged_fields if columns[field.name] in raw.typed}
    return frozenset(
        field.name
        for field in typed_fields
        if raw.typed[columns[field.name]] == STORED_TYPES[field.type]
        and field.type in TAKEN_AS_THEY_ARE
        and not any(map(_may_be_a_value, contract.missingValues))
        and (field.type != "boolean" or _means_itself(field))
    )


def _may_be_a_value(word: str) -> bool:
    bare = word.removeprefix("-")
    return bare[:1].isdigit() or bare in VALUES_IN_LETTERS


def _means_itself(field: ContractField) -> bool:
    """Whether `true` and `false` mean what they say."""
    yes, no = _words_of_truth(field)
    return "true" in yes and "false" in no and "false" not in yes


def _given(column: str, field: ContractField, contract: Contract, forms: Forms, ready: frozenset[str]) -> str:
    if field.name in ready:
        return quoted(value_column(column))
    return _cell(column, field, contract, forms)


def _value(field: ContractField, forms: Forms, timezone: str, ready: frozenset[str]) -> str:
    if field.name not in ready:
        return typed(_text_of(field), field, forms, timezone)
    if field.axis:
        return coordinates.within(_text_of(field), field.axis)
    return numbers.finite(_text_of(field)) if field.type == "number" else _text_of(field)


def _cell(column: str, field: ContractField, contract: Contract, forms: Forms) -> str:
    missing = contract.missingValues
    if field.name in forms.padded:
        return trimmed(column, field, missing)
    return as_it_stands(quoted(column), field, missing)


def _text_of(field: ContractField) -> str:
    return quoted(f"text of {field.name}")


def _fault(raw: RawTable, fields: tuple[ContractField, ...], forms: Forms, ready: frozenset[str]) -> str:
    """The names of a row's faulty fields; NULL, and nothing put together, for a sound row.

    A padded cell that nobody trims is no date or number, so only those that are kept as text are asked about.
    """
    untrimmed = [field for field in fields if field.name not in forms.padded | ready]
    faults = {RAGGED: f"{RAGGED_COLUMN} IS NOT NULL"} if raw.first_row is None else {}
    for field in fields:
        if field.name in ready and field.type != "number":
            continue
        if field.type == "string":
            faults[field.name] = _is_faulty_text(_text_of(field), raw)
        else:
            faults[field.name] = f"({_text_of(field)} IS NOT NULL AND {quoted(field.name)} IS NULL)"
    wrong = [*faults.values(), *(padded(quoted(field.name)) for field in untrimmed if field.type in KEPT_AS_TEXT)]
    if not wrong:
        return "CAST(NULL AS VARCHAR)"
    if untrimmed:
        faults[PADDED] = " OR ".join(needs_trimming(_text_of(field), field) for field in untrimmed)
    named = ", ".join(f"CASE WHEN {is_so} THEN {literal(name)} END" for name, is_so in faults.items())
    return f"CASE WHEN {' OR '.join(wrong)} THEN concat_ws(',', {named}) END"


def _mapped(cell: str, spellings: Mapping[str, str]) -> str:
    if not spellings:
        return cell
    cases = " ".join(f"WHEN {literal(spelling)} THEN {literal(value)}" for spelling, value in spellings.items())
    return f"CASE {cell} {cases} ELSE {cell} END"


def _boolean(cell: str, field: ContractField) -> str:
    yes, no = _words_of_truth(field)
    return (
        f"CASE WHEN lower({cell}) IN ({', '.join(map(literal, yes))}) THEN TRUE "
        f"WHEN lower({cell}) IN ({', '.join(map(literal, no))}) THEN FALSE END"
    )


def _words_of_truth(field: ContractField) -> tuple[list[str], list[str]]:
    yes, no = field.trueValues or TRUE_VALUES, field.falseValues or FALSE_VALUES
    return [word.lower() for word in yes], [word.lower() for word in no]
