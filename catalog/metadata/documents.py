"""[edge] All documents for machines, as paths and bytes: those of a dataset, and those of a city joined from them.

Reads the shelf and what was drawn of the datasets, writes nothing. A dataset's documents are drawn once a change of
it. A city's are joined from them, and only those parts that a change touches, so that their number does not grow
with the catalog. What was taken back leaves empty documents where its own stood, so that nobody reads them on.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from catalog import layout
from catalog.manifest import Manifest, Pointer, Tombstone
from catalog.parts import by_part, touched
from catalog.shelf import Release, read_release
from schemas.contracts import LANGUAGES, City, Language

from . import api, bps, ckan, feeds, joined, sitemaps
from .addresses import catalog_address
from .openapi import openapi

Drawn = dict[PurePosixPath, bytes]
History = Sequence[Manifest | Tombstone]


def of_dataset(city: City, release: Release, past: History) -> Drawn:
    """What stands once for a dataset; `past` are its releases, newest first."""
    name, dataset = release.dataset.id, release.dataset
    return {
        **{
            layout.dcat_dataset(city.id, name, syntax): joined.dataset_document(city, release, syntax).encode()
            for syntax in joined.SYNTAXES
        },
        **{
            layout.dataset_feed(city.id, name, one): feeds.dataset_feed(city, dataset, name, past, one).encode()
            for one in LANGUAGES
        },
        layout.api_dataset(city.id, name): _json(api.dataset_document(city, release, past)),
        layout.ckan(city.id, name): _json(ckan.package(city, release)),
        **{layout.bps_draft(city.id, name, form): data for form, data in bps.drafts(city, release).items()},
    }


def of_withdrawn(city: City, name: str, past: Sequence[Tombstone]) -> Drawn:
    """What stands in place of them once nothing of the dataset is published any more."""
    return {
        **{
            layout.dcat_dataset(city.id, name, syntax): joined.empty_document(city, name, syntax).encode()
            for syntax in joined.SYNTAXES
        },
        **{
            layout.dataset_feed(city.id, name, one): feeds.dataset_feed(city, None, name, past, one).encode()
            for one in LANGUAGES
        },
        layout.api_dataset(city.id, name): _json(api.withdrawn_document(city, name, past)),
        layout.ckan(city.id, name): _json(ckan.gone()),
        **{layout.bps_draft(city.id, name, form): data for form, data in bps.withdrawn().items()},
    }


def of_city(
    public: Path, pointer: Pointer, changed: Collection[str] | None = None, lists: Sequence[sitemaps.Page] = ()
) -> Drawn:
    """What speaks of a whole city, once the documents of its datasets are drawn.

    `changed` are the datasets that came, changed or went since this was drawn last; None where that is not known,
    and everything is drawn. `lists` are the pages that list datasets, for the site map.
    """
    city = pointer.city
    return {
        **_dcat(public, pointer, changed),
        **_sitemaps(public, pointer, changed, lists),
        **_feeds(public, pointer, changed),
        layout.api(city.id) / "index.json": _json(api.index_document(pointer)),
        layout.openapi(city.id): _json(openapi(city)),
    }


def of_root(cities: Iterable[City]) -> Drawn:
    """What stands at the root of the public zone."""
    return {layout.ROBOTS: sitemaps.robots(cities).encode()}


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _published(pointer: Pointer) -> list[str]:
    return [name for name, entry in pointer.datasets.items() if entry.current is not None]


def _numbers(names: Sequence[str], parts: int, changed: Collection[str] | None, standing: Iterable[Path]) -> list[int]:
    """The parts to draw: the first tells of the whole; one that the catalog has shrunk from is emptied."""
    left = {int(file.stem) for file in standing}
    if changed is None:
        return sorted(set(range(parts)) | left)
    return sorted(number for number in {0, *touched(len(names), changed)} if number < parts or number in left)


def _dcat(public: Path, pointer: Pointer, changed: Collection[str] | None) -> Drawn:
    city, names = pointer.city.id, _published(pointer)
    parts = by_part(names)
    standing = (public / layout.dcat_part(city, 1)).parent.glob("[0-9]*.jsonld")
    drawn: Drawn = {}
    for number in _numbers(names, len(parts), changed, standing):
        members = parts[number] if number < len(parts) else ()
        for syntax in joined.SYNTAXES:
            told = ((name, _dataset_document(public, pointer, name, syntax)) for name in members)
            page = joined.page(pointer, number, len(parts), told, syntax)
            drawn[layout.dcat_part(city, number, syntax)] = page.encode()
    return drawn


def _dataset_document(public: Path, pointer: Pointer, name: str, syntax: joined.Syntax) -> str:
    """A dataset's document as it was drawn; drawn now where it never was."""
    file = public / layout.dcat_dataset(pointer.city.id, name, syntax)
    current = pointer.datasets[name].current
    if file.exists() or current is None:
        return file.read_text(encoding="utf-8")
    release = read_release(public, pointer.city.id, name, current.release)
    return joined.dataset_document(pointer.city, release, syntax)


def _sitemaps(public: Path, pointer: Pointer, changed: Collection[str] | None, lists: Sequence[sitemaps.Page]) -> Drawn:
    city, names = pointer.city, _published(pointer)
    if not catalog_address(city):
        return {}
    parts = by_part(names)
    standing = [*(public / layout.sitemap_part(city.id, 0)).parent.glob("[0-9]*.xml")]
    if len(parts) == 1:
        whole = sitemaps.whole(pointer, names, lists)
        numbers, members = [int(file.stem) for file in standing], dict[int, tuple[str, ...]]()
    else:
        whole = sitemaps.index(pointer, len(parts))
        numbers, members = _numbers(names, len(parts), changed, standing), dict(enumerate(parts))
    maps = {
        layout.sitemap_part(city.id, number): sitemaps.part(pointer, number, members.get(number, ()), lists).encode()
        for number in numbers
    }
    return maps | {layout.sitemap(city.id): whole.encode()}


def _feeds(public: Path, pointer: Pointer, changed: Collection[str] | None) -> Drawn:
    drawn: Drawn = {}
    for language in LANGUAGES:
        drawn |= _feeds_in(public, pointer, changed, language)
    return drawn


def _feeds_in(public: Path, pointer: Pointer, changed: Collection[str] | None, language: Language) -> Drawn:
    """A feed holds a fixed number of entries, so those of the last time and of what changed since are all it takes.

    But where one leaves a full feed and none comes, the next older one must be looked for among all.
    """
    city, name = pointer.city, layout.city_feed(pointer.city.id, language)
    if changed is not None and not (public / name).exists():
        changed = None
    told = pointer.datasets if changed is None else [one for one in changed if one in pointer.datasets]
    news = [entry for one in told for entry in _last(public, layout.dataset_feed(city.id, one, language))]
    before = _entries(public / name)
    drawn = {name: feeds.city_feed(city, [*_kept(before, changed), *news], language)}
    has_left = _has_left(before, drawn[name])
    for department in city.departments:
        path = layout.department_feed(city.id, department, language)
        before = _entries(public / path)
        drawn[path] = feeds.department_feed(city, department, [*_kept(before, changed), *news], language)
        has_left = has_left or _has_left(before, drawn[path])
    if has_left and changed is not None:
        return _feeds_in(public, pointer, None, language)
    return {path: text.encode() for path, text in drawn.items()}


def _has_left(before: list[str], feed: str) -> bool:
    return len(before) == feeds.NEWEST and len(feeds.entries_of(feed)) < feeds.NEWEST


def _kept(entries: list[str], changed: Collection[str] | None) -> list[str]:
    """The entries of the last time that still hold."""
    return [] if changed is None else feeds.without(entries, changed)


def _entries(feed: Path) -> list[str]:
    """The entries of the last time; none where there was no such feed."""
    return feeds.entries_of(feed.read_text(encoding="utf-8")) if feed.exists() else []


def _last(public: Path, feed: PurePosixPath) -> list[str]:
    """What last happened to a dataset: the first entry of its feed."""
    return _entries(public / feed)[:1]
