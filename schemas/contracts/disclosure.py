"""How much detail about small groups of people may leave, and why that much."""

from typing import Annotated

from pydantic import Field, model_validator

from .base import FieldName, Line, Promise, Text, fault
from .generalisation import Further

GroupSize = Annotated[int, Field(ge=2)]


class Sum(Promise):
    """A column of sums per group, of an open field or of one that is exempt with the method `aggregate`."""

    of: FieldName
    name: FieldName
    title: Text
    description: Text | None = None
    unit: Line | None = None


class Aggregate(Promise):
    """Publish a table of counts, and of sums, per group in place of the rows.

    Counts below `at_least` are withheld, with what would betray them and the sums beside them.
    """

    by: Annotated[tuple[FieldName, ...], Field(min_length=1)]
    name: FieldName
    title: Text
    description: Text | None = None
    unit: Line | None = None
    at_least: GroupSize
    because: Line
    sums: tuple[Sum, ...] = ()


class Disclosure(Promise):
    """`quasi_identifiers` and `k`: groups smaller than k are made coarser by each step of `further` in turn. Where
    that does not help, the cells of fields with the method `suppress` are emptied; a row stays if its group is
    large enough then or if a field beyond the quasi-identifiers was emptied, and is left out otherwise.
    Groups are formed of what is shown; a quasi-identifier that is dropped counts as it is.

    `aggregate`: a table of groups in place of the rows.
    """

    quasi_identifiers: tuple[FieldName, ...] = ()
    k: GroupSize | None = None
    further: tuple[Further, ...] = ()
    aggregate: Aggregate | None = None

    @model_validator(mode="after")
    def _groups_with_their_size(self) -> "Disclosure":
        if bool(self.quasi_identifiers) != (self.k is not None):
            raise fault("disclosure_pair")
        return self
