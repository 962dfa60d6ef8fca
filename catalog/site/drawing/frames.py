"""A line chart and a histogram as SVG. A length of 1 is about a pixel of a phone; the style sheet sizes the letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from catalog.charts.documents import Figure
from catalog.site.drawing.scales import Scale, chosen, from_zero, linear, positions, ticks
from catalog.site.drawing.svg import coordinate, drawing, element

WIDTH, HEIGHT = 360.0, 230.0
TOP, RIGHT, BOTTOM = 12.0, 14.0, 26.0
LETTER = 6.6
"""The width of a letter of the axis; a little too much is a wider margin."""
GAP = 3
"""Letters between two labels along the axis."""
DASH = " \N{EN DASH} "
MARKED = 40
"""Up to here each point of a line has a mark of its own."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a drawing is called and shows in words, how its numbers are written short and in full, and their extent."""

    name: str
    title: str
    description: str
    short: Callable[[float], str]
    full: Callable[[float], str]
    extent: Callable[[Sequence[float]], tuple[float, float]] = from_zero


def line_chart(
    picture: Picture, labels: Sequence[str], written: Sequence[str], series: Sequence[Sequence[Figure | None]]
) -> Markup:
    """Lines over periods; `labels` are ISO 8601, `written` the same as the reader writes them. A gap stays a gap."""
    known = [value for one in series for value in one if value is not None]
    rules, left, up = _upright(picture, known)
    places = positions(labels)
    along = linear(places[0], places[-1], left, WIDTH - RIGHT)
    lines = [
        Markup("").join(_line(one, [along(place) for place in places], up, number))
        for number, one in enumerate(series, start=1)
    ]
    marks = _marks(picture, written, series[0], [along(place) for place in places], up) if len(series) == 1 else ()
    below = [_below(along(places[one]), written[one], left) for one in chosen(len(labels), _most(written, left))]
    return drawing(picture.name, picture.title, picture.description, WIDTH, HEIGHT, *rules, *below, *lines, *marks)


def histogram(picture: Picture, edges: Sequence[Figure], counts: Sequence[Figure | None]) -> Markup:
    """A rectangle for each class, all of one width on paper; the limits are written below."""
    known = [value or 0 for value in counts]
    rules, left, up = _upright(picture, known)
    along = linear(0, len(known), left, WIDTH - RIGHT)
    bars = [
        element(
            "rect",
            element(
                "title", f"{picture.full(edges[place])}{DASH}{picture.full(edges[place + 1])}: {picture.full(count)}"
            ),
            x=along(place) + 0.5,
            y=up(count),
            width=max(along(place + 1) - along(place) - 1, 0.5),
            height=up(0) - up(count),
            class_="s1 area",
        )
        for place, count in enumerate(known)
    ]
    limits = [picture.short(edge) for edge in edges]
    below = [_below(along(one), limits[one], left) for one in chosen(len(limits), _most(limits, left))]
    return drawing(picture.name, picture.title, picture.description, WIDTH, HEIGHT, *rules, *below, *bars)


def _upright(picture: Picture, known: Sequence[float]) -> tuple[list[Markup], float, Scale]:
    """The rules of the upright axis with their numbers, how much room those need, and the scale."""
    marks = ticks(*picture.extent(known), least=1 if all(float(value).is_integer() for value in known) else 0)
    texts = [picture.short(mark) for mark in marks]
    left = 14 + LETTER * max(map(len, texts))
    up = linear(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)
    rules = [
        element("line", x1=left, x2=WIDTH - RIGHT, y1=up(mark), y2=up(mark), class_="base" if mark == 0 else "rule")
        for mark in marks
    ]
    numbers = [
        element("text", text, x=left - 5, y=up(mark) + 3.5, class_="end")
        for mark, text in zip(marks, texts, strict=True)
    ]
    return [*rules, *numbers], left, up


def _most(written: Sequence[str], left: float) -> int:
    """How many labels fit beside each other."""
    return max(2, int((WIDTH - RIGHT - left) / (LETTER * (max(map(len, written)) + GAP))))


def _below(across: float, text: str, left: float) -> Markup:
    """A label under the axis, kept inside the drawing at both ends."""
    half = LETTER * len(text) / 2
    end = across + half > WIDTH
    start = across - half < 0 or (across == left and half > left)
    place = "end" if end else "start" if start else "middle"
    return element("text", text, x=WIDTH - 1 if end else across, y=HEIGHT - 8, class_=place)


def _line(values: Sequence[Figure | None], across: Sequence[float], up: Scale, number: int) -> list[Markup]:
    """A line in as many pieces as gaps make it; a point alone is a dot."""
    points = [None if value is None else (x, up(value)) for x, value in zip(across, values, strict=True)]
    pieces = [[point for point in run if point] for there, run in groupby(points, key=bool) if there]
    return [
        element("circle", cx=piece[0][0], cy=piece[0][1], r=2.5, class_=f"s{number} area")
        if len(piece) == 1
        else element(
            "polyline",
            points=" ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in piece),
            class_=f"s{number} stroke",
        )
        for piece in pieces
    ]


def _marks(
    picture: Picture, written: Sequence[str], values: Sequence[Figure | None], across: Sequence[float], up: Scale
) -> list[Markup]:
    """A dot for each point, which says its figure under the pointer."""
    if len(values) > MARKED:
        return []
    return [
        element(
            "circle", element("title", f"{label}: {picture.full(value)}"), cx=x, cy=up(value), r=2.5, class_="s1 area"
        )
        for label, value, x in zip(written, values, across, strict=True)
        if value is not None
    ]
