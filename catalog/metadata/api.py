"""The static JSON API: `api/v1/index.json` says what there is, `api/v1/datasets/<id>.json` all about a dataset.

Files, not a service: whoever holds the folder holds the API. Addresses are absolute where the city has one, else
relative to the city's folder. `openapi` describes it.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from catalog import layout
from catalog.coarseness import for_machines
from catalog.manifest import Distribution, Manifest, Pointer, Tombstone
from catalog.shelf import Release
from schemas.contracts import LICENCES, City, ContractField, Dataset, LocalText

from .addresses import contact_of, e_mail, in_catalog, web_address
from .datapackage import STRING_FORMATS
from .joined import SYNTAXES

Document = dict[str, Any]


def index_document(pointer: Pointer) -> Document:
    """What there is: the city, its departments, how many datasets, and where everything begins."""
    city = pointer.city
    return {
        "city": city.id,
        "name": city.name,
        "title": _text(city.title),
        "publisher": city.publisher,
        "updated": pointer.updated.isoformat(),
        "timezone": city.timezone,
        "departments": {name: _text(title) for name, title in sorted(city.departments.items())},
        "datasets": sum(entry.current is not None for entry in pointer.datasets.values()),
        "links": _links_of_city(city),
    }


def dataset_document(city: City, release: Release, past: Iterable[Manifest | Tombstone]) -> Document:
    """All about a dataset: what it is, its columns, what is withheld on which ground, its files and releases."""
    dataset, manifest = release.dataset, release.manifest
    return {
        **_described(city, dataset),
        "release": manifest.release,
        "issued": manifest.issued.isoformat(),
        "rows": manifest.rows,
        "fields": [_field(field, dataset) for field in dataset.public_fields],
        "primaryKey": list(dataset.primaryKey),
        "withheld": [_withheld(field) for field in dataset.withheld_fields],
        "distributions": [_distribution(city, release, file) for file in manifest.distributions],
        "releases": [_past(city, one) for one in past],
        "links": _links_of_dataset(city, release),
    }


def withdrawn_document(city: City, dataset: str, past: Iterable[Tombstone]) -> Document:
    """What is left to say of a dataset of which nothing is published any more."""
    page = in_catalog(city, layout.dataset_page(city.id, dataset))
    return {
        "id": dataset,
        "city": city.id,
        "release": None,
        "releases": [_past(city, one) for one in past],
        "links": {"page": page},
    }


def _described(city: City, dataset: Dataset) -> Document:
    department, licence = city.departments.get(dataset.department), LICENCES[dataset.license]
    contact = contact_of(dataset, city)
    return {
        "id": dataset.id,
        "city": city.id,
        "title": _text(dataset.title),
        "description": _text(dataset.description),
        "department": {"id": dataset.department, "title": _text(department) if department else None},
        "theme": dataset.theme,
        "keywords": {"id": list(dataset.keywords.id), "en": list(dataset.keywords.en)},
        "license": {"id": licence.name, "title": licence.title, "url": licence.path},
        "origin": dataset.origin,
        "sources": [{**source.model_dump(), "path": web_address(source.path)} for source in dataset.sources],
        "contact": {"name": contact.name, "email": e_mail(contact)},
        "frequency": dataset.update.frequency if dataset.update else None,
        "coverage": dataset.coverage.model_dump(mode="json") if dataset.coverage else None,
    }


def _field(field: ContractField, dataset: Dataset) -> Document:
    return {
        "name": field.name,
        "title": _text(field.title),
        "description": _text(field.description),
        "type": field.type,
        "format": field.format if field.type == "string" and field.format in STRING_FORMATS else None,
        "unit": field.unit,
        "constraints": field.constraints.model_dump(exclude_defaults=True),
        "concept": _text(field.concept),
        "definition": _text(field.definition),
        "classification": _text(field.classification),
        "measure": _text(field.measure),
        "coarser": for_machines(field, dataset.disclosure) or None,
    }


def _withheld(field: ContractField) -> Document:
    ground = field.exemption
    return {
        "name": field.name,
        "title": _text(field.title),
        "access": field.access,
        "law": ground.law if ground else None,
        "decision": ground.decision if ground else None,
        "decided": ground.decided.isoformat() if ground else None,
        "until": ground.until.isoformat() if ground else None,
        "reason": _text(ground.reason) if ground else None,
        "method": ground.method if ground else None,
    }


def _distribution(city: City, release: Release, file: Distribution) -> Document:
    dataset, name = release.dataset.id, PurePosixPath(file.path).name
    return {
        "format": file.format,
        "mediaType": file.media_type,
        "bytes": file.bytes,
        "sha256": file.sha256,
        "url": in_catalog(city, layout.release(city.id, dataset, release.manifest.release) / name),
        "latest": in_catalog(city, layout.latest(city.id, dataset) / name),
    }


def _past(city: City, one: Manifest | Tombstone) -> Document:
    folder = layout.release(city.id, one.dataset, one.release)
    told = {"release": one.release, "issued": one.issued.isoformat()}
    if isinstance(one, Tombstone):
        gone = {"withdrawn": one.withdrawn.isoformat(), "reason": one.reason}
        return told | gone | {"url": in_catalog(city, folder / layout.TOMBSTONE)}
    corrected = [note.model_dump() for note in one.corrected]
    return told | {"rows": one.rows, "corrected": corrected, "url": in_catalog(city, folder / layout.MANIFEST)}


def _links_of_city(city: City) -> Document:
    return {
        "page": in_catalog(city, layout.city_page(city.id)),
        "datasets": in_catalog(city, layout.api(city.id) / "datasets.json"),
        "dataset": in_catalog(city, layout.api(city.id) / "datasets") + "/{id}.json",
        "openapi": in_catalog(city, layout.openapi(city.id)),
        "feed": in_catalog(city, layout.city_feed(city.id)),
        "pointer": in_catalog(city, layout.pointer(city.id)),
        **{f"dcat.{syntax}": in_catalog(city, layout.dcat_part(city.id, 0, syntax)) for syntax in SYNTAXES},
    }


def _links_of_dataset(city: City, release: Release) -> Document:
    name = release.dataset.id
    folder = layout.release(city.id, name, release.manifest.release)
    return {
        "page": in_catalog(city, layout.dataset_page(city.id, name)),
        "feed": in_catalog(city, layout.dataset_feed(city.id, name)),
        **{f"dcat.{syntax}": in_catalog(city, layout.dcat_dataset(city.id, name, syntax)) for syntax in SYNTAXES},
        "ckan": in_catalog(city, layout.ckan(city.id, name)),
        **{PurePosixPath(one.path).stem: in_catalog(city, folder / one.path) for one in release.manifest.documents},
        "manifest": in_catalog(city, folder / layout.MANIFEST),
    }


def _text(text: LocalText | None) -> Document | None:
    return text.model_dump(exclude_none=True) if text else None
