"""`map.json`: where the rows of a release lie, small enough for a page; and its figures by region.

A map is drawn from this document alone, over the city's boundaries where it publishes some: those are the `map.json`
of the release that holds them.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pydantic import Field

from catalog.charts.documents import Aggregate, Charts, Figure
from schemas.contracts import Dataset, Promise
from schemas.regions import Level, regions

Form = Literal["point", "line", "area"]


class Feature(Promise):
    """A place: its paths as longitude and latitude in turn (WGS 84), rings of an area closed. `label` and `region` are
    cells; `rows` says how many rows lie there."""

    form: Form
    paths: tuple[tuple[Figure, ...], ...]
    label: str | None = None
    region: str | None = None
    rows: int = Field(default=1, ge=1)

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude: of the point, or of the middle between the outermost corners."""
        east = [value for path in self.paths for value in path[::2]]
        north = [value for path in self.paths for value in path[1::2]]
        return (min(east) + max(east)) / 2, (min(north) + max(north)) / 2


class Places(Promise):
    """Where rows lie. `cell` is the width in degrees of the squares that points were put together in; without it
    each feature is a place of its own. `label` and `region` name the fields of the features' cells."""

    features: tuple[Feature, ...]
    label: str | None = None
    region: str | None = None
    cell: float | None = None
    rows: int = Field(ge=0)
    missing: int = Field(ge=0)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        east = [value for one in self.features for path in one.paths for value in path[::2]]
        north = [value for one in self.features for path in one.paths for value in path[1::2]]
        return min(east), min(north), max(east), max(north)


class Shading(Promise):
    """A figure for each region that the field `by` names; the words are those of `documents.Chart`."""

    by: str
    aggregate: Aggregate
    measure: str | None = None
    over: str | None = None
    at: str | None = None
    values: dict[str, Figure]
    rows: int = Field(ge=0)
    missing: int = Field(ge=0)
    elsewhere: int = Field(ge=0)


class Map(Promise):
    """Of a release without places and regions, both are None."""

    places: Places | None = None
    shading: Shading | None = None


class Base(NamedTuple):
    """The boundaries that a city publishes, and the dataset that they are."""

    dataset: Dataset
    places: Places

    @property
    def level(self) -> Level | None:
        """Of which regions these are the boundaries."""
        known = {field.name: field.region for field in self.dataset.public_fields}
        region = known.get(self.places.region or "")
        return region.level if region else None


class Pictures(NamedTuple):
    """What a release has to be drawn, None where an older version made it; and its city's boundaries."""

    charts: Charts | None = None
    map: Map | None = None
    base: Base | None = None


NONE = Pictures()


def codes(dataset: Dataset, name: str) -> dict[str, str]:
    """The official codes by what the field's cells say; a name that two regions share says neither."""
    known = {field.name: field.region for field in dataset.public_fields}
    region = known.get(name)
    if region is None:
        return {}
    listed = regions(region.level, region.within or "")
    if region.as_ == "code":
        return {code: code for code in listed}
    said = list(listed.values())
    return {title: code for code, title in listed.items() if said.count(title) == 1}


def shown_on_map(said: Map) -> Iterator[tuple[str, list[str]]]:
    """The cells that a map shows, by their field."""
    if said.shading is not None:
        yield said.shading.by, list(said.shading.values)
    if said.places is not None:
        for name, cells in (
            (said.places.label, [one.label for one in said.places.features]),
            (said.places.region, [one.region for one in said.places.features]),
        ):
            if name is not None:
                yield name, [cell for cell in cells if cell is not None]
