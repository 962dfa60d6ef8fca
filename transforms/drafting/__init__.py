"""A file that no contract knows -> what its columns seem to be: a draft for a person to look at, never a decision.

Reads the file twice: for the tables that are seen in it, then one of them as its contract will read it. Runs in a
process of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from schemas.contracts.drafting import DraftField
from schemas.errors import AuthorError, SupplierError
from schemas.tables import database, literal, quoted
from transforms.reading import RawTable, Wanted, read, read_slowly
from transforms.reading.archives import deliveries, entries_of, is_archive, is_document, opened
from transforms.reading.columns import NUMBERING_HEADERS, folded
from transforms.reading.glance import look
from transforms.reading.records import GEOMETRY
from transforms.reading.table import SECTION_COLUMN, SHEET_COLUMN

from .columns import Named, drafted_fields
from .facts import Table, missing_marks
from .keys import candidate_key
from .naming import of_sections, of_sheets, title_and_unit
from .tables import Chosen, chosen

NEARLY_FULL = 0.75
"""A column as full as this is one that data rows have: signatures of a small table fill a sixth of it."""


@dataclass(frozen=True, slots=True)
class DraftJob:
    """A file, the name that people know it by, the table to take, and a private folder to work in.

    `place` is a table's as `palu look` names it, None for the one that is plainly meant; `stated` are keys of the
    source that a person has answered for. `member` is the file that is meant inside a zip archive, None for its only
    one.
    """

    path: Path
    name: str
    place: str | None
    workspace: Path
    timezone: str
    stated: Mapping[str, str] = field(default_factory=dict)
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was seen: `layout` as a contract's source states it, where every row went, and the columns.

    `place` is the table's as `palu look` names it, `sheets` are those that are read together, `others` the places of
    the file's other tables; `remarks` counts what an officer should hear of the file, by code.
    """

    place: str
    layout: dict[str, Any]
    rows: int
    skipped: dict[str, int]
    missing: tuple[str, ...]
    fields: tuple[DraftField, ...]
    key: tuple[str, ...]
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    remarks: tuple[tuple[str, int, str], ...] = ()


def drafted(job: DraftJob) -> Drafted:
    """Read a file, or the one inside an archive, and propose its fields.

    Raises SupplierError and AuthorError as `look`, `chosen`, `opened` and reading do.
    """
    try:
        if job.member is None:
            return _seen(job, _chosen(job))
    except AuthorError as error:
        if error.code != "look_archive":
            raise
    inside = _opened(job)
    found = _seen(inside, _chosen(inside))
    return replace(found, layout={**found.layout, "member": inside.member})


def _seen(job: DraftJob, table: Chosen) -> Drafted:
    try:
        return _drafted(job, table, read)
    except duckdb.Error:
        if table.layout.kind != "csv":
            raise SupplierError("file_unreadable", file=job.name, kind=table.layout.kind) from None
    try:
        return _drafted(job, table, read_slowly)  # a large file that turned out to be irregular
    except duckdb.Error:
        raise SupplierError("file_unreadable", file=job.name, kind=table.layout.kind) from None


def places(job: DraftJob) -> tuple[str, ...]:
    """The places of the visible tables of a file, for a person who chooses one."""
    job = _opened(job) if job.member else job
    seen = look(job.path, job.workspace, job.name)
    return tuple(table.place for table in seen if table.rows and not table.hidden)


def inside(job: DraftJob) -> tuple[str, ...]:
    """The names of the files in a zip archive that may be meant; none for a file that is no archive."""
    entries = entries_of(job.path) if is_archive(job.path) else None
    return deliveries(job.path, job.name) if entries is not None and not is_document(entries) else ()


def _opened(job: DraftJob) -> DraftJob:
    path, name, member = opened(job.path, job.member, job.workspace, job.name)
    return replace(job, path=path, name=name, member=member)


def _chosen(job: DraftJob) -> Chosen:
    table = chosen(look(job.path, job.workspace, job.name), job.path, job.name, job.place)
    known = {key: value for key, value in job.stated.items() if key in type(table.layout).model_fields}
    return replace(table, layout=table.layout.model_copy(update=known))


def _drafted(job: DraftJob, table: Chosen, reading: Callable[..., RawTable]) -> Drafted:
    raw = _read_as_stated(job, table, reading)
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
        texts = Table(connection, rows, columns, job.timezone)
        texts = replace(texts, missing=missing_marks(texts))
        fields = drafted_fields(texts, _named(columns, table))
        return Drafted(
            place=table.place,
            layout=table.layout.model_dump(mode="json", exclude_defaults=True) | {"kind": table.layout.kind},
            rows=texts.rows,
            skipped={str(reason): count for reason, count in raw.skipped.items()},
            missing=texts.missing,
            fields=fields,
            key=candidate_key(texts, fields),
            sheets=table.sheets,
            others=table.others,
            remarks=_remarks(raw),
        )


def _remarks(raw: RawTable) -> tuple[tuple[str, int, str], ...]:
    """Each remark once: its code, its count, and the columns that it is about."""
    codes = dict.fromkeys(remark.code for remark in raw.remarks)
    return tuple(
        (
            code,
            sum(one.count for one in raw.remarks if one.code == code),
            ", ".join(one.column for one in raw.remarks if one.code == code and one.column),
        )
        for code in codes
    )


def _named(columns: tuple[str, ...], table: Chosen) -> dict[str, Named]:
    """What each column is called, and its unit: the one of its header, else of the row below."""
    found = {}
    for column in columns:
        title, unit = title_and_unit(column)
        found[column] = Named(title, unit or table.units.get(column))
    if SHEET_COLUMN in found:
        found[SHEET_COLUMN] = Named(of_sheets(table.sheets), None)
    if SECTION_COLUMN in found:
        found[SECTION_COLUMN] = Named(of_sections(table.titles), None)
    return found


def _read_as_stated(job: DraftJob, table: Chosen, reading: Callable[..., RawTable]) -> RawTable:
    """As a contract with these headers reads the file; running numbers are a column only where they do not run."""
    wanted = {name: Wanted((name,), share >= NEARLY_FULL) for name, share in table.shares.items()}
    added = (Wanted((SECTION_COLUMN,), False),) if table.titles else ()
    plain = tuple(one for name, one in wanted.items() if folded(name) not in NUMBERING_HEADERS)
    try:
        return reading(job.path, table.layout, (*plain, *added), job.workspace, job.name)
    except SupplierError as error:
        if error.code != "column_unknown":
            raise
    return reading(job.path, table.layout, (*wanted.values(), *added), job.workspace, job.name)
