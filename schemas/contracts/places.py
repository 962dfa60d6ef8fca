"""Where the rows of a dataset lie: which of its fields say a place on the earth, by the contract alone.

A field of type `geojson` says it by its type. Two numbers say it together: a longitude and a latitude in degrees of
WGS 84 (`ContractField.axis`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .field import Axis, ContractField

LIMITS: dict[Axis, int] = {"longitude": 180, "latitude": 90}
"""Degrees; what lies beyond is no place on the earth."""
DECIMALS = 7
"""Digits behind the point of a published position: about a centimetre; what lies beyond is a conversion's noise."""


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


def place_of(fields: Iterable[ContractField]) -> Place | None:
    """The place that these fields say: the first geometry, or the one longitude and the one latitude among them.

    None where there is neither; two longitudes or two latitudes (of the start and the end of a road, for instance)
    say no one place.
    """
    listed = tuple(fields)
    shape = next((field.name for field in listed if field.type == "geojson"), None)
    if shape is not None:
        return Shape(shape)
    east, north = ([field.name for field in listed if field.axis == one] for one in LIMITS)
    return Pair(east[0], north[0]) if len(east) == len(north) == 1 else None
