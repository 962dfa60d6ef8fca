"""Geometries in cells: the one form that they leave in, what is held back, what is remarkable."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import contract, exempt_field, open_field
from tests.transforms.casting.reading_cells import FAULT, ZONE, read
from transforms.casting.geometry import canonical
from transforms.reading.at_rest import table_at_rest
from transforms.reading.table import RAGGED_COLUMN, ROW_COLUMN
from transforms.staging import Staging, stage

LEFT = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
RIGHT = LEFT[::-1]
HOLE = [[0.5, 0.2], [0.8, 0.2], [0.8, 0.4], [0.5, 0.2]]
BOW = [[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]


def said(kind: str, coordinates: Any, **more: Any) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates, **more})


def together(*geometries: str) -> str:
    return f'{{"type":"GeometryCollection","geometries":[{",".join(geometries)}]}}'


def form(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(said("Point", [119.87, -0.9]), form("Point", [119.87, -0.9]), id="a point"),
        pytest.param(said("Point", [119.87, -0.9, 12.5]), form("Point", [119.87, -0.9]), id="a point with an altitude"),
        pytest.param(
            said("Point", [119.123456789, -0.00000001]), form("Point", [119.1234568, 0.0]), id="too many digits"
        ),
        pytest.param(said("MultiPoint", [[1, 2], [1, 2]]), form("MultiPoint", [[1, 2], [1, 2]]), id="a point twice"),
        pytest.param(said("LineString", [[0, 0], [1, 1]]), form("LineString", [[0, 0], [1, 1]]), id="a line"),
        pytest.param(
            said("MultiLineString", [[[0, 0], [1, 1]]]), form("MultiLineString", [[[0, 0], [1, 1]]]), id="lines"
        ),
        pytest.param(said("Polygon", [LEFT]), form("Polygon", [LEFT]), id="a ring to the left"),
        pytest.param(said("Polygon", [RIGHT]), form("Polygon", [LEFT]), id="a ring to the right"),
        pytest.param(said("Polygon", [LEFT, HOLE]), form("Polygon", [LEFT, HOLE[::-1]]), id="a hole to the left"),
        pytest.param(said("MultiPolygon", [[RIGHT], [LEFT]]), form("MultiPolygon", [[LEFT], [LEFT]]), id="areas"),
        pytest.param(said("Polygon", [BOW]), form("Polygon", [BOW]), id="a ring that crosses itself stays"),
        pytest.param(
            said("Point", [1, 2], nama="Budi", bbox=[1, 2, 1, 2]), form("Point", [1, 2]), id="foreign members"
        ),
        pytest.param(f" {said('Point', [1, 2])}\n", form("Point", [1, 2]), id="blanks around it"),
        pytest.param(
            together(said("Point", [1, 2]), said("Polygon", [RIGHT])),
            {"type": "GeometryCollection", "geometries": [form("Point", [1, 2]), form("Polygon", [LEFT])]},
            id="a collection",
        ),
    ],
)
def test_a_geometry_is_read_in_its_canonical_form(cell: str, value: dict[str, Any]) -> None:
    [found] = read([cell], "geojson")
    assert json.loads(found) == value


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(said("Polygon", [LEFT[:-1]]), id="a ring that is not closed"),
        pytest.param(said("LineString", [[0, 0]]), id="a line of one point"),
        pytest.param(said("Point", [1]), id="half a point"),
        pytest.param(said("Point", ["1", "2"]), id="numbers as text"),
        pytest.param(said("Point", [True, False]), id="truth in place of numbers"),
        pytest.param(said("Point", [[1, 2]]), id="too deep"),
        pytest.param(said("Point", None), id="null"),
        pytest.param(said("Point", []), id="an empty point"),
        pytest.param(said("Polygon", [[]]), id="an empty area"),
        pytest.param(said("Point", [820_000, 9_900_000]), id="metres"),
        pytest.param(said("Point", [0, 90.1]), id="beyond the pole"),
        pytest.param('{"type":"Point","coordinates":[1e999,2]}', id="beyond all numbers"),
        pytest.param(said("Circle", [1, 2]), id="an unknown kind"),
        pytest.param('{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}', id="a feature"),
        pytest.param('{"type":"FeatureCollection","features":[]}', id="a collection of features"),
        pytest.param(together(together(said("Point", [1, 2]))), id="a collection in a collection"),
        pytest.param(together() * 1 + "{", id="cut"),
        pytest.param("POINT (1 2)", id="well-known text"),
    ],
)
def test_what_is_no_geometry_is_held_back(cell: str) -> None:
    assert read([said("Point", [1, 2]), cell], "geojson")[1] == FAULT


def test_a_tower_of_collections_breaks_nothing() -> None:
    tower = '{"type":"GeometryCollection","geometries":[' * 50_000 + "]}" * 50_000
    assert read([tower, None], "geojson") == [FAULT, None]


def staged(cells: list[str], field: dict[str, Any]) -> Staging:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rows.parquet"
        places = {ROW_COLUMN: pa.array(range(1, len(cells) + 1)), RAGGED_COLUMN: pa.nulls(len(cells), pa.int64())}
        texts = pa.array(cells, pa.string())
        pq.write_table(pa.table({**places, "x": texts, "y": texts}), source)
        of = contract(field, open_field("y"), primaryKey=["x"])
        return stage(table_at_rest(source, {}), {"x": "x", "y": "y"}, of, ZONE, Path(folder) / "staged.parquet")


CELLS = [
    said("Point", [1, 2, 3]),
    said("Polygon", [RIGHT]),
    said("Polygon", [[[*one, 5] for one in RIGHT]]),
    said("Polygon", [BOW]),
    said("Polygon", [LEFT, HOLE[::-1]]),
    said("Polygon", [LEFT[:-1]]),
]


def test_what_was_changed_or_is_odd_is_counted() -> None:
    found = staged(CELLS, open_field("x", "geojson"))
    assert remarks(found) == {"geometry_altitude:x": 2, "geometry_rewound:x": 2, "geometry_crossing:x": 1}
    assert found.faulty == 1


def test_of_a_withheld_geometry_nothing_is_told() -> None:
    assert remarks(staged(CELLS, exempt_field("x", "geojson"))) == {}


def remarks(staging: Staging) -> dict[str, int]:
    return {one.code: one.failing for one in staging.findings if one.rule.startswith("geometry_")}


degrees = st.floats(-90, 90, allow_nan=False)
positions = st.tuples(degrees, degrees).map(list)
rings = st.lists(positions, min_size=3, max_size=6).map(lambda ring: [*ring, ring[0]])
geometries = st.one_of(
    positions.map(lambda at: said("Point", at)),
    st.lists(positions, min_size=2, max_size=6).map(lambda line: said("LineString", line)),
    st.lists(rings, min_size=1, max_size=3).map(lambda area: said("Polygon", area)),
    st.lists(rings.map(lambda ring: [ring]), min_size=1, max_size=3).map(lambda areas: said("MultiPolygon", areas)),
)


@given(geometries)
def test_the_canonical_form_is_canonical(cell: str) -> None:
    once = canonical(pa.array([cell]))
    assert once[0].as_py() is not None
    assert canonical(once) == once


@given(st.lists(rings, min_size=1, max_size=3))
def test_the_way_that_rings_run_makes_no_difference(area: list[Any]) -> None:
    there, back = canonical(
        pa.array([said("Polygon", area), said("Polygon", [ring[::-1] for ring in area])])
    ).to_pylist()
    assert [sorted(map(tuple, ring)) for ring in json.loads(there)["coordinates"]] == [
        sorted(map(tuple, ring)) for ring in json.loads(back)["coordinates"]
    ]


@given(
    st.text()
    | st.recursive(st.none() | st.floats(allow_nan=False) | st.text(), st.lists).map(lambda c: said("Polygon", c))
)
def test_no_text_at_all_ends_in_an_exception(cell: str) -> None:
    assert len(canonical(pa.array([cell]))) == 1
