"""Rules beyond Table Schema: Great Expectations' own names, from a closed list.

Each entry of `RULES` is tried on DuckDB by the tests. Nothing here is ever evaluated as code: Great
Expectations' `row_condition` ran a shell command on one engine, so no argument of that kind is on the list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, model_validator

from .base import FieldName, Line, Promise, Wrong, fault, faults, wrong
from .field import Pattern

Severity = Literal["blocker", "warning"]

Number = Annotated[float, Field(allow_inf_nan=False)]
Limit = Annotated[Number | Line, Field(union_mode="left_to_right")]
"""A number, or a date or a moment as the field's type writes it; the dataset holds it against that type."""
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Values = Annotated[tuple[Line, ...], Field(min_length=1)]
Fields = Annotated[tuple[FieldName, ...], Field(min_length=2)]


@dataclass(frozen=True, slots=True)
class RuleKind:
    """The arguments that an expectation takes: those it needs, those it may have, and which of them name fields."""

    needs: Mapping[str, Any]
    may_have: Mapping[str, Any]

    @property
    def arguments(self) -> Mapping[str, Any]:
        return {**self.needs, **self.may_have}


_COLUMN = {"column": FieldName}
_PAIR = {"column_A": FieldName, "column_B": FieldName}
_STRICT = {"strict_min": bool, "strict_max": bool}
_LIMITS = {"min_value": Limit, "max_value": Limit, **_STRICT}
_NUMBERS = {"min_value": Number, "max_value": Number, **_STRICT}
_COUNTS = {"min_value": Count, "max_value": Count}
_MOSTLY = {"mostly": Share}
_PAIR_NULLS = {"ignore_row_if": Literal["both_values_are_missing", "either_value_is_missing", "never"]}
_ROW_NULLS = {"ignore_row_if": Literal["all_values_are_missing", "any_value_is_missing", "never"]}

RULES: dict[str, RuleKind] = {
    "expect_column_values_to_not_be_null": RuleKind(_COLUMN, _MOSTLY),
    "expect_column_values_to_be_unique": RuleKind(_COLUMN, _MOSTLY),
    "expect_column_values_to_be_between": RuleKind(_COLUMN, {**_LIMITS, **_MOSTLY}),
    "expect_column_values_to_be_in_set": RuleKind({**_COLUMN, "value_set": Values}, _MOSTLY),
    "expect_column_values_to_not_be_in_set": RuleKind({**_COLUMN, "value_set": Values}, _MOSTLY),
    "expect_column_values_to_match_regex": RuleKind({**_COLUMN, "regex": Pattern}, _MOSTLY),
    "expect_column_values_to_not_match_regex": RuleKind({**_COLUMN, "regex": Pattern}, _MOSTLY),
    "expect_column_value_lengths_to_be_between": RuleKind(_COLUMN, {**_COUNTS, **_MOSTLY}),
    "expect_column_pair_values_a_to_be_greater_than_b": RuleKind(_PAIR, {"or_equal": bool, **_PAIR_NULLS, **_MOSTLY}),
    "expect_column_pair_values_to_be_equal": RuleKind(_PAIR, {**_PAIR_NULLS, **_MOSTLY}),
    "expect_compound_columns_to_be_unique": RuleKind({"column_list": Fields}, {**_ROW_NULLS, **_MOSTLY}),
    "expect_multicolumn_sum_to_equal": RuleKind({"column_list": Fields, "sum_total": Number}, _ROW_NULLS),
    "expect_column_sum_to_be_between": RuleKind(_COLUMN, _NUMBERS),
    "expect_column_mean_to_be_between": RuleKind(_COLUMN, _NUMBERS),
    "expect_column_min_to_be_between": RuleKind(_COLUMN, _LIMITS),
    "expect_column_max_to_be_between": RuleKind(_COLUMN, _LIMITS),
    "expect_column_unique_value_count_to_be_between": RuleKind(_COLUMN, _COUNTS),
    "expect_table_row_count_to_be_between": RuleKind({}, _COUNTS),
    "expect_table_row_count_to_equal": RuleKind({"value": Count}, {}),
}
FIELD_ARGUMENTS = ("column", "column_A", "column_B", "column_list")
VALUE_ARGUMENTS = ("min_value", "max_value", "value_set")


def _known_expectation(name: str) -> str:
    if name not in RULES:
        raise fault("rule_unknown", name=name, known=", ".join(RULES))
    return name


class Rule(Promise):
    """One rule of a contract, why it stands, and whether it stops a release."""

    expect: Annotated[str, AfterValidator(_known_expectation)]
    arguments: dict[str, Any] = Field(default_factory=dict, alias="with")
    severity: Severity = "blocker"
    because: Line

    @model_validator(mode="after")
    def _arguments_of_the_expectation(self) -> "Rule":
        kinds, typed, found = RULES[self.expect].arguments, dict[str, Any](), list(_misnamed(self))
        for name, value in self.arguments.items():
            try:
                typed[name] = TypeAdapter(kinds.get(name, Any)).validate_python(value)
            except ValidationError as error:
                found.extend(_mistyped(self, name, error))
        found.extend(_without_limits(self, typed))
        if found:
            raise faults(found)
        self.arguments.update(typed)
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that the rule reads, in the order of its arguments."""
        named: list[str] = []
        for argument in FIELD_ARGUMENTS:
            value = self.arguments.get(argument, ())
            named.extend((value,) if isinstance(value, str) else value)
        return tuple(named)

    @property
    def values(self) -> dict[str, Any]:
        """The arguments that are compared with a field's values, as the contract writes them."""
        kinds = RULES[self.expect].arguments
        return {
            name: value
            for name, value in self.arguments.items()
            if name in VALUE_ARGUMENTS and kinds[name] is not Count
        }


def _misnamed(rule: Rule) -> Iterator[Wrong]:
    kind = RULES[rule.expect]
    for name in rule.arguments:
        if name not in kind.arguments:
            yield wrong("rule_argument_unknown", name=name, rule=rule.expect, known=", ".join(kind.arguments))
    for name in kind.needs:
        if name not in rule.arguments:
            yield wrong("rule_argument_missing", name=name, rule=rule.expect)


def _mistyped(rule: Rule, name: str, error: ValidationError) -> list[Wrong]:
    """What the argument's own check says, else that its type is wrong."""
    ours = [detail["ctx"]["faults"] for detail in error.errors() if detail["type"] == "contract"]
    return [found for faults in ours for found in faults] or [wrong("rule_argument_type", name=name, rule=rule.expect)]


def _without_limits(rule: Rule, typed: Mapping[str, Any]) -> Iterator[Wrong]:
    """Great Expectations takes a range without an end for a mistake, and lets a reversed one pass or fail all."""
    ends = [name for name in ("min_value", "max_value") if name in RULES[rule.expect].arguments]
    if ends and not any(name in rule.arguments for name in ends):
        yield wrong("rule_limits_missing", rule=rule.expect)
    low, high = (typed.get(name) for name in ("min_value", "max_value"))
    if low is not None and isinstance(high, type(low)) and low > high:
        yield wrong("limits_reversed", low="min_value", high="max_value")
