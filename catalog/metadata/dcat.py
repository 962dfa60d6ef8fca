"""What DCAT-AP 3 says of a city's catalog and of each release, as plain data in the terms of `CONTEXT`.

Addresses are absolute where the city has one; otherwise they are relative to the city's folder.
How the documents are written and joined is the business of `joined`.
"""

from pathlib import PurePosixPath
from typing import Any

from catalog import layout
from catalog.manifest import Distribution, Pointer
from catalog.shelf import Release
from schemas.contracts import LANGUAGES, LICENCES, City, Contact, Coverage, Dataset, Licence, LocalText
from schemas.messages import wording

from . import vocabularies
from .addresses import catalog_address, contact_of, e_mail, in_catalog, mail_link, web_address


def catalog_itself(pointer: Pointer) -> dict[str, Any]:
    """The dcat:Catalog that `pointer` describes, without its datasets."""
    city = pointer.city
    return {
        "@id": catalog_id(city),
        "@type": "dcat:Catalog",
        "title": _texts(city.title),
        "description": _texts(city.description or city.title),
        "publisher": _agent(city.publisher),
        "homepage": _page(city, layout.city_page(city.id)),
        "language": [*vocabularies.LANGUAGES.values()],
        "themeTaxonomy": vocabularies.THEME_TAXONOMY,
        "spatial": {"@type": "dct:Location", "prefLabel": {"id": city.name}},
        "modified": pointer.updated.isoformat(),
    }


def catalog_id(city: City) -> str:
    """What a city's catalog is called: its address."""
    return catalog_address(city) or "./"


def dataset_id(city: City, dataset: str) -> str:
    """What a dataset is called: the address of its folder."""
    return f"{in_catalog(city, layout.dataset(city.id, dataset))}/"


def dataset_fragment(city: City, release: Release) -> dict[str, Any]:
    """One release as a dcat:Dataset with its distributions."""
    return {**_subject(city, release.dataset), **_version(city, release)}


def _subject(city: City, dataset: Dataset) -> dict[str, Any]:
    """What the dataset is, whatever its release."""
    fragment: dict[str, Any] = {
        "@id": dataset_id(city, dataset.id),
        "@type": "dcat:Dataset",
        "identifier": f"{city.id}/{dataset.id}",
        "title": _texts(dataset.title),
        "description": _description(dataset),
        "theme": vocabularies.theme(dataset.theme),
        "keyword": _keywords(dataset),
        "publisher": _agent(city.publisher),
        "contactPoint": _contact(contact_of(dataset, city)),
        "language": vocabularies.LANGUAGES["id"],
        "accessRights": vocabularies.PUBLIC_ACCESS,
        "landingPage": _page(city, layout.dataset_page(city.id, dataset.id)),
        "provenance": _provenance(dataset),
        "spatial": _place(city, dataset.coverage),
        **_period(dataset.coverage),
    }
    if dataset.department in city.departments:
        fragment["creator"] = _agent(city.departments[dataset.department].id)
    if dataset.update:
        fragment["accrualPeriodicity"] = vocabularies.frequency(dataset.update.frequency)
    return fragment


def _version(city: City, release: Release) -> dict[str, Any]:
    """What is true of this release alone."""
    manifest, dataset = release.manifest, release.dataset
    folder = layout.release(city.id, dataset.id, manifest.release)
    return {
        "version": manifest.release,
        "issued": manifest.issued.isoformat(),
        "modified": manifest.issued.isoformat(),
        "page": [
            _page(city, layout.report_page(city.id, dataset.id, manifest.release)),
            _page(city, folder / layout.DATA_PACKAGE),
        ],
        "distribution": [_distribution(city, release, file) for file in manifest.distributions],
    }


def _distribution(city: City, release: Release, file: Distribution) -> dict[str, Any]:
    dataset, name = release.dataset, PurePosixPath(file.path).name
    licence = LICENCES[dataset.license]
    address = in_catalog(city, layout.release(city.id, dataset.id, release.manifest.release) / name)
    return {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "title": {tongue: f"{text} ({file.format.upper()})" for tongue, text in _texts(dataset.title).items()},
        "accessURL": in_catalog(city, layout.dataset_page(city.id, dataset.id)),
        "downloadURL": address,
        "mediaType": vocabularies.media_type(file.media_type),
        "format": vocabularies.file_type(file.format),
        "byteSize": str(file.bytes),
        "checksum": _checksum(file),
        "license": _licence(licence),
        "rights": _rights(city),
        "issued": release.manifest.issued.isoformat(),
        "modified": release.manifest.issued.isoformat(),
        **_standard(file),
    }


def _licence(licence: Licence) -> dict[str, Any]:
    """The licence as EU Vocabularies name it; its own text beside it."""
    return {
        "@id": vocabularies.licence(licence.name),
        "@type": "dct:LicenseDocument",
        "label": {"en": licence.title},
        "seeAlso": licence.path,
    }


def _rights(city: City) -> dict[str, Any]:
    said = {language: wording("rights.public", language, publisher=city.publisher) for language in LANGUAGES}
    return {"@type": "dct:RightsStatement", "label": said}


def _place(city: City, coverage: Coverage | None) -> dict[str, Any]:
    """The place that the rows speak of: the city, unless the contract says another."""
    named = _texts(coverage.place) if coverage and coverage.place else {"id": city.name}
    return {"@type": "dct:Location", "prefLabel": named}


def _period(coverage: Coverage | None) -> dict[str, Any]:
    """The time that the rows speak of; nothing is said where the contract says nothing."""
    days = {"startDate": coverage.start, "endDate": coverage.end} if coverage else {}
    stated = {name: day.isoformat() for name, day in days.items() if day}
    return {"temporal": {"@type": "dct:PeriodOfTime", **stated}} if stated else {}


def _standard(file: Distribution) -> dict[str, Any]:
    standard = vocabularies.STANDARDS.get(file.format)
    return {"conformsTo": {"@id": standard, "@type": "dct:Standard"}} if standard else {}


def _checksum(file: Distribution) -> dict[str, Any]:
    return {
        "@type": "spdx:Checksum",
        "algorithm": vocabularies.SHA256_ALGORITHM,
        "checksumValue": file.sha256,
    }


def _texts(text: LocalText) -> dict[str, str]:
    """A text by language, as a JSON-LD language map."""
    return {"id": text.id, "en": text.en} if text.en else {"id": text.id}


def _description(dataset: Dataset) -> dict[str, str]:
    texts = _texts(dataset.description)
    if dataset.origin != "sample":
        return texts
    return {
        "id": f"{wording('origin.sample', 'id')} {texts['id']}",
        **({"en": f"{wording('origin.sample', 'en')} {texts['en']}"} if "en" in texts else {}),
    }


def _keywords(dataset: Dataset) -> dict[str, list[str]]:
    words = {"id": list(dataset.keywords.id), "en": list(dataset.keywords.en)}
    return {language: listed for language, listed in words.items() if listed}


def _provenance(dataset: Dataset) -> dict[str, Any]:
    """Where the data come from: the city's own, other publishers' with their credit, or made up."""
    origin = f"origin.{dataset.origin}"
    sources = [
        " ".join(filter(None, (source.title, source.version, web_address(source.path)))) for source in dataset.sources
    ]
    return {
        "@type": "dct:ProvenanceStatement",
        "label": {
            "id": " ".join((wording(origin, "id"), *sources)),
            "en": " ".join((wording(origin, "en"), *sources)),
        },
    }


def _agent(name: str) -> dict[str, Any]:
    return {"@type": "foaf:Agent", "name": {"id": name}}


def _contact(contact: Contact) -> dict[str, Any]:
    card: dict[str, Any] = {"@type": ["vcard:Kind", "vcard:Organization"], "fn": contact.name}
    return card | {"hasEmail": mail_link(contact)} if e_mail(contact) else card


def _page(city: City, path: PurePosixPath) -> dict[str, str]:
    return {"@id": in_catalog(city, path), "@type": "foaf:Document"}
