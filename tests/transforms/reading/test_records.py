import json
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import GeoJsonLayout, JsonLayout
from schemas.errors import SupplierError
from transforms.reading import NUMBER_MARK

from .conftest import Read, fields, places_of, rows_of

JSON = JsonLayout(kind="json")
GEOJSON = GeoJsonLayout(kind="geojson")
MARK = NUMBER_MARK


@pytest.mark.parametrize(
    ("content", "columns", "rows"),
    [
        pytest.param(
            '[{"a":"x"},{"b":"y"}]', ("a", "b"), [("x", None), (None, "y")], id="columns in order of appearance"
        ),
        pytest.param(
            '[{"a":1.50,"b":12345678901234567890}]',
            ("a", "b"),
            [(f"{MARK}1.50", "12345678901234567890")],
            id="digits as written",
        ),
        pytest.param('[{"a":-7,"b":1e3}]', ("a", "b"), [("-7", f"{MARK}1e3")], id="signs and exponents"),
        pytest.param(
            '[{"a":true,"b":false,"c":null}]', ("a", "b", "c"), [("true", "false", None)], id="true, false, null"
        ),
        pytest.param('[{"a":{"b":{"c":"x"}}}]', ("a.b.c",), [("x",)], id="objects become dotted paths"),
        pytest.param('[{"a":null},{"a":{"b":"x"}}]', ("a.b",), [(None,), ("x",)], id="null in place of an object"),
        pytest.param('[{"a":[1, 2.50, {"b": "é"}]}]', ("a",), [('[1,2.50,{"b":"é"}]',)], id="lists stay JSON"),
        pytest.param('[{"a":"  x "}]', ("a",), [("  x ",)], id="text as it is"),
        pytest.param('\ufeff[{"a":"x"}]', ("a",), [("x",)], id="a mark before it"),
    ],
)
def test_records_become_rows_of_text(
    read_bytes: Read, content: str, columns: tuple[str, ...], rows: list[tuple[str | None, ...]]
) -> None:
    table = read_bytes(content.encode(), JSON)
    assert (table.columns, rows_of(table)) == (columns, rows)


def test_records_are_found_below_a_dotted_path_and_counted_from_one(read_bytes: Read) -> None:
    table = read_bytes(b'{"data":{"items":[{"a":1},{"a":2}]}}', JsonLayout(kind="json", records="data.items"))
    assert places_of(table) == [(1, None), (2, None)]
    assert (table.rows, table.header_rows, table.skipped) == (2, 0, {})


@pytest.mark.parametrize(
    ("content", "records", "code"),
    [
        pytest.param('{"data":[]}', None, "records_missing", id="an object in place of the list"),
        pytest.param('{"data":[]}', "items", "records_missing", id="a path that leads nowhere"),
        pytest.param('[{"a":1},7]', None, "record_not_object", id="a record that is a number"),
        pytest.param('[{"a":1,"a":2}]', None, "json_key_twice", id="a key twice"),
        pytest.param('[{"a":{"b":1},"a.b":2}]', None, "json_key_twice", id="a path twice"),
        pytest.param('[{"a":NaN}]', None, "json_not_finite", id="no number"),
        pytest.param('[{"a":-Infinity}]', None, "json_not_finite", id="infinity"),
        pytest.param('[{"a":1}', None, "json_invalid", id="cut"),
        pytest.param("", None, "json_invalid", id="no byte"),
        pytest.param("[" * 100_000, None, "file_unreadable", id="too deep to parse"),
        pytest.param('[{"a":"\\ud800"}]', None, "file_unreadable", id="half a letter"),
        pytest.param('[{"b":1}]', None, "columns_differ", id="another key"),
        pytest.param("[]", None, "column_missing", id="no record"),
    ],
)
def test_json_that_is_no_table_ends_in_a_clear_error(
    read_bytes: Read, content: str, records: str | None, code: str
) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(content.encode(), JsonLayout(kind="json", records=records), fields("a"))
    assert raised.value.code == code


def collection(*features: object, **members: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def point(east: float, north: float, **properties: object) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [east, north]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def shape(kind: str, coordinates: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"a": "x"}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param(point(820_000.5, 9_900_000.5, a="x"), id="metres"),
        pytest.param(point(-0.9, 119.87, a="x"), id="latitude first"),
        pytest.param(shape("Polygon", [[["1", "2"]]]), id="numbers as text"),
        pytest.param(shape("Polygon", {"a": 1}), id="no list at all"),
    ],
)
def test_one_strange_place_among_others_is_left_to_its_row(read_bytes: Read, strange: dict[str, Any]) -> None:
    features = [point(119.5, -0.5, a="x"), strange, point(119.5, -0.5, a="x")]
    assert read_bytes(collection(*features), GEOJSON, fields("a")).rows == 3


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param({"type": "Polygon", "coordinates": []}, id="coordinates"),
        pytest.param({"type": "GeometryCollection", "geometries": []}, id="geometries"),
        pytest.param({"type": "Point", "coordinates": []}, id="a point"),
    ],
)
def test_a_geometry_of_nothing_is_none(read_bytes: Read, empty: dict[str, Any]) -> None:
    nowhere = {"type": "Feature", "properties": {"a": "x"}, "geometry": empty}
    table = read_bytes(collection(nowhere, point(1.5, 2.5, a="y")), GEOJSON, fields("a", "geometry"))
    assert [row[table.columns.index("geometry")] is None for row in rows_of(table)] == [True, False]


def test_a_point_gives_its_place_beside_its_properties(read_bytes: Read) -> None:
    table = read_bytes(collection(point(119.87, -0.9, nama="Pasar")), GEOJSON, fields("nama", "latitude"))
    found = dict(zip(table.columns, rows_of(table)[0], strict=True))
    assert found == {
        "nama": "Pasar",
        "longitude": f"{MARK}119.87",
        "latitude": f"{MARK}-0.9",
        "geometry": '{"type":"Point","coordinates":[119.87,-0.9]}',
    }
    assert table.computed == {"geometry", "longitude", "latitude"}


def test_an_area_has_a_geometry_and_a_feature_may_have_none(read_bytes: Read) -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    area = {"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    nowhere = {"type": "Feature", "properties": {"a": 2}, "geometry": None}
    table = read_bytes(collection(area, nowhere), GEOJSON, fields("a", "geometry"))
    geometry = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'
    assert sorted(map(str, rows_of(table))) == sorted(map(str, [(geometry, "1"), (None, "2")]))


def test_a_property_called_as_a_computed_column_stands_for_itself(read_bytes: Read) -> None:
    table = read_bytes(collection(point(119.5, -0.5, longitude="119,5")), GEOJSON, fields("longitude"))
    assert "longitude" not in table.computed
    assert rows_of(table)[0][table.columns.index("longitude")] == "119,5"


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ],
)
def test_the_one_system_of_geojson_may_be_stated(read_bytes: Read, name: str) -> None:
    content = collection(point(1.5, 2.5, a="x"), crs={"type": "name", "properties": {"name": name}})
    assert read_bytes(content, GEOJSON, fields("a")).rows == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(
            collection(crs={"type": "name", "properties": {"name": "EPSG:32750"}}), "crs_unsupported", id="metres"
        ),
        pytest.param(collection(crs="EPSG:4326"), "crs_unsupported", id="a system in a form of its own"),
        pytest.param(b'{"type":"Feature"}', "geojson_invalid", id="a feature alone"),
        pytest.param(b"[]", "geojson_invalid", id="a list"),
        pytest.param(b'{"type":"FeatureCollection"}', "records_missing", id="no features"),
        pytest.param(collection({"type": "Feature", "properties": "x"}), "geojson_invalid", id="properties of text"),
        pytest.param(
            collection({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1]}}),
            "geojson_invalid",
            id="half a point",
        ),
        pytest.param(collection(crs={"type": "EPSG", "properties": {"code": 32751}}), "crs_unsupported", id="UTM 51S"),
        pytest.param(b'{"type":"Point","coordinates":[1,2]}', "geojson_invalid", id="a geometry alone"),
        pytest.param(b'{"geometryType":"esriGeometryPoint","features":[]}', "geojson_of_esri", id="Esri's JSON"),
        pytest.param(collection(point(820_000.5, 9_900_000.5)), "coordinates_projected", id="metres without a name"),
        pytest.param(
            collection(shape("Polygon", [[[13_300_000, -100_000]]]), point(1.5, 2.5), shape("LineString", [[181, 1]])),
            "coordinates_projected",
            id="metres in most places",
        ),
        pytest.param(collection(point(-0.9, 119.87), point(-0.9, 119.88)), "coordinates_swapped", id="latitude first"),
    ],
)
def test_what_is_no_feature_collection_is_refused(read_bytes: Read, content: bytes, code: str) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(content, GEOJSON, fields("a"))
    assert raised.value.code == code


def test_naughty_strings_come_back_as_they_are(corpus: Path, read_bytes: Read) -> None:
    path = next((corpus / "naughty-strings").glob("*.json"))
    strings = json.loads(path.read_text(encoding="utf-8"))
    table = read_bytes(json.dumps([{"a": text, "b": "x"} for text in strings]).encode(), JSON)
    assert [row[0] for row in rows_of(table)] == [text or None for text in strings]
