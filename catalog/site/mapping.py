"""The map of a release as a page shows it: what is drawn over which boundaries, and the same as a table."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from catalog.charts.documents import Chart, Figure, Series
from catalog.charts.maps import Base, Map, Pictures, Places, Shading, codes
from catalog.site.captions import DASH, Teller
from catalog.site.drawing.maps import Bounds, Compass, Sheet, areas, drawn_map, graticule, joined, places
from schemas.contracts import Dataset, Language

CLASSES = 5
LISTED = 100
"""Rows of the table beside a map; the files have them all."""
NEAR = 0.25
"""How far beyond the boundaries, in parts of their width, places may lie to be drawn over them."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A shade of a map in words: from what to what, and how many regions."""

    number: int
    limits: str
    regions: str


@dataclass(frozen=True, slots=True)
class ShownMap:
    """A map on a page. `base` is the dataset whose boundaries it shows, where that is another; `beyond` counts the
    rows of the table that are not listed."""

    name: str
    title: str
    unit: str | None
    summary: str
    method: Markup
    drawing: Markup
    classes: tuple[Class, ...]
    base: Dataset | None
    head: Row
    rows: tuple[Row, ...]
    beyond: int


def shown_maps(pictures: Pictures, dataset: Dataset, language: Language) -> tuple[ShownMap, ...]:
    """The map of the places, and the map of figures by region where the city publishes those regions' boundaries."""
    said = pictures.map or Map()
    base = pictures.base
    found = [
        _of_places(said.places, dataset, base, language) if said.places else None,
        _of_regions(said.shading, dataset, base, language) if said.shading and base else None,
    ]
    return tuple(one for one in found if one)


def _of_places(shown: Places, dataset: Dataset, base: Base | None, language: Language) -> ShownMap:
    teller = _teller(dataset, language)
    own = base is not None and base.dataset.id == dataset.id
    under = base if base and not own and _lies_in(shown.bounds, base.places.bounds) else None
    bounds = joined([shown.bounds, *([under.places.bounds] if under else [])])
    title = teller.t("Letak baris data", "Where the rows lie").unescape()
    summary = _summary(shown, teller)
    sheet = Sheet("peta-letak", title, summary, _compass(teller), bounds, teller.number)
    layers = [areas(under.places.features, sheet, {}, _names(under))] if under else [graticule(sheet)]
    listed = [] if shown.cell else list(shown.features)
    return ShownMap(
        name=sheet.name,
        title=title,
        unit=None,
        summary=summary,
        method=_places_method(shown, teller),
        drawing=drawn_map(sheet, [*layers, places(shown, sheet)]),
        classes=(),
        base=under.dataset if under else None,
        head=(
            teller.field(shown.label) if shown.label else str(teller.t("Nomor", "Number")),
            str(teller.t("Lintang", "Latitude")),
            str(teller.t("Bujur", "Longitude")),
            str(teller.t("Jumlah baris", "Number of rows")),
        ),
        rows=tuple(
            _place_row(one.label, one.middle, one.rows, place, teller) for place, one in enumerate(listed[:LISTED], 1)
        ),
        beyond=max(len(listed) - LISTED, 0),
    )


def _place_row(label: str | None, middle: tuple[float, float], rows: int, place: int, teller: Teller) -> Row:
    return (
        teller.cell(label) if label else str(place),
        *(teller.number(round(middle[one], 6)) for one in (1, 0)),
        teller.number(rows),
    )


def _summary(shown: Places, teller: Teller) -> str:
    many = teller.number(len(shown.features))
    if shown.cell:
        said = teller.t(
            "{rows} baris dalam {n} petak.", "{rows} rows in {n} squares.", rows=teller.number(shown.rows), n=many
        )
    else:
        said = teller.t(
            "{n} tempat dari {rows} baris.", "{n} places of {rows} rows.", n=many, rows=teller.number(shown.rows)
        )
    return said.unescape()


def _places_method(shown: Places, teller: Teller) -> Markup:
    missing = teller.t(
        "{rows} baris tanpa letak tidak ikut.",
        "{rows} rows without a place are left out.",
        rows=teller.number(shown.missing),
    )
    squares = teller.t(
        "Baris dihitung per petak selebar {width} derajat; makin besar lingkaran, makin banyak baris.",
        "Rows are counted in squares {width} degrees wide; the larger the circle, the more rows.",
        width=teller.number(shown.cell or 0),
    )
    return Markup(" ").join([*([squares] if shown.cell else []), *([missing] if shown.missing else [])])


def _of_regions(shading: Shading, dataset: Dataset, base: Base, language: Language) -> ShownMap | None:
    """None where the boundaries are of other regions than the figures."""
    by_code = _figures_by_code(shading, dataset)
    known = codes(base.dataset, base.places.region or "")
    at = {
        place: by_code[known[one.region]]
        for place, one in enumerate(base.places.features)
        if one.region and known.get(one.region) in by_code
    }
    if not at:
        return None
    teller = _teller(dataset, language, shading)
    classes = _classes(at)
    title = teller.title().unescape()
    largest = max(at, key=lambda place: (at[place], -place))
    summary = teller.t(
        "Terbesar: {name}, {value}.",
        "Largest: {name}, {value}.",
        name=_names(base)[largest],
        value=teller.number(at[largest]),
    ).unescape()
    sheet = Sheet("peta-wilayah", title, summary, _compass(teller), base.places.bounds, teller.number)
    titles = [f"{name}: {teller.number(at[place])}" if place in at else name for place, name in enumerate(_names(base))]
    figures = sorted(by_code.items(), key=lambda one: (-one[1], one[0]))
    names = {code: text for text, code in codes(dataset, shading.by).items()}
    return ShownMap(
        name=sheet.name,
        title=title,
        unit=teller.unit(),
        summary=summary,
        method=teller.method(),
        drawing=drawn_map(sheet, [areas(base.places.features, sheet, classes, titles)]),
        classes=_legend(at, classes, teller),
        base=base.dataset if base.dataset.id != dataset.id else None,
        head=(teller.field(shading.by), str(teller.figures())),
        rows=tuple((names[code], teller.number(value)) for code, value in figures[:LISTED]),
        beyond=max(len(figures) - LISTED, 0),
    )


def _figures_by_code(shading: Shading, dataset: Dataset) -> dict[str, Figure]:
    known = codes(dataset, shading.by)
    return {known[name]: value for name, value in shading.values.items() if name in known}


def _classes(at: Mapping[int, Figure]) -> dict[int, int]:
    """The class of each place, 1 for the lowest: as many regions in each as can be, and no figure in two."""
    ordered = sorted(at.values())
    limits = sorted({ordered[len(ordered) * number // CLASSES] for number in range(1, CLASSES)} - {ordered[0]})
    return {place: bisect_right(limits, value) + 1 for place, value in at.items()}


def _legend(at: Mapping[int, Figure], classes: Mapping[int, int], teller: Teller) -> tuple[Class, ...]:
    found = []
    for number in sorted(set(classes.values())):
        inside = [at[place] for place, one in classes.items() if one == number]
        low, high = teller.number(min(inside)), teller.number(max(inside))
        regions = teller.t("{n} wilayah", "{n} regions", n=teller.number(len(inside)))
        found.append(Class(number, low if low == high else f"{low}{DASH}{high}", str(regions)))
    return tuple(found)


def _names(base: Base) -> list[str]:
    """What the areas of the boundaries are called: by their names, or by their codes."""
    official = {code: text for text, code in codes(base.dataset, base.places.region or "").items()}
    return [one.label or official.get(one.region or "", one.region or "") for one in base.places.features]


def _lies_in(inner: Bounds, outer: Bounds) -> bool:
    west, south, east, north = outer
    wide, high = (east - west) * NEAR, (north - south) * NEAR
    return west - wide <= inner[0] and inner[2] <= east + wide and south - high <= inner[1] and inner[3] <= north + high


def _compass(teller: Teller) -> Compass:
    return Compass(*str(teller.t("U LU LS BT BB", "N N S E W")).split())


def _teller(dataset: Dataset, language: Language, shading: Shading | None = None) -> Teller:
    """A map says of itself what bars of the same figures would."""
    stated = {"by": "", "aggregate": "count", "rows": 0, "missing": 0, "elsewhere": 0}
    if shading is not None:
        stated = shading.model_dump(exclude={"values"})
    return Teller(dataset, Chart.model_validate({"kind": "bars", "series": (Series(values=()),), **stated}), language)
