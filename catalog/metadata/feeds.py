"""Atom feeds (RFC 4287): a dataset's releases, and the newest of a catalog or a department, in either language.

The feeds of a catalog and of its departments are joined from those of the datasets, whose first entry tells what
last happened: a release, or a withdrawal with its reason. Ids are UUIDs of what they name, so that they stay when
the catalog moves. Addresses are relative to the city's folder (`xml:base`) where the city has no address.
"""

import re
import uuid
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from catalog import layout
from catalog.manifest import Manifest, Tombstone
from schemas.contracts import City, Dataset, Language
from schemas.messages import wording

from .addresses import catalog_address, in_catalog
from .xml import DECLARATION, element, empty

NEWEST = 50
"""Entries of a catalog's feed: what a reader who looks in once a week needs, and small enough to write at once."""
LONGEST = 100
"""Entries of a dataset's feed: older releases stand on its page."""
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without entries was last updated: it must say a moment, and the same one every time."""

_DATASET, _DEPARTMENT = "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/creator"
_ENTRY = re.compile("^<entry>$.*?^</entry>$", re.MULTILINE | re.DOTALL)
"""An entry as we write it: no text can bring such a line, for what is filled in is escaped."""
_UPDATED = re.compile("^<updated>(.*)</updated>$", re.MULTILINE)


def dataset_feed(
    city: City, dataset: Dataset | None, name: str, past: Iterable[Manifest | Tombstone], language: Language
) -> str:
    """What happened to the dataset called `name`, newest first; `dataset` is None where none of it stands."""
    entries = [_entry(city, dataset, one, language) for one in past][:LONGEST]
    title = dataset.title.in_language(language) if dataset else name
    page = layout.dataset_page(city.id, name, language)
    path = layout.dataset_feed(city.id, name, language)
    return _feed(city, path, page, f"{city.title.in_language(language)}: {title}", entries, language)


def city_feed(city: City, entries: Iterable[str], language: Language) -> str:
    """The newest of all datasets' last entries."""
    title = city.title.in_language(language)
    page = layout.city_page(city.id, language)
    return _feed(city, layout.city_feed(city.id, language), page, title, newest(entries), language)


def department_feed(city: City, department: str, entries: Iterable[str], language: Language) -> str:
    """The newest of those that are of one department."""
    own = [entry for entry in entries if empty("category", scheme=_DEPARTMENT, term=department) in entry]
    title = f"{city.title.in_language(language)}: {city.departments[department].in_language(language)}"
    home = layout.city_page(city.id, language)  # a department that publishes nothing may have no page of its own
    page = layout.department_page(city.id, department, language) if own else home
    path = layout.department_feed(city.id, department, language)
    return _feed(city, path, page, title, newest(own), language)


def entries_of(feed: str) -> list[str]:
    """The entries of a feed of ours, as they stand."""
    return _ENTRY.findall(feed)


def without(entries: Iterable[str], datasets: Collection[str]) -> list[str]:
    """The entries that speak of other datasets."""
    marks = [empty("category", scheme=_DATASET, term=dataset) for dataset in datasets]
    return [entry for entry in entries if not any(mark in entry for mark in marks)]


def newest(entries: Iterable[str]) -> list[str]:
    """The newest entries, the newest first."""
    return sorted(entries, key=lambda entry: (_updated(entry), entry), reverse=True)[:NEWEST]


def _feed(
    city: City, path: PurePosixPath, page: PurePosixPath, title: str, entries: list[str], language: Language
) -> str:
    depth = len(path.parent.parts) - len(layout.city(city.id).parts)
    base = "" if catalog_address(city) else f' xml:base="{"../" * depth or "./"}"'
    lines = [
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"{base}>',
        element("id", _identifier("feed", path.as_posix())),
        element("title", title),
        element("updated", max(map(_updated, entries), default=NEVER)),
        f"<author>{element('name', city.publisher)}</author>",
        empty("link", rel="self", type="application/atom+xml", href=in_catalog(city, path)),
        empty("link", rel="alternate", type="text/html", href=in_catalog(city, page)),
        *entries,
        "</feed>",
    ]
    return DECLARATION + "\n".join(lines) + "\n"


def _entry(city: City, dataset: Dataset | None, one: Manifest | Tombstone, language: Language) -> str:
    moment = one.withdrawn if isinstance(one, Tombstone) else one.issued
    title = dataset.title.in_language(language) if dataset else one.dataset
    kind = "withdrawn" if isinstance(one, Tombstone) else "release"
    day = _day(one.issued, city, language)
    lines = [
        "<entry>",
        element("id", _identifier(language, one.city, one.dataset, one.release)),
        element("title", wording(f"feed.{kind}", language, title=title, day=day)),
        element("updated", _moment(moment)),
        element("published", _moment(one.issued)),
        *_categories(dataset, one.dataset),
        empty("link", rel="alternate", type="text/html", href=_page(city, one, language)),
        *_files(city, one),
        element("summary", _summary(dataset, one, language)),
        "</entry>",
    ]
    return "\n".join(lines)


def _categories(dataset: Dataset | None, name: str) -> list[str]:
    found = [empty("category", scheme=_DATASET, term=name)]
    return [*found, empty("category", scheme=_DEPARTMENT, term=dataset.department)] if dataset else found


def _page(city: City, one: Manifest | Tombstone, language: Language) -> str:
    return in_catalog(city, layout.dataset_page(city.id, one.dataset, language))


def _files(city: City, one: Manifest | Tombstone) -> list[str]:
    if isinstance(one, Tombstone):
        return []
    folder = layout.release(city.id, one.dataset, one.release)
    return [
        empty(
            "link",
            rel="enclosure",
            type=file.media_type,
            length=str(file.bytes),
            href=in_catalog(city, folder / PurePosixPath(file.path).name),
        )
        for file in one.distributions
    ]


def _summary(dataset: Dataset | None, one: Manifest | Tombstone, language: Language) -> str:
    if isinstance(one, Tombstone):
        return wording("feed.reason", language, reason=one.reason)
    said = dataset.description.in_language(language) if dataset else ""
    rows = wording("feed.rows", language, rows=format_decimal(one.rows, locale=language))
    return f"{rows} {said}".strip()


def _updated(entry: str) -> str:
    found = _UPDATED.search(entry)
    return found[1] if found else NEVER


def _moment(moment: datetime) -> str:
    """RFC 3339 in UTC and whole seconds, so that later is also greater as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(moment: datetime, city: City, language: Language) -> str:
    return format_date(moment.astimezone(ZoneInfo(city.timezone)), "d MMMM y", locale=language)


def _identifier(*names: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("palu", *names))).urn
