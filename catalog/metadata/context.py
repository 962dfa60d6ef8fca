"""The JSON-LD context of `catalog.jsonld`: plain keys and what DCAT-AP calls them. Plain data alone."""

from typing import Any

_LINKS = {
    "landingPage": "dcat:landingPage",
    "accessURL": "dcat:accessURL",
    "downloadURL": "dcat:downloadURL",
    "mediaType": "dcat:mediaType",
    "theme": "dcat:theme",
    "themeTaxonomy": "dcat:themeTaxonomy",
    "language": "dct:language",
    "format": "dct:format",
    "license": "dct:license",
    "accessRights": "dct:accessRights",
    "accrualPeriodicity": "dct:accrualPeriodicity",
    "homepage": "foaf:homepage",
    "page": "foaf:page",
    "algorithm": "spdx:algorithm",
    "hasEmail": "vcard:hasEmail",
}
_TEXTS_BY_LANGUAGE = {
    "title": "dct:title",
    "description": "dct:description",
    "keyword": "dcat:keyword",
    "name": "foaf:name",
    "label": "rdfs:label",
    "prefLabel": "skos:prefLabel",
}
_TYPED = {
    "issued": ("dct:issued", "xsd:dateTime"),
    "modified": ("dct:modified", "xsd:dateTime"),
    "byteSize": ("dcat:byteSize", "xsd:nonNegativeInteger"),
    "checksumValue": ("spdx:checksumValue", "xsd:hexBinary"),
}

CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{key: {"@id": term, "@type": "@id"} for key, term in _LINKS.items()},
    **{key: {"@id": term, "@container": "@language"} for key, term in _TEXTS_BY_LANGUAGE.items()},
    **{key: {"@id": term, "@type": datatype} for key, (term, datatype) in _TYPED.items()},
    "identifier": "dct:identifier",
    "version": "dcat:version",
    "publisher": "dct:publisher",
    "creator": "dct:creator",
    "provenance": "dct:provenance",
    "spatial": "dct:spatial",
    "contactPoint": "dcat:contactPoint",
    "dataset": "dcat:dataset",
    "distribution": "dcat:distribution",
    "checksum": "spdx:checksum",
    "conformsTo": "dct:conformsTo",
    "fn": "vcard:fn",
}
