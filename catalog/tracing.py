"""A release that has not left yet, searched for the withheld values that its run read (law 1).

The cells are searched in the Parquet, with every entry of its dictionary pages; the CSV, the JSON records, the GeoJSON
and the rows of the GeoParquet and of the workbook are proven to hold the same (`verification.prove_same_rows`), so
their bytes are not searched again. Documents are searched text by text, and so is the rest of a workbook;
of charts and maps the cells, since their figures come of public columns alone.

Not searched, since no withheld value of eight letters or digits can stand there: columns of days, times and
booleans, and of whole numbers below ten million. A field that leaves in a coarser form is not compared with its own
column: large groups show what the decision lets them show.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog import layout
from catalog.charts.documents import Charts, shown_cells
from catalog.charts.maps import Map, shown_on_map
from catalog.columns import text_columns, text_parts, wide_numbers
from catalog.encoding import xlsx
from catalog.letters import Words
from catalog.manifest import Format
from catalog.searching import Cells, Hit, Part, exact, filtered, first_words, matches
from schemas.contracts import City, Dataset

PLACEHOLDERS = (
    "tidak ada",
    "tidak diketahui",
    "tidak tersedia",
    "tidak diisi",
    "tidak terdata",
    "belum ada",
    "belum diisi",
    "tanpa nama",
    "tanpa keterangan",
    "not available",
    "unknown",
)
"""What offices write where there is nothing to write: nobody's value."""
PROVEN: tuple[Format, ...] = ("csv", "geojson", "json")
"""Formats of files that are proven to hold the rows of the Parquet, and nothing else."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """The withheld texts of a run: a Parquet file, and in which of its columns the texts of each field stand.

    `rest` is a file of the same private workspace, where what was worked out of them once rests.
    """

    parquet: Path
    columns: Mapping[str, str]
    rest: Path

    def parts(self) -> list[Part]:
        """The texts, a row group at a time."""
        return text_parts(self.parquet, self.columns)

    def first_words(self) -> Words:
        """The beginnings of all of them, in order."""
        if not self.rest.exists():
            np.save(self.rest, first_words(self.parts()))
        found: Words = np.load(self.rest)
        return found


@dataclass(frozen=True, slots=True)
class Trace:
    """Values of the withheld field `withheld` stand in a public field, or in a file, of the release."""

    withheld: str
    place: str
    rows: int


def public_words(dataset: Dataset, city: City) -> tuple[str, ...]:
    """Texts that are public already, whoever else holds them: listed values, offices, what stands for "nothing"."""
    told = [field for field in dataset.fields if field.access != "undetermined"]
    listed = [value for field in told for value in field.constraints.enum or ()]
    offices = [text for office in city.departments.values() for text in _texts(office.model_dump())]
    contacts = [one.model_dump() for one in (city.contact, dataset.contact) if one]
    named = [city.name, city.publisher, *_texts(city.title.model_dump()), *_texts(contacts)]
    return (*PLACEHOLDERS, *dataset.missingValues, *listed, *offices, *named)


def traces_in_columns(parquet: Path, dataset: Dataset, withheld: Withheld, spared: Iterable[str]) -> tuple[Trace, ...]:
    """Where withheld values stand in the public columns, and in how many rows."""
    places = [*text_columns(parquet), *wide_numbers(parquet, dataset)]
    words = withheld.first_words()
    return _told(matches(withheld.parts(), words, filtered(words), places, spared), _own_columns(dataset))


def traces_in_documents(folder: Path, dataset: Dataset, withheld: Withheld, spared: Iterable[str]) -> tuple[Trace, ...]:
    """Where withheld values stand in the other files below `folder`, and in the Parquet's own description."""
    proven = {layout.data_file(dataset.id, format_) for format_ in PROVEN}
    places = [partial(_document, file) for file in sorted(folder.iterdir()) if file.name not in proven]
    words = withheld.first_words()
    return _told(matches(withheld.parts(), words, exact(words), places, spared), _own_columns(dataset))


def _told(hits: Counter[Hit], own: frozenset[Hit]) -> tuple[Trace, ...]:
    return tuple(
        Trace(hit.needle, hit.place, rows)
        for hit, rows in sorted(hits.items(), key=lambda one: (one[0].needle, one[0].place))
        if hit not in own
    )


def _own_columns(dataset: Dataset) -> frozenset[Hit]:
    """The columns in which a withheld field leaves by decision: its coarser form, and its sums per group."""
    aggregate = dataset.disclosure.aggregate
    sums = [Hit(one.of, one.name) for one in (aggregate.sums if aggregate else ())]
    return frozenset([*(Hit(field.name, field.name) for field in dataset.withheld_fields), *sums])


def _document(file: Path) -> Iterator[Cells]:
    if file.suffix == ".parquet":
        yield _listed(file.name, _description(file))
    elif file.name == layout.PREVIEW:
        preview = json.loads(file.read_bytes())
        for name, *cells in zip(preview["fields"], *preview["rows"], strict=True):
            yield _listed(name, (cell for cell in cells if cell is not None))
    elif file.name == layout.CHARTS:
        shown = Charts.model_validate_json(file.read_bytes())
        yield from (_listed(name, texts) for name, texts in shown_cells(shown.charts))
    elif file.name == layout.MAP:
        yield from (_listed(name, texts) for name, texts in shown_on_map(Map.model_validate_json(file.read_bytes())))
    elif file.name == layout.STATISTICS:
        for field in json.loads(file.read_bytes())["fields"]:
            yield _listed(field["name"], _texts([field.get(kind) for kind in ("minimum", "maximum", "most_frequent")]))
    elif file.suffix == ".xlsx":
        yield _listed(file.name, _beside_the_rows(file))
    elif file.suffix == ".json":
        yield _listed(file.name, _texts(json.loads(file.read_bytes())))
    else:
        yield _listed(file.name, file.read_bytes().decode("utf-8", "replace").splitlines())


def _description(parquet: Path) -> Iterator[str]:
    """What a Parquet file says of itself: its columns' names and whatever was written beside them."""
    metadata = pq.read_metadata(parquet)
    yield metadata.created_by or ""
    yield from metadata.schema.names
    for key, value in (metadata.metadata or {}).items():
        yield from (key.decode("utf-8", "replace"), value.decode("utf-8", "replace"))


def _beside_the_rows(workbook: Path) -> Iterator[str]:
    """Every text and every attribute of a workbook but the sheet of the rows, and the names of its parts."""
    with ZipFile(workbook) as packed:
        yield packed.comment.decode("utf-8", "replace")
        for part in packed.namelist():
            yield part
            if part != xlsx.ROWS_PART:
                for element in ElementTree.fromstring(packed.read(part)).iter():  # noqa: S314 we wrote it
                    yield from (element.text or "", element.tail or "", *element.attrib.values())


def _listed(name: str, texts: Iterable[str]) -> Cells:
    return Cells(name, pa.array(list(texts), pa.string()))


def _texts(said: Any) -> Iterator[str]:
    """Every text of a document, keys included; numbers as they are written."""
    match said:
        case dict():
            yield from said
            for value in said.values():
                yield from _texts(value)
        case list() | tuple():
            for value in said:
                yield from _texts(value)
        case str():
            yield said
        case bool() | None:
            return
        case _:
            yield str(said)
