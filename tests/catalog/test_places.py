"""GeoJSON and GeoParquet of a release: what they hold, and the proof that they hold what the Parquet holds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from catalog.encoding import csv, geojson, geoparquet, parquet
from catalog.encoding.places import shapes_of, texts
from catalog.manifest import Format
from catalog.verification import prove_same_rows
from schemas.contracts import Dataset, Pair
from schemas.errors import ProgrammerError
from schemas.tables import PublicTable, literal, quoted
from tests.making import contract, exempt_field, open_field

ALL: tuple[Format, ...] = ("csv", "parquet", "geoparquet", "geojson")
METADATA = Path(__file__).parent / "reference/geoparquet-1.1.0/schema.json"
RING = "[[119.8,-0.9],[119.9,-0.9],[119.9,-0.8],[119.8,-0.9]]"
AREA = f'{{"type":"Polygon","coordinates":[{RING}]}}'
POINT = '{"type":"Point","coordinates":[119.87,-1e-07]}'
HOSTILE = 'kutip " di\n dalam, é </script>'

POINTS = (
    contract(
        open_field("nama"),
        open_field("lintang", "number"),
        open_field("bujur", "number"),
        open_field("hari", "date"),
        open_field("kode", "integer"),
        open_field("buka", "boolean"),
        open_field("sejak", "datetime"),
        exempt_field("nik"),
    ).described(),
    f"({literal(HOSTILE)}, -0.9::DOUBLE, 119.87::DOUBLE, DATE '2026-01-01', 9007199254740993, true, TIMESTAMP '2026-01-01 10:00:01.5'), "
    "('di khatulistiwa', -0.00000001, 1e-7, DATE '2026-01-02', 0, false, NULL), "
    "('setengah', NULL, 119.8, NULL, NULL, NULL, NULL), (NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
)
AREAS = (
    contract(open_field("nama"), open_field("batas", "geojson"), open_field("luas", "number")).described(),
    f"('Tondo', '{AREA}', 1.5::DOUBLE), ('tanpa batas', NULL, NULL), ('Talise', '{POINT}', 2)",
)
BARE = (contract(open_field("batas", "geojson")).described(), f"('{AREA}'), ('{POINT}')")
NONE = (POINTS[0], f"{POINTS[1]} LIMIT 0")
Made = tuple[Dataset, str]


def written(made: Made, folder: Path) -> PublicTable:
    """A release's folder with all data files of a table."""
    dataset, rows = made
    names = ", ".join(quoted(field.name) for field in dataset.public_fields)
    path = folder / "public.parquet"
    values, _, limit = rows.partition(" LIMIT ")
    query = f"SELECT * FROM (VALUES {values}) t({names}) LIMIT {limit or 1000}"
    duckdb.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")
    table = PublicTable(path, dataset, pq.read_metadata(path).num_rows)
    for write, end in ((csv, "csv"), (parquet, "parquet"), (geoparquet, "geo.parquet"), (geojson, "geojson")):
        write.write(table, folder / f"{dataset.id}.{end}")
    return table


def features(folder: Path) -> list[dict[str, Any]]:
    collection = json.loads((folder / "contoh.geojson").read_bytes())
    assert collection["type"] == "FeatureCollection"
    assert all(feature["type"] == "Feature" for feature in collection["features"])
    return list(collection["features"])


@pytest.mark.parametrize("made", [POINTS, AREAS, BARE, NONE], ids=["points", "areas", "nothing but areas", "no rows"])
def test_four_files_of_the_same_rows_are_proven(made: Made, tmp_path: Path) -> None:
    table = written(made, tmp_path)
    prove_same_rows(tmp_path, table.dataset, table.rows, ALL)


def test_geojson_holds_typed_properties_and_a_point_of_both_numbers(tmp_path: Path) -> None:
    written(POINTS, tmp_path)
    first, second, half, nothing = features(tmp_path)
    assert first["geometry"] == {"type": "Point", "coordinates": [119.87, -0.9]}
    assert first["properties"] == {
        "nama": HOSTILE,
        "lintang": -0.9,
        "bujur": 119.87,
        "hari": "2026-01-01",
        "kode": 9007199254740993,
        "buka": True,
        "sejak": "2026-01-01 10:00:01.5",
    }
    assert second["geometry"]["coordinates"] == [1e-07, 0.0]
    assert (half["geometry"], half["properties"]["bujur"], nothing["geometry"]) == (None, 119.8, None)


def test_geojson_of_areas_has_them_as_geometry_and_not_among_the_properties(tmp_path: Path) -> None:
    written(AREAS, tmp_path)
    assert [(one["geometry"], one["properties"]) for one in features(tmp_path)] == [
        (json.loads(AREA), {"nama": "Tondo", "luas": 1.5}),
        (None, {"nama": "tanpa batas", "luas": None}),
        (json.loads(POINT), {"nama": "Talise", "luas": 2}),
    ]


def test_geojson_states_its_extent_where_it_has_one(tmp_path: Path) -> None:
    written(AREAS, tmp_path)
    assert json.loads((tmp_path / "contoh.geojson").read_bytes())["bbox"] == [119.8, -0.9, 119.9, -1e-07]
    (tmp_path / "empty").mkdir()
    written(NONE, tmp_path / "empty")
    assert json.loads((tmp_path / "empty/contoh.geojson").read_bytes()) == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize(
    ("made", "column", "kinds", "bounds"),
    [
        pytest.param(POINTS, "geometry", ["Point"], [1e-07, -0.9, 119.87, 0.0], id="points"),
        pytest.param(AREAS, "batas", ["Point", "Polygon"], [119.8, -0.9, 119.9, -1e-07], id="areas"),
        pytest.param(NONE, "geometry", [], None, id="no rows"),
    ],
)
def test_geoparquet_describes_its_geometry_as_the_standard_says(
    made: Made, column: str, kinds: list[str], bounds: list[float] | None, tmp_path: Path
) -> None:
    written(made, tmp_path)
    metadata = pq.read_metadata(tmp_path / "contoh.geo.parquet").metadata
    assert list(metadata) == [b"geo"]
    said = json.loads(metadata[b"geo"])
    jsonschema.validate(said, json.loads(METADATA.read_bytes()))
    assert said["primary_column"] == column
    assert said["columns"][column]["geometry_types"] == kinds
    assert said["columns"][column].get("bbox") == bounds


def test_geoparquet_holds_the_geometry_as_bytes_beside_the_other_columns(tmp_path: Path) -> None:
    written(AREAS, tmp_path)
    table = pq.read_table(tmp_path / "contoh.geo.parquet")
    assert table.schema.names == ["nama", "batas", "luas"]
    shapes = shapely.from_wkb(table.column("batas").to_pylist())
    assert [shape and json.loads(shapely.to_geojson(shape)) for shape in shapes] == [
        json.loads(AREA),
        None,
        json.loads(POINT),
    ]


def test_a_public_field_called_geometry_keeps_its_name(tmp_path: Path) -> None:
    dataset = contract(
        open_field("geometry"), open_field("bujur", "number"), open_field("lintang", "number")
    ).described()
    table = written((dataset, "('titik', 119.8::DOUBLE, -0.9::DOUBLE)"), tmp_path)
    names = pq.read_schema(tmp_path / "contoh.geo.parquet").names
    assert names == ["geometry", "bujur", "lintang", "geometry_wkb"]
    prove_same_rows(tmp_path, table.dataset, table.rows, ALL)


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written(POINTS, tmp_path / name)
    for file in ("contoh.geojson", "contoh.geo.parquet"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


TEXT_CHANGES: dict[str, Callable[[str], str]] = {
    "a changed property": lambda text: text.replace('"Tondo"', '"Tondq"'),
    "a moved corner": lambda text: text.replace("119.9,-0.8", "119.9,-0.7"),
    "a lost place": lambda text: text.replace(POINT, "null"),
    "a lost feature": lambda text: text.replace(text.splitlines()[1] + "\n", ""),
    "a doubled feature": lambda text: text.replace(text.splitlines()[1], "\n".join([text.splitlines()[1]] * 2)),
    "a property too many": lambda text: text.replace('"nama":"Tondo"', '"nama":"Tondo","nik":"7271"'),
    "a property too few": lambda text: text.replace('"nama":"Tondo",', ""),
    "a member too many": lambda text: text.replace('"type":"Feature",', '"type":"Feature","id":"7271",', 1),
    "a line between": lambda text: text.replace("\n", "\n7271,\n", 1),
    "a word at the end": lambda text: text + "7271",
    "a member of the collection": lambda text: text.replace("\n]", '\n],"nik":"7271"'),
    "another head": lambda text: text.replace('{"type":"F', '{"nik":"7271","type":"F', 1),
    "half a file": lambda text: text[: len(text) // 2],
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("change", TEXT_CHANGES.values(), ids=TEXT_CHANGES)
def test_a_geojson_that_differs_is_refused(change: Callable[[str], str], tmp_path: Path) -> None:
    table = written(AREAS, tmp_path)
    file = tmp_path / "contoh.geojson"
    before = file.read_text(encoding="utf-8")
    assert change(before) != before
    file.write_text(change(before), encoding="utf-8")
    refused(table, tmp_path, "rows_differ")


def test_a_point_elsewhere_than_its_numbers_say_is_refused(tmp_path: Path) -> None:
    table = written(POINTS, tmp_path)
    file = tmp_path / "contoh.geojson"
    file.write_text(file.read_text().replace("[119.87,-0.9]", "[119.87,-0.8]"))
    refused(table, tmp_path, "rows_differ")


def wkb(text: str) -> bytes:
    return bytes(shapely.to_wkb(shapely.from_geojson(text)))


def other_place(table: pa.Table) -> pa.Table:
    column = pa.array([wkb(POINT)] * table.num_rows, pa.binary())
    return table.set_column(table.schema.get_field_index("batas"), "batas", column)


def torn_bytes(table: pa.Table) -> pa.Table:
    column = pa.array([b"\x01\x03"] * table.num_rows, pa.binary())
    return table.set_column(table.schema.get_field_index("batas"), "batas", column)


def lost_row(table: pa.Table) -> pa.Table:
    return table.slice(1)


def exempt_column(table: pa.Table) -> pa.Table:
    return table.append_column("nik", pa.array(["7271"] * table.num_rows))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (other_place, "rows_differ"),
        (torn_bytes, "rows_differ"),
        (lost_row, "rows_differ"),
        (exempt_column, "schema_differs"),
    ],
    ids=lambda value: getattr(value, "__name__", "").replace("_", " "),
)
def test_a_geoparquet_that_differs_is_refused(
    change: Callable[[pa.Table], pa.Table], code: str, tmp_path: Path
) -> None:
    table = written(AREAS, tmp_path)
    file = tmp_path / "contoh.geo.parquet"
    pq.write_table(change(pq.read_table(file)), file)
    refused(table, tmp_path, code)


def test_a_point_of_a_geoparquet_elsewhere_than_its_numbers_say_is_refused(tmp_path: Path) -> None:
    table = written(POINTS, tmp_path)
    file = tmp_path / "contoh.geo.parquet"
    found = pq.read_table(file)
    moved = pa.array([wkb(POINT), *found.column("geometry").to_pylist()[1:]], pa.binary())
    pq.write_table(found.set_column(found.schema.get_field_index("geometry"), "geometry", moved), file)
    refused(table, tmp_path, "rows_differ")


def refused(table: PublicTable, folder: Path, code: str) -> None:
    with pytest.raises(ProgrammerError) as caught:
        prove_same_rows(folder, table.dataset, table.rows, ALL)
    assert caught.value.code == code


degrees = st.floats(-90, 90) | st.none()


@given(st.lists(st.tuples(degrees, degrees), min_size=1, max_size=5))
def test_a_point_is_the_same_in_text_in_bytes_and_in_its_numbers(rows: list[tuple[float | None, float | None]]) -> None:
    numbers = [pa.array(column, pa.float64()) for column in zip(*rows, strict=True)]
    shapes = shapes_of(pa.RecordBatch.from_arrays(numbers, names=["b", "l"]), Pair("b", "l"))
    said = texts(shapes)
    assert list(shapely.to_geojson(shapely.from_wkb(shapely.to_wkb(shapes)))) == said
    for (east, north), text in zip(rows, said, strict=True):
        if text is None:
            assert east is None or north is None
        else:
            assert json.loads(text)["coordinates"] == [pytest.approx(east, abs=1e-7), pytest.approx(north, abs=1e-7)]
