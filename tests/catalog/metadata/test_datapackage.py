"""`datapackage.json` against Data Package's own JSON schemas, and the contract that it derives from."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from catalog.manifest import Distribution
from catalog.metadata import data_package
from schemas.contracts import Dataset
from tests.catalog.site.made_up import AGGREGATE, FILES, OPEN_DATA, WITH_PLACES, city, dataset, fields

PROFILES = Path(__file__).parents[4] / "shared" / "reference" / "datapackage" / "2.0"

EVERY_TYPE = [
    {"name": "teks", "type": "string", "format": "email", "constraints": {"minLength": 3, "maxLength": 9}},
    {"name": "bulat", "type": "integer", "constraints": {"minimum": "0", "enum": ["0", "2"]}},
    {"name": "desimal", "type": "number", "constraints": {"maximum": "1.5"}, "decimalChar": ","},
    {"name": "benar", "type": "boolean", "trueValues": ["ya"], "constraints": {"enum": ["true"]}},
    {"name": "tanggal", "type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "2020-01-01"}},
    {"name": "saat", "type": "datetime", "format": "%d/%m/%Y %H:%M"},
    {"name": "pukul", "type": "time", "constraints": {"maximum": "23:00:00"}},
    {"name": "tahun", "type": "year", "constraints": {"minimum": "1945"}},
    {"name": "bulan", "type": "yearmonth"},
    {"name": "bentuk", "type": "geojson"},
]


def described(stated: Dataset) -> dict[str, Any]:
    return data_package(stated, city(), FILES, 1231, "2026-11-21")


def columns(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}


def of_every_type() -> Dataset:
    open_fields = [{**field, "title": str(field["name"]), "access": "open"} for field in EVERY_TYPE]
    return dataset(fields=open_fields, primaryKey=[], rules=[], disclosure={})


def profile(name: str) -> Draft7Validator:
    path = PROFILES / f"{name}.json"
    if not path.exists():
        pytest.skip("Data Package's JSON schemas are not beside this repository (../shared/reference)")
    return Draft7Validator(json.loads(path.read_bytes()))


VARIANTS = [
    pytest.param(dataset(), id="sample data with withheld fields"),
    pytest.param(dataset(**OPEN_DATA), id="another publisher's open data"),
    pytest.param(dataset(**AGGREGATE), id="a table of counts"),
    pytest.param(of_every_type(), id="a field of every type"),
    pytest.param(dataset(keywords={}, contact=None, update=None), id="nothing that may stay out"),
]


@pytest.mark.parametrize("stated", VARIANTS)
def test_the_descriptor_satisfies_the_profile_of_data_package(stated: Dataset) -> None:
    package = described(stated)
    assert [error.json_path for error in profile("datapackage").iter_errors(package)] == []
    for resource in package["resources"]:
        assert [error.json_path for error in profile("dataresource").iter_errors(resource)] == []
        assert [error.json_path for error in profile("tableschema").iter_errors(resource["schema"])] == []


def test_files_with_places_are_resources_without_a_table_schema() -> None:
    package = data_package(dataset(), city(), WITH_PLACES, 1231, "2026-11-21")
    assert [error.json_path for error in profile("datapackage").iter_errors(package)] == []
    *_, geoparquet, geojson = package["resources"]
    assert (geoparquet["path"], geoparquet["mediatype"]) == (
        "titik-parkir.geo.parquet",
        "application/vnd.apache.parquet",
    )
    assert (geojson["path"], geojson["mediatype"], geojson["encoding"]) == (
        "titik-parkir.geojson",
        "application/geo+json",
        "utf-8",
    )
    for resource in (geoparquet, geojson):
        assert [error.json_path for error in profile("dataresource").iter_errors(resource)] == []
        assert {"type", "schema"}.isdisjoint(resource)


def test_a_workbook_is_a_table_on_its_first_sheet() -> None:
    workbook = Distribution(path="titik-parkir.xlsx", format="xlsx", bytes=1, sha256="0" * 64)
    package = data_package(dataset(), city(), (*FILES, workbook), 1231, "2026-11-21")
    *_, csv, found = package["resources"]
    assert [error.json_path for error in profile("datapackage").iter_errors(package)] == []
    assert [error.json_path for error in profile("dataresource").iter_errors(found)] == []
    assert (found["dialect"], found["schema"]) == ({"sheetName": "Data"}, csv["schema"])


@pytest.mark.parametrize(
    ("name", "broken"),
    [("tableschema", {"fields": []}), ("dataresource", {"hash": "sha256:xyz"}), ("datapackage", {})],
)
def test_the_profiles_refuse_what_is_wrong(name: str, broken: dict[str, Any]) -> None:
    assert list(profile(name).iter_errors(broken))


def test_each_data_file_is_a_resource_with_its_size_and_hash() -> None:
    parquet, csv = described(dataset())["resources"]
    assert (parquet["path"], parquet["mediatype"]) == (
        "titik-parkir.parquet",
        "application/vnd.apache.parquet",
    )
    assert "encoding" not in parquet
    assert (csv["path"], csv["bytes"], csv["encoding"]) == ("titik-parkir.csv", 1_234_567, "utf-8")
    assert csv["hash"] == f"sha256:{'d' * 64}"
    assert csv["schema"] == parquet["schema"]


def test_the_schema_holds_the_public_fields_and_no_other() -> None:
    stated = dataset()
    assert list(columns(described(stated))) == [field.name for field in stated.public_fields]


def test_a_withheld_field_is_named_with_its_ground() -> None:
    exempt, undetermined = described(dataset())["withheldFields"]
    assert exempt["name"] == "nik_juru_parkir"
    assert exempt["law"] == "UU 14/2008 Pasal 17 huruf h"
    assert exempt["decision"] == "PPID/UK/2026/004"
    assert exempt["until"] == "2031-02-10"
    assert undetermined == {"name": "catatan", "title": "Catatan petugas", "access": "undetermined"}


@pytest.mark.parametrize(
    ("name", "constraints"),
    [
        pytest.param("bulat", {"minimum": 0, "enum": [0, 2]}, id="whole numbers are numbers"),
        pytest.param("desimal", {"maximum": 1.5}, id="decimal numbers are numbers"),
        pytest.param("benar", {"enum": [True]}, id="truth values are truth values"),
        pytest.param("tanggal", {"minimum": "2020-01-01"}, id="dates are ISO text"),
        pytest.param("tahun", {"minimum": 1945}, id="years are numbers"),
        pytest.param("teks", {"minLength": 3, "maxLength": 9}, id="lengths"),
    ],
)
def test_constraints_are_written_as_json_writes_the_type(name: str, constraints: dict[str, Any]) -> None:
    assert columns(described(of_every_type()))[name]["constraints"] == constraints


def test_what_describes_the_source_alone_stays_out() -> None:
    found = columns(described(of_every_type()))
    assert found["teks"]["format"] == "email"
    assert "format" not in found["tanggal"]
    assert "decimalChar" not in found["desimal"]
    assert "trueValues" not in found["benar"]


def without_an_open_key() -> Dataset:
    stated = fields()
    stated[0]["access"] = "undetermined"
    return dataset(fields=stated)


@pytest.mark.parametrize(
    ("stated", "key"),
    [
        pytest.param(dataset(), ["kode_titik"], id="all its fields are public"),
        pytest.param(without_an_open_key(), None, id="one of its fields is withheld"),
        pytest.param(dataset(**AGGREGATE), None, id="the table holds counts"),
    ],
)
def test_the_primary_key_stands_where(stated: Dataset, key: list[str] | None) -> None:
    assert described(stated)["resources"][0]["schema"].get("primaryKey") == key


def test_sample_data_says_so_before_anything_else() -> None:
    package = described(dataset())
    assert package["origin"] == "sample"
    assert package["description"].startswith("Data contoh, bukan data resmi.")


def test_another_publisher_is_credited() -> None:
    package = described(dataset(**OPEN_DATA))
    source = {"title": "idn-area-data", "path": "https://example.org/idn-area", "version": "4.0.1"}
    assert package["sources"] == [source]
    assert package["licenses"][0]["name"] == "ODbL-1.0"
