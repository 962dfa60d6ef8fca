"""The map of a release, worked out from its public table: nothing finer than that says, and small enough for a page.

Few points stand as they are; many are counted in squares. Lines and areas lose the corners that a page cannot show.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from catalog.charts import roles
from catalog.charts.documents import compact
from catalog.charts.maps import Feature, Form, Map, Places, Shading
from catalog.charts.proposal import Plan, Shape
from catalog.charts.series import bars_of, nice, rounded
from schemas.contracts import Dataset, Pair
from schemas.contracts import Shape as Geometry
from schemas.tables import PublicTable, database, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_POINTS = 2_000
MOST_ROWS = 200_000
"""Up to here rows are looked through for places that they share."""
SQUARES = 36
"""Along the longer side of a map of many points."""
MOST_BYTES = 150_000
DECIMALS = 5
"""About a metre: finer than any screen shows the whole of a map."""
TOLERANCES = (0.00002, 0.0001, 0.0003, 0.001, 0.003, 0.01)
"""In degrees: how far a simplified line may lie from the real one, tried in turn until the map is small enough."""
LABEL_LENGTH = 60
_A_NAME = re.compile(r"^(nama|name|judul|title)(_|$)")
_FORMS: dict[str, Form] = {"LineString": "line", "MultiLineString": "line", "Polygon": "area", "MultiPolygon": "area"}


def map_of(table: PublicTable) -> Map:
    """Where the rows lie, if they say so, and their figures by region, if they name regions."""
    with database(table.path, threads=1) as connection:
        relation = read_parquet(table.path)
        place = table.dataset.place
        if isinstance(place, Pair):
            return Map(
                places=_points(connection, relation, place, table), shading=_shading(connection, relation, table)
            )
        found = _geometries(connection, relation, place, table) if place else None
        return Map(places=found, shading=_shading(connection, relation, table))


def _label(dataset: Dataset) -> str | None:
    """The field that names a place: a name, or the key where it is one field."""
    texts = [one.name for one in dataset.public_fields if one.type == "string"]
    names = [name for name in texts if _A_NAME.search(name)]
    keys = [name for name in texts if dataset.primaryKey == (name,)]
    return next(iter([*names, *keys]), None)


def _region(dataset: Dataset) -> str | None:
    return next((one.name for one in dataset.public_fields if one.region is not None), None)


def _text(name: str | None) -> str:
    return f"left({quoted(name)}::VARCHAR, {LABEL_LENGTH})" if name else "NULL"


def _points(connection: "DuckDBPyConnection", relation: str, place: Pair, table: PublicTable) -> Places | None:
    """Each place once, with how many rows lie there; the squares in which they lie where those are too many."""
    east, north = (f"round({quoted(name)}, {DECIMALS})" for name in (place.longitude, place.latitude))
    known = f"{quoted(place.longitude)} IS NOT NULL AND {quoted(place.latitude)} IS NOT NULL"
    points = f"(SELECT *, {east} AS x, {north} AS y FROM {relation} WHERE {known})"
    for label in (_label(table.dataset), None) if table.rows <= MOST_ROWS else ():
        found = _each(connection, points, label)
        places = _places(found, table, label=label)
        if len(found) <= MOST_POINTS and len(compact(places)) <= MOST_BYTES:
            return places if found else None
    return _squares(connection, points, table)


def _each(connection: "DuckDBPyConnection", points: str, label: str | None) -> tuple[Feature, ...]:
    """Every place once, from north to south; one more than is shown where there are too many."""
    found = connection.execute(
        f"SELECT x, y, count(*), {_text(label)} AS label FROM {points} "
        f"GROUP BY ALL ORDER BY y DESC, x, label LIMIT {MOST_POINTS + 1}"
    ).fetchall()
    return tuple(_point(*row) for row in found)


def _point(x: float, y: float, rows: int, label: str | None = None) -> Feature:
    return Feature(form="point", paths=((x, y),), label=label, rows=rows)


def _places(features: tuple[Feature, ...], table: PublicTable, **said: Any) -> Places:
    rows = sum(one.rows for one in features)
    return Places(features=features, rows=rows, missing=table.rows - rows, **said)


def _squares(connection: "DuckDBPyConnection", points: str, table: PublicTable) -> Places | None:
    """How many of the points lie in each square of a grid; a square is told by its middle."""
    [(west, south, east, north)] = connection.execute(f"SELECT min(x), min(y), max(x), max(y) FROM {points}").fetchall()
    if west is None:
        return None
    cell = nice(max(east - west, north - south, 10**-DECIMALS) / SQUARES)
    found = connection.execute(
        f"SELECT floor(x / {cell!r}) AS across, floor(y / {cell!r}) AS up, count(*) FROM {points} "
        "GROUP BY ALL ORDER BY up DESC, across"
    ).fetchall()
    middles = (
        (round((across + 0.5) * cell, DECIMALS), round((up + 0.5) * cell, DECIMALS), rows) for across, up, rows in found
    )
    return _places(tuple(_point(*one) for one in middles), table, cell=cell)


def _geometries(connection: "DuckDBPyConnection", relation: str, place: Geometry, table: PublicTable) -> Places | None:
    """Lines and areas as simple as they must be; the middles in squares where that is not small enough."""
    import shapely  # type: ignore[import-untyped]

    label, region = _label(table.dataset), _region(table.dataset)
    asked = (
        f"SELECT {quoted(place.field)}, {_text(label)}, {_text(region)} FROM {relation} "
        f"WHERE {quoted(place.field)} IS NOT NULL"
    )
    found = connection.execute(f"{asked} LIMIT {MOST_POINTS + 1}").fetchall()
    if not found:
        return None
    if len(found) <= MOST_POINTS:
        shapes = [(shapely.from_geojson(text), *names) for text, *names in found]
        for tolerance in TOLERANCES:
            features = tuple(_feature(shape.simplify(tolerance), *names) for shape, *names in shapes)
            places = _places(features, table, label=label, region=region)
            if len(compact(places)) <= MOST_BYTES:
                return places
    return _middles(connection, asked, table)


def _feature(shape: Any, label: str | None, region: str | None) -> Feature:
    """A geometry of any kind; points beside lines or areas in one geometry are left to the data."""
    if shape.geom_type == "Point":
        return Feature(form="point", paths=(_path(shape),), label=label, region=region)
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type != "Point"]
    rings = [ring for part in parts for ring in _rings(part)]
    if not rings:
        return Feature(form="point", paths=(_path(shape.representative_point()),), label=label, region=region)
    form = _FORMS.get(shape.geom_type, "line")
    return Feature(form=form, paths=tuple(_path(ring) for ring in rings), label=label, region=region)


def _rings(part: Any) -> list[Any]:
    return [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]


def _path(line: Any) -> tuple[float, ...]:
    return tuple(round(value, DECIMALS) for point in line.coords for value in point[:2])


def _middles(connection: "DuckDBPyConnection", asked: str, table: PublicTable) -> Places | None:
    import pyarrow as pa
    import shapely

    reader = connection.sql(asked).to_arrow_reader(50_000)
    points = Counter[tuple[float, float]]()
    for batch in reader:
        middles = shapely.get_coordinates(shapely.centroid(shapely.from_geojson(batch.column(0).to_pylist())))
        points.update((round(x, DECIMALS), round(y, DECIMALS)) for x, y in middles.tolist())
    listed = sorted(points.elements())
    columns = {"x": [x for x, _ in listed], "y": [y for _, y in listed]}
    connection.register("middles_of_shapes", pa.table(columns))
    return _squares(connection, "middles_of_shapes", table)


def _shading(connection: "DuckDBPyConnection", relation: str, table: PublicTable) -> Shading | None:
    """The figure of each region that the rows name: the number of rows, or the first number of one row a region."""
    dataset, by = table.dataset, _region(table.dataset)
    if by is None:
        return None
    plan = _shading_plan(dataset, by)
    figures = bars_of(connection, relation, plan)
    if figures is None or (not plan.measure and dataset.place is not None and not isinstance(dataset.place, Pair)):
        return None
    return Shading(
        by=by,
        aggregate=plan.aggregate,
        measure=plan.measure,
        over=plan.over,
        at=figures.at,
        values={name: rounded(figure) or 0 for name, figure, _ in sorted(figures.found)},
        rows=figures.rows,
        missing=table.rows - figures.known,
        elsewhere=figures.known - figures.rows,
    )


def _shading_plan(dataset: Dataset, by: str) -> Plan:
    shape = Shape(dataset, 0, roles.times(dataset), (), roles.measures(dataset), {}, {})
    measure = next(iter(roles.names(shape.measures)), None)
    times = [one.name for one in shape.times if one.name in shape.key]
    if measure and set(shape.key) == {by, *times} and len(times) <= 1:
        return Plan("bars", by, "value", measure, over=next(iter(times), None))
    if measure and dataset.disclosure.aggregate:
        return Plan("bars", by, "sum", dataset.disclosure.aggregate.name)
    return Plan("bars", by, "count")
