"""A recorded decision that a detector is wrong about a field."""

from typing import Literal

from .base import FieldName, Line, Promise, Text
from .exemption import Day

Kind = Literal["nik", "npwp", "nip", "phone", "email", "plate", "formula", "own_values"]
"""What a detector may find in an open field: an identifier, a formula, or a withheld value of this very run."""


class Clearance(Promise):
    """What was found in `field` may be published all the same, by this decision and for this reason."""

    field: FieldName
    kind: Kind
    decision: Line
    decided: Day
    office: Line | None = None
    because: Text

    @property
    def ground(self) -> str:
        """The decision's number and its reason, as a finding states them."""
        return f"{self.decision}: {self.because.id}"
