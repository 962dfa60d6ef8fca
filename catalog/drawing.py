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
from catalog.metadata import documents
from catalog.metadata.documents import Drawn
from catalog.renewal import Renewal
from catalog.shelf import (
    history,
    published_cities,
    read_pictures,
    read_pointer,
    read_release,
    read_rows,
    read_subject,
)
from catalog.site.bundles import scripts
from catalog.site.cards import document as cards_document
from catalog.site.lists import city_page, datasets_page, list_pages, search_page, ways_in
from catalog.site.pages import (
    dataset_page,
    register_page,
    register_part,
    report_page,
    requests_page,
    root_page,
    stylesheet,
    withdrawn_page,
)
from catalog.site.search_index import index
from schemas.contracts import LANGUAGES, City, Language
from schemas.contracts.contract import Origin
from schemas.register import REGISTER


def city_pages(public: Path, pointer: Pointer, renewal: Renewal) -> Drawn:
    """What speaks of a whole city, as far as a renewal changes it, and the page that names the cities.

    The cards come last: whatever dies before is drawn again, since they still tell of the releases before.
    """
    city, cards = pointer.city, renewal.cards
    cities = [read.city for read in (read_pointer(public, name) for name in published_cities(public)) if read]
    return {
        **_in_each(layout.city_page, city.id, drawn=partial(city_page, pointer, cards)),
        **_in_each(layout.datasets_page, city.id, drawn=partial(datasets_page, pointer, cards)),
        **_in_each(layout.search_page, city.id, drawn=partial(search_page, city)),
        **{path: page.encode() for path, page in list_pages(pointer, renewal.last.cards, cards).items()},
        **_register_pages(public, pointer, renewal),
        **documents.of_city(public, pointer, renewal.changed if renewal.last.cards else None, ways_in(city, cards)),
        layout.style(city.id): stylesheet(),
        **{layout.script(city.id, name): content for name, content in scripts().items()},
        **_requests_page(public, pointer, renewal),
        **root_pages(tuple(cities)),
        **_search_index(city, renewal),
        layout.cards(city.id): cards_document(pointer, cards.values()),
    }


def root_pages(cities: tuple[City, ...]) -> Drawn:
    """What stands above the cities' own catalogs."""
    return {
        **_in_each(layout.root_page, drawn=partial(root_page, cities)),
        layout.ROOT_STYLE: stylesheet(),
        layout.CITIES: document_of_cities(cities),
        **documents.of_root(cities),
    }


def _search_index(city: City, renewal: Renewal) -> Drawn:
    files = index(city, renewal.cards, renewal.changed, renewal.subjects, renewal.last.index)
    return {layout.search_index(city.id) / name: content for name, content in files.items()}


def _register_pages(public: Path, pointer: Pointer, renewal: Renewal) -> Drawn:
    """The register, where it lists something else, or leads to other datasets than before; of its parts the same."""
    city, came_or_went = pointer.city, renewal.last.cards.keys() ^ renewal.cards.keys()
    if renewal.last.cards and not came_or_went and REGISTER not in renewal.changed:
        return {}
    listed = _register(public, pointer)
    drawn = _in_each(layout.register_page, city.id, drawn=partial(register_page, pointer, listed))
    old, new = (
        register.in_parts(city, _register_before(public, city.id, renewal)),
        register.in_parts(city, listed or ()),
    )
    for part in old.keys() | new.keys():
        told = new.get(part, ())
        if old.get(part) != told or any(one.dataset in came_or_went for one in told):
            drawn |= _in_each(layout.register_part, city.id, part, drawn=partial(register_part, pointer, part, told))
    return drawn


def _register_before(public: Path, city: str, renewal: Renewal) -> tuple[register.Listed, ...]:
    """What the register listed when it was drawn last; nothing where that release is gone."""
    before = renewal.last.cards.get(REGISTER)
    try:
        return _read_register(public, city, before.release) if before else ()
    except OSError:
        return ()


def judged_otherwise(public: Path, pointer: Pointer, renewal: Renewal) -> set[str]:
    """The datasets of whose withheld fields the register tells something else than before."""
    if REGISTER not in renewal.changed:
        return set()
    listed = (_register_before(public, pointer.city.id, renewal), _register(public, pointer) or ())
    old, new = ({one.dataset: one for one in those} for those in listed)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)} & renewal.cards.keys()


def dataset_pages(public: Path, pointer: Pointer, dataset: str) -> tuple[Drawn, Manifest | None]:
    """The pages of one dataset, and the manifest of its current release."""
    city, entry = pointer.city, pointer.datasets[dataset]
    past = tuple(_as_the_pointer_says(entry, history(public, city.id, dataset, entry.current)))
    if entry.current is None:
        shown = partial(withdrawn_page, city, entry.withdrawn[-1], entry.withdrawn[:-1])
        left = documents.of_withdrawn(city, dataset, _newest_first(entry.withdrawn))
        return _in_each(layout.dataset_page, city.id, dataset, drawn=shown) | left, None
    current = read_release(public, city.id, dataset, entry.current.release)
    pictures, everything = read_pictures(public, pointer, dataset), _by_age(past, entry.withdrawn)
    shown = partial(dataset_page, city, current, everything, _day(pointer), pictures=pictures)
    drawn = _in_each(layout.dataset_page, city.id, dataset, drawn=shown)
    drawn |= documents.of_dataset(city, current, everything)
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
    return _read_register(public, pointer.city.id, entry.current.release)


def _read_register(public: Path, city: str, release: str) -> tuple[register.Listed, ...]:
    return register.by_dataset(read_rows(public, city, REGISTER, release))


def _requests_page(public: Path, pointer: Pointer, renewal: Renewal) -> Drawn:
    """The requests and their answers, where they are others than before."""
    if renewal.last.cards and pointer.city.requests not in renewal.changed:
        return {}
    listed = _requests(public, pointer)
    return _in_each(layout.requests_page, pointer.city.id, drawn=partial(requests_page, pointer, *listed))


def _requests(public: Path, pointer: Pointer) -> tuple[tuple[register.Row, ...] | None, Origin]:
    """The current release of the city's list of requests, newest first, and whether it is sample data."""
    name = pointer.city.requests
    entry = pointer.datasets.get(name) if name else None
    if name is None or entry is None or entry.current is None:
        return None, "official"
    rows = read_rows(public, pointer.city.id, name, entry.current.release)
    _, dataset = read_subject(public, pointer.city.id, name, entry.current.release)
    return tuple(sorted(rows, key=lambda row: row["tanggal_permintaan"], reverse=True)), dataset.origin


def _by_age(
    past: tuple[Manifest | Tombstone, ...], withdrawn: tuple[Tombstone, ...]
) -> tuple[Manifest | Tombstone, ...]:
    """All that ever stood, newest first: the chain of releases, and those that were taken out of it."""
    known = {entry.release for entry in past}
    everything = [*past, *(tombstone for tombstone in withdrawn if tombstone.release not in known)]
    return tuple(sorted(everything, key=lambda entry: entry.issued, reverse=True))


def _newest_first(withdrawn: tuple[Tombstone, ...]) -> tuple[Tombstone, ...]:
    return tuple(sorted(withdrawn, key=lambda tombstone: tombstone.withdrawn, reverse=True))


def document_of_cities(cities: tuple[City, ...]) -> bytes:
    """`cities.json`: the cities whose catalogs stand below this root, for programs that start here."""
    return json.dumps({"cities": sorted(city.id for city in cities)}, indent=2).encode() + b"\n"
