"""The tables of a delimited text file as they are seen without a contract: the best reading, and what is odd about it.

No row is lost: each is a header's, a table's, or skipped with its number, its reason and its cells.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from schemas.errors import SupplierError

from .assembly import refuse_width
from .at_rest import PLACES, rest
from .columns import distinct
from .delimited import encoding_of, head_of
from .dialect import found_dialect
from .glance import Note, NoteCode, SeenReason, SeenTable, SkippedRow
from .headers import HEAD_ROWS
from .likeness import HIGHEST, ROWS_BELOW, Likely, is_header_again, joined_names, likely_header
from .quoting import Damaged, Dialect, Record, records
from .rows import FOOTER_AT_MOST, Row, counts_columns

LOOKED_AT = HEAD_ROWS + HIGHEST + ROWS_BELOW
ROWS_NAMED = 20
"""A note names so many rows; the rest is a count."""
TABLES_AT_MOST = 50
"""Where there are more, what looks like a header is a row that repeats itself."""
FOOTER_WIDTH = 3
"""In narrower tables a row of one cell may well be data."""
DELIMITERS_SHOWN = {"\t": "tab", " ": "␠"}
ENCODINGS_SHOWN = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}

Numbered = tuple[int, Record]


@dataclass(slots=True)
class _Account:
    """What happened to the rows of one table while they passed by."""

    skipped: list[SkippedRow] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    ragged: list[int] = field(default_factory=list)

    def skip(self, row: Numbered, reason: SeenReason) -> None:
        self.skipped.append(SkippedRow(row[0], reason, tuple(row[1].cells)))


class _Ahead:
    """Rows that can be looked at before they are taken."""

    def __init__(self, rows: Iterable[Numbered]) -> None:
        self._rows, self._seen = iter(rows), deque[Numbered]()

    def seen(self, at_most: int) -> list[Numbered]:
        self._seen.extend(islice(self._rows, max(0, at_most - len(self._seen))))
        return list(islice(self._seen, at_most))

    def take(self) -> Numbered | None:
        return self._seen.popleft() if self._seen else next(self._rows, None)

    def give_back(self, row: Numbered) -> None:
        self._seen.appendleft(row)


def text_tables(path: Path, workspace: Path, name: str) -> tuple[SeenTable, ...]:
    """All tables of the file, one below the other; none where there is nothing but blanks.

    SupplierError: `file_not_text`, `encoding_unclear`, `encoding_wrong`, `file_too_wide`.
    """
    encoding = encoding_of(path, None, name)
    tables: list[SeenTable] = []
    try:
        dialect = found_dialect(head_of(path, encoding), ())
        with path.open(encoding=encoding, newline="") as stream:
            rows = _Ahead(enumerate(records(stream, dialect), start=1))
            while table := _next_table(rows, len(tables) + 1, workspace, name):
                tables.append(replace(table, notes=(_told(encoding, dialect), *table.notes)))
    except UnicodeError:
        raise SupplierError("encoding_wrong", file=name, encoding=encoding) from None
    return tuple(replace(table, place=str(number)) for number, table in enumerate(tables, start=1))


def _next_table(rows: _Ahead, number: int, workspace: Path, file: str) -> SeenTable | None:
    account = _Account()
    _skip_blanks(rows, account)
    head = rows.seen(LOOKED_AT)
    if not head:
        return None
    likely = likely_header([record.cells for _, record in head])
    refuse_width(likely.width, file)
    for _ in range(likely.at):
        _leave_out(rows, account)
    window = [rows.take() for _ in range(likely.height)]
    names = joined_names([row[1].cells for row in window if row], likely.width) if likely.height else ()
    data = _data(rows, names if number < TABLES_AT_MOST else (), likely.width, account)
    columns = distinct(names or ("",) * likely.width, PLACES)
    target = workspace / f"{number}.parquet"
    rested = rest(data, columns, likely.width, target)
    return SeenTable(
        place="",
        hidden=False,
        header_first=head[likely.at][0],
        header_height=likely.height,
        columns=names or ("",) * likely.width,
        rows=rested.rows,
        skipped=tuple(account.skipped),
        notes=tuple(_notes(likely, window, account)),
        names=columns,
        at_rest=target,
    )


def _skip_blanks(rows: _Ahead, account: _Account) -> None:
    while (seen := rows.seen(1)) and _is_blank(seen[0]):
        _leave_out(rows, account)


def _leave_out(rows: _Ahead, account: _Account) -> None:
    row = rows.take()
    if row:
        account.skip(row, "blank" if _is_blank(row) else "preamble")


def _data(rows: _Ahead, names: tuple[str, ...], width: int, account: _Account) -> Iterator[Row]:
    """The rows up to the next header or the end; a few rows of one cell at the end are a footer."""
    held: list[Numbered] = []
    first = True
    while row := rows.take():
        if is_header_again(row[1].cells, names):
            rows.give_back(row)
            break
        if _is_blank(row):
            account.skip(row, "blank")
        elif first and names and counts_columns(row[1].cells):
            account.skip(row, "numbering")
        elif len(held) < FOOTER_AT_MOST and _resembles_footer(row, width):
            held.append(row)
        else:
            yield from _judged([*held, row], width, account)
            held.clear()
            first = False
    for row in held:
        account.skip(row, "footer")


def _judged(rows: Iterable[Numbered], width: int, account: _Account) -> Iterator[Row]:
    """The rows that fit into the table, each oddity noted."""
    for number, record in rows:
        if any(cell.strip() for cell in record.cells[width:]):
            account.skip((number, record), "surplus")
            continue
        if record.condition == "repaired":
            account.repaired.append(number)
        elif record.condition == "damaged" or len(record.cells) != width:
            account.ragged.append(number)
        yield number, record.cells if record.condition == "sound" else Damaged(record.cells)


def _is_blank(row: Numbered) -> bool:
    return not any(cell.strip() for cell in row[1].cells)


def _resembles_footer(row: Numbered, width: int) -> bool:
    return width >= FOOTER_WIDTH and sum(1 for cell in row[1].cells if cell.strip()) == 1


def _told(encoding: str, dialect: Dialect) -> Note:
    shown = DELIMITERS_SHOWN.get(dialect.delimiter, dialect.delimiter)
    return Note(
        "dialect", {"encoding": ENCODINGS_SHOWN.get(encoding, encoding), "delimiter": shown, "quote": dialect.quote}
    )


def _notes(likely: Likely, window: Sequence[Numbered | None], account: _Account) -> Iterator[Note]:
    if not likely.height:
        yield Note("no_header")
    for row in window:
        if row and len(row[1].cells) != likely.width:
            yield Note("header_ragged", {"row": row[0], "cells": len(row[1].cells), "columns": likely.width})
    odd: tuple[tuple[NoteCode, list[int]], ...] = (("ragged", account.ragged), ("repaired", account.repaired))
    for code, numbers in odd:
        if numbers:
            yield Note(code, {"count": len(numbers), "numbers": ", ".join(map(str, numbers[:ROWS_NAMED]))})
