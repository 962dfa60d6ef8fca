"""Which charts suit a dataset: a list of rules over its shape, tried in order. Works out no figure.

A table whose key holds a time tells the state of something at that time: its numbers are drawn as they stand. A table
of events has its time outside the key: its rows are counted, its numbers added up or averaged. No rule adds up what
`roles.adds_up` does not let it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from catalog.charts.documents import Aggregate, Kind
from catalog.charts.roles import adds_up
from schemas.contracts import ContractField, Dataset

MOST_CHARTS = 3
"""Enough to see what a dataset is about; whoever wants another has the data."""
FEWEST_POINTS = 3
"""Two points are a comparison, not a course."""
MOST_GROUPS = 400
"""Distinct values beyond which a field tells rows apart rather than grouping them."""
MOST_THINGS = 60
"""Up to here things are compared one by one."""
FEWEST_ROWS_OF_A_DISTRIBUTION = 30
FEWEST_VALUES_OF_A_DISTRIBUTION = 10
KNOWN_IN_MOST = 0.8
"""The share of rows that must say when, before the others may be left out of a line."""


@dataclass(frozen=True, slots=True)
class Fact:
    """How many rows have a value of a field, and about how many different ones."""

    known: int
    distinct: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart to fill with figures; the words are those of `documents.Chart`."""

    kind: Kind
    by: str
    aggregate: Aggregate
    measure: str | None = None
    split: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A public table as the rules see it: the roles of its fields, and what the rows say of them."""

    dataset: Dataset
    rows: int
    times: tuple[ContractField, ...]
    categories: tuple[ContractField, ...]
    measures: tuple[ContractField, ...]
    facts: Mapping[str, Fact]
    labels: Mapping[str, str]
    """By a field of the key that is a code: the field that names the same things."""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells the rows of the public table apart; empty where its key is withheld."""
        aggregate = self.dataset.disclosure.aggregate
        key = aggregate.by if aggregate else self.dataset.primaryKey
        return key if set(key) <= {field.name for field in self.dataset.public_fields} else ()

    @property
    def time(self) -> ContractField | None:
        """The field that says when, if nearly every row does, at three times or more."""
        enough = (
            one
            for one in self.times
            if self.facts[one.name].distinct >= FEWEST_POINTS
            and self.facts[one.name].known >= KNOWN_IN_MOST * self.rows
        )
        return next(enough, None)

    @property
    def tells_states(self) -> bool:
        """Whether each row is the state of something at a time, because the key says so."""
        return self.time is not None and self.time.name in self.key and bool(self.measures)

    @property
    def rows_count(self) -> bool:
        """Whether the number of rows says something: of states it says how often they were taken, of groups nothing."""
        return not self.tells_states and self.dataset.disclosure.aggregate is None

    @property
    def groups(self) -> tuple[str, ...]:
        """The categories that put rows together."""
        return tuple(
            one.name
            for one in self.categories
            if 2 <= self.facts[one.name].distinct <= min(MOST_GROUPS, self.facts[one.name].known // 2)
        )


def proposed(shape: Shape) -> Iterator[Plan]:
    """Plans in the order in which they tell most, each once; more than are shown, since some may come to nothing."""
    seen = set[Plan]()
    for rule in RULES:
        for plan in rule(shape):
            if plan not in seen:
                seen.add(plan)
                yield plan


def _state_of_things(shape: Shape) -> Iterator[Plan]:
    """Time in the key: the numbers themselves, by time; and of one thing a time, thing by thing at the last time."""
    if shape.time is None or not shape.tells_states:
        return
    time, others = shape.time.name, [shape.labels.get(name, name) for name in shape.key if name != shape.time.name]
    for measure in shape.measures:
        if len(others) > 1:
            yield Plan("line", time, _together(measure), measure.name)
            continue
        yield Plan("line", time, "value", measure.name, next(iter(others), None))
        yield from (Plan("bars", name, "value", measure.name, over=time) for name in others)


def _course_of_events(shape: Shape) -> Iterator[Plan]:
    """Time outside the key: how many rows, and their first number, by period."""
    if shape.time is None or not shape.rows_count:
        return
    yield Plan("line", shape.time.name, "count")
    for measure in shape.measures[:1]:
        yield Plan("line", shape.time.name, _together(measure), measure.name)


def _value_of_each(shape: Shape) -> Iterator[Plan]:
    """One thing a row: each thing's number, where there are few enough to compare."""
    if len(shape.key) != 1 or shape.rows > MOST_THINGS or shape.time is not None:
        return
    name = shape.labels.get(shape.key[0], shape.key[0])
    if shape.dataset.public_field(name).type == "string":
        for measure in shape.measures[:1]:
            yield Plan("bars", name, "value", measure.name)


def _rows_in_groups(shape: Shape) -> Iterator[Plan]:
    """How many rows are of each kind; a table of groups counts what its own column counts."""
    if shape.rows_count:
        yield from (Plan("bars", name, "count") for name in shape.groups[:1])


def _measure_in_groups(shape: Shape) -> Iterator[Plan]:
    """A number by kind, added up or averaged."""
    if shape.tells_states:
        return  # the same thing stands there once a period: together they mean nothing
    for name, measure in zip(shape.groups[:1], shape.measures[:1], strict=False):
        yield Plan("bars", name, _together(measure), measure.name)


def _distribution(shape: Shape) -> Iterator[Plan]:
    """How the values of a number are spread; of states at many times it would mix the times."""
    if shape.tells_states:
        return
    for measure in shape.measures:
        fact = shape.facts[measure.name]
        if fact.known >= FEWEST_ROWS_OF_A_DISTRIBUTION and fact.distinct >= FEWEST_VALUES_OF_A_DISTRIBUTION:
            yield Plan("histogram", measure.name, "count")


def _together(measure: ContractField) -> Aggregate:
    return "sum" if adds_up(measure) else "mean"


def _rows_in_other_groups(shape: Shape) -> Iterator[Plan]:
    if shape.rows_count:
        yield from (Plan("bars", name, "count") for name in shape.groups[1:])


Rule = Callable[[Shape], Iterator[Plan]]


RULES: tuple[Rule, ...] = (
    _state_of_things,
    _course_of_events,
    _value_of_each,
    _rows_in_groups,
    _measure_in_groups,
    _distribution,
    _rows_in_other_groups,
)
