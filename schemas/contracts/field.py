"""One field of a dataset: Table Schema's description of it, and who may see it."""

import math
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from .base import FieldName, Line, Promise, Text, Wrong, fault, faults, one_or_many, wrong
from .exemption import Exemption
from .region import Region

FieldType = Literal[
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "geojson"
]
Access = Literal["open", "exempt", "undetermined"]
Bound = int | float | date | datetime | time | str

NUMERIC_TYPES: frozenset[FieldType] = frozenset({"integer", "number", "year"})
ORDERED_TYPES: frozenset[FieldType] = NUMERIC_TYPES | {"date", "datetime", "time"}


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


_PLAIN = re.compile(r"\\[^0-9Zu]|\[\^?\]?(?:\\.|[^\]\\])*\]")
"""Escaped characters and sets, in which nothing has a meaning that RE2 would not know."""
_BEYOND_RE2 = re.compile(r"\(\?(?:=|!|<=|<!|>|P=|\(|#)|\\[0-9Zu]|[+*?}]\+|\{[0-9,]*[0-9]{4,}")
"""Look-around, atomic groups, references, conditions, comments; possessive and very long repetitions."""


def _a_pattern_that_re2_takes(pattern: str) -> str:
    """RE2 checks patterns in linear time; what it pays for that with is refused here, not when the rule is asked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python may read otherwise one day, RE2 reads as it always did
            re.compile(pattern)
    except re.error:
        raise fault("pattern_invalid") from None
    if _BEYOND_RE2.search(_PLAIN.sub("x", pattern)):
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

    @model_validator(mode="after")
    def _lengths_in_order(self) -> "Constraints":
        if self.minLength is not None and self.maxLength is not None and self.minLength > self.maxLength:
            raise fault("limits_reversed", low="minLength", high="maxLength")
        return self

    @property
    def are_stated(self) -> bool:
        """Whether any rule reads the field."""
        return self != Constraints()


Axis = Literal["longitude", "latitude"]
AXES: dict[str, Axis] = {
    "bujur": "longitude",
    "garis_bujur": "longitude",
    "longitude": "longitude",
    "lon": "longitude",
    "lng": "longitude",
    "lintang": "latitude",
    "garis_lintang": "latitude",
    "latitude": "latitude",
    "lat": "latitude",
}
"""Names of fields that mean a coordinate, since Table Schema has no word for them."""
DEGREES = ("derajat", "degree", "°")
"""How units of degrees begin, for instance `derajat (WGS 84)`."""

STRPTIME_DIRECTIVES = frozenset("aAbBdHIjmMpSyYzZf%-")
"""What may stand after a percent sign in a `format`."""


class ContractField(Promise):
    """A field: `column` lists the headers under which the source knows it.

    Nothing but `access: open` is ever published (law 1); a field that nobody decided about is undetermined.
    """

    name: FieldName
    column: Annotated[tuple[Line, ...], one_or_many(Line), Field(min_length=1)] | None = None
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
    region: Region | None = None
    concept: Text | None = None
    definition: Text | None = None
    classification: Text | None = None
    measure: Text | None = None
    access: Access = "undetermined"
    exemption: Exemption | None = None

    @property
    def axis(self) -> Axis | None:
        """Which coordinate of a point in degrees the field is, by its format, or by a name that means one."""
        if self.type != "number" or not (self.unit is None or self.unit.startswith(DEGREES)):
            return None
        return AXES.get(self.format, AXES.get(self.name))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every header that means this field, the field's own name last."""
        return (*(self.column or (self.title.id,)), self.name)

    def bound(self, text: str) -> Bound:
        """A bound or listed value of the constraints as the field's type; raises ValueError."""
        return _BOUND_OF_TYPE.get(self.type, str)(text)

    def takes(self, value: object) -> bool:
        """Whether a limit or listed value of a rule can be compared with the field's values."""
        if isinstance(value, tuple):
            return all(self.takes(member) for member in value)
        if not isinstance(value, str):
            return self.type in NUMERIC_TYPES
        try:
            self.bound(value)
        except ValueError:
            return False
        return True

    @model_validator(mode="after")
    def _holds_together(self) -> "ContractField":
        found = [wrong for check in CHECKS for wrong in check(self)]
        if found:
            raise faults(found)
        return self


def _exempt_with_its_ground_and_only_then(field: ContractField) -> Iterator[Wrong]:
    if field.access == "exempt" and field.exemption is None:
        yield wrong("exemption_missing", field=field.name)
    if field.access != "exempt" and field.exemption is not None:
        yield wrong("exemption_unexpected", field=field.name, access=field.access)


def _bounds_of_the_type(field: ContractField) -> Iterator[Wrong]:
    stated = field.constraints
    bounds = [bound for bound in (stated.minimum, stated.maximum) if bound is not None]
    if bounds and field.type not in ORDERED_TYPES:
        yield wrong("bound_unordered", field=field.name, type=field.type)
    elif not field.takes((*bounds, *(stated.enum or ()))):
        yield wrong("bound_type", field=field.name, type=field.type)
    elif len(bounds) == 2:
        yield from _bounds_in_order(field, *map(field.bound, bounds))


def _bounds_in_order(field: ContractField, low: Any, high: Any) -> Iterator[Wrong]:
    try:
        if low > high:
            yield wrong("limits_reversed", low="minimum", high="maximum")
    except TypeError:  # a moment with a time zone beside one without
        yield wrong("bound_type", field=field.name, type=field.type)


def _text_constraints_of_text(field: ContractField) -> Iterator[Wrong]:
    stated = field.constraints
    if (stated.pattern or stated.minLength or stated.maxLength) and field.type != "string":
        yield wrong("text_constraint", field=field.name, type=field.type)


def _format_of_the_type(field: ContractField) -> Iterator[Wrong]:
    """Table Schema: dates take `any` or a strptime pattern; the published values are canonical all the same.

    Ours: a date may be `excel`, the number of its day as Excel counts it since 1900; a number may be a `latitude` or a
    `longitude`, which Table Schema knows only as one value of two.
    """
    if (
        field.format == "default"
        or field.type == "string"
        or (field.format in ("latitude", "longitude") and field.type == "number")
        or (field.format == "excel" and field.type == "date")
    ):
        return
    directives = re.findall(r"%(.)", field.format)
    patterned = field.type in ("date", "datetime") and directives and set(directives) <= STRPTIME_DIRECTIVES
    if not patterned and not (field.format == "any" and field.type in ("date", "datetime")):
        yield wrong("format_unknown", field=field.name, format=field.format)


def _separators_that_differ(field: ContractField) -> Iterator[Wrong]:
    if field.decimalChar is not None and field.decimalChar == field.groupChar:
        yield wrong("separators_equal", field=field.name)


def _regions_in_text(field: ContractField) -> Iterator[Wrong]:
    if field.region is not None and field.type != "string":
        yield wrong("region_type", field=field.name, type=field.type)


CHECKS = (
    _exempt_with_its_ground_and_only_then,
    _bounds_of_the_type,
    _text_constraints_of_text,
    _format_of_the_type,
    _separators_that_differ,
    _regions_in_text,
)
