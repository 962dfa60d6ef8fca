"""A map as SVG: places over areas, north up, with a bar of so many kilometres. No street: there is no tile server.

Degrees are drawn as long as they are in the middle of the map (equirectangular), which is exact enough for a city and
fair for a province.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalog.charts.maps import Feature, Places
from catalog.charts.series import nice
from catalog.site.drawing.svg import coordinate, drawing, element

WIDTH, TALLEST = 360.0, 440.0
MARGIN = 14.0
FOOT = 26.0
"""Room below for the bar."""
KILOMETRES_A_DEGREE = 111.32
TITLED = 400
"""Up to here each place says its name under the pointer."""
SMALLEST_DEGREES = 0.002
"""A place alone is shown with about 200 m around it."""
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """From longitude and latitude to the drawing."""

    west: float
    north: float
    scale: float
    narrowing: float
    height: float
    left: float

    def x(self, longitude: float) -> float:
        return self.left + (longitude - self.west) * self.narrowing * self.scale

    def y(self, latitude: float) -> float:
        return MARGIN + (self.north - latitude) * self.scale

    @property
    def kilometre(self) -> float:
        return self.scale / KILOMETRES_A_DEGREE


def joined(bounds: Iterable[Bounds]) -> Bounds:
    """What holds all of them."""
    west, south, east, north = zip(*bounds, strict=True)
    return min(west), min(south), max(east), max(north)


def ground(bounds: Bounds) -> Ground:
    """The largest scale at which the bounds fit."""
    west, south, east, north = bounds
    narrowing = math.cos(math.radians((south + north) / 2)) or 1e-6
    wide = max((east - west) * narrowing, SMALLEST_DEGREES)
    high = max(north - south, SMALLEST_DEGREES)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN - FOOT) / high)
    left = (WIDTH - (east - west) * narrowing * scale) / 2
    top = north + (high - (north - south)) / 2
    return Ground(west, top, scale, narrowing, high * scale + 2 * MARGIN + FOOT, left)


@dataclass(frozen=True, slots=True)
class Compass:
    """The letter of the arrow, and those beside degrees."""

    arrow: str
    north: str
    south: str
    east: str
    west: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map is called and shows in words, the letters of the compass, and how numbers are written."""

    name: str
    title: str
    description: str
    compass: Compass
    bounds: Bounds
    number: Callable[[float], str]


def drawn_map(sheet: Sheet, layers: Iterable[Markup]) -> Markup:
    """The layers with bar and north."""
    on = ground(sheet.bounds)
    return drawing(
        sheet.name, sheet.title, sheet.description, WIDTH, on.height, *layers, *_bar(sheet, on), _arrow(sheet)
    )


def graticule(sheet: Sheet) -> Markup:
    """Lines of whole steps of degrees with their numbers, where no boundaries say where one is."""
    on = ground(sheet.bounds)
    step = nice(WIDTH / on.scale / 3)
    drawn = [
        one
        for line in _steps(on.north - (on.height - FOOT) / on.scale, on.north, step)
        for one in _parallel(line, on, sheet)
    ]
    east = on.west + (WIDTH - 2 * on.left) / on.scale / on.narrowing
    edge = MARGIN / on.scale
    drawn += [one for line in _steps(on.west - edge, east + edge, step) for one in _meridian(line, on, sheet)]
    return element("g", *drawn)


def _steps(low: float, high: float, step: float) -> list[float]:
    return [round(one * step, 6) for one in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _parallel(latitude: float, on: Ground, sheet: Sheet) -> tuple[Markup, Markup]:
    across = on.y(latitude)
    line = element("line", x1=0, x2=WIDTH, y1=across, y2=across, class_="rule")
    return line, element(
        "text", _degrees(latitude, sheet, sheet.compass.north, sheet.compass.south), x=2, y=across - 3, class_="start"
    )


def _meridian(longitude: float, on: Ground, sheet: Sheet) -> tuple[Markup, Markup]:
    along, foot = on.x(longitude), on.height - FOOT
    line = element("line", x1=along, x2=along, y1=0, y2=foot, class_="rule")
    return line, element(
        "text",
        _degrees(longitude, sheet, sheet.compass.east, sheet.compass.west),
        x=along + 3,
        y=foot - 3,
        class_="start",
    )


def _degrees(value: float, sheet: Sheet, above: str, below: str) -> str:
    side = f" {above if value > 0 else below}" if value else ""
    return f"{sheet.number(abs(value))}°{side}"


def areas(features: Sequence[Feature], sheet: Sheet, classes: Mapping[int, int], titles: Sequence[str]) -> Markup:
    """Areas, each in the class that `classes` gives its place in the list; those without are left empty."""
    on = ground(sheet.bounds)
    drawn = [
        element(
            "path",
            *_title(titles, place),
            d=_outline(one, on),
            class_=f"region c{classes[place]}" if place in classes else "region",
        )
        for place, one in enumerate(features)
        if one.form == "area"
    ]
    return element("g", *drawn)


def places(shown: Places, sheet: Sheet) -> Markup:
    """Points, lines and areas of a dataset; a point for many rows is as large as they are many."""
    on, most = ground(sheet.bounds), max(one.rows for one in shown.features)
    titles = [one.label or "" for one in shown.features] if len(shown.features) <= TITLED else []
    drawn = [
        _dot(one, on, most, _title(titles, place))
        if one.form == "point"
        else element(
            "path",
            *_title(titles, place),
            d=_outline(one, on),
            class_=f"{one.form} s1 {'stroke' if one.form == 'line' else 'ground'}",
        )
        for place, one in enumerate(shown.features)
    ]
    return element("g", *drawn, class_="many" if shown.cell else "places")


def _dot(feature: Feature, on: Ground, most: int, title: tuple[Markup, ...]) -> Markup:
    longitude, latitude = feature.paths[0][:2]
    radius = 3.5 if most == 1 else 2 + 6 * math.sqrt(feature.rows / most)
    return element("circle", *title, cx=on.x(longitude), cy=on.y(latitude), r=radius, class_="dot")


def _title(titles: Sequence[str], place: int) -> tuple[Markup, ...]:
    return (element("title", titles[place]),) if titles and titles[place] else ()


def _outline(feature: Feature, on: Ground) -> str:
    end = "z" if feature.form == "area" else ""
    return "".join(_path(path, on) + end for path in feature.paths)


def _path(path: Sequence[float], on: Ground) -> str:
    """Corners that fall on the one before are left out."""
    corners = [f"{coordinate(on.x(x))} {coordinate(on.y(y))}" for x, y in zip(path[::2], path[1::2], strict=True)]
    return "M" + "L".join(one for place, one in enumerate(corners) if place == 0 or one != corners[place - 1])


def _bar(sheet: Sheet, on: Ground) -> list[Markup]:
    """A round number of kilometres, a quarter of the map at most."""
    length = nice(WIDTH / 4 / on.kilometre / 2)
    end, below = MARGIN + length * on.kilometre, on.height - 8
    return [
        element("path", d=f"M{coordinate(MARGIN)} {coordinate(below - 5)}v5H{coordinate(end)}v-5", class_="scale"),
        element("text", f"{sheet.number(length)} km", x=end + 5, y=below, class_="start"),
    ]


def _arrow(sheet: Sheet) -> Markup:
    """North is up."""
    across = WIDTH - 12
    arrow = element("path", d=f"M{coordinate(across)} 4l4.5 13l-4.5 -3l-4.5 3z", class_="arrow")
    return element("g", arrow, element("text", sheet.compass.arrow, x=across, y=29, class_="middle"))
