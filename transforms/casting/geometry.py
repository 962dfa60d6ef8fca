"""A cell with a geometry (RFC 7946) -> its one canonical form, and what was remarkable about it.

Canonical: two dimensions, degrees of WGS 84 to seven decimals, outer rings counter-clockwise and holes clockwise, no
member but those of the standard. None of this moves a place; what is no geometry (a ring that is not closed, numbers
that are no degrees) is not mended. Registered as functions of DuckDB, for tables that have such a field.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely  # type: ignore[import-untyped]
from duckdb.func import ARROW, SPECIAL

from schemas.contracts.places import DECIMALS, LIMITS
from transforms.casting.cells import CANONICAL, GEOMETRY_REMARKS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Function = Callable[["pa.Array[Any]"], "pa.Array[Any]"]
Shapes = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]

COLLECTION = '"GeometryCollection"'
"""May not stand in one of its own kind (RFC 7946 §3.1.8), nor then nest until the stack ends."""


def canonical(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """Each geometry in its canonical form; None for a text that is none, or an empty one."""
    return pa.array(list(shapely.to_geojson(_wound(_flat(_parsed(texts))))), pa.string())


def _altitude(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """Which geometries have a third dimension: it is left out."""
    return _flags(shapely.has_z(_parsed(texts)))


def _rewound(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """Which have a ring that runs the other way: it is turned round."""
    flat = _flat(_parsed(texts))
    same = shapely.equals_identical(flat, _wound(flat)) | shapely.is_missing(flat)
    return _flags(~same)


def _crossing(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    """Which have a ring that crosses itself or has no area: they leave as they are."""
    flat = _flat(_parsed(texts))
    return _flags(~(shapely.is_valid(flat) | shapely.is_missing(flat)))


def _flags(found: Flags) -> "pa.Array[Any]":
    flags: pa.Array[Any] = pa.array(found)
    return flags


_REMARKS = (_altitude, _rewound, _crossing)


def register(connection: "DuckDBPyConnection") -> None:
    """Let a connection call `canonical_geometry(text)`, and each of `GEOMETRY_REMARKS`, which are true or false."""
    functions = [(CANONICAL, canonical, "VARCHAR")]
    functions += [(name, told, "BOOLEAN") for name, told in zip(GEOMETRY_REMARKS, _REMARKS, strict=True)]
    for name, function, answer in functions:
        connection.create_function(
            name,
            _plain(function),
            ["VARCHAR"],
            answer,
            type=ARROW,
            null_handling=SPECIAL,
        )


def _plain(function: Function) -> Function:
    """The same without annotations: DuckDB evaluates them, and Arrow's stand for the type checker alone."""
    return lambda texts: function(texts)


def _parsed(texts: "pa.Array[Any]") -> Shapes:
    """Geometries of places on the earth; None for everything else."""
    listed = np.array([_one(text) for text in texts.to_pylist()], dtype=object)
    with np.errstate(over="ignore"):  # of a number that is too large to be one
        shapes: Shapes = shapely.from_geojson(listed, on_invalid="ignore")
    shapes[shapely.is_empty(shapes) | ~_on_earth(shapes)] = None
    return shapes


def _one(text: str | None) -> str | None:
    return text if text is not None and text.startswith("{") and text.count(COLLECTION) < 2 else None


def _on_earth(shapes: Shapes) -> Flags:
    west, south, east, north = shapely.bounds(shapes).T
    found: Flags = (np.maximum(-west, east) <= LIMITS["longitude"]) & (np.maximum(-south, north) <= LIMITS["latitude"])
    return found


def _flat(shapes: Shapes) -> Shapes:
    flat: Shapes = shapely.transform(shapely.force_2d(shapes), lambda all_: np.round(all_, DECIMALS) + 0.0)
    return flat


def _wound(shapes: Shapes) -> Shapes:
    """Rings in the standard's direction. One without area has none, and GEOS turns it round each time it is asked:
    of both the smaller is taken, so that the canonical form has one form itself.
    """
    wound: Shapes = shapely.orient_polygons(shapes)
    again: Shapes = shapely.orient_polygons(wound)
    for at in np.flatnonzero(~shapely.equals_identical(wound, again) & ~shapely.is_missing(wound)):
        wound[at] = min(wound[at], again[at], key=shapely.to_wkb)
    return wound
