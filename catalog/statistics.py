"""What the values of a release are like, field by field: a document of the release, and what pages draw from it.

Pure: `encoding/statistics.py` counts. Of public values alone, so whatever stands here stands in the data files too.
"""

from schemas.contracts import Promise


class Frequent(Promise):
    """A value and the rows that hold it."""

    value: str
    rows: int


class FieldStatistics(Promise):
    """One public field. What its type does not have, or what would cost too much to count, is absent.

    `minimum` and `maximum` of days and moments are text (ISO 8601). `most_frequent` stands where there are few
    different values, the most frequent first; `distinct` may be an estimate, and says so.
    """

    name: str
    missing: int
    distinct: int | None = None
    is_estimate: bool = False
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    mean: float | None = None
    median: float | None = None
    most_frequent: tuple[Frequent, ...] = ()


class Statistics(Promise):
    """All public fields of a release, in their order."""

    rows: int
    fields: tuple[FieldStatistics, ...]

    @property
    def completeness(self) -> float | None:
        """The share of cells that hold a value, between 0 and 1; None where there is no cell.

        Rounded down: all are said to be there only where all are.
        """
        cells = self.rows * len(self.fields)
        filled = cells - sum(field.missing for field in self.fields)
        return filled * 1_000 // cells / 1_000 if cells else None
