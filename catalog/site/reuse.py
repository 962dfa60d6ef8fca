"""How to cite a release, and code that loads it, with the release's own addresses. Fetches nothing, runs nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from catalog import layout
from catalog.manifest import Manifest
from catalog.metadata.addresses import catalog_address, in_catalog
from schemas.contracts import City, Dataset, Language
from schemas.messages import wording
from schemas.tables import literal

_BIBTEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A few lines that load the release, for a tool by its name."""

    tool: str
    code: str


def citation(city: City, dataset: Dataset, manifest: Manifest, department: str, language: Language) -> str:
    """The release as a list of references names it: who, when, what, which release, under which licence, where."""
    title, mark = dataset.title.in_language(language), wording("cite.sample", language)
    is_told = dataset.origin != "sample" or mark in title.casefold()
    named = title if is_told else f"{title} [{mark}]"
    release = wording("cite.release", language, release=manifest.release)
    sources = "".join(f" {wording('cite.source', language, source=source)}" for source in _sources(dataset))
    return (
        f"{city.publisher}, {department} ({_year(city, manifest)}). {named}. "
        f"{release}. {dataset.license}.{sources} {_page(city, dataset)}"
    )


def bibtex(city: City, dataset: Dataset, manifest: Manifest, department: str, language: Language) -> str:
    """The same for reference managers; `howpublished` is the address that never changes."""
    notes = [wording("origin.sample", language)] if dataset.origin == "sample" else []
    notes += [wording("cite.source", language, source=source) for source in _sources(dataset)]
    entries = {
        "author": f"{{{_plain(f'{city.publisher}, {department}')}}}",
        "title": f"{{{_plain(dataset.title.in_language(language))}}}",
        "year": str(_year(city, manifest)),
        "version": manifest.release,
        "howpublished": f"\\url{{{permanent(city, manifest, 'csv')}}}",
        "url": _page(city, dataset),
        "note": _plain(" ".join([*notes, wording("cite.licence", language, licence=dataset.license)])),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in entries.items())
    return f"@misc{{{manifest.dataset}-{manifest.release},\n{lines}}}"


def snippets(city: City, manifest: Manifest) -> tuple[Snippet, ...]:
    """Code for pandas, R and DuckDB over the release's Parquet, at the address that never changes."""
    address = permanent(city, manifest, "parquet")
    said, name = json.dumps(address), json.dumps(PurePosixPath(address).name)
    first = f'download.file({said}, {name}, mode = "wb")\n' if catalog_address(city) else ""
    local = name if first else said
    return (
        Snippet("Python (pandas)", f"import pandas as pd\n\ndata = pd.read_parquet({said})\nprint(data.head())"),
        Snippet("R (arrow)", f"library(arrow)\n\n{first}data <- read_parquet({local})\nhead(data)"),
        Snippet("DuckDB (SQL)", f"SELECT *\nFROM read_parquet({literal(address)})\nLIMIT 10;"),
    )


def permanent(city: City, manifest: Manifest, format_: str) -> str:
    """The address of a data file of this very release: what stands there never changes."""
    folder = layout.release(city.id, manifest.dataset, manifest.release)
    return in_catalog(city, folder / layout.data_file(manifest.dataset, format_))


def _page(city: City, dataset: Dataset) -> str:
    return in_catalog(city, layout.dataset_page(city.id, dataset.id))


def _sources(dataset: Dataset) -> Iterator[str]:
    for source in dataset.sources:
        yield " ".join(filter(None, (source.title, source.version)))


def _year(city: City, manifest: Manifest) -> int:
    return manifest.issued.astimezone(ZoneInfo(city.timezone)).year


def _plain(text: str) -> str:
    """A text in which TeX finds no command."""
    return " ".join(text.split()).translate(_BIBTEX)
