"""Where the rows of a public table lie, in batches: what GeoJSON and GeoParquet are written from and held against.

A geometry of the table is canonical already: staging saw to that. A point of two numbers is made here, of what the
table has and nothing finer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely  # type: ignore[import-untyped]

from schemas.contracts import Dataset, Pair, Place, Shape
from schemas.contracts.places import DECIMALS
from schemas.errors import ProgrammerError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Shapes = npt.NDArray[np.object_]
"""shapely's geometries, None for a row without a place."""
BATCH_ROWS = 50_000
KINDS = (
    "Point",
    "LineString",
    "LinearRing",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
"""By the number that shapely gives each."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What kinds of geometry there are, and west, south, east and north of them all."""

    kinds: frozenset[str] = frozenset()
    bounds: tuple[float, ...] = ()

    def over(self, shapes: Shapes) -> "Extent":
        """The extent of these shapes as well."""
        kinds = {KINDS[number] for number in np.unique(shapely.get_type_id(shapes)) if number >= 0}
        found = np.stack([shapely.total_bounds(shapes), self.bounds or [np.nan] * 4])
        if np.isnan(found).all():
            return Extent(self.kinds | kinds)
        low, high = np.nanmin(found, axis=0), np.nanmax(found, axis=0)
        return Extent(self.kinds | kinds, (*low[:2].tolist(), *high[2:].tolist()))


def said_place(dataset: Dataset) -> Place:
    """The place that the public fields say; ProgrammerError where they say none."""
    if dataset.place is None:
        raise ProgrammerError("claim_broken", dataset=dataset.id)
    return dataset.place


def property_names(dataset: Dataset) -> tuple[str, ...]:
    """The public fields beside the geometry."""
    place = said_place(dataset)
    shape = place.field if isinstance(place, Shape) else None
    return tuple(field.name for field in dataset.public_fields if field.name != shape)


def batches(connection: "DuckDBPyConnection", query: str, place: Place) -> Iterator[tuple[pa.RecordBatch, Shapes]]:
    """The rows of a query that selects the fields of `place`, and where each lies."""
    for batch in connection.sql(query).to_arrow_reader(BATCH_ROWS):
        yield batch, shapes_of(batch, place)


def shapes_of(batch: pa.RecordBatch, place: Place) -> Shapes:
    """Where the rows of a batch lie, by its columns."""
    if isinstance(place, Shape):
        texts = batch.column(place.field).to_pylist()
        shapes: Shapes = shapely.from_geojson(np.array(texts, dtype=object))
        return shapes
    return _points(batch, place)


def _points(batch: pa.RecordBatch, place: Pair) -> Shapes:
    """A point of each row that has both numbers."""
    east, north = (_column(batch, name) for name in (place.longitude, place.latitude))
    points = np.full(len(east), None, dtype=object)
    known = ~(np.isnan(east) | np.isnan(north))
    points[known] = shapely.points(east[known], north[known])
    return points


def _column(batch: pa.RecordBatch, name: str) -> npt.NDArray[np.float64]:
    numbers = batch.column(name).to_numpy(zero_copy_only=False).astype(np.float64)
    rounded: npt.NDArray[np.float64] = np.round(numbers, DECIMALS) + 0.0  # no negative zero
    return rounded


def texts(shapes: Shapes) -> list[str | None]:
    """Geometries as GeoJSON."""
    return list(shapely.to_geojson(shapes))


def read_back(texts_of: list[Any]) -> Shapes:
    """Geometries that a file has as objects of JSON; None for what is none."""
    said = [None if one is None else json.dumps(one) for one in texts_of]
    shapes: Shapes = shapely.from_geojson(np.array(said, dtype=object), on_invalid="ignore")
    return shapes
