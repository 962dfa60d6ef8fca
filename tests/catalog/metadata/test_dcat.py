"""`catalog.jsonld` against the SHACL shapes of DCAT-AP 3, and the facts that it tells."""

import json
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT

from catalog.manifest import Pointer
from catalog.metadata import catalog_document
from catalog.shelf import Release
from tests.catalog.site.made_up import OPEN_DATA, WITH_PLACES, city, dataset, manifest, pointer, release

SHAPES = Path(__file__).parents[4] / "shared" / "reference" / "dcat-ap-3.0.0" / "dcat-ap-SHACL.ttl"
HERE = "https://berkas.contoh/usb/palu/catalog.jsonld"
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

TERMS = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix theme: <http://publications.europa.eu/resource/authority/data-theme/> .
@prefix frequency: <http://publications.europa.eu/resource/authority/frequency/> .
@prefix file: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix language: <http://publications.europa.eu/resource/authority/language/> .
@prefix right: <http://publications.europa.eu/resource/authority/access-right/> .
@prefix iana: <https://www.iana.org/assignments/media-types/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
eu:data-theme a skos:ConceptScheme ; dct:title "Data theme" .
theme:TRAN a skos:Concept ; skos:prefLabel "Transport" .
theme:GOVE a skos:Concept ; skos:prefLabel "Government" .
frequency:MONTHLY a dct:Frequency . frequency:NEVER a dct:Frequency .
file:CSV a dct:MediaTypeOrExtent . file:PARQUET a dct:MediaTypeOrExtent . file:GEOJSON a dct:MediaTypeOrExtent .
<https://www.iana.org/assignments/media-types/text/csv> a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/vnd.apache.parquet> a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/geo+json> a dct:MediaType .
language:IND a dct:LinguisticSystem . language:ENG a dct:LinguisticSystem .
right:PUBLIC a dct:RightsStatement .
spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm .
"""
"""What EU Vocabularies, IANA and SPDX say of the terms that we use: their own documents stand elsewhere."""


def two_releases() -> tuple[Release, ...]:
    credited = dataset(id="wilayah", theme="GOVE", contact=None, keywords={}, update=None, **OPEN_DATA)
    return release(), release(dataset=credited, manifest=manifest(dataset="wilayah"))


def graph(document: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(document), format="json-ld", publicID=HERE)


def violations(document: dict[str, Any]) -> str:
    if not SHAPES.exists():
        pytest.skip("the SHACL shapes of DCAT-AP are not beside this repository (../shared/reference)")
    data = graph(document) + Graph().parse(data=TERMS, format="turtle")
    for predicate in (DCAT.accessURL, DCAT.downloadURL):
        for address in set(data.objects(None, predicate)):
            data.add((address, RDF.type, RDFS.Resource))  # as RDF Schema says of everything
    conforms, _, text = validate(data, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else text


WITHOUT_ADDRESS = pointer(city=city(address=None, description=None))


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(pointer(), id="a city with an address"),
        pytest.param(WITHOUT_ADDRESS, id="a city without an address"),
        pytest.param(pointer(city=city(contact={"name": "PPID"})), id="a contact without an e-mail"),
    ],
)
def test_the_document_satisfies_the_shapes_of_dcat_ap(published: Pointer) -> None:
    assert violations(catalog_document(published, two_releases())) == ""


def test_files_with_places_satisfy_them_and_name_their_standards() -> None:
    document = catalog_document(pointer(), (release(manifest=manifest(distributions=WITH_PLACES)),))
    assert violations(document) == ""
    found = graph(document)
    standards = {
        str(found.value(one, DCAT.mediaType)).rpartition("/")[2]: str(standard)
        for one, standard in found.subject_objects(DCTERMS.conformsTo)
    }
    assert standards == {
        "vnd.apache.parquet": "https://geoparquet.org/releases/v1.1.0/",
        "geo+json": "https://www.rfc-editor.org/rfc/rfc7946",
    }


@pytest.mark.parametrize("key", ["title", "description", "publisher"])
def test_the_shapes_refuse_a_catalog_without(key: str) -> None:
    document = catalog_document(pointer(), two_releases())
    del document[key]
    assert "Violation" in violations(document)


def test_the_shapes_refuse_a_term_that_no_vocabulary_knows() -> None:
    document = catalog_document(pointer(), two_releases())
    document["dataset"][0]["accrualPeriodicity"] = "https://contoh.go.id/setiap-bulan"
    assert "Violation" in violations(document)


@pytest.mark.parametrize(
    ("published", "base"),
    [
        pytest.param(pointer(), "https://data.contoh.go.id/palu/", id="absolute where the city has an address"),
        pytest.param(WITHOUT_ADDRESS, "https://berkas.contoh/usb/palu/", id="relative where it has none"),
    ],
)
def test_addresses_are(published: Pointer, base: str) -> None:
    found = graph(catalog_document(published, (release(),)))
    [subject] = found.subjects(RDF.type, DCAT.Dataset)
    folder = f"{base}datasets/titik-parkir/"
    assert str(subject) == folder
    assert next(found.subjects(RDF.type, DCAT.Catalog)) == URIRef(base)
    assert {str(address) for address in found.objects(None, DCAT.downloadURL)} == {
        f"{folder}2026-11-21-3f9a2c1d/titik-parkir.csv",
        f"{folder}2026-11-21-3f9a2c1d/titik-parkir.parquet",
    }
    assert (subject, DCAT.landingPage, URIRef(f"{folder}index.html")) in found


def test_a_distribution_tells_size_and_checksum() -> None:
    found = graph(catalog_document(pointer(), (release(),)))
    sizes = {literal.toPython() for literal in found.objects(None, DCAT.byteSize) if isinstance(literal, Literal)}
    assert sizes == {12_345, 1_234_567}
    sums = list(found.objects(None, SPDX.checksumValue))
    assert len(sums) == 2
    assert {str(literal.datatype) for literal in sums if isinstance(literal, Literal)} == {
        "http://www.w3.org/2001/XMLSchema#hexBinary"
    }


def test_texts_carry_their_language() -> None:
    found = graph(catalog_document(pointer(), (release(),)))
    [subject] = found.subjects(RDF.type, DCAT.Dataset)
    titles = set(found.objects(subject, DCTERMS.title))
    assert titles == {
        Literal("Titik parkir digital (contoh)", lang="id"),
        Literal("Digital parking points (sample)", lang="en"),
    }
    words = set(found.objects(subject, DCAT.keyword))
    assert Literal("retribusi", lang="id") in words
    assert Literal("parking", lang="en") in words


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({}, "Data contoh, bukan data resmi.", id="sample data"),
        pytest.param(OPEN_DATA, "idn-area-data 4.0.1 https://example.org/idn-area", id="credited open data"),
        pytest.param({"origin": "official"}, "Data resmi.", id="the city's own data"),
    ],
)
def test_provenance_is_told_of(changes: dict[str, Any], told: str) -> None:
    document = catalog_document(pointer(), (release(dataset=dataset(**changes)),))
    assert told in document["dataset"][0]["provenance"]["label"]["id"]


def test_no_part_of_an_e_mail_becomes_a_header() -> None:
    contact = {"name": "Dinas", "email": "a@contoh.id?bcc=b@contoh.id"}
    document = catalog_document(pointer(), (release(dataset=dataset(contact=contact)),))
    assert "hasEmail" not in document["dataset"][0]["contactPoint"]


def test_the_context_is_carried_and_never_fetched() -> None:
    context = catalog_document(pointer(), ())["@context"]
    assert isinstance(context, dict)
    assert "@import" not in json.dumps(context)
