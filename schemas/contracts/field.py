"""One field of a dataset: Table Schema's description of it, and who may see it."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .base import FieldName, Line, Promise, Text, fault
from .exemption import Exemption

FieldType = Literal[
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "geojson"
]
Access = Literal["open", "exempt", "undetermined"]
Bound = int | float | date | datetime | time | str

ORDERED_TYPES: frozenset[FieldType] = frozenset({"integer", "number", "date", "datetime", "time", "year"})


def _finite(text: str) -> float:
    """A number that JSON can write."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


_BOUND_OF_TYPE: dict[str, Callable[[str], Bound]] = {
    "integer": int,
    "year": int,
    "number": _finite,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _a_pattern_that_re2_takes(pattern: str) -> str:
    """RE2 checks patterns in linear time; it knows neither look-around nor back-references."""
    try:
        re.compile(pattern)
    except re.error:
        raise fault("pattern_invalid") from None
    if re.search(r"\(\?(=|!|<=|<!)|\\[1-9]", pattern):
        raise fault("pattern_unsupported")
    return pattern


Pattern = Annotated[str, AfterValidator(_a_pattern_that_re2_takes)]


class Constraints(Promise):
    """Table Schema constraints; bounds are written as the field's own type."""

    required: bool = False
    unique: bool = False
    minimum: Line | None = None
    maximum: Line | None = None
    minLength: Annotated[int, Field(ge=0)] | None = None
    maxLength: Annotated[int, Field(ge=1)] | None = None
    pattern: Pattern | None = None
    enum: Annotated[tuple[Line, ...], Field(min_length=1)] | None = None

    @property
    def are_stated(self) -> bool:
        """Whether any rule reads the field."""
        return self != Constraints()


class ContractField(Promise):
    """A field: `column` lists the headers under which the source knows it.

    Nothing but `access: open` is ever published (law 1); a field that nobody decided about is undetermined.
    """

    name: FieldName
    column: Annotated[tuple[Line, ...], BeforeValidator(_one_or_many), Field(min_length=1)] | None = None
    title: Text
    description: Text | None = None
    type: FieldType
    format: Line = "default"
    decimalChar: Literal[".", ","] | None = None
    groupChar: Literal[".", ",", " "] | None = None
    trueValues: tuple[Line, ...] | None = None
    falseValues: tuple[Line, ...] | None = None
    constraints: Constraints = Constraints()
    unit: Line | None = None
    concept: Text | None = None
    definition: Text | None = None
    classification: Text | None = None
    measure: Text | None = None
    access: Access = "undetermined"
    exemption: Exemption | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every header that means this field, the field's own name last."""
        return (*(self.column or (self.title.id,)), self.name)

    def bound(self, text: str) -> Bound:
        """A bound or listed value of the constraints as the field's type; raises ValueError."""
        return _BOUND_OF_TYPE.get(self.type, str)(text)

    @model_validator(mode="after")
    def _exempt_with_its_ground_and_only_then(self) -> "ContractField":
        if self.access == "exempt" and self.exemption is None:
            raise fault("exemption_missing", field=self.name)
        if self.access != "exempt" and self.exemption is not None:
            raise fault("exemption_unexpected", field=self.name, access=self.access)
        return self

    @model_validator(mode="after")
    def _constraints_of_the_type(self) -> "ContractField":
        stated = self.constraints
        bounds = [bound for bound in (stated.minimum, stated.maximum) if bound is not None]
        if bounds and self.type not in ORDERED_TYPES:
            raise fault("bound_unordered", field=self.name, type=self.type)
        for text in (*bounds, *(stated.enum or ())):
            try:
                self.bound(text)
            except ValueError:
                raise fault("bound_type", field=self.name, type=self.type) from None
        if (stated.pattern or stated.minLength or stated.maxLength) and self.type != "string":
            raise fault("text_constraint", field=self.name, type=self.type)
        return self

    @model_validator(mode="after")
    def _separators_that_differ(self) -> "ContractField":
        if self.decimalChar is not None and self.decimalChar == self.groupChar:
            raise fault("separators_equal", field=self.name)
        return self
