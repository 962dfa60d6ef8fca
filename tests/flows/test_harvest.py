"""A published city as harvesters meet it: over HTTP, page by page, with every address followed."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import uvicorn
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCAT
from rdflib.term import Node

from catalog import layout
from catalog.metadata import SYNTAXES
from catalog.metadata.documents import of_city
from catalog.metadata.joined import Syntax
from catalog.shelf import read_pointer
from flows.settings import Places
from flows.web import application, listening
from tests.catalog.metadata.shapes import violations
from tests.laws.made_up_city import CITY, CITY_ID, DATASET, contract, found_city, moved, publish, write_yaml

SPDX = Namespace("http://spdx.org/rdf/terms#")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
OPEN_AND_MACHINE_READABLE = {f"{EU}file-type/{name}" for name in ("CSV", "JSON", "GEOJSON", "XML", "RDF_XML")}
LICENCES = {f"{EU}licence/{name}" for name in ("CC_BY_4_0", "CC_BYSA_4_0", "CC0", "ODC_BL", "ODC_BY")}
RIGHTS = {f"{EU}access-right/{name}" for name in ("PUBLIC", "RESTRICTED", "NON_PUBLIC")}
MEDIA_TYPES = {f"{IANA}{name}" for name in ("text/csv", "application/json", "application/geo+json")}

COVERED = {
    "keywords": {"id": ["titik uji"], "en": ["test points"]},
    "contact": {"name": "Dinas Perhubungan", "email": "dishub@contoh.palukota.go.id"},
    "update": {"cron": "0 6 1 * *", "frequency": "MONTHLY"},
    "coverage": {"start": "2026-01-01", "end": "2026-02-28"},
}


@contextmanager
def served(folder: Path, opened: Any) -> Iterator[httpx.Client]:
    server = uvicorn.Server(uvicorn.Config(application(folder), log_level="error"))
    thread = Thread(target=server.run, kwargs={"sockets": [opened]})
    thread.start()
    try:
        with httpx.Client(timeout=20) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def harvested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str, Places]]:
    """A client, the address of the city's catalog, and where the city stands."""
    opened = listening(0)
    address = f"http://127.0.0.1:{opened.getsockname()[1]}/{CITY_ID}"
    places = found_city(tmp_path_factory.mktemp("harvest"), contract(**COVERED))
    write_yaml(places.contracts / CITY_ID / "city.yaml", {**CITY, "address": address})
    assert publish(places).end == "published"
    with served(places.public, opened) as client:
        yield client, f"{address}/", places


@pytest.fixture(scope="module", params=SYNTAXES)
def catalog(request: pytest.FixtureRequest, harvested: tuple[httpx.Client, str, Places]) -> Graph:
    client, address, _ = harvested
    syntax: Syntax = request.param
    answer = client.get(f"{address}catalog.{syntax}")
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == {"jsonld": "application/ld+json", "ttl": "text/turtle"}[syntax]
    return Graph().parse(data=answer.text, format=kind)


def score(graph: Graph, dataset: Node, opens: Callable[[Node], bool]) -> dict[str, int]:
    """The points of the European metadata quality assessment, by metric; the best distribution counts."""
    files = list(graph.objects(dataset, DCAT.distribution))

    def stated(subjects: list[Node], what: URIRef, weight: int, holds: Callable[[Node], bool] = lambda _: True) -> int:
        found = [one for subject in subjects for one in graph.objects(subject, what)]
        return weight if any(holds(one) for one in found) else 0

    def one_of(listed: set[str]) -> Callable[[Node], bool]:
        return lambda one: str(one) in listed

    of_set, of_file = [dataset], files
    return {
        "keyword": stated(of_set, DCAT.keyword, 30),
        "theme": stated(of_set, DCAT.theme, 30),
        "spatial": stated(of_set, DCTERMS.spatial, 20),
        "temporal": stated(of_set, DCTERMS.temporal, 20),
        "accessURL answers": stated(of_file, DCAT.accessURL, 50, opens),
        "downloadURL": stated(of_file, DCAT.downloadURL, 20),
        "downloadURL answers": stated(of_file, DCAT.downloadURL, 30, opens),
        "format": stated(of_file, DCTERMS["format"], 20),
        "mediaType": stated(of_file, DCAT.mediaType, 10),
        "format of the vocabulary": stated(of_file, DCTERMS["format"], 5, one_of(OPEN_AND_MACHINE_READABLE)),
        "mediaType of the vocabulary": stated(of_file, DCAT.mediaType, 5, one_of(MEDIA_TYPES)),
        "non-proprietary": stated(of_file, DCTERMS["format"], 20, one_of(OPEN_AND_MACHINE_READABLE)),
        "machine-readable": stated(of_file, DCTERMS["format"], 20, one_of(OPEN_AND_MACHINE_READABLE)),
        "DCAT-AP": 30 if violations(graph) == "" else 0,
        "license": stated(of_file, DCTERMS.license, 20),
        "license of the vocabulary": stated(of_file, DCTERMS.license, 10, one_of(LICENCES)),
        "accessRights": stated(of_set, DCTERMS.accessRights, 10),
        "accessRights of the vocabulary": stated(of_set, DCTERMS.accessRights, 5, one_of(RIGHTS)),
        "contactPoint": stated(of_set, DCAT.contactPoint, 20),
        "publisher": stated(of_set, DCTERMS.publisher, 10),
        "rights": stated(of_file, DCTERMS.rights, 5),
        "byteSize": stated(of_file, DCAT.byteSize, 5),
        "issued": stated(of_set, DCTERMS.issued, 5),
        "modified": stated(of_set, DCTERMS.modified, 5),
    }


def test_the_european_metadata_quality_score_is_405_of_405(
    harvested: tuple[httpx.Client, str, Places], catalog: Graph
) -> None:
    client, address, _ = harvested
    points = score(
        catalog, URIRef(f"{address}datasets/{DATASET}/"), lambda one: client.get(str(one)).status_code == 200
    )
    assert [metric for metric, reached in points.items() if reached == 0] == []
    assert sum(points.values()) == 405


def test_every_address_in_the_catalog_that_is_ours_answers(
    harvested: tuple[httpx.Client, str, Places], catalog: Graph
) -> None:
    client, address, _ = harvested
    ours = {str(node).partition("#")[0] for node in catalog.all_nodes() if str(node).startswith(address)}
    assert {one: client.get(one).status_code for one in ours} == dict.fromkeys(ours, 200)
    assert len(ours) > 8


def test_every_dataset_has_checksums_that_are_those_of_its_files(
    harvested: tuple[httpx.Client, str, Places], catalog: Graph
) -> None:
    [dataset] = [one for one in catalog.subjects(RDF.type, DCAT.Dataset) if str(one).endswith(f"/{DATASET}/")]
    files = list(catalog.objects(dataset, DCAT.distribution))
    for file in files:
        content = harvested[0].get(str(catalog.value(file, DCAT.downloadURL))).content
        checksum = catalog.value(file, SPDX.checksum)
        assert str(catalog.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert str(catalog.value(file, DCAT.byteSize)) == str(len(content))
    assert len(files) >= 2


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(layout.city_feed(CITY_ID), id="the catalog's feed"),
        pytest.param(layout.city_feed(CITY_ID, "en"), id="its English twin"),
        pytest.param(layout.department_feed(CITY_ID, "dishub"), id="a department's feed"),
        pytest.param(layout.dataset_feed(CITY_ID, DATASET), id="a dataset's feed"),
    ],
)
def test_every_link_of_a_feed_answers(harvested: tuple[httpx.Client, str, Places], path: Any) -> None:
    client, address, _ = harvested
    answer = client.get(f"{address}{path.relative_to(CITY_ID)}")
    assert answer.headers["content-type"] == "application/atom+xml"
    links = [
        link.get("href") or "" for link in ElementTree.fromstring(answer.text).iter() if link.tag.endswith("}link")
    ]
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert any(DATASET in link for link in links)


def test_the_site_map_and_robots_lead_to_pages(harvested: tuple[httpx.Client, str, Places]) -> None:
    client, address, _ = harvested
    root = address.removesuffix(f"{CITY_ID}/")
    [line] = [one for one in client.get(f"{root}robots.txt").text.splitlines() if one.startswith("Sitemap: ")]
    pages = ElementTree.fromstring(client.get(line.removeprefix("Sitemap: ")).text)
    found = [node.text or "" for node in pages.iter() if node.tag.endswith("}loc")]
    assert {page: client.get(page).status_code for page in found} == dict.fromkeys(found, 200)
    assert f"{address}en/datasets/{DATASET}/index.html" in found


def test_the_api_answers_pages_of_other_origins_and_its_links_lead_somewhere(
    harvested: tuple[httpx.Client, str, Places],
) -> None:
    client, address, _ = harvested
    index = client.get(f"{address}api/v1/index.json")
    assert index.headers["access-control-allow-origin"] == "*"
    template = json.loads(index.text)["links"]["dataset"]
    found = json.loads(client.get(template.replace("{id}", DATASET)).text)
    links = [*found["links"].values(), *(one["url"] for one in found["distributions"] + found["releases"])]
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_document_that_was_never_drawn_is_drawn_from_its_release(
    harvested: tuple[httpx.Client, str, Places], tmp_path: Path, syntax: Syntax
) -> None:
    public = moved(harvested[2], tmp_path).public
    whole = layout.dcat_part(CITY_ID, 0, syntax)
    (public / layout.dcat_dataset(CITY_ID, DATASET, syntax)).unlink()
    published = read_pointer(public, CITY_ID)
    assert published is not None
    assert of_city(public, published)[whole] == (public / whole).read_bytes()
