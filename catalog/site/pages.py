"""One function a page: what it shows, and at which public path it stands. The wording is the templates'."""

from collections import Counter
from collections.abc import Iterable, Iterator
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
from schemas.contracts import LICENCES, City
from schemas.decisions import standing
from schemas.register import DEPARTMENT, REGISTER

from . import words

PREVIEW_ROWS = 20
"""Rows of the preview on the page: enough to judge a table by, few enough for a slow connection."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A department's releases, as the city's page groups them."""

    department: str
    releases: tuple[Release, ...]


def root_page(cities: tuple[City, ...]) -> str:
    """The page at the root, which names the cities."""
    return _drawn("root.html", layout.ROOT_PAGE, cities=cities)


def city_page(pointer: Pointer, releases: tuple[Release, ...]) -> str:
    """A city's catalog: its current `releases` by department, and the datasets that were withdrawn."""
    city = pointer.city
    withdrawn = tuple(name for name, entry in pointer.datasets.items() if entry.current is None and entry.withdrawn)
    return _drawn(
        "city.html",
        layout.city_page(city.id),
        city=city,
        pointer=pointer,
        releases=releases,
        shelves=tuple(_shelves(city, releases)),
        withdrawn=withdrawn,
    )


def register_page(pointer: Pointer, listed: tuple[Listed, ...] | None) -> str:
    """What a city withholds, dataset by dataset; `listed` is None where no register was released yet."""
    rows = [row for one in listed or () for row in one.rows]
    counted = Counter(row["status"] for row in rows)
    return _drawn(
        "register.html",
        layout.register_page(pointer.city.id),
        city=pointer.city,
        updated=pointer.updated,
        listed=listed,
        rows=rows,
        tally=[(status, counted[status]) for status in STANDINGS.values() if counted[status]],
        published={name for name, entry in pointer.datasets.items() if entry.current},
        register=REGISTER,
    )


def dataset_page(city: City, release: Release, history: tuple[Manifest | Tombstone, ...], day: date) -> str:
    """A dataset by its current release, and its releases from the newest to the first.

    How the decisions about its withheld fields stand is told as of `day`.
    """
    dataset = release.dataset
    return _drawn(
        "dataset.html",
        layout.dataset_page(city.id, dataset.id),
        city=city,
        release=release,
        dataset=dataset,
        department=_department(city, dataset.department),
        contact=addresses.contact_of(dataset, city),
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


def withdrawn_page(city: City, tombstone: Tombstone, history: tuple[Manifest | Tombstone, ...]) -> str:
    """What stands in place of a dataset whose current release was withdrawn."""
    page = layout.dataset_page(city.id, tombstone.dataset)
    known = {entry.release: entry for entry in (*history, tombstone)}
    past = sorted(known.values(), key=lambda entry: entry.issued, reverse=True)
    return _drawn("withdrawn.html", page, city=city, tombstone=tombstone, history=past)


def report_page(city: City, release: Release) -> str:
    """The validation report of a release, for an auditor: counts, rules, outcomes, never a value."""
    dataset, manifest = release.dataset, release.manifest
    return _drawn(
        "report.html",
        layout.report_page(city.id, dataset.id, manifest.release),
        city=city,
        release=release,
        dataset=dataset,
        titles={field.name: field.title.id for field in dataset.fields},
        folder=layout.release(city.id, dataset.id, manifest.release),
    )


def stylesheet() -> bytes:
    """The one style sheet of all pages."""
    return resources.files(__package__).joinpath("style.css").read_bytes()


def _drawn(template: str, page: PurePosixPath, **facts: Any) -> str:
    return _environment().get_template(template).render(link=partial(_relative_link, page), **facts)


def _relative_link(page: PurePosixPath, target: PurePosixPath) -> str:
    """From one public path to another, so that pages work wherever their folder stands."""
    return quote(relpath(target, page.parent))


def _shelves(city: City, releases: Iterable[Release]) -> Iterator[Shelf]:
    def place(release: Release) -> tuple[str, str]:
        return _department(city, release.dataset.department), release.dataset.title.id

    ordered = sorted(releases, key=place)
    for department, group in groupby(ordered, key=lambda release: place(release)[0]):
        yield Shelf(department, tuple(group))


def _department(city: City, department: str) -> str:
    """Its name in the city's list; its short name where an older release names one that is gone."""
    if department == DEPARTMENT and department not in city.departments:
        return city.contact.name
    return city.departments[department].id if department in city.departments else department


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
def _environment() -> Environment:
    environment = escaping_environment("catalog.site")
    for function in (
        words.word,
        words.number,
        words.share,
        words.size,
        words.day,
        words.moment,
        words.written_day,
        words.listed,
        words.first_sentence,
        words.english,
        words.shortened,
        words.rows_in_words,
        words.constraints,
        in_words,
        words.terms,
        addresses.web_address,
        addresses.mail_link,
        addresses.in_catalog,
    ):
        environment.globals[function.__name__] = function
    environment.globals["layout"] = layout
    environment.tests["tombstone"] = lambda entry: isinstance(entry, Tombstone)
    return environment
