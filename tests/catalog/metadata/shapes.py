"""The SHACL shapes of DCAT-AP 3.0.0, held against what we publish."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, Graph
from rdflib.namespace import DCAT

SHAPES = Path(__file__).parents[4] / "shared" / "reference" / "dcat-ap-3.0.0" / "dcat-ap-SHACL.ttl"

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
frequency:MONTHLY a dct:Frequency . frequency:NEVER a dct:Frequency . frequency:IRREG a dct:Frequency . frequency:ANNUAL_2 a dct:Frequency . frequency:ANNUAL a dct:Frequency . frequency:QUARTERLY a dct:Frequency . frequency:WEEKLY a dct:Frequency . frequency:DAILY a dct:Frequency .
file:CSV a dct:MediaTypeOrExtent . file:PARQUET a dct:MediaTypeOrExtent . file:GEOJSON a dct:MediaTypeOrExtent .
file:JSON a dct:MediaTypeOrExtent . file:XLSX a dct:MediaTypeOrExtent .
<https://www.iana.org/assignments/media-types/text/csv> a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/json> a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet>
    a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/vnd.apache.parquet> a dct:MediaType .
<https://www.iana.org/assignments/media-types/application/geo+json> a dct:MediaType .
language:IND a dct:LinguisticSystem . language:ENG a dct:LinguisticSystem .
right:PUBLIC a dct:RightsStatement .
spdx:checksumAlgorithm_sha256 a spdx:ChecksumAlgorithm .
"""
"""What EU Vocabularies, IANA and SPDX say of the terms that we use: their own documents stand elsewhere."""


def violations(told: Graph) -> str:
    """What the shapes have against a graph, in their words; empty where they have nothing."""
    if not SHAPES.exists():
        pytest.skip("the SHACL shapes of DCAT-AP are not beside this repository (../shared/reference)")
    data = told + Graph().parse(data=TERMS, format="turtle")
    for predicate in (DCAT.accessURL, DCAT.downloadURL):
        for address in set(data.objects(None, predicate)):
            data.add((address, RDF.type, RDFS.Resource))  # as RDF Schema says of everything
    conforms, _, text = validate(data, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else text
