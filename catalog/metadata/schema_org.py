"""schema.org in the head of pages, as search engines for data read it: a Dataset, and the DataCatalog it is in.

JSON-LD inside a `<script>`: a block of data, which no browser runs. `<`, `>` and `&` are written as JSON escapes, so
that no text ends the block.
"""

import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from catalog import layout
from catalog.manifest import Distribution
from catalog.shelf import Release
from schemas.contracts import LICENCES, City, ContractField, Coverage, Dataset, Language
from schemas.messages import wording

from .addresses import catalog_address, contact_of, e_mail, in_catalog

Node = dict[str, Any]
Link = Callable[[PurePosixPath], str]

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
_SHORTEST, _LONGEST = 50, 5000
"""Characters of a description that Google's Dataset Search takes."""


def dataset_schema_org(city: City, release: Release, language: Language, link: Link) -> Markup:
    """The dataset's page for machines; `link` leads to a public path where the city has no address."""
    return _block(_dataset(city, release, language, _addressed(city, link)))


def catalog_schema_org(city: City, language: Language, link: Link) -> Markup:
    """The home page of a city's catalog for machines."""
    address = _addressed(city, link)
    described = (city.description or city.title).in_language(language)
    return _block(
        {
            **_catalog(city, language, address),
            "description": described,
            "inLanguage": language,
            "publisher": {"@type": "GovernmentOrganization", "name": city.publisher},
        }
    )


def _addressed(city: City, link: Link) -> Link:
    return (lambda path: in_catalog(city, path)) if catalog_address(city) else link


def _block(node: Node) -> Markup:
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False).translate(_ESCAPES)
    return Markup(text)  # noqa: S704 nothing in it can end a script element


def _catalog(city: City, language: Language, address: Link) -> Node:
    return {
        "@type": "DataCatalog",
        "@id": address(layout.city_page(city.id)),
        "name": city.title.in_language(language),
        "url": address(layout.city_page(city.id, language)),
    }


def _dataset(city: City, release: Release, language: Language, address: Link) -> Node:
    dataset, manifest = release.dataset, release.manifest
    department, licence = city.departments.get(dataset.department), LICENCES[dataset.license]
    node = {
        "@type": "Dataset",
        "@id": address(layout.dataset_page(city.id, dataset.id)),
        "url": address(layout.dataset_page(city.id, dataset.id, language)),
        "identifier": f"{city.id}/{dataset.id}",
        "name": dataset.title.in_language(language),
        "description": _description(dataset, language),
        "inLanguage": "id",
        "keywords": [*(dataset.keywords.en if language == "en" else ()), *dataset.keywords.id],
        "license": licence.path,
        "isAccessibleForFree": True,
        "creator": _organization(department.in_language(language) if department else dataset.department),
        "publisher": _organization(city.publisher),
        "version": manifest.release,
        "datePublished": manifest.issued.isoformat(),
        "dateModified": manifest.issued.isoformat(),
        "temporalCoverage": _period(dataset.coverage),
        "spatialCoverage": {"@type": "Place", "name": _place(city, dataset.coverage, language)},
        "includedInDataCatalog": _catalog(city, language, address),
        "contactPoint": _contact(city, dataset),
        "variableMeasured": [_variable(field, language) for field in dataset.public_fields],
        "distribution": [_download(city, release, file, address) for file in manifest.distributions],
    }
    return {key: value for key, value in node.items() if value not in (None, [])}


def _organization(name: str) -> Node:
    return {"@type": "GovernmentOrganization", "name": name}


def _contact(city: City, dataset: Dataset) -> Node:
    contact = contact_of(dataset, city)
    email = e_mail(contact)
    return {"@type": "ContactPoint", "name": contact.name, **({"email": email} if email else {})}


def _description(dataset: Dataset, language: Language) -> str:
    """The description, after what it is where it is no official data; never shorter than search engines take."""
    said = dataset.description.in_language(language)
    if dataset.origin == "sample" or len(said) < _SHORTEST:
        said = f"{wording(f'origin.{dataset.origin}', language)} {said}"
    return said[:_LONGEST]


def _period(coverage: Coverage | None) -> str | None:
    """ISO 8601: `2020-01-01/2020-12-31`, `..` for an end that is open."""
    if coverage is None or (coverage.start is None and coverage.end is None):
        return None
    return "/".join(day.isoformat() if day else ".." for day in (coverage.start, coverage.end))


def _place(city: City, coverage: Coverage | None, language: Language) -> str:
    return coverage.place.in_language(language) if coverage and coverage.place else city.name


def _variable(field: ContractField, language: Language) -> Node:
    node = {
        "@type": "PropertyValue",
        "name": field.name,
        "alternateName": field.title.in_language(language),
        "description": field.description.in_language(language) if field.description else None,
        "unitText": field.unit,
    }
    return {key: value for key, value in node.items() if value is not None}


def _download(city: City, release: Release, file: Distribution, address: Link) -> Node:
    folder = layout.release(city.id, release.dataset.id, release.manifest.release)
    return {
        "@type": "DataDownload",
        "name": file.format_name,
        "encodingFormat": file.media_type,
        "contentUrl": address(folder / PurePosixPath(file.path).name),
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
