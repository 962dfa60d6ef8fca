"""Which time and which place a dataset speaks of, where its publisher says so."""

from pydantic import model_validator

from .base import Promise, Text, fault
from .exemption import Day


class Coverage(Promise):
    """What the rows speak of (dct:temporal, dct:spatial): `start` and `end` are the first and the last day.

    Without `end` the dataset goes on; without `place` it speaks of the city.
    """

    start: Day | None = None
    end: Day | None = None
    place: Text | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "Coverage":
        if self.start is not None and self.end is not None and self.start > self.end:
            raise fault("limits_reversed", low="start", high="end")
        return self
