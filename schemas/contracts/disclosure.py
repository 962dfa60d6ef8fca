"""How much detail about small groups of people may leave, and why that much."""

from typing import Annotated

from pydantic import Field, model_validator

from .base import FieldName, Line, Promise, Text, fault

GroupSize = Annotated[int, Field(ge=2)]


class Aggregate(Promise):
    """Publish a table of counts per group in place of the rows. Counts below `at_least` are withheld."""

    by: Annotated[tuple[FieldName, ...], Field(min_length=1)]
    name: FieldName
    title: Text
    description: Text | None = None
    unit: Line | None = None
    at_least: GroupSize
    because: Line


class Disclosure(Promise):
    """`quasi_identifiers` and `k`: rows in groups smaller than k are suppressed; `aggregate`: counts only."""

    quasi_identifiers: tuple[FieldName, ...] = ()
    k: GroupSize | None = None
    aggregate: Aggregate | None = None

    @model_validator(mode="after")
    def _groups_with_their_size(self) -> "Disclosure":
        if bool(self.quasi_identifiers) != (self.k is not None):
            raise fault("disclosure_pair")
        return self
