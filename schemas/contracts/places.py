"""Where the rows of a dataset lie: which of its fields say a place on the earth, by the contract alone.

A field of type `geojson` says it by its type. Two numbers say it together: a longitude and a latitude in degrees of
WGS 84, known by their names, since Table Schema has no word for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .field import ContractField

Axis = Literal["longitude", "latitude"]
LIMITS: dict[Axis, int] = {"longitude": 180, "latitude": 90}
"""Degrees; what lies beyond is no place on the earth."""
DECIMALS = 7
"""Digits behind the point of a published position: about a centimetre; what lies beyond is a conversion's noise."""
DEGREES = ("derajat", "degree", "°")
"""How units of degrees begin, for instance `derajat (WGS 84)`."""
_AXES: dict[str, Axis] = {
    "bujur": "longitude",
    "garis_bujur": "longitude",
    "longitude": "longitude",
    "lon": "longitude",
    "lng": "longitude",
    "lintang": "latitude",
    "garis_lintang": "latitude",
    "latitude": "latitude",
    "lat": "latitude",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A row's place is a geometry (RFC 7946) in one field."""

    field: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A row's place is a point, from two fields."""

    longitude: str
    latitude: str


Place = Shape | Pair


def axis(field: ContractField) -> Axis | None:
    """Which coordinate a field holds; None for any other field, and where its unit is none of degrees."""
    if field.type != "number" or not (field.unit is None or field.unit.startswith(DEGREES)):
        return None
    return _AXES.get(field.format, _AXES.get(field.name))


def place_of(fields: Iterable[ContractField]) -> Place | None:
    """The place that these fields say: the first geometry, or the one longitude and the one latitude among them.

    None where there is neither; two longitudes or two latitudes (of the start and the end of a road, for instance)
    say no one place.
    """
    listed = tuple(fields)
    shape = next((field.name for field in listed if field.type == "geojson"), None)
    if shape is not None:
        return Shape(shape)
    east, north = ([field.name for field in listed if axis(field) == one] for one in LIMITS)
    return Pair(east[0], north[0]) if len(east) == len(north) == 1 else None
