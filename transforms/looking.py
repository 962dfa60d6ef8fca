"""A file -> what a person is shown of it before there is a contract: tables, proposed types, examples; or its rows.

Each function is all that ever happens to the foreign file, so that it can run in a process of its own.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow.parquet as pq

from schemas.errors import AuthorError
from transforms.casting.proposal import Proposal, proposed_type
from transforms.reading.columns import shown
from transforms.reading.glance import SeenTable, SkippedRow, look
from transforms.reading.table import NUMBER_MARK, ROW_COLUMN

ROWS_JUDGED = 5_000
"""Types are proposed from so many first rows; a contract's check reads them all."""
EXAMPLES = 2
BATCH_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Glance:
    """What is asked for: a file, the name that people know it by, where to write, and one table's place."""

    file: Path
    name: str
    workspace: Path
    place: str | None

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
    """A column's name (made up where the file has none), its proposed type, and its first cells."""

    name: str
    proposal: Proposal
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
    tables = look(glance.file, glance.workspace, glance.name)
    asked = (_at(tables, glance),) if glance.place is not None else tables
    return tuple(Described(table, tuple(_columns(table))) for table in asked)


def copied(glance: Glance) -> tuple[Copied, ...]:
    """Write one table, the first visible one where none is asked for, and every row that is not in it."""
    tables = look(glance.file, glance.workspace, glance.name)
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


def _at(tables: tuple[SeenTable, ...], glance: Glance) -> SeenTable:
    found = next((table for table in tables if table.place == glance.place), None)
    if found is None:
        places = ", ".join(shown(table.place) for table in tables)
        raise AuthorError("table_unknown", file=glance.name, table=str(glance.place), tables=places)
    return found


def _columns(table: SeenTable) -> Iterator[SeenColumn]:
    rows = list(islice(_rows(table), ROWS_JUDGED))
    for at, name in enumerate(table.names):
        cells = [row[at] for row in rows]
        examples = tuple(islice(dict.fromkeys(cell.strip(NUMBER_MARK) for cell in cells if cell.strip()), EXAMPLES))
        yield SeenColumn(name, proposed_type(cells), examples)


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
