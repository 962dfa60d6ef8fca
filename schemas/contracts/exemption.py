"""Why a field is withheld, on which ground, until when (UU 14/2008 Pasal 17-20)."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, StringConstraints, model_validator

from .base import Line, Promise, Text, fault
from .generalisation import Generalise

Method = Literal["drop", "generalise", "aggregate", "suppress"]


def _written_as_a_date(value: object) -> object:
    """pydantic takes a bare number for the seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise fault("date")
    return value


DateText = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Day = Annotated[date, BeforeValidator(_written_as_a_date, json_schema_input_type=DateText)]


class EarlierReleases(Promise):
    """Why releases that carried the field before it was exempt stay published."""

    stay: Text
    decision: Line
    decided: Day


class Exemption(Promise):
    """The recorded ground of one withheld field.

    `if_opened` and `if_closed` are the two sides of the consequence test (UU 14/2008 Pasal 19).
    `drop` leaves the field out; `generalise` publishes a coarser form of it; `aggregate` lets it be counted or
    summed in the dataset's public table of groups; `suppress` empties its cells in groups smaller than k, and
    publishes the others as they are.
    """

    law: Line
    decision: Line
    decided: Day
    until: Day
    reason: Text
    office: Line | None = None
    if_opened: Text | None = None
    if_closed: Text | None = None
    method: Method = "drop"
    generalise: Generalise | None = None
    earlier_releases: EarlierReleases | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> "Exemption":
        if self.until <= self.decided:
            raise fault("exemption_period")
        if (self.generalise is not None) != (self.method == "generalise"):
            raise fault("generalise_method")
        return self

    @property
    def is_complete(self) -> bool:
        """Whether the decision states who took it and both sides of the consequence test."""
        return self.office is not None and self.if_opened is not None and self.if_closed is not None
