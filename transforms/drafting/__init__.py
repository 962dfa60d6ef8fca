"""A file that no contract knows -> what its columns seem to be: a draft for a person to look at, never a decision.

Reads the file twice: for its headers, then as a contract of these headers reads it. Runs in a process of its own.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from schemas.contracts import CsvLayout, GeoJsonLayout, JsonLayout, Layout, SpreadsheetLayout
from schemas.contracts.drafting import DraftField
from schemas.errors import SupplierError
from schemas.tables import database, literal, quoted
from transforms.reading import RawTable, Wanted, read, read_slowly
from transforms.reading.columns import HIDDEN, NUMBERING_HEADERS, folded, shown
from transforms.reading.glance import kind_of
from transforms.reading.records import GEOMETRY

from . import workbooks
from .columns import drafted_fields
from .facts import Table, filled_shares, missing_marks
from .keys import candidate_key

NEARLY_FULL = 0.75
"""A column as full as this is one that data rows have: totals and signatures of a small table fill a sixth of it."""
KINDS = {
    "csv": ("csv", "txt", "tsv"),
    "spreadsheet": ("xls", "xlsx", "xlsm", "xlsb", "ods"),
    "json": ("json",),
    "geojson": ("geojson",),
}


@dataclass(frozen=True, slots=True)
class DraftJob:
    """A file, the name that people know it by, the sheet or table to take, and a private folder to work in."""

    path: Path
    name: str
    sheet: str | None
    workspace: Path
    timezone: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was seen: `layout` as a contract's source states it, where every row went, and the columns."""

    layout: dict[str, Any]
    rows: int
    skipped: dict[str, int]
    missing: tuple[str, ...]
    fields: tuple[DraftField, ...]
    key: tuple[str, ...]


def drafted(job: DraftJob) -> Drafted:
    """Read a file and propose its fields.

    Raises SupplierError as reading does, `kind_unread` for a file of no known kind, and `header_of_data` where the
    first row looks like data: no cell may become a name in a contract.
    """
    if _kind(job) == "spreadsheet":
        return _of_workbook(job)
    layout = _layout(job)
    try:
        return _drafted(job, layout, read)
    except duckdb.Error:
        if not isinstance(layout, CsvLayout):
            raise SupplierError("file_unreadable", file=job.name, kind=layout.kind) from None
    try:
        return _drafted(job, layout, read_slowly)  # a large file that turned out to be irregular
    except duckdb.Error:
        raise SupplierError("file_unreadable", file=job.name, kind=layout.kind) from None


def table_places(job: DraftJob) -> tuple[str, ...]:
    """What the visible tables of a workbook are called; errors as `palu look` raises them."""
    return workbooks.places(workbooks.tables_of(job.path, job.name, job.workspace))


def _of_workbook(job: DraftJob) -> Drafted:
    """One table of a workbook, as `palu look` sees it and as a contract then reads it."""
    tables = workbooks.tables_of(job.path, job.name, job.workspace)
    if not tables:  # a single column is no table to look at, but may be one to read
        return _drafted(job, SpreadsheetLayout(kind="spreadsheet", sheet=job.sheet), read)
    table = workbooks.chosen(tables, job.sheet, job.name)
    layout = SpreadsheetLayout.model_validate(workbooks.layout_of(table, tables))
    try:
        return _as_stated(job, layout, _headers(workbooks.as_read(table), job), read)
    except duckdb.Error:
        raise SupplierError("file_unreadable", file=job.name, kind=layout.kind) from None


def _drafted(job: DraftJob, layout: Layout, reading: Callable[..., RawTable]) -> Drafted:
    return _as_stated(job, layout, _headers(reading(job.path, layout, (), job.workspace, job.name), job), reading)


def _as_stated(job: DraftJob, layout: Layout, headers: dict[str, float], reading: Callable[..., RawTable]) -> Drafted:
    raw = _read_as_stated(job, layout, headers, reading)
    with database(job.workspace, *raw.files) as connection:
        columns = tuple(
            name for name in raw.columns if name not in raw.computed or folded(name) not in NUMBERING_HEADERS
        )
        rows = job.workspace / "texts.parquet"
        listed = ", ".join(map(quoted, columns))
        connection.execute(f"COPY (SELECT {listed} FROM {raw.relation}) TO {literal(rows)} (FORMAT parquet)")
        if GEOMETRY in columns:
            from transforms.casting import geometry

            geometry.register(connection)
        table = Table(connection, rows, columns, job.timezone)
        table = replace(table, missing=missing_marks(table))
        fields = drafted_fields(table)
        key = candidate_key(table, fields)
        stated = layout.model_dump(mode="json", exclude_defaults=True)
        skipped = {str(reason): count for reason, count in raw.skipped.items()}
        return Drafted(stated, table.rows, skipped, table.missing, fields, key)


def _headers(raw: RawTable, job: DraftJob) -> dict[str, float]:
    """The headers, and how full each column is."""
    doubtful = [at for at, name in enumerate(raw.columns, start=1) if shown(name) == HIDDEN]
    if doubtful:
        raise SupplierError("header_of_data", file=job.name, positions=", ".join(map(str, doubtful)))
    with database(job.workspace, *raw.files) as connection:
        return filled_shares(connection, raw)


def _read_as_stated(
    job: DraftJob, layout: Layout, headers: dict[str, float], reading: Callable[..., RawTable]
) -> RawTable:
    """As a contract with these headers reads the file; running numbers are a column only where they do not run."""
    wanted = {name: Wanted((name,), share >= NEARLY_FULL) for name, share in headers.items()}
    plain = tuple(one for name, one in wanted.items() if folded(name) not in NUMBERING_HEADERS)
    try:
        return reading(job.path, layout, plain, job.workspace, job.name)
    except SupplierError as error:
        if error.code != "column_unknown":
            raise
    return reading(job.path, layout, tuple(wanted.values()), job.workspace, job.name)


def _kind(job: DraftJob) -> str | None:
    """By the name of the file. SupplierError: `kind_unread`, `kind_archive`, `kind_dump`."""
    suffix = Path(job.name).suffix.lower().removeprefix(".")
    kind = next((kind for kind, suffixes in KINDS.items() if suffix in suffixes), None)
    if kind == "csv" or suffix in ("zip", "sql"):
        kind_of(job.path, job.name)  # what is an archive or a dump, its bytes say
    if kind is None:
        known = ", ".join(suffix for suffixes in KINDS.values() for suffix in suffixes)
        raise SupplierError("kind_unread", file=job.name, known=known)
    return kind


def _layout(job: DraftJob) -> Layout:
    return CsvLayout(kind="csv") if _kind(job) == "csv" else _layout_of_json(job)


def _layout_of_json(job: DraftJob) -> Layout:
    """By what the file holds; errors of its syntax are the reader's to tell."""
    try:
        document = json.loads(job.path.read_bytes())
    except (ValueError, RecursionError):
        return JsonLayout(kind="json")
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        return GeoJsonLayout(kind="geojson")
    lists = _lists_of_records(document)
    if len(lists) > 1:
        raise SupplierError("records_many", file=job.name, count=len(lists))
    return JsonLayout(kind="json", records=lists[0] if lists else None)


def _lists_of_records(document: Any, above: str = "", depth: int = 3) -> list[str]:
    """The dotted paths to lists of objects below an object."""
    found: list[str] = []
    for key, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            found.append(above + key)
        elif isinstance(value, dict) and depth:
            found.extend(_lists_of_records(value, f"{above}{key}.", depth - 1))
    return found
