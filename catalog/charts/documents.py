"""`charts.json`: the charts that are proposed of a release, each with its figures; pages draw nothing else.

Titles are not here: they are said from the contract's own, in the reader's language.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from schemas.contracts import Promise

Figure = int | float
Kind = Literal["line", "bars", "histogram"]
Aggregate = Literal["count", "sum", "mean", "value"]
"""How rows become a figure: `value` is a row's own number, where a point or bar has no second row."""
Step = Literal["day", "month", "year"]
"""What a point of a line stands for."""


class Series(Promise):
    """A line or a row of bars: a figure for each label, None where there is none. `name` is a cell, or None for "no
    value"; the only series of a chart has none."""

    name: str | None = None
    values: tuple[Figure | None, ...]


class Rest(Promise):
    """The groups beyond the largest, together. `value` is None where figures of groups cannot be added up."""

    groups: int = Field(ge=1)
    value: Figure | None


class Chart(Promise):
    """A chart and its figures.

    `by` is the field that is drawn along; `split` the one whose values are lines; `measure` the one whose numbers are
    drawn (rows are counted without it). `labels` are periods (ISO 8601), or cells of `by`; `edges` the limits of a
    histogram's classes, one more than its values, the last class with its upper limit. `at` says of which period of
    the field `over` the rows are. Of all rows, `rows` are drawn, `missing` lack one of the values, `elsewhere` belong
    to another period or to a line that is not drawn.
    """

    kind: Kind
    by: str
    aggregate: Aggregate
    measure: str | None = None
    split: str | None = None
    step: Step | None = None
    over: str | None = None
    at: str | None = None
    labels: tuple[str, ...] = ()
    edges: tuple[Figure, ...] = ()
    series: tuple[Series, ...]
    rest: Rest | None = None
    rows: int = Field(ge=0)
    missing: int = Field(ge=0)
    elsewhere: int = Field(ge=0)


class Charts(Promise):
    """At most three, the most telling first."""

    charts: tuple[Chart, ...] = ()


def compact(model: Promise) -> bytes:
    """A document of figures: without the spaces that would be most of it."""
    return model.model_dump_json(exclude_defaults=True).encode() + b"\n"


def shown_cells(charts: Iterable[Chart]) -> Iterator[tuple[str, list[str]]]:
    """The cells that charts show, by their field: whoever searches a release for values judges them by it."""
    for chart in charts:
        if chart.kind == "bars":
            yield chart.by, list(chart.labels)
        if chart.split is not None:
            yield chart.split, [one.name for one in chart.series if one.name is not None]
