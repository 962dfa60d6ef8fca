"""The static JSON API against its own description, and what it tells."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from catalog.manifest import Tombstone
from catalog.metadata import api
from catalog.metadata.openapi import openapi
from tests.catalog.site.made_up import (
    AGGREGATE,
    OPEN_DATA,
    RELEASE,
    city,
    dataset,
    manifest,
    pointer,
    release,
    tombstone,
)

GONE = (tombstone(),)
DATASETS = {
    "sample data": api.dataset_document(city(), release(), (manifest(), *GONE)),
    "open data": api.dataset_document(city(), release(dataset=dataset(**OPEN_DATA)), (manifest(),)),
    "counts": api.dataset_document(city(address=None), release(dataset=dataset(**AGGREGATE)), (manifest(),)),
    "a withdrawn dataset": api.withdrawn_document(city(), "pelatihan", GONE),
}


def faults(schema: str, document: dict[str, Any]) -> list[str]:
    components = openapi(city())["components"]
    whole = {"$ref": f"#/components/schemas/{schema}", "components": components}
    return [error.json_path for error in Draft202012Validator(whole).iter_errors(document)]


@pytest.mark.parametrize("document", DATASETS.values(), ids=DATASETS.keys())
def test_a_dataset_is_as_the_description_says(document: dict[str, Any]) -> None:
    assert faults("Dataset", document) == []


def test_the_index_is_as_the_description_says() -> None:
    index = api.index_document(pointer())
    assert faults("Index", index) == []
    assert index["datasets"] == 1
    assert index["links"]["dataset"] == "https://data.contoh.go.id/palu/api/v1/datasets/{id}.json"


@pytest.mark.parametrize("key", ["id", "releases", "links"])
def test_the_description_refuses_a_dataset_without(key: str) -> None:
    assert faults("Dataset", {name: value for name, value in DATASETS["sample data"].items() if name != key})


def test_every_path_of_the_description_answers_with_a_schema_that_stands_in_it() -> None:
    described = openapi(city(address=None))
    assert described["servers"] == [{"url": "../"}]
    schemas = described["components"]["schemas"]
    for path in described["paths"].values():
        reference = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert reference.rpartition("/")[2] in schemas


def test_columns_tell_what_they_mean_and_withheld_ones_why() -> None:
    document = DATASETS["sample data"]
    capacity = next(field for field in document["fields"] if field["name"] == "kapasitas")
    assert (capacity["type"], capacity["unit"]) == ("integer", "kendaraan")
    assert capacity["definition"]["id"].startswith("Jumlah kendaraan")
    exempt, undetermined = document["withheld"]
    assert (exempt["law"], exempt["reason"]["en"]) == ("UU 14/2008 Pasal 17 huruf h", "Personal data")
    assert (undetermined["access"], undetermined["law"]) == ("undetermined", None)


def test_files_have_a_permanent_address_and_one_of_the_newest() -> None:
    *_, csv = DATASETS["sample data"]["distributions"]
    folder = "https://data.contoh.go.id/palu/datasets/titik-parkir"
    assert csv["url"] == f"{folder}/{RELEASE}/titik-parkir.csv"
    assert csv["latest"] == f"{folder}/latest/titik-parkir.csv"
    assert (csv["bytes"], csv["sha256"]) == (1_234_567, "d" * 64)


def test_a_release_that_was_taken_back_says_why() -> None:
    [grave] = [one for one in DATASETS["sample data"]["releases"] if "reason" in one]
    assert isinstance(GONE[0], Tombstone)
    assert grave["reason"] == GONE[0].reason
    assert grave["url"].endswith("/tombstone.json")
