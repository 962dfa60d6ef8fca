"""`ckan.json`: a dataset in the terms of CKAN, in which Satu Data Indonesia's portal and most regional ones think.

What data.go.id's harvester asks of a regional portal is written down nowhere in public. What is known: the portal
and the regions' are CKAN, and CKAN's harvesters read either another CKAN (`package_search`) or DCAT. A static
folder cannot answer a search, so the road for harvesting is DCAT: `catalog.jsonld` or `catalog.ttl` with CKAN's
"DCAT RDF Harvester", page by page. This document is what such a harvest leads to, in the envelope of
`package_show`: a portal's officer compares or imports by it, and a web server that maps
`api/3/action/package_show?id=…` to it is a CKAN to read from.
"""

import re
import uuid
from pathlib import PurePosixPath
from typing import Any

from catalog import layout
from catalog.manifest import Distribution
from catalog.shelf import Release
from schemas.contracts import LICENCES, City, Dataset
from schemas.messages import wording

from .addresses import contact_of, e_mail, in_catalog

Document = dict[str, Any]

_LICENCES = {
    "CC-BY-4.0": "cc-by",
    "CC-BY-SA-4.0": "cc-by-sa",
    "CC0-1.0": "cc-zero",
    "ODbL-1.0": "odc-odbl",
    "ODC-By-1.0": "odc-by",
    "MIT": "other-open",
}
"""By SPDX identifier, what CKAN's own list of licences calls them."""
_NOT_IN_A_TAG = re.compile(r"[^\w .-]+")
"""CKAN's tags hold letters, digits, spaces, dots, hyphens and underscores."""


def package(city: City, release: Release) -> Document:
    """The dataset as `package_show` answers."""
    return {"success": True, "result": _package(city, release)}


def gone() -> Document:
    """What stands there once nothing of a dataset is published: as CKAN answers for what it does not have."""
    return {"success": False, "error": {"__type": "Not Found Error", "message": "Not found"}}


def _package(city: City, release: Release) -> Document:
    dataset, manifest = release.dataset, release.manifest
    issued = manifest.issued.isoformat()
    tags = _tags(dataset)
    return {
        "id": _identifier(city.id, dataset.id),
        "name": dataset.id,
        "title": dataset.title.id,
        "notes": _notes(dataset),
        "url": in_catalog(city, layout.dataset_page(city.id, dataset.id)),
        "type": "dataset",
        "state": "active",
        "private": False,
        "isopen": True,
        "version": manifest.release,
        "metadata_modified": issued,
        **_people(city, dataset),
        **_licence(dataset),
        "tags": [{"name": tag, "display_name": tag} for tag in tags],
        "num_tags": len(tags),
        "groups": [{"name": dataset.theme.lower(), "title": wording(f"theme.{dataset.theme}", "id")}],
        "extras": [{"key": key, "value": value} for key, value in _extras(city, release).items() if value],
        "resources": [_resource(city, release, *one) for one in enumerate(manifest.distributions)],
        "num_resources": len(manifest.distributions),
    }


def _people(city: City, dataset: Dataset) -> Document:
    department, contact = city.departments.get(dataset.department), contact_of(dataset, city)
    title = department.id if department else dataset.department
    organization = {
        "id": _identifier(city.id, "departments", dataset.department),
        "name": dataset.department,
        "title": title,
        "type": "organization",
        "is_organization": True,
        "state": "active",
    }
    return {
        "author": title,
        "maintainer": contact.name,
        "maintainer_email": e_mail(contact) or "",
        "owner_org": organization["id"],
        "organization": organization,
    }


def _licence(dataset: Dataset) -> Document:
    licence = LICENCES[dataset.license]
    return {"license_id": _LICENCES[licence.name], "license_title": licence.title, "license_url": licence.path}


def _extras(city: City, release: Release) -> dict[str, str | None]:
    """What CKAN has no key of its own for, and Perpres 39/2019 asks for."""
    dataset = release.dataset
    coverage = dataset.coverage
    return {
        "identifier": f"{city.id}/{dataset.id}",
        "publisher_name": city.publisher,
        "theme": dataset.theme,
        "frequency": dataset.update.frequency if dataset.update else None,
        "temporal_start": coverage.start.isoformat() if coverage and coverage.start else None,
        "temporal_end": coverage.end.isoformat() if coverage and coverage.end else None,
        "spatial_text": coverage.place.id if coverage and coverage.place else city.name,
        "title_en": dataset.title.en,
        "notes_en": dataset.description.en,
        "kamus_data": in_catalog(city, layout.api_dataset(city.id, dataset.id)),
        "jumlah_baris": str(release.manifest.rows),
        "asal_data": wording(f"origin.{dataset.origin}", "id"),
    }


def _resource(city: City, release: Release, position: int, file: Distribution) -> Document:
    dataset, manifest, name = release.dataset, release.manifest, PurePosixPath(file.path).name
    address = in_catalog(city, layout.release(city.id, dataset.id, manifest.release) / name)
    return {
        "id": _identifier(city.id, dataset.id, file.format),
        "package_id": _identifier(city.id, dataset.id),
        "position": position,
        "name": name,
        "url": address,
        "format": file.format_name,
        "mimetype": file.media_type,
        "size": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "last_modified": manifest.issued.isoformat(),
        "state": "active",
    }


def _notes(dataset: Dataset) -> str:
    said = dataset.description.id
    return f"{wording('origin.sample', 'id')} {said}" if dataset.origin == "sample" else said


def _tags(dataset: Dataset) -> list[str]:
    words = (" ".join(_NOT_IN_A_TAG.sub(" ", word).split()) for word in (*dataset.keywords.id, *dataset.keywords.en))
    return [*dict.fromkeys(word[:100] for word in words if len(word) > 1)]


def _identifier(*names: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("palu", "ckan", *names))))
