"""What one release holds, and what the catalog's pointer says: the documents that everything else is drawn from.

Pure: reading and writing them is the store's and the shelf's business.
"""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath
from typing import Literal

from pydantic import Field

from catalog.changes import Changes
from schemas.contracts import City, Promise
from schemas.correcting import Corrected

Sha256 = str
Format = Literal["parquet", "csv", "json", "geoparquet", "geojson", "xlsx"]

MEDIA_TYPES: dict[Format, str] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "json": "application/json",
    "geoparquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMAT_NAMES: dict[Format, str] = {
    "parquet": "Parquet",
    "csv": "CSV",
    "json": "JSON",
    "geoparquet": "GeoParquet",
    "geojson": "GeoJSON",
    "xlsx": "Excel",
}
"""What people call a format."""


class Distribution(Promise):
    """One file of a release (dcat:Distribution where it is data)."""

    path: str
    format: Format
    bytes: int = Field(ge=0)
    sha256: Sha256

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]

    @property
    def format_name(self) -> str:
        return FORMAT_NAMES[self.format]


class ReleaseReference(Promise):
    """A release, and the hash of its manifest: whoever trusts the reference can check the release."""

    release: str
    manifest_sha256: Sha256


class Inputs(Promise):
    """What a release was made from. The same inputs give the same bytes (law 4)."""

    snapshot_sha256: Sha256
    contract_sha256: Sha256
    corrections_sha256: Sha256 | None = None
    code_version: str


class Manifest(Promise):
    """What a release holds, what it was made from, and the release before it."""

    city: str
    dataset: str
    release: str
    issued: datetime
    rows: int = Field(ge=0)
    inputs: Inputs
    distributions: tuple[Distribution, ...]
    documents: tuple[Distribution, ...]
    corrected: tuple[Corrected, ...] = ()
    changes: Changes | None = None
    previous: ReleaseReference | None = None

    @property
    def files(self) -> tuple[Distribution, ...]:
        """Every file of the release but the manifest itself."""
        return (*self.distributions, *self.documents)


class Tombstone(Promise):
    """What stands where a withdrawn release stood."""

    city: str
    dataset: str
    release: str
    issued: datetime
    withdrawn: datetime
    reason: str
    inputs: Inputs
    previous: ReleaseReference | None = None


class Entry(Promise):
    """A dataset in the catalog: its current release, and those that were withdrawn."""

    current: ReleaseReference | None = None
    withdrawn: tuple[Tombstone, ...] = ()


class Pointer(Promise):
    """`catalog.json`: the truth about a city's catalog. Replacing it is the moment of publication."""

    city: City
    updated: datetime
    datasets: dict[str, Entry]

    def moved(self, dataset: str, entry: Entry, now: datetime) -> "Pointer":
        """The pointer after one dataset's entry changed."""
        datasets = dict(sorted({**self.datasets, dataset: entry}.items()))
        return self.model_copy(update={"datasets": datasets, "updated": now})


def document(model: Promise) -> bytes:
    """A model as the bytes that are published: UTF-8 JSON, two spaces, one line end."""
    return model.model_dump_json(indent=2, by_alias=True, exclude_none=True).encode() + b"\n"


def digest(data: bytes) -> Sha256:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def release_name(files: tuple[Distribution, ...], inputs: Inputs, day: str) -> str:
    """The name of a release: its day (ISO 8601) and the first digits of a hash over content and inputs."""
    lines = [f"{file.sha256} {PurePosixPath(file.path).name}" for file in sorted(files, key=lambda f: f.path)]
    content = "\n".join([*lines, inputs.model_dump_json(exclude_none=True)])
    return f"{day}-{digest(content.encode())[:8]}"
