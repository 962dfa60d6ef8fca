"""[edge] Reads what is published: the pointer, and the documents of the releases that it names. Writes nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog import layout
from catalog.charts.documents import Charts
from catalog.charts.maps import Base, Map, Pictures
from catalog.manifest import Entry, Manifest, Pointer, ReleaseReference, Tombstone
from catalog.statistics import Statistics
from schemas.contracts import Dataset
from schemas.findings import Report


@dataclass(frozen=True, slots=True)
class Release:
    """A published release as its own documents tell it. `preview` holds the first rows as text, None for empty."""

    manifest: Manifest
    dataset: Dataset
    report: Report
    preview: tuple[tuple[str | None, ...], ...]
    statistics: Statistics | None = None


def read_pointer(public: Path, city: str) -> Pointer | None:
    """The pointer of a city's catalog; None before anything was published."""
    path = public / layout.pointer(city)
    return Pointer.model_validate_json(path.read_bytes()) if path.exists() else None


def published_cities(public: Path) -> list[str]:
    """The ids of the cities that have a pointer, in alphabetical order."""
    return sorted(file.parent.name for file in public.glob(f"*/{layout.pointer('x').name}"))


def read_entry(public: Path, city: str, dataset: str) -> Entry:
    """What the pointer says of a dataset; an empty entry where it says nothing."""
    pointer = read_pointer(public, city)
    return pointer.datasets.get(dataset, Entry()) if pointer else Entry()


def read_release(public: Path, city: str, dataset: str, release: str) -> Release:
    """A release that stands in the public zone."""
    folder = public / layout.release(city, dataset, release)
    manifest, subject = read_subject(public, city, dataset, release)
    preview: list[list[Any]] = json.loads((folder / layout.PREVIEW).read_bytes())["rows"]
    return Release(
        manifest=manifest,
        dataset=subject,
        report=Report.model_validate_json((folder / layout.VALIDATION).read_bytes()),
        preview=tuple(tuple(row) for row in preview),
        statistics=_statistics(folder / layout.STATISTICS),
    )


def read_subject(public: Path, city: str, dataset: str, release: str) -> tuple[Manifest, Dataset]:
    """What a release holds, and what it is about."""
    folder = public / layout.release(city, dataset, release)
    manifest = Manifest.model_validate_json((folder / layout.MANIFEST).read_bytes())
    return manifest, Dataset.model_validate_json((folder / layout.CONTRACT).read_bytes())


def read_pictures(public: Path, pointer: Pointer, dataset: str) -> Pictures:
    """What the current release of a dataset has to be drawn on its page, and the boundaries below it."""
    folder = _current_folder(public, pointer, dataset)
    if folder is None:
        return Pictures()
    charts, map_ = folder / layout.CHARTS, folder / layout.MAP
    return Pictures(
        Charts.model_validate_json(charts.read_bytes()) if charts.exists() else None,
        Map.model_validate_json(map_.read_bytes()) if map_.exists() else None,
        _boundaries(public, pointer),
    )


def _boundaries(public: Path, pointer: Pointer) -> Base | None:
    """The areas of the dataset that the city names as its boundaries; None before its first release."""
    folder = _current_folder(public, pointer, pointer.city.boundaries) if pointer.city.boundaries else None
    if folder is None or not (folder / layout.MAP).exists():
        return None
    said = Map.model_validate_json((folder / layout.MAP).read_bytes())
    dataset = Dataset.model_validate_json((folder / layout.CONTRACT).read_bytes())
    return Base(dataset, said.places) if said.places else None


def _current_folder(public: Path, pointer: Pointer, dataset: str) -> Path | None:
    entry = pointer.datasets.get(dataset, Entry())
    return public / layout.release(pointer.city.id, dataset, entry.current.release) if entry.current else None


def _statistics(file: Path) -> Statistics | None:
    """None for a release from before there were any."""
    return Statistics.model_validate_json(file.read_bytes()) if file.exists() else None


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
