"""A file -> what a person is shown of it before there is a contract: tables, proposed types, examples; or its rows.

Each function is all that ever happens to the foreign file, so that it can run in a process of its own.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from schemas.errors import AuthorError
from schemas.tables import database
from transforms.drafting.columns import Named, seen_type
from transforms.drafting.facts import Table, missing_marks
from transforms.drafting.naming import title_and_unit
from transforms.drafting.types import Typed
from transforms.reading.archives import opened
from transforms.reading.columns import shown
from transforms.reading.glance import SeenTable, SkippedRow, look
from transforms.reading.records import GEOMETRY
from transforms.reading.table import NUMBER_MARK, ROW_COLUMN

EXAMPLES = 2
COLUMNS_SHOWN = 100
"""Nobody reads more on a screen, and the type of each is tried on its cells."""
ROWS_SHOWN = 1_000
"""Examples are taken from so many first rows."""
BATCH_ROWS = 20_000
ANY_TIMEZONE = "UTC"
"""Whether a cell is a moment is the same in all of them."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What is asked for: a file, the name that people know it by, where to write, one table's place, and which file is
    meant where it is a zip archive (None for its only one)."""

    file: Path
    name: str
    workspace: Path
    place: str | None
    member: str | None = None

    @property
    def rows(self) -> Path:
        """Where `copied` writes the table as CSV."""
        return self.workspace / "table.csv"

    @property
    def skipped(self) -> Path:
        """Where `copied` writes the rows that are not in it: number, reason, cells."""
        return self.workspace / "skipped.csv"


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column's name (made up where the file has none), the type that it seems to have, None where nothing stands in
    it, its unit, and its first cells."""

    name: str
    kind: Typed | None
    unit: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A table and its columns."""

    table: SeenTable
    columns: tuple[SeenColumn, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """What was written: the table, how many rows are not in it, and the file's other tables."""

    table: SeenTable
    skipped: int
    others: tuple[str, ...]


def described(glance: Glance) -> tuple[Described, ...]:
    """Every table, or the one at `glance.place`. Errors as `look` raises them; AuthorError `table_unknown`."""
    tables = _tables(glance)
    asked = (_at(tables, glance),) if glance.place is not None else tables
    return tuple(Described(table, tuple(_columns(table, glance.workspace))) for table in asked)


def copied(glance: Glance) -> tuple[Copied, ...]:
    """Write one table, the first visible one where none is asked for, and every row that is not in it."""
    tables = _tables(glance)
    glance.rows.touch()
    glance.skipped.touch()
    if not tables:
        return ()
    visible = [table for table in tables if not table.hidden] or tables
    table = _at(tables, glance) if glance.place is not None else visible[0]
    others = [one for one in tables if one.place != table.place]
    with glance.rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(_with_header(table))
    left_out = sorted([*table.skipped, *(row for one in others for row in one.skipped)], key=lambda row: row.number)
    rows = [*_written(left_out), *(row for one in others for row in _elsewhere(one))]
    with glance.skipped.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return (Copied(table, len(rows), tuple(one.place for one in others)),)


def _tables(glance: Glance) -> tuple[SeenTable, ...]:
    try:
        if glance.member is None:
            return look(glance.file, glance.workspace, glance.name)
    except AuthorError as error:
        if error.code != "look_archive":
            raise
    path, name, _ = opened(glance.file, glance.member, glance.workspace, glance.name)
    return look(path, glance.workspace, name)


def _at(tables: tuple[SeenTable, ...], glance: Glance) -> SeenTable:
    found = next((table for table in tables if table.place == glance.place), None)
    if found is None:
        places = ", ".join(shown(table.place) for table in tables)
        raise AuthorError("table_unknown", file=glance.name, table=str(glance.place), tables=places)
    return found


def _columns(table: SeenTable, workspace: Path) -> Iterator[SeenColumn]:
    """The first `COLUMNS_SHOWN` columns, each with the type that `palu new` would write."""
    rows = list(islice(_rows(table), ROWS_SHOWN))
    with database(workspace, table.at_rest) as connection:
        if GEOMETRY in table.names:
            from transforms.casting import geometry

            geometry.register(connection)
        texts = Table(connection, table.at_rest, table.names[:COLUMNS_SHOWN], ANY_TIMEZONE)
        texts = replace(texts, missing=missing_marks(texts))
        for at, name in enumerate(texts.columns):
            named = Named(*title_and_unit(name))
            cells = (row[at].strip(NUMBER_MARK) for row in rows if row[at].strip())
            kind = seen_type(texts, name, named)
            unit = named.unit or (kind.unit if kind else None)
            yield SeenColumn(name, kind, unit, tuple(islice(dict.fromkeys(cells), EXAMPLES)))


def _rows(table: SeenTable) -> Iterator[list[str]]:
    """The data rows, an empty cell as empty text."""
    for _, cells in _numbered(table):
        yield cells


def _numbered(table: SeenTable) -> Iterator[tuple[int, list[str]]]:
    with pq.ParquetFile(table.at_rest) as file:
        for batch in file.iter_batches(BATCH_ROWS, columns=[ROW_COLUMN, *table.names]):
            numbers, *columns = (batch.column(name).to_pylist() for name in (ROW_COLUMN, *table.names))
            for number, *cells in zip(numbers, *columns, strict=True):
                yield number, [cell or "" for cell in cells]


def _with_header(table: SeenTable) -> Iterator[list[str]]:
    """Header first; a table that has none in its file has none here."""
    if any(table.columns):
        yield list(table.columns)
    for cells in _rows(table):
        yield [cell.lstrip(NUMBER_MARK) for cell in cells]


def _written(rows: list[SkippedRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [str(row.number), row.reason, *row.cells]


def _elsewhere(table: SeenTable) -> Iterator[list[str]]:
    """The rows of another table of the same file."""
    for number in range(table.header_first, table.header_first + table.header_height):
        yield [str(number), "other_table", *table.columns]
    for number, cells in _numbered(table):
        yield [str(number), "other_table", *(cell.lstrip(NUMBER_MARK) for cell in cells)]
