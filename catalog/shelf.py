"""[edge] Reads what is published: the pointer, and the documents of the releases that it names. Writes nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog import layout
from catalog.manifest import Entry, Manifest, Pointer, ReleaseReference, Tombstone
from schemas.contracts import Dataset
from schemas.findings import Report


@dataclass(frozen=True, slots=True)
class Release:
    """A published release as its own documents tell it. `preview` holds the first rows as text, None for empty."""

    manifest: Manifest
    dataset: Dataset
    report: Report
    preview: tuple[tuple[str | None, ...], ...]


def read_pointer(public: Path, city: str) -> Pointer | None:
    """The pointer of a city's catalog; None before anything was published."""
    path = public / layout.pointer(city)
    return Pointer.model_validate_json(path.read_bytes()) if path.exists() else None


def read_entry(public: Path, city: str, dataset: str) -> Entry:
    """What the pointer says of a dataset; an empty entry where it says nothing."""
    pointer = read_pointer(public, city)
    return pointer.datasets.get(dataset, Entry()) if pointer else Entry()


def read_release(public: Path, city: str, dataset: str, release: str) -> Release:
    """A release that stands in the public zone."""
    folder = public / layout.release(city, dataset, release)
    preview: list[list[Any]] = json.loads((folder / layout.PREVIEW).read_bytes())["rows"]
    return Release(
        manifest=Manifest.model_validate_json((folder / layout.MANIFEST).read_bytes()),
        dataset=Dataset.model_validate_json((folder / layout.CONTRACT).read_bytes()),
        report=Report.model_validate_json((folder / layout.VALIDATION).read_bytes()),
        preview=tuple(tuple(row) for row in preview),
    )


def read_rows(public: Path, city: str, dataset: str, release: str) -> list[dict[str, Any]]:
    """Every row of a release that has a JSON file: for short lists that a page shows whole."""
    file = public / layout.release(city, dataset, release) / layout.data_file(dataset, "json")
    rows: list[dict[str, Any]] = json.loads(file.read_bytes())
    return rows


def history(public: Path, city: str, dataset: str, newest: ReleaseReference | None) -> Iterator[Manifest | Tombstone]:
    """The releases of a dataset from `newest` back to the first; a tombstone where one was withdrawn."""
    reference, seen = newest, set[str]()
    while reference is not None and reference.release not in seen:  # a chain that somebody bent must not hold us up
        seen.add(reference.release)
        folder = public / layout.release(city, dataset, reference.release)
        tombstone = folder / layout.TOMBSTONE
        entry: Manifest | Tombstone = (
            Tombstone.model_validate_json(tombstone.read_bytes())
            if tombstone.exists()
            else Manifest.model_validate_json((folder / layout.MANIFEST).read_bytes())
        )
        yield entry
        reference = entry.previous
