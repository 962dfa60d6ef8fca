"""schema.org in the heads of pages: what search engines for data read, and that no text ends its block."""

import json
import re
from datetime import date
from typing import Any

import pytest

from catalog.metadata.schema_org import catalog_schema_org, dataset_schema_org
from catalog.shelf import Release
from catalog.site import city_page, dataset_page
from schemas.contracts import Language
from tests.catalog.site.made_up import OPEN_DATA, RELEASE, cards, city, dataset, manifest, pointer, release

DAY = date(2026, 11, 21)


def described(found: Release, language: Language = "id") -> dict[str, Any]:
    node: dict[str, Any] = json.loads(dataset_schema_org(city(), found, language, str))
    return node


def block(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    node: dict[str, Any] = json.loads(text)
    return node


def test_a_dataset_has_what_search_engines_ask_for() -> None:
    node = described(release())
    assert (node["@context"], node["@type"]) == ("https://schema.org", "Dataset")
    assert 50 <= len(node["description"]) <= 5000
    assert node["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert node["creator"] == {"@type": "GovernmentOrganization", "name": "Dinas Perhubungan"}
    assert node["includedInDataCatalog"]["url"] == "https://data.contoh.go.id/palu/index.html"
    assert node["isAccessibleForFree"] is True


def test_it_names_every_file_and_every_column() -> None:
    node = described(release())
    urls = [one["contentUrl"].rpartition("/")[2] for one in node["distribution"]]
    assert urls == ["titik-parkir.parquet", "titik-parkir.csv"]
    assert [one["name"] for one in node["variableMeasured"]] == [field.name for field in dataset().public_fields]
    assert {one.get("unitText") for one in node["variableMeasured"]} == {None, "kendaraan"}


@pytest.mark.parametrize(
    ("coverage", "period"),
    [
        pytest.param({"start": "2020-01-01", "end": "2020-12-31"}, "2020-01-01/2020-12-31", id="stated"),
        pytest.param({"start": "2020-01-01"}, "2020-01-01/..", id="open at its end"),
        pytest.param({"place": "Sulawesi Tengah"}, None, id="a place alone"),
        pytest.param(None, None, id="not stated"),
    ],
)
def test_time_is_told_where_it_is(coverage: dict[str, str] | None, period: str | None) -> None:
    assert described(release(dataset=dataset(coverage=coverage))).get("temporalCoverage") == period


@pytest.mark.parametrize(
    ("language", "name"),
    [("id", "Titik parkir digital (contoh)"), ("en", "Digital parking points (sample)")],
)
def test_a_page_tells_it_in_its_own_language(language: Language, name: str) -> None:
    page = dataset_page(city(), release(), (manifest(),), DAY, language)
    assert block(page)["name"] == name


def test_without_an_address_links_are_relative_to_the_page() -> None:
    node = block(dataset_page(city(address=None), release(), (manifest(),), DAY))
    assert node["distribution"][0]["contentUrl"] == f"{RELEASE}/titik-parkir.parquet"
    assert node["includedInDataCatalog"]["url"] == "../../index.html"


def test_the_home_page_is_a_catalog() -> None:
    node = block(city_page(pointer(), cards()))
    assert (node["@type"], node["publisher"]["name"]) == ("DataCatalog", "Pemerintah Kota Palu")


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a & b > c", '"\\', "satu\u2028dua"]
)
def test_no_text_ends_the_block(text: str) -> None:
    stated = dataset(title={"id": text}, description=text, **{**OPEN_DATA, "keywords": {"id": [text]}})
    written = dataset_schema_org(city(publisher=text), release(dataset=stated), "id", str)
    assert not {"<", ">", "&"} & set(written)
    assert json.loads(written)["name"] == text
    assert "<" not in catalog_schema_org(city(title=text), "id", str)
