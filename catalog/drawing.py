"""Everything that is drawn from releases, as paths and bytes. Reads the shelf, writes nothing.

Whatever stands here can be drawn again at any time from the pointer and the releases that it names.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from catalog import layout, register
from catalog.manifest import Entry, Manifest, Pointer, Tombstone
from catalog.metadata.dcat import catalog_document
from catalog.shelf import Release, history, read_pointer, read_release, read_rows
from catalog.site.pages import (
    city_page,
    dataset_page,
    register_page,
    report_page,
    requests_page,
    root_page,
    stylesheet,
    withdrawn_page,
)
from schemas.contracts import LANGUAGES, City, Language
from schemas.contracts.contract import Origin
from schemas.register import REGISTER

Drawn = dict[PurePosixPath, bytes]


def city_pages(public: Path, pointer: Pointer) -> Drawn:
    """The pages and documents that speak of a whole city, and the page that names the cities."""
    city = pointer.city.id
    releases = tuple(_current(public, pointer))
    cities = [read.city for read in (read_pointer(public, folder.parent.name) for folder in _pointers(public)) if read]
    dcat = json.dumps(catalog_document(pointer, releases), ensure_ascii=False, indent=2)
    return {
        **_in_each(layout.city_page, city, drawn=partial(city_page, pointer, releases)),
        **_in_each(layout.register_page, city, drawn=partial(register_page, pointer, _register(public, pointer))),
        layout.dcat(city): f"{dcat}\n".encode(),
        layout.style(city): stylesheet(),
        **_in_each(layout.requests_page, city, drawn=partial(requests_page, pointer, *_requests(public, pointer))),
        **root_pages(tuple(cities)),
    }


def root_pages(cities: tuple[City, ...]) -> Drawn:
    """What stands above the cities' own catalogs."""
    return {
        **_in_each(layout.root_page, drawn=partial(root_page, cities)),
        layout.ROOT_STYLE: stylesheet(),
        layout.CITIES: document_of_cities(cities),
    }


def dataset_pages(public: Path, pointer: Pointer, dataset: str) -> tuple[Drawn, Manifest | None]:
    """The pages of one dataset, and the manifest of its current release."""
    city, entry = pointer.city, pointer.datasets[dataset]
    past = tuple(_as_the_pointer_says(entry, history(public, city.id, dataset, entry.current)))
    if entry.current is None:
        shown = partial(withdrawn_page, city, entry.withdrawn[-1], entry.withdrawn[:-1])
        return _in_each(layout.dataset_page, city.id, dataset, drawn=shown), None
    current = read_release(public, city.id, dataset, entry.current.release)
    shown = partial(dataset_page, city, current, _by_age(past, entry.withdrawn), _day(pointer))
    drawn = _in_each(layout.dataset_page, city.id, dataset, drawn=shown)
    for manifest in past:
        if isinstance(manifest, Manifest):
            release = read_release(public, city.id, dataset, manifest.release)
            drawn |= _in_each(
                layout.report_page, city.id, dataset, manifest.release, drawn=partial(report_page, city, release)
            )
    return drawn, current.manifest


def _in_each(page: Callable[..., PurePosixPath], *of: str, drawn: Callable[[Language], str]) -> Drawn:
    """A page in each language, at its own path."""
    return {page(*of, language): drawn(language).encode() for language in LANGUAGES}


def _as_the_pointer_says(entry: Entry, past: Iterable[Manifest | Tombstone]) -> Iterator[Manifest | Tombstone]:
    """A release that was withdrawn is one from the moment the pointer says so, though its files may still stand."""
    withdrawn = {tombstone.release: tombstone for tombstone in entry.withdrawn}
    return (withdrawn.get(one.release, one) for one in past)


def _day(pointer: Pointer) -> date:
    """The day of which pages speak: the one on which the pointer moved last, on the city's clock."""
    return pointer.updated.astimezone(ZoneInfo(pointer.city.timezone)).date()


def _register(public: Path, pointer: Pointer) -> tuple[register.Listed, ...] | None:
    """What the current release of the register lists; None before its first."""
    entry = pointer.datasets.get(REGISTER)
    if entry is None or entry.current is None:
        return None
    return register.by_dataset(read_rows(public, pointer.city.id, REGISTER, entry.current.release))


def _requests(public: Path, pointer: Pointer) -> tuple[tuple[register.Row, ...] | None, Origin]:
    """The current release of the city's list of requests, newest first, and whether it is sample data."""
    name = pointer.city.requests
    entry = pointer.datasets.get(name) if name else None
    if name is None or entry is None or entry.current is None:
        return None, "official"
    rows = read_rows(public, pointer.city.id, name, entry.current.release)
    origin = read_release(public, pointer.city.id, name, entry.current.release).dataset.origin
    return tuple(sorted(rows, key=lambda row: row["tanggal_permintaan"], reverse=True)), origin


def _by_age(
    past: tuple[Manifest | Tombstone, ...], withdrawn: tuple[Tombstone, ...]
) -> tuple[Manifest | Tombstone, ...]:
    """All that ever stood, newest first: the chain of releases, and those that were taken out of it."""
    known = {entry.release for entry in past}
    everything = [*past, *(tombstone for tombstone in withdrawn if tombstone.release not in known)]
    return tuple(sorted(everything, key=lambda entry: entry.issued, reverse=True))


def _current(public: Path, pointer: Pointer) -> list[Release]:
    return [
        read_release(public, pointer.city.id, dataset, entry.current.release)
        for dataset, entry in pointer.datasets.items()
        if entry.current is not None
    ]


def _pointers(public: Path) -> list[Path]:
    return sorted(public.glob(f"*/{layout.pointer('x').name}"))


def document_of_cities(cities: tuple[City, ...]) -> bytes:
    """`cities.json`: the cities whose catalogs stand below this root, for programs that start here."""
    return json.dumps({"cities": sorted(city.id for city in cities)}, indent=2).encode() + b"\n"
