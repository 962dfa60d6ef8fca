"""Which rows fail which rule, as SQL over the staged rows: for the officer's own list in the private zone.

How many rows fail is the report's business (`validation.py`); here they are found again by the same conditions,
so that somebody can mend them. Rules over a whole column or table (sums, means, counts) have no row to show.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from schemas.contracts import ContractField
from schemas.contracts.field import NUMERIC_TYPES
from schemas.expectations import Expectation
from schemas.tables import FAULT_COLUMN, STORED_TYPES, StagedTable, database, literal, quoted, read_parquet

MOST_FAULTS = 10_000
"""So many a list holds, in the order of the source's rows; nobody mends more by hand in one go."""
PLACE, NUMBER, CODE = "place", "number", "code"
"""The columns of the list: a row's place among the staged rows (from 0), its number in the source, the rule's code."""

Arguments = dict[str, Any]


def write_failing(staged: StagedTable, failed: Iterable[Expectation], into: Path) -> None:
    """Write `PLACE`, `NUMBER`, `CODE` of every fault, at most `MOST_FAULTS`; cells that do not parse are `type:field`.

    `failed` are rules that the report calls failed: their conditions were evaluated once already.
    """
    rows = f"(SELECT *, file_row_number AS {PLACE}, {staged.row_number} AS {NUMBER} FROM {read_parquet(staged.path)})"
    selects = [_unparsed(rows), *_of_rules(staged, failed, f"(FROM {rows} WHERE {FAULT_COLUMN} IS NULL)")]
    with database(into.parent, staged.path) as connection:
        connection.execute(
            f"COPY (SELECT * FROM ({' UNION ALL '.join(selects)}) ORDER BY {PLACE}, {CODE} LIMIT {MOST_FAULTS}) "
            f"TO {literal(into)} (FORMAT parquet)"
        )


def _unparsed(rows: str) -> str:
    faults = f"unnest(string_split({FAULT_COLUMN}, ','))"
    return f"SELECT {PLACE}, {NUMBER}, 'type:' || {faults} AS {CODE} FROM {rows} WHERE {FAULT_COLUMN} IS NOT NULL"


def _of_rules(staged: StagedTable, failed: Iterable[Expectation], sound: str) -> Iterator[str]:
    fields = {field.name: field for field in staged.contract.fields}
    for rule in failed:
        fails = _FAILS.get(rule.expect)
        if fails is not None:
            condition = fails(rule.arguments, fields)
            yield f"SELECT {PLACE}, {NUMBER}, {literal(rule.code)} FROM {sound} AS t {condition}"


Fields = dict[str, ContractField]
Fails = Callable[[Arguments, Fields], str]


def _where(condition: Callable[[str, Arguments, ContractField], str]) -> Fails:
    """A condition on one column: of its quoted name, the rule's arguments and its field."""

    def fails(arguments: Arguments, fields: Fields) -> str:
        name = arguments["column"]
        return f"WHERE {condition(quoted(name), arguments, fields[name])}"

    return fails


def _value(value: object, field: ContractField) -> str:
    """A limit or a listed value as SQL: numbers as they are, all else cast to what the field is stored as."""
    if field.type in NUMERIC_TYPES:
        return repr(value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"CAST({literal(text)} AS {STORED_TYPES[field.type]})"


def _outside(cell: str, arguments: Arguments, low: str | None, high: str | None) -> str:
    under = "<=" if arguments.get("strict_min") else "<"
    over = ">=" if arguments.get("strict_max") else ">"
    return " OR ".join([*([f"{cell} {under} {low}"] if low else []), *([f"{cell} {over} {high}"] if high else [])])


def _out_of_range(cell: str, arguments: Arguments, field: ContractField) -> str:
    low, high = (arguments.get(name) for name in ("min_value", "max_value"))
    return _outside(
        cell,
        arguments,
        None if low is None else _value(low, field),
        None if high is None else _value(high, field),
    )


def _out_of_length(cell: str, arguments: Arguments, _: ContractField) -> str:
    low, high = (arguments.get(name) for name in ("min_value", "max_value"))
    return _outside(f"length({cell})", {}, None if low is None else str(low), None if high is None else str(high))


def _in_set(cell: str, arguments: Arguments, field: ContractField) -> str:
    return f"{cell} IN ({', '.join(_value(value, field) for value in arguments['value_set'])})"


def _matches(cell: str, arguments: Arguments, _: ContractField) -> str:
    return f"regexp_matches({cell}, {literal(arguments['regex'])})"


def _repeated(names: Iterable[str], counted: str) -> str:
    return f"WHERE {counted} QUALIFY count(*) OVER (PARTITION BY {', '.join(map(quoted, names))}) > 1"


def _repeated_together(arguments: Arguments, _: Fields) -> str:
    names = arguments["column_list"]
    missing = [f"{quoted(name)} IS NULL" for name in names]
    counted = {
        "never": "TRUE",
        "any_value_is_missing": f"NOT ({' OR '.join(missing)})",
        "all_values_are_missing": f"NOT ({' AND '.join(missing)})",
    }[arguments.get("ignore_row_if", "all_values_are_missing")]
    return _repeated(names, counted)


def _pair(holds: Callable[[Arguments], str]) -> Fails:
    """A row with one side missing fails unless the rule passes it over; one without both never does."""

    def fails(arguments: Arguments, _: Fields) -> str:
        first, second = quoted(arguments["column_A"]), quoted(arguments["column_B"])
        missing = "FALSE" if arguments.get("ignore_row_if") == "either_value_is_missing" else "TRUE"
        one = f"({first} IS NULL) <> ({second} IS NULL)"
        return f"WHERE CASE WHEN {one} THEN {missing} ELSE NOT ({first} {holds(arguments)} {second}) END"

    return fails


_FAILS: dict[str, Fails] = {
    "expect_column_values_to_not_be_null": _where(lambda cell, *_: f"{cell} IS NULL"),
    "expect_column_values_to_be_unique": lambda arguments, _: _repeated(
        [arguments["column"]], f"{quoted(arguments['column'])} IS NOT NULL"
    ),
    "expect_column_values_to_be_between": _where(_out_of_range),
    "expect_column_values_to_be_in_set": _where(lambda *known: f"NOT ({_in_set(*known)})"),
    "expect_column_values_to_not_be_in_set": _where(_in_set),
    "expect_column_values_to_match_regex": _where(lambda *known: f"NOT {_matches(*known)}"),
    "expect_column_values_to_not_match_regex": _where(_matches),
    "expect_column_value_lengths_to_be_between": _where(_out_of_length),
    "expect_column_pair_values_a_to_be_greater_than_b": _pair(lambda said: ">=" if said.get("or_equal") else ">"),
    "expect_column_pair_values_to_be_equal": _pair(lambda _: "="),
    "expect_compound_columns_to_be_unique": _repeated_together,
    "expect_multicolumn_sum_to_equal": lambda arguments, _: (
        f"WHERE {' + '.join(map(quoted, arguments['column_list']))} <> {arguments['sum_total']!r}"
    ),
}
"""The rows that fail, by Great Expectations' name of the rule. A cell that is missing fails not-null alone."""


def has_rows(rule: Expectation) -> bool:
    """Whether a rule that fails does so in rows that can be shown."""
    return rule.expect in _FAILS
