"""One function a page: what it shows, and at which public path it stands. The wording is the templates'."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from importlib import resources
from pathlib import PurePosixPath
from posixpath import relpath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalog import layout
from catalog.changes import causes_in_words
from catalog.charts.maps import NONE, Pictures
from catalog.coarseness import in_words
from catalog.encoding.xlsx import MOST_ROWS
from catalog.manifest import FORMAT_NAMES, Format, Manifest, Pointer, Tombstone
from catalog.metadata import addresses
from catalog.metadata.schema_org import catalog_schema_org, dataset_schema_org
from catalog.register import OTHERS, STANDINGS, Listed, in_parts
from catalog.shelf import Release
from schemas.contracts import LICENCES, City, Language
from schemas.contracts.contract import Origin
from schemas.decisions import standing
from schemas.register import DEPARTMENT, REGISTER
from schemas.requests import STATUSES

from . import asking, bundles, figures, reuse, tables, words
from .channels import ways
from .charting import shown_charts
from .mapping import shown_maps

PREVIEW_ROWS = 20
"""Rows of the preview on the page: enough to judge a table by, few enough for a slow connection."""
READERS: tuple[Format, ...] = ("xlsx", "csv", "parquet", "json", "geojson", "geoparquet")
"""The formats by how many people can open them: what a phone opens stands first."""


def root_page(cities: tuple[City, ...], language: Language = "id") -> str:
    """The page at the root, which names the cities."""
    return drawn("root.html", layout.root_page, language, cities=cities)


def register_page(pointer: Pointer, listed: tuple[Listed, ...] | None, language: Language = "id") -> str:
    """What a city withholds, dataset by dataset, or the departments' own lists where that is too long for one page.

    `listed` is None where no register was released yet.
    """
    rows = [row for one in listed or () for row in one.rows]
    counted = Counter(row["status"] for row in rows)
    parts = in_parts(pointer.city, listed or ())
    return drawn(
        "register.html",
        partial(layout.register_page, pointer.city.id),
        language,
        city=pointer.city,
        updated=pointer.updated,
        listed=listed if listed is None or not parts else (),
        departments=[
            (part, department_name(pointer.city, part, language), sum(len(one.rows) for one in of))
            for part, of in parts.items()
        ],
        rows=rows,
        tally=[(status, counted[status]) for status in STANDINGS.values() if counted[status]],
        published=_published(pointer),
        register=REGISTER,
    )


def register_part(pointer: Pointer, department: str, listed: tuple[Listed, ...], language: Language = "id") -> str:
    """What one department withholds."""
    return drawn(
        "register_part.html",
        partial(layout.register_part, pointer.city.id, department),
        language,
        city=pointer.city,
        department=department_name(pointer.city, department, language),
        listed=listed,
        published=_published(pointer),
    )


def _published(pointer: Pointer) -> set[str]:
    return {name for name, entry in pointer.datasets.items() if entry.current}


def dataset_page(
    city: City,
    release: Release,
    history: tuple[Manifest | Tombstone, ...],
    day: date,
    language: Language = "id",
    *,
    pictures: Pictures = NONE,
) -> str:
    """A dataset by its current release, and its releases from the newest to the first; `pictures` are the release's.

    How the decisions about its withheld fields stand is told as of `day`.
    """
    dataset = release.dataset
    department = department_name(city, dataset.department, language)
    contact = addresses.contact_of(dataset, city)
    subject, body = asking.report(city, release, language)
    return drawn(
        "dataset.html",
        partial(layout.dataset_page, city.id, dataset.id),
        language,
        city=city,
        release=release,
        dataset=dataset,
        department=department,
        contact=contact,
        report_ways=ways(city, subject, body, language),
        report_text=body,
        public_key=dataset.public_key,
        licence=LICENCES[dataset.license],
        files=tuple(
            (file, PurePosixPath(file.path).name)
            for file in sorted(release.manifest.distributions, key=lambda file: READERS.index(file.format))
        ),
        formats={file.format for file in release.manifest.distributions},
        rows=release.preview[:PREVIEW_ROWS],
        table=tables.table(release, language),
        whole_bytes=tables.WHOLE_BYTES,
        sql_bytes=len(bundles.scripts()[bundles.SQL]),
        folder=layout.release(city.id, dataset.id, release.manifest.release),
        latest=layout.latest(city.id, dataset.id),
        history=history,
        charts=shown_charts(pictures.charts, dataset, language),
        maps=shown_maps(pictures, dataset, language),
        next_update=figures.next_update(city, dataset, release.manifest.issued),
        most_rows=MOST_ROWS,
        **_for_reuse(city, release, department, language),
        standings={field.name: STANDINGS[standing(field, day)] for field in dataset.withheld_fields},
    )


def _for_reuse(city: City, release: Release, department: str, language: Language) -> dict[str, Any]:
    """How to cite a release, and the code that loads it."""
    cited = (city, release.dataset, release.manifest, department, language)
    return {
        "citation": reuse.citation(*cited),
        "bibtex": reuse.bibtex(*cited),
        "snippets": reuse.snippets(city, release.manifest),
        "has_address": bool(addresses.catalog_address(city)),
    }


def requests_page(
    pointer: Pointer, listed: tuple[dict[str, Any], ...] | None, origin: Origin, language: Language = "id"
) -> str:
    """How to ask for data that are missing, and what was asked; `listed` is None where no list was released."""
    city = pointer.city
    subject, body = asking.request(city, language)
    counted = Counter(row["status"] for row in listed or ())
    return drawn(
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
    return drawn("withdrawn.html", page, language, city=city, tombstone=tombstone, history=past)


def report_page(city: City, release: Release, language: Language = "id") -> str:
    """The validation report of a release, for an auditor: counts, rules, outcomes, never a value."""
    dataset, manifest = release.dataset, release.manifest
    return drawn(
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


def drawn(template: str, page: Callable[[Language], PurePosixPath], language: Language, **facts: Any) -> str:
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


def department_name(city: City, department: str, language: Language) -> str:
    """Its name in the city's list; its short name where an older release names one that is gone."""
    if department == OTHERS and department not in city.departments:
        return words.t("Lainnya", "Others", language=language)
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
        words.tongue,
        words.t,
        in_words,
        figures.figure,
        figures.bound,
        figures.changes_in_words,
        causes_in_words,
    ):
        environment.globals[spoken.__name__] = partial(spoken, language=language)
    for function in (
        words.first_sentence,
        words.shortened,
        addresses.web_address,
        addresses.mail_link,
        addresses.in_catalog,
        dataset_schema_org,
        catalog_schema_org,
    ):
        environment.globals[function.__name__] = function
    environment.globals["layout"] = layout
    environment.globals["language"] = language
    environment.globals["format_names"] = FORMAT_NAMES
    environment.tests["tombstone"] = lambda entry: isinstance(entry, Tombstone)
    return environment
