"""How a value is made coarser before it leaves, and what its field is called and typed then."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import FieldName, Promise, fault

Coarse = Literal["month", "year", "band", "rounded", "grid"]
COARSER_TYPES: dict[Coarse, frozenset[str]] = {
    "month": frozenset({"date", "datetime"}),
    "year": frozenset({"date", "datetime", "yearmonth"}),
    "band": frozenset({"integer", "number", "year"}),
    "rounded": frozenset({"integer", "number"}),
    "grid": frozenset({"number"}),
}
"""What may be made coarser in which way: the types of field, by the way."""
SIZED: frozenset[Coarse] = frozenset({"band", "rounded", "grid"})


class Generalise(Promise):
    """A coarser form: `month` and `year` of a date; `band`, `rounded` and `grid` of numbers, by their `size`.

    `size` is in the field's own unit: the width of a band, the unit to round to, the side of a grid's cell
    (for coordinates in degrees: 0.01 is about 1.1 km).
    """

    to: Coarse
    size: Annotated[Decimal, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _sized_where_it_must_be(self) -> "Generalise":
        if (self.size is not None) != (self.to in SIZED):
            raise fault("generalise_size", to=self.to)
        return self

    def is_coarser_than(self, finer: "Generalise") -> bool:
        """Whether every value of this form follows from the `finer` one."""
        if self.to in SIZED and self.to == finer.to and self.size and finer.size:
            return self.size > finer.size and self.size % finer.size == 0
        return (finer.to, self.to) == ("month", "year")


class Further(Generalise):
    """A coarser form still, for the rows of a group that is smaller than k."""

    field: FieldName
