"""A chart of a release as a page shows it: the drawing, what it is called, and the same figures as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog.charts.documents import Charts, Figure
from catalog.site.captions import DASH, NOTHING, Teller
from catalog.site.drawing.frames import Picture, histogram, line_chart
from catalog.site.drawing.scales import close, from_zero
from schemas.contracts import Dataset, Language

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from `start`, `width` long, in hundredths of the widest; its words are text of the page."""

    label: str
    value: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on a page. `lines` name the lines of a drawing with several; a row of the table is led by its label."""

    name: str
    title: str
    unit: str | None
    summary: str
    method: Markup
    drawing: Markup | None
    bars: tuple[Bar, ...]
    lines: tuple[str, ...]
    head: Row
    rows: tuple[Row, ...]


def shown_charts(charts: Charts | None, dataset: Dataset, language: Language) -> tuple[Shown, ...]:
    """The charts of a release; of one that an older version made, none."""
    stated = charts.charts if charts else ()
    return tuple(_shown(f"grafik-{place}", Teller(dataset, one, language)) for place, one in enumerate(stated, start=1))


def _shown(name: str, teller: Teller) -> Shown:
    chart = teller.chart
    title = str(teller.title().unescape())
    summary = str({"line": _course, "bars": _largest, "histogram": _fullest}[chart.kind](teller).unescape())
    extent = close if chart.aggregate in ("mean", "value") else from_zero
    picture = Picture(name, title, summary, teller.short, teller.number, extent)
    several = len(chart.series) > 1
    return Shown(
        name=name,
        title=title,
        unit=teller.unit(),
        summary=summary,
        method=teller.method(),
        drawing=_drawn(picture, teller),
        bars=tuple(_bars(teller)) if chart.kind == "bars" else (),
        lines=tuple(teller.cell(one.name) for one in chart.series) if several else (),
        head=_head(teller),
        rows=tuple(_rows(teller)),
    )


def _drawn(picture: Picture, teller: Teller) -> Markup | None:
    """None for bars: those are words and lengths that the page itself lays out, so that long names find room."""
    chart = teller.chart
    if chart.kind == "histogram":
        return histogram(picture, chart.edges, chart.series[0].values)
    if chart.kind == "line":
        written = [teller.period(label, short=1) for label in chart.labels]
        return line_chart(picture, chart.labels, written, [one.values for one in chart.series])
    return None


def _bars(teller: Teller) -> list[Bar]:
    values = [value or 0 for value in teller.chart.series[0].values]
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    return [
        Bar(teller.cell(label), teller.number(value), (min(value, 0) - low) / span * 100, abs(value) / span * 100)
        for label, value in zip(teller.chart.labels, values, strict=True)
    ]


def _head(teller: Teller) -> Row:
    chart = teller.chart
    counted = str(teller.t("Jumlah baris", "Number of rows"))
    if len(chart.series) > 1:
        return (teller.field(chart.by), *(teller.cell(one.name) for one in chart.series))
    return teller.field(chart.by), teller.field(chart.measure) if chart.measure else counted


def _rows(teller: Teller) -> list[Row]:
    chart = teller.chart
    columns = [one.values for one in chart.series]
    rows = [
        (label, *(_figure(teller, column[place]) for column in columns)) for place, label in enumerate(_labels(teller))
    ]
    if chart.rest:
        rest = teller.t("{n} lainnya", "{n} others", n=teller.number(chart.rest.groups))
        rows.append((str(rest), _figure(teller, chart.rest.value)))
    return rows


def _labels(teller: Teller) -> Sequence[str]:
    chart = teller.chart
    if chart.kind == "histogram":
        return [
            f"{teller.number(low)}{DASH}{teller.number(high)}"
            for low, high in zip(chart.edges, chart.edges[1:], strict=False)
        ]
    return [teller.period(label) if chart.kind == "line" else teller.cell(label) for label in chart.labels]


def _figure(teller: Teller, value: Figure | None) -> str:
    return NOTHING if value is None else teller.number(value)


def _course(teller: Teller) -> Markup:
    """The ends of a line, or which of several stands highest at the end."""
    chart = teller.chart
    if len(chart.series) > 1:
        first = chart.series[0]
        place = max(place for place, value in enumerate(first.values) if value is not None)
        return teller.t(
            "Tertinggi pada {period}: {name}, {value}.",
            "Highest in {period}: {name}, {value}.",
            period=teller.period(chart.labels[place]),
            name=teller.cell(first.name),
            value=_figure(teller, first.values[place]),
        )
    known = [(value, place) for place, value in enumerate(chart.series[0].values) if value is not None]
    (low, lowest), (high, highest) = min(known), max(known, key=lambda one: (one[0], -one[1]))
    return teller.t(
        "Terendah {low} ({when}); tertinggi {high} ({then}).",
        "Lowest {low} ({when}); highest {high} ({then}).",
        low=teller.number(low),
        when=teller.period(chart.labels[lowest]),
        high=teller.number(high),
        then=teller.period(chart.labels[highest]),
    )


def _largest(teller: Teller) -> Markup:
    return teller.t(
        "Terbesar: {name}, {value}.",
        "Largest: {name}, {value}.",
        name=teller.cell(teller.chart.labels[0]),
        value=_figure(teller, teller.chart.series[0].values[0]),
    )


def _fullest(teller: Teller) -> Markup:
    values = [value or 0 for value in teller.chart.series[0].values]
    place = values.index(max(values))
    return teller.t(
        "Terbanyak pada {name}: {value} baris.",
        "Most lie in {name}: {value} rows.",
        name=_labels(teller)[place],
        value=teller.number(values[place]),
    )
