"""A dataset with places from delivery to release: two more files, proven, searched, listed and verifiable."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from catalog import layout
from catalog.manifest import MEDIA_TYPES, Manifest
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    EXEMPTION,
    audited,
    contract,
    current_release,
    deliver,
    found_city,
    publish,
)

RING = [[119.86, -0.91], [119.88, -0.91], [119.88, -0.89], [119.86, -0.91]]
UNCLOSED = RING[:-1]
GEOJSON = {"kind": "geojson", "location": f"{DATASET}.geojson"}


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "title": name, "type": kind, "access": "open", **more}


def exempt(name: str, kind: str) -> dict[str, Any]:
    return {**field(name, kind), "access": "exempt", "exemption": {**EXEMPTION}}


AREAS = contract(
    source=GEOJSON,
    fields=[field("kode", "string"), field("batas", "geojson", column="geometry"), exempt("pemilik", "string")],
    quarantine={"at_most": "50 %", "because": "Uji."},
)
POINTS = contract(
    source=GEOJSON,
    fields=[
        field("kode", "string"),
        field("lintang", "number", column="latitude", unit="derajat (WGS 84)"),
        field("bujur", "number", column="longitude", unit="derajat (WGS 84)"),
        exempt("pemilik", "string"),
    ],
    quarantine={"at_most": "50 %", "because": "Uji."},
)
TITLE = "Nama Pemilik Contoh"


def feature(number: int, kind: str, coordinates: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kode": f"TP-{number:03}", "pemilik": f"{TITLE} {number}"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: dict[str, Any], **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def city(root: Path, one: dict[str, Any], file: str) -> Places:
    places = found_city(root, one)
    deliver(places, file, f"{DATASET}.geojson")
    return places


def released(places: Places) -> Path:
    return places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))


SHAPES = collection(
    feature(1, "Polygon", [RING]),
    feature(2, "Polygon", [[[*one, 12.5] for one in RING[::-1]]]),
    feature(3, "MultiPolygon", [[RING]]),
    feature(4, "Polygon", [UNCLOSED]),
    {**feature(5, "Point", []), "geometry": None},
)


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = city(tmp_path_factory.mktemp("areas"), AREAS, SHAPES)
    outcome = publish(places)
    assert (outcome.end, outcome.rows) == ("published", 4)
    return places


def test_areas_are_published_in_six_formats(areas: Places) -> None:
    manifest = Manifest.model_validate_json((released(areas) / layout.MANIFEST).read_bytes())
    assert {one.path: one.media_type for one in manifest.distributions} == {
        f"{DATASET}.csv": "text/csv",
        f"{DATASET}.json": "application/json",
        f"{DATASET}.xlsx": MEDIA_TYPES["xlsx"],
        f"{DATASET}.parquet": "application/vnd.apache.parquet",
        f"{DATASET}.geo.parquet": "application/vnd.apache.parquet",
        f"{DATASET}.geojson": "application/geo+json",
    }
    assert audited(areas).problems == []


def test_their_rings_run_as_the_standard_says_and_altitudes_are_left_out(areas: Places) -> None:
    features = json.loads((released(areas) / f"{DATASET}.geojson").read_bytes())["features"]
    assert [(one["properties"], one["geometry"]) for one in features] == [
        ({"kode": "TP-001"}, {"type": "Polygon", "coordinates": [RING]}),
        ({"kode": "TP-002"}, {"type": "Polygon", "coordinates": [RING]}),
        ({"kode": "TP-003"}, {"type": "MultiPolygon", "coordinates": [[RING]]}),
        ({"kode": "TP-005"}, None),
    ]


def test_what_was_changed_and_what_was_held_back_stands_in_the_report(areas: Places) -> None:
    report = json.loads((released(areas) / layout.VALIDATION).read_bytes())
    found = {one["code"]: (one["outcome"], one["severity"], one["failing"]) for one in report["findings"]}
    assert found["geometry_altitude:batas"] == ("failed", "warning", 1)
    assert found["geometry_rewound:batas"] == ("failed", "warning", 1)
    assert found["geometry_crossing:batas"] == ("passed", "warning", 0)
    assert found["type:batas"] == ("failed", "warning", 1)
    assert (report["rows"]["read"], report["rows"]["quarantined"], report["rows"]["published"]) == (5, 1, 4)


def test_documents_and_pages_name_the_files_and_their_standards(areas: Places) -> None:
    package = json.loads((released(areas) / layout.DATA_PACKAGE).read_bytes())
    listed = {one["format"]: (one["path"], "schema" in one) for one in package["resources"]}
    assert listed["geojson"] == (f"{DATASET}.geojson", False)
    assert listed["geoparquet"] == (f"{DATASET}.geo.parquet", False)
    assert listed["csv"] == (f"{DATASET}.csv", True)
    dcat = json.loads((areas.public / layout.dcat(CITY_ID)).read_bytes())
    [dataset] = [one for one in dcat["@graph"] if one.get("identifier") == f"{CITY_ID}/{DATASET}"]
    standards = {
        one["mediaType"].partition("media-types/")[2]: one.get("conformsTo") for one in dataset["distribution"]
    }
    assert standards["application/geo+json"]["@id"] == "https://www.rfc-editor.org/rfc/rfc7946"
    page = (areas.public / layout.dataset_page(CITY_ID, DATASET)).read_text()
    for name in (f"{DATASET}.geojson", f"{DATASET}.geo.parquet"):
        assert f'href="latest/{name}"' in page
        assert (areas.public / layout.latest(CITY_ID, DATASET) / name).samefile(released(areas) / name)


def test_points_are_published_from_their_two_numbers(tmp_path: Path) -> None:
    file = collection(feature(1, "Point", [119.87, -0.9]), feature(2, "Point", [119.8712345678, -0.9]))
    places = city(tmp_path, POINTS, file)
    assert publish(places).end == "published"
    first, second = json.loads((released(places) / f"{DATASET}.geojson").read_bytes())["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [119.87, -0.9]}
    assert second["geometry"] == {"type": "Point", "coordinates": [119.8712346, -0.9]}
    assert pq.read_schema(released(places) / f"{DATASET}.geo.parquet").names == ["kode", "lintang", "bujur", "geometry"]


def test_a_coordinate_that_is_no_degree_is_held_back_with_its_row(tmp_path: Path) -> None:
    file = collection(feature(1, "Point", [119.87, -0.9]), feature(2, "Point", [119.87, -905.0]))
    places = city(tmp_path, POINTS, file)
    outcome = publish(places)
    assert (outcome.end, outcome.rows) == ("published", 1)
    report = json.loads((released(places) / layout.VALIDATION).read_bytes())
    assert {one["code"]: one["failing"] for one in report["findings"]}["type:lintang"] == 1


def test_a_dataset_without_places_has_no_such_files(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    assert publish(places).end == "published"
    assert {file.suffix for file in released(places).iterdir()} == {".csv", ".parquet", ".json", ".xlsx"}


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(
            {
                **POINTS,
                "fields": [
                    exempt(f["name"], f["type"]) | {"column": f.get("column", f["name"])}
                    if f["type"] == "number"
                    else f
                    for f in POINTS["fields"]
                ],
            },
            id="both numbers",
        ),
        pytest.param(
            {
                **AREAS,
                "fields": [
                    AREAS["fields"][0],
                    {**exempt("batas", "geojson"), "column": "geometry"},
                    AREAS["fields"][2],
                ],
            },
            id="the geometry",
        ),
    ],
)
def test_a_place_that_is_withheld_is_in_no_file(one: dict[str, Any], tmp_path: Path) -> None:
    places = city(
        tmp_path, one, collection(feature(1, "Point", [119.8765432, -0.9]), feature(2, "Point", [119.5, -0.7]))
    )
    assert publish(places).end == "published"
    assert {file.suffix for file in released(places).iterdir()} == {".csv", ".parquet", ".json", ".xlsx"}
    assert [path for path in places.public.rglob("*") if path.is_file() and b"8765432" in path.read_bytes()] == []


def test_a_withheld_coordinate_in_an_open_geometry_is_found_before_it_leaves(tmp_path: Path) -> None:
    east = {**exempt("bujur", "number"), "column": "longitude"}
    one = {**AREAS, "fields": [*AREAS["fields"], east]}
    places = city(
        tmp_path, one, collection(feature(1, "Point", [119.8765432, -0.9]), feature(2, "Point", [119.5, -0.7]))
    )
    outcome = publish(places)
    assert outcome.end == "held_back"
    assert outcome.report is not None
    assert "own_values:batas:bujur" in {finding.code for finding in outcome.report.blockers}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        pytest.param(collection(feature(1, "Point", [820_000.5, 9_900_000.5])), "coordinates_projected", id="metres"),
        pytest.param(
            collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32750"}}),
            "crs_unsupported",
            id="UTM 50S",
        ),
        pytest.param(
            json.dumps({"spatialReference": {"wkid": 4326}, "features": []}), "geojson_of_esri", id="Esri's JSON"
        ),
    ],
)
def test_files_on_another_system_are_refused_with_advice(file: str, code: str, tmp_path: Path) -> None:
    outcome = publish(city(tmp_path, AREAS, file))
    assert outcome.error is not None
    assert (outcome.end, outcome.error.code) == ("held_back", code)
    assert "WGS" in str(outcome.error)
    assert "820000" not in str(outcome.error)
