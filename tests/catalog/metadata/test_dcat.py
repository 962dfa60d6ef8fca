"""The DCAT documents against the SHACL shapes of DCAT-AP 3, and the facts that they tell, in both syntaxes."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT

from catalog.manifest import Pointer
from catalog.metadata import SYNTAXES, catalog_itself, dataset_document, dataset_fragment, empty_document, page
from catalog.metadata.context import CONTEXT
from catalog.metadata.joined import Syntax
from catalog.shelf import Release
from tests.catalog.metadata.shapes import violations
from tests.catalog.site.made_up import OPEN_DATA, WITH_PLACES, city, dataset, manifest, pointer, release

FOLDER = "https://berkas.contoh/usb/palu/"
HERE = f"{FOLDER}catalog.jsonld"
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


def two_releases() -> tuple[Release, ...]:
    covered = {"start": "2020-01-01", "end": "2020-12-31", "place": {"id": "Sulawesi Tengah", "en": "Central Sulawesi"}}
    credited = dataset(
        id="wilayah", theme="GOVE", contact=None, keywords={}, update=None, coverage=covered, **OPEN_DATA
    )
    return release(), release(dataset=credited, manifest=manifest(dataset="wilayah"))


def catalog_document(published: Pointer, releases: Iterable[Release]) -> dict[str, Any]:
    """The catalog of one part, as data that a test may change."""
    told = {"dataset": [dataset_fragment(published.city, one) for one in releases]}
    return {"@context": CONTEXT, **catalog_itself(published), **told}


def written(published: Pointer, releases: Iterable[Release], syntax: Syntax, part: int = 0, parts: int = 1) -> Graph:
    """A part of the catalog as it is published."""
    documents = [(one.dataset.id, dataset_document(published.city, one, syntax)) for one in releases]
    name = "catalog" if part == 0 else f"catalog/{part}"
    return parsed(page(published, part, parts, documents, syntax), syntax, f"{FOLDER}{name}.{syntax}")


def parsed(text: str, syntax: Syntax, address: str) -> Graph:
    return Graph().parse(data=text, format={"jsonld": "json-ld", "ttl": "turtle"}[syntax], publicID=address)


def graph(document: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps(document), format="json-ld", publicID=HERE)


WITHOUT_ADDRESS = pointer(city=city(address=None, description=None))


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(pointer(), id="a city with an address"),
        pytest.param(WITHOUT_ADDRESS, id="a city without an address"),
        pytest.param(pointer(city=city(contact={"name": "PPID"})), id="a contact without an e-mail"),
    ],
)
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_document_satisfies_the_shapes_of_dcat_ap(published: Pointer, syntax: Syntax) -> None:
    assert violations(written(published, two_releases(), syntax)) == ""


def test_files_with_places_satisfy_them_and_name_their_standards() -> None:
    found = written(pointer(), (release(manifest=manifest(distributions=WITH_PLACES)),), "jsonld")
    assert violations(found) == ""
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
    assert "Violation" in violations(graph(document))


def test_the_shapes_refuse_a_term_that_no_vocabulary_knows() -> None:
    document = catalog_document(pointer(), two_releases())
    document["dataset"][0]["accrualPeriodicity"] = "https://contoh.go.id/setiap-bulan"
    assert "Violation" in violations(graph(document))


@pytest.mark.parametrize(
    ("published", "base"),
    [
        pytest.param(pointer(), "https://data.contoh.go.id/palu/", id="absolute where the city has an address"),
        pytest.param(WITHOUT_ADDRESS, "https://berkas.contoh/usb/palu/", id="relative where it has none"),
    ],
)
def test_addresses_are(published: Pointer, base: str) -> None:
    found = written(published, (release(),), "jsonld")
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
    found = written(pointer(), (release(),), "jsonld")
    sizes = {literal.toPython() for literal in found.objects(None, DCAT.byteSize) if isinstance(literal, Literal)}
    assert sizes == {12_345, 1_234_567}
    sums = list(found.objects(None, SPDX.checksumValue))
    assert len(sums) == 2
    assert {str(literal.datatype) for literal in sums if isinstance(literal, Literal)} == {
        "http://www.w3.org/2001/XMLSchema#hexBinary"
    }


def test_texts_carry_their_language() -> None:
    found = written(pointer(), (release(),), "jsonld")
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
    context = json.loads(dataset_document(city(), release(), "jsonld"))["@context"]
    assert isinstance(context, dict)
    assert "@import" not in json.dumps(context)


EACH_ADDRESS = pytest.mark.parametrize(
    "published", [pytest.param(pointer(), id="with an address"), pytest.param(WITHOUT_ADDRESS, id="without")]
)


@EACH_ADDRESS
def test_turtle_says_what_json_ld_says(published: Pointer) -> None:
    as_json, as_turtle = (written(published, two_releases(), syntax) for syntax in SYNTAXES)
    assert isomorphic(as_json, as_turtle)
    assert len(as_json) > 150


@EACH_ADDRESS
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_catalog_says_what_the_documents_of_its_datasets_say(published: Pointer, syntax: Syntax) -> None:
    whole = written(published, (release(),), syntax)
    address = f"{FOLDER}datasets/titik-parkir/dcat.{syntax}"
    alone = parsed(dataset_document(published.city, release(), syntax), syntax, address)
    itself = Graph().parse(
        data=json.dumps({"@context": CONTEXT, **catalog_itself(published)}), format="json-ld", publicID=HERE
    )
    [subject] = alone.subjects(RDF.type, DCAT.Dataset)
    itself.add((next(itself.subjects(RDF.type, DCAT.Catalog)), DCAT.dataset, subject))
    assert isomorphic(whole, alone + itself)


SPECIAL = st.sampled_from(['"', "\\", '"""', "\n", "\t", "\n# @graph\n", '\n "@graph": [\n', "<", ">", "#", "]", "@id"])
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)
HOSTILE = st.lists(SPECIAL | PLAIN, min_size=1, max_size=8).map(lambda parts: f"x{''.join(parts)}x")


@settings(max_examples=20, deadline=None)
@given(HOSTILE)
def test_a_text_stays_the_same_text_in_both(text: str) -> None:
    stated = dataset(title={"id": "x", "en": text}, keywords={"id": [text]})
    for syntax in SYNTAXES:
        found = written(pointer(), (release(dataset=stated),), syntax)
        assert {str(one) for one in found.objects(None, DCAT.keyword)} == {text}
        assert Literal(text, lang="en") in set(found.objects(None, DCTERMS.title))


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_harvesters_find_the_parts_of_a_large_catalog_one_after_the_other(syntax: Syntax) -> None:
    first, second = f"catalog.{syntax}", f"catalog/1.{syntax}"
    for (part, here), onward in {(0, first): second, (1, second): f"catalog/2.{syntax}", (2, ""): None}.items():
        found = written(pointer(), (release(),), syntax, part, 3)
        following = {str(one) for one in found.objects(None, HYDRA.next)}
        assert following == {str(one) for one in found.objects(None, HYDRA.nextPage)}
        assert following == ({f"https://data.contoh.go.id/palu/{onward}"} if onward else set())
        [view] = found.subjects(RDF.type, HYDRA.PagedCollection)
        assert (view, RDF.type, HYDRA.PartialCollectionView) in found
        assert str(view).endswith(here)
        assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 1


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_a_catalog_of_one_part_speaks_of_no_other(syntax: Syntax) -> None:
    assert "hydra" not in {str(one).split("/")[4] for one in written(pointer(), (release(),), syntax).predicates()}


@EACH_ADDRESS
@pytest.mark.parametrize("syntax", SYNTAXES)
def test_what_was_taken_back_leaves_a_document_that_says_nothing(published: Pointer, syntax: Syntax) -> None:
    text = empty_document(published.city, "titik-parkir", syntax)
    assert len(parsed(text, syntax, f"{FOLDER}datasets/titik-parkir/dcat.{syntax}")) == 0
    whole = page(published, 0, 1, [("titik-parkir", text)], syntax)
    assert not list(parsed(whole, syntax, HERE).objects(None, DCAT.dataset))


def test_coverage_is_told_where_the_contract_states_it() -> None:
    found = written(pointer(), two_releases(), "ttl")
    [period] = found.objects(None, DCTERMS.temporal)
    assert [str(found.value(period, name)) for name in (DCAT.startDate, DCAT.endDate)] == ["2020-01-01", "2020-12-31"]
    assert "Sulawesi Tengah" in found.serialize()
