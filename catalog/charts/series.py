"""A plan filled with figures: a line, bars or a histogram. None where the rows do not bear the chart."""

import math
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.charts.documents import Chart, Figure, Rest, Series, Step
from catalog.charts.proposal import FEWEST_POINTS, Plan, Shape
from schemas.tables import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_POINTS = 400
"""More could not be told apart on a screen; longer courses are drawn by month or year."""
MOST_DAYS, MOST_MONTHS = 120, 180
"""Up to here a course is drawn by day, and by month."""
MOST_LINES, SHOWN_LINES = 6, 5
MOST_BARS = 12
CLASSES = 12
FINE = 2000
"""Narrow classes in which the few far values of a distribution are found."""
FAR = 0.99
DIGITS = 12
Rows = list[tuple[Any, ...]]


def rounded(value: float | None) -> Figure | None:
    """A figure without the last digits, which only say in which order it was added up; a whole number stays one."""
    if value is None or not math.isfinite(value):
        return None
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short


def line(connection: "DuckDBPyConnection", relation: str, plan: Plan, shape: Shape) -> Chart | None:
    """Figures by time: every period between the first and the last, or the times themselves of single values."""
    step = _step(connection, relation, plan, shape)
    if step is None:
        return None
    names = _lines(connection, relation, plan)
    period = _period(plan.by, step, shape)
    split = f"{quoted(plan.split)}::VARCHAR" if plan.split else "NULL"
    found = connection.execute(
        f"SELECT {period} AS period, {split} AS name, {_figure(plan)}, count(*) FROM {relation} "
        f"WHERE {_known(plan, plan.by)} GROUP BY ALL ORDER BY period, name"
    ).fetchall()
    if plan.aggregate == "value" and any(rows > 1 for *_, rows in found):
        return None
    drawn = [row for row in found if row[1] in names]
    labels = _labels(plan, step, drawn)
    if not FEWEST_POINTS <= len(labels) <= MOST_POINTS:
        return None
    rows = sum(row[3] for row in drawn)
    known = sum(row[3] for row in found)
    return Chart(
        kind="line",
        by=plan.by,
        aggregate=plan.aggregate,
        measure=plan.measure,
        split=plan.split,
        step=step,
        labels=tuple(labels),
        series=tuple(_one_line(plan, step, labels, name, drawn) for name in names),
        rows=rows,
        missing=shape.rows - known,
        elsewhere=known - rows,
    )


def _step(connection: "DuckDBPyConnection", relation: str, plan: Plan, shape: Shape) -> Step | None:
    """What a point stands for: the field's own step, or by how much time lies between the first and the last."""
    kind = shape.dataset.public_field(plan.by).type
    if kind in ("year", "yearmonth"):
        return "year" if kind == "year" else "month"
    time = quoted(plan.by)
    if plan.aggregate == "value":
        [(times,)] = connection.execute(f"SELECT count(DISTINCT {time}) FROM {relation}").fetchall()
        return "day" if kind == "date" and times <= MOST_POINTS else None
    [(days,)] = connection.execute(f"SELECT date_diff('day', min({time}), max({time})) FROM {relation}").fetchall()
    if days is None:
        return None
    if days <= MOST_DAYS:
        return "day"
    return "month" if days <= MOST_MONTHS * 31 else "year"


def _period(name: str, step: Step, shape: Shape) -> str:
    if shape.dataset.public_field(name).type in ("year", "yearmonth"):
        return quoted(name)
    return f"date_trunc({literal(step)}, {quoted(name)})"


def _lines(connection: "DuckDBPyConnection", relation: str, plan: Plan) -> list[str | None]:
    """The names of the lines, the one that ends highest first; of more than can be told apart the highest alone."""
    if plan.split is None or plan.measure is None:
        return [None]
    found = connection.execute(
        f"SELECT {quoted(plan.split)}::VARCHAR AS name FROM {relation} WHERE {_known(plan, plan.by)} "
        f"GROUP BY 1 ORDER BY max_by({quoted(plan.measure)}, {quoted(plan.by)}) DESC, name"
    ).fetchall()
    return [name for (name,) in (found if len(found) <= MOST_LINES else found[:SHOWN_LINES])]


def _known(plan: Plan, *names: str) -> str:
    """The rows that have every value that a figure needs."""
    wanted = [*names, *(name for name in (plan.measure, plan.split, plan.over) if name)]
    return " AND ".join(f"{quoted(name)} IS NOT NULL" for name in dict.fromkeys(wanted))


def _figure(plan: Plan) -> str:
    if plan.measure is None:
        return "count(*)"
    function = {"sum": "sum", "mean": "avg", "value": "max", "count": "count"}[plan.aggregate]
    return f"{function}({quoted(plan.measure)})"


def _labels(plan: Plan, step: Step, found: Rows) -> list[str]:
    """The periods in ISO 8601; those without a row too, but for single values, which stand where they stand."""
    said = sorted({_iso(row[0], step) for row in found})
    if not said or (plan.aggregate == "value" and step == "day"):
        return said
    return _every(said[0], said[-1], step)


def _iso(value: Any, step: Step) -> str:
    if not isinstance(value, date):
        return str(value)
    day = value.date() if isinstance(value, datetime) else value
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[step]]


def _every(first: str, last: str, step: Step) -> list[str]:
    """All periods between two of one step; nothing for more than are drawn."""
    if step == "day":
        days = range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
        return [date.fromordinal(day).isoformat() for day in days]
    low, high = (_months(one) if step == "month" else int(one) for one in (first, last))
    if high - low >= MOST_POINTS:
        return []
    return [f"{one // 12:04}-{one % 12 + 1:02}" if step == "month" else f"{one:04}" for one in range(low, high + 1)]


def _months(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def _one_line(plan: Plan, step: Step, labels: list[str], name: str | None, found: Rows) -> Series:
    """A period without a row counts nothing and adds up to nothing; it has no mean and no value."""
    said = {_iso(at, step): rounded(figure) for at, one, figure, _ in found if one == name}
    empty = 0 if plan.aggregate in ("count", "sum") else None
    return Series(name=name, values=tuple(said.get(label, empty) for label in labels))


class Grouped(NamedTuple):
    """Figures by group, largest first: the group, its figure, its rows. `known` counts the rows with all values."""

    found: Rows
    at: str | None
    known: int

    @property
    def rows(self) -> int:
        return sum(rows for *_, rows in self.found)


def bars_of(connection: "DuckDBPyConnection", relation: str, plan: Plan) -> Grouped | None:
    """The figure of every group, at the last time where the plan says over which; None where there is no second."""
    known, at = _known(plan, plan.by), None
    if plan.over:
        [(at,)] = connection.execute(f"SELECT max({quoted(plan.over)}) FROM {relation} WHERE {known}").fetchall()
    then = f" AND {quoted(plan.over)} = {literal(str(at))}" if plan.over else ""
    found = connection.execute(
        f"SELECT {quoted(plan.by)}::VARCHAR AS name, {_figure(plan)} AS figure, count(*) FROM {relation} "
        f"WHERE {known}{then} GROUP BY 1 ORDER BY figure DESC, name"
    ).fetchall()
    if len(found) < 2 or (plan.aggregate == "value" and any(rows > 1 for *_, rows in found)):
        return None
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {relation} WHERE {known}").fetchall()
    return Grouped(found, None if at is None else str(at), rows)


def bars(connection: "DuckDBPyConnection", relation: str, plan: Plan, shape: Shape) -> Chart | None:
    """Figures by group, the largest first; what lies beyond the first twelve together."""
    grouped = bars_of(connection, relation, plan)
    if grouped is None:
        return None
    found = grouped.found
    most = MOST_BARS + 1 if len(found) == MOST_BARS + 1 else MOST_BARS
    return Chart(
        kind="bars",
        by=plan.by,
        aggregate=plan.aggregate,
        measure=plan.measure,
        over=plan.over,
        at=grouped.at,
        labels=tuple(name for name, *_ in found[:most]),
        series=(Series(values=tuple(rounded(figure) for _, figure, _ in found[:most])),),
        rest=_rest(plan, found[most:]),
        rows=grouped.rows,
        missing=shape.rows - grouped.known,
        elsewhere=grouped.known - grouped.rows,
    )


def _rest(plan: Plan, beyond: Rows) -> Rest | None:
    if not beyond:
        return None
    added = rounded(sum(figure for _, figure, _ in beyond)) if plan.aggregate in ("count", "sum") else None
    return Rest(groups=len(beyond), value=added)


def histogram(connection: "DuckDBPyConnection", relation: str, plan: Plan, shape: Shape) -> Chart | None:
    """How many rows lie in each of about a dozen classes of one width; a few far values share the last one."""
    number = quoted(plan.by)
    [(low, high, known)] = connection.execute(
        f"SELECT min({number}), max({number}), count({number}) FROM {relation}"
    ).fetchall()
    if known == 0 or not math.isfinite(low) or not math.isfinite(high) or low == high:
        return None
    least = 1 if shape.dataset.public_field(plan.by).type == "integer" else 0
    edges = _edges(low, _upper(connection, relation, number, low, high, known), least)
    classes = len(edges) - 1
    place = f"least(greatest(floor(({number} - {edges[0]!r}) / {edges[1] - edges[0]!r}), 0), {classes - 1})::INTEGER"
    counted = dict(
        connection.execute(f"SELECT {place} AS place, count(*) FROM {relation} WHERE {number} IS NOT NULL GROUP BY 1")
        .fetchall()
    )  # fmt: skip
    edges = [*edges[:-1], max(edges[-1], high)]
    return Chart(
        kind="histogram",
        by=plan.by,
        aggregate="count",
        edges=tuple(rounded(edge) or 0 for edge in edges),
        series=(Series(values=tuple(counted.get(one, 0) for one in range(classes))),),
        rows=known,
        missing=shape.rows - known,
        elsewhere=0,
    )


def _upper(connection: "DuckDBPyConnection", relation: str, number: str, low: float, high: float, known: int) -> float:
    """The largest value; where nearly all lie in the lower half of the range, the one below which they lie."""
    width = (high - low) / FINE
    found = connection.execute(
        f"SELECT least(floor(({number} - {low!r}) / {width!r}), {FINE - 1})::INTEGER AS place, count(*) "
        f"FROM {relation} WHERE {number} IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    seen = 0
    for place, rows in found:
        seen += rows
        if seen >= FAR * known:
            return low + width * (place + 1) if place < FINE / 2 else high
    return high


def _edges(low: float, high: float, least: float) -> list[float]:
    """Limits at round numbers, `least` apart or more."""
    width = nice(max((high - low) / CLASSES, least))
    width = nice(width * 1.1) if least and width % least else width  # of whole numbers no class is 2.5 wide
    first = math.floor(low / width)
    last = max(first + 1, math.floor(high / width) + 1)
    return [one * width for one in range(first, last + 1)]


def nice(step: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is no less than `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= step * (1 - 1e-9))
