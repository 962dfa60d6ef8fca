"""Contract -> the rules that are checked, as plain data under Great Expectations' names. Imports nothing of it.

Constraints of the fields come first, in the order of the fields, then the contract's own rules.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from schemas.contracts import Contract, ContractField, Rule, Severity


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule: a stable `code`, our `rule` word, Great Expectations' name and arguments, and why it stands."""

    code: str
    rule: str
    expect: str
    arguments: dict[str, Any]
    fields: tuple[str, ...]
    severity: Severity = "blocker"
    because: str | None = None


def suite(contract: Contract) -> tuple[Expectation, ...]:
    """Every rule that the contract implies and states."""
    return (
        Expectation("rows_present", "rows_present", "expect_table_row_count_to_be_between", {"min_value": 1}, ()),
        *_primary_key(contract),
        *(rule for field in contract.staged_fields for rule in _constraints(field)),
        *(_stated(contract, rule, number) for number, rule in enumerate(contract.rules, start=1)),
    )


def _primary_key(contract: Contract) -> Iterator[Expectation]:
    key = contract.primaryKey
    if len(key) == 1:
        arguments: dict[str, Any] = {"column": key[0]}
        yield Expectation("primary_key", "primary_key", "expect_column_values_to_be_unique", arguments, key)
    elif key:
        arguments = {"column_list": list(key), "ignore_row_if": "never"}
        yield Expectation("primary_key", "primary_key", "expect_compound_columns_to_be_unique", arguments, key)
    for name in key:
        if not contract.field(name).constraints.required:
            yield _of_field("required", contract.field(name), "expect_column_values_to_not_be_null", {})


def _constraints(field: ContractField) -> Iterator[Expectation]:
    for rule, (expect, arguments) in _CONSTRAINTS.items():
        found = arguments(field)
        if found is not None:
            yield _of_field(rule, field, expect, found)


def _of_field(rule: str, field: ContractField, expect: str, arguments: dict[str, Any]) -> Expectation:
    return Expectation(f"{rule}:{field.name}", rule, expect, {"column": field.name, **arguments}, (field.name,))


def _range(field: ContractField) -> dict[str, Any] | None:
    return _stated_of(
        min_value=_bound(field, field.constraints.minimum), max_value=_bound(field, field.constraints.maximum)
    )


def _bound(field: ContractField, text: str | None) -> Any:
    return None if text is None else field.bound(text)


def _length(field: ContractField) -> dict[str, Any] | None:
    return _stated_of(min_value=field.constraints.minLength, max_value=field.constraints.maxLength)


def _pattern(field: ContractField) -> dict[str, Any] | None:
    """Table Schema's pattern speaks of the whole value."""
    pattern = field.constraints.pattern
    return None if pattern is None else {"regex": f"^(?:{pattern})$"}


def _listed(field: ContractField) -> dict[str, Any] | None:
    values = field.constraints.enum
    return None if values is None else {"value_set": [field.bound(value) for value in values]}


def _official(field: ContractField) -> dict[str, Any] | None:
    return None if field.region is None else {"value_set": list(field.region.values)}


def _stated_of(**arguments: Any) -> dict[str, Any] | None:
    return {name: value for name, value in arguments.items() if value is not None} or None


_CONSTRAINTS: dict[str, tuple[str, Callable[[ContractField], dict[str, Any] | None]]] = {
    "required": (
        "expect_column_values_to_not_be_null",
        lambda field: {} if field.constraints.required else None,
    ),
    "unique": ("expect_column_values_to_be_unique", lambda field: {} if field.constraints.unique else None),
    "minimum_maximum": ("expect_column_values_to_be_between", _range),
    "length": ("expect_column_value_lengths_to_be_between", _length),
    "pattern": ("expect_column_values_to_match_regex", _pattern),
    "enum": ("expect_column_values_to_be_in_set", _listed),
    "region": ("expect_column_values_to_be_in_set", _official),
}


def _stated(contract: Contract, rule: Rule, number: int) -> Expectation:
    arguments = {name: _argument(contract, rule, name, value) for name, value in rule.arguments.items()}
    code = f"rule:{number}:{rule.expect}"
    return Expectation(code, rule.expect, rule.expect, arguments, rule.fields, rule.severity, rule.because)


def _argument(contract: Contract, rule: Rule, name: str, value: Any) -> Any:
    if name not in rule.values or isinstance(value, float):
        return list(value) if isinstance(value, tuple) else value
    field = contract.field(rule.arguments["column"])
    return [field.bound(member) for member in value] if name == "value_set" else field.bound(value)
