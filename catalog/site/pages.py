"""One function a page: what it shows, and at which public path it stands. The wording is the templates'."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib import resources
from itertools import groupby
from pathlib import PurePosixPath
from posixpath import relpath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalog import layout
from catalog.coarseness import in_words
from catalog.manifest import Manifest, Pointer, Tombstone
from catalog.metadata import addresses
from catalog.register import STANDINGS, Listed
from catalog.shelf import Release
from schemas.contracts import LICENCES, City, Language
from schemas.contracts.contract import Origin
from schemas.decisions import standing
from schemas.register import DEPARTMENT, REGISTER
from schemas.requests import STATUSES

from . import asking, words
from .channels import ways

PREVIEW_ROWS = 20
"""Rows of the preview on the page: enough to judge a table by, few enough for a slow connection."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A department's releases, as the city's page groups them."""

    department: str
    releases: tuple[Release, ...]


def root_page(cities: tuple[City, ...], language: Language = "id") -> str:
    """The page at the root, which names the cities."""
    return _drawn("root.html", layout.root_page, language, cities=cities)


def city_page(pointer: Pointer, releases: tuple[Release, ...], language: Language = "id") -> str:
    """A city's catalog: its current `releases` by department, and the datasets that were withdrawn."""
    city = pointer.city
    withdrawn = tuple(name for name, entry in pointer.datasets.items() if entry.current is None and entry.withdrawn)
    return _drawn(
        "city.html",
        partial(layout.city_page, city.id),
        language,
        city=city,
        pointer=pointer,
        releases=releases,
        shelves=tuple(_shelves(city, releases, language)),
        withdrawn=withdrawn,
    )


def register_page(pointer: Pointer, listed: tuple[Listed, ...] | None, language: Language = "id") -> str:
    """What a city withholds, dataset by dataset; `listed` is None where no register was released yet."""
    rows = [row for one in listed or () for row in one.rows]
    counted = Counter(row["status"] for row in rows)
    return _drawn(
        "register.html",
        partial(layout.register_page, pointer.city.id),
        language,
        city=pointer.city,
        updated=pointer.updated,
        listed=listed,
        rows=rows,
        tally=[(status, counted[status]) for status in STANDINGS.values() if counted[status]],
        published={name for name, entry in pointer.datasets.items() if entry.current},
        register=REGISTER,
    )


def dataset_page(
    city: City, release: Release, history: tuple[Manifest | Tombstone, ...], day: date, language: Language = "id"
) -> str:
    """A dataset by its current release, and its releases from the newest to the first.

    How the decisions about its withheld fields stand is told as of `day`.
    """
    dataset = release.dataset
    contact = addresses.contact_of(dataset, city)
    subject, body = asking.report(city, release, language)
    return _drawn(
        "dataset.html",
        partial(layout.dataset_page, city.id, dataset.id),
        language,
        city=city,
        release=release,
        dataset=dataset,
        department=_department(city, dataset.department, language),
        contact=contact,
        report_ways=ways(city, subject, body, language),
        report_text=body,
        public_key=asking.public_key(dataset),
        licence=LICENCES[dataset.license],
        files=tuple(
            (file, PurePosixPath(file.path).name)
            for file in sorted(release.manifest.distributions, key=lambda file: file.format)
        ),
        rows=release.preview[:PREVIEW_ROWS],
        folder=layout.release(city.id, dataset.id, release.manifest.release),
        latest=layout.latest(city.id, dataset.id),
        history=history,
        standings={field.name: STANDINGS[standing(field, day)] for field in dataset.withheld_fields},
    )


def requests_page(
    pointer: Pointer, listed: tuple[dict[str, Any], ...] | None, origin: Origin, language: Language = "id"
) -> str:
    """How to ask for data that are missing, and what was asked; `listed` is None where no list was released."""
    city = pointer.city
    subject, body = asking.request(city, language)
    counted = Counter(row["status"] for row in listed or ())
    return _drawn(
        "requests.html",
        partial(layout.requests_page, city.id),
        language,
        city=city,
        request_ways=ways(city, subject, body, language),
        request_text=body,
        listed=listed,
        origin=origin,
        tally=[(status, counted[status]) for status in STATUSES if counted[status]],
    )


def withdrawn_page(
    city: City, tombstone: Tombstone, history: tuple[Manifest | Tombstone, ...], language: Language = "id"
) -> str:
    """What stands in place of a dataset whose current release was withdrawn."""
    page = partial(layout.dataset_page, city.id, tombstone.dataset)
    known = {entry.release: entry for entry in (*history, tombstone)}
    past = sorted(known.values(), key=lambda entry: entry.issued, reverse=True)
    return _drawn("withdrawn.html", page, language, city=city, tombstone=tombstone, history=past)


def report_page(city: City, release: Release, language: Language = "id") -> str:
    """The validation report of a release, for an auditor: counts, rules, outcomes, never a value."""
    dataset, manifest = release.dataset, release.manifest
    return _drawn(
        "report.html",
        partial(layout.report_page, city.id, dataset.id, manifest.release),
        language,
        city=city,
        release=release,
        dataset=dataset,
        titles={field.name: field.title.in_language(language) for field in dataset.fields},
        folder=layout.release(city.id, dataset.id, manifest.release),
    )


def stylesheet() -> bytes:
    """The one style sheet of all pages."""
    return resources.files(__package__).joinpath("style.css").read_bytes()


def _drawn(template: str, page: Callable[[Language], PurePosixPath], language: Language, **facts: Any) -> str:
    """A template filled in, in one language; `page` says where it stands in each."""
    here = page(language)
    return (
        _environment(language)
        .get_template(template)
        .render(link=partial(_relative_link, here), here=here, twin=page(_other(language)), **facts)
    )


def _other(language: Language) -> Language:
    return "en" if language == "id" else "id"


def _relative_link(page: PurePosixPath, target: PurePosixPath) -> str:
    """From one public path to another, so that pages work wherever their folder stands."""
    return quote(relpath(target, page.parent))


def _shelves(city: City, releases: Iterable[Release], language: Language) -> Iterator[Shelf]:
    def place(release: Release) -> tuple[str, str]:
        dataset = release.dataset
        return _department(city, dataset.department, language), dataset.title.in_language(language)

    ordered = sorted(releases, key=place)
    for department, group in groupby(ordered, key=lambda release: place(release)[0]):
        yield Shelf(department, tuple(group))


def _department(city: City, department: str, language: Language) -> str:
    """Its name in the city's list; its short name where an older release names one that is gone."""
    if department == DEPARTMENT and department not in city.departments:
        return city.contact.name
    return city.departments[department].in_language(language) if department in city.departments else department


def escaping_environment(package: str) -> Environment:
    """For the templates of a package: every text is escaped, and a name that a template misspells is an error."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _environment(language: Language) -> Environment:
    """The templates of the public pages, with every word they use bound to the language of the reader."""
    environment = escaping_environment("catalog.site")
    for spoken in (
        words.word,
        words.number,
        words.share,
        words.size,
        words.day,
        words.moment,
        words.written_day,
        words.listed,
        words.rows_in_words,
        words.constraints,
        words.terms,
        words.in_reader_language,
        words.say,
        words.t,
        in_words,
    ):
        environment.globals[spoken.__name__] = partial(spoken, language=language)
    for function in (
        words.first_sentence,
        words.shortened,
        addresses.web_address,
        addresses.mail_link,
        addresses.in_catalog,
    ):
        environment.globals[function.__name__] = function
    environment.globals["layout"] = layout
    environment.globals["language"] = language
    environment.tests["tombstone"] = lambda entry: isinstance(entry, Tombstone)
    return environment
