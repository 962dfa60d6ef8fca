"""Lines of delimited text -> rows of cells, one bad quotation mark costing one row and not the file.

A row that is written as RFC 4180 says is cut by Python's own reader. Of any other it is said that it is damaged;
`cut` then finds the reading with the fewest oddities, and whoever calls decides whether that is good enough.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Literal, NamedTuple

from .cutting import cut

LARGEST_CELL = 1 << 24
"""No cell of a table is this long: a quotation mark was opened and never closed."""
LINES_OF_A_ROW = 1_000
"""A quotation mark that is open for longer was never meant to open."""
MENDED_AT_MOST = 1_000
LINES_TOGETHER = 256
WIDE_ENOUGH = 3
"""In narrower tables a line of prose may have as many commas as a row."""
STAND_IN = "\ue001"
"""Stands for a delimiter of many letters while Python's reader, which knows only one, is at work."""

Condition = Literal["sound", "damaged", "repaired"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates its cells. `width` is how many most rows have, 0 where that is not known.

    `quote` is empty where nothing is quoted; a quotation mark inside a quoted cell is doubled, or stands behind
    `escape`.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    width: int = 0


class Record(NamedTuple):
    """The cells of one row. `damaged`: its quotation is broken; `repaired`: and yet it has as many as most."""

    cells: list[str]
    condition: Condition = "sound"


class Damaged(tuple[str, ...]):
    """The cells of a row whose quotation is broken: however many there are, nobody can say which is which."""

    __slots__ = ()


Mend = Callable[[str, str, str, int], list[str]]
"""The cells of a row whose quotation is broken, from its text, the delimiter, the mark and the usual width."""


def records(lines: Iterable[str], dialect: Dialect, mend: Mend = cut) -> Iterator[Record]:
    """The rows of a text whose lines still have their ends."""
    csv.field_size_limit(LARGEST_CELL)
    source = iter(lines)
    ahead: deque[str] = deque()
    mend = _at_most(MENDED_AT_MOST, mend)
    while batch := list(islice(source, LINES_TOGETHER)):
        if (rows := _together(batch, dialect)) is not None:
            yield from map(Record, rows)
            continue
        ahead.extend(batch)
        while ahead:
            yield _record(ahead.popleft(), source, ahead, dialect, mend)


def _at_most(rows: int, mend: Mend) -> Mend:
    """The same, and plainly split after so many rows: a file of nothing but damage is not worth the time."""
    left = count(rows, -1)

    def mended(text: str, delimiter: str, quote: str, width: int) -> list[str]:
        return mend(text, delimiter, quote, width) if next(left) > 0 else text.split(delimiter)

    return mended


def _together(batch: list[str], dialect: Dialect) -> list[list[str]] | None:
    """Many rows at once, ten times as fast; None unless each is one line, and no mark is left in a cell."""
    if not dialect.quote or dialect.escape or len(dialect.delimiter) > 1:
        return None
    try:
        rows = list(csv.reader(batch, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        return None
    if len(rows) != len(batch) or any(dialect.quote in cell for cells in rows for cell in cells):
        return None
    return [cells or [""] for cells in rows]


def _record(line: str, source: Iterator[str], ahead: deque[str], dialect: Dialect, mend: Mend) -> Record:
    text = _without_end(line)
    if not dialect.quote or dialect.quote not in text:
        return Record(text.split(dialect.delimiter))
    return _quoted(line, text, source, ahead, dialect, mend)


def _quoted(line: str, text: str, source: Iterator[str], ahead: deque[str], dialect: Dialect, mend: Mend) -> Record:
    alone = _strictly(text, dialect)
    if alone is not None:
        return _settled(alone, text, dialect, mend)
    taken = _to_the_closing_mark(line, source, ahead, dialect)
    joined = _strictly(_without_end("".join(taken)), dialect) if taken else None
    if joined is not None and len(joined) == dialect.width:
        return Record(joined, "damaged" if _swallows_rows(taken, dialect) else "sound")
    cells = mend(text, dialect.delimiter, dialect.quote, dialect.width)
    fits = len(cells) == dialect.width
    if joined is not None and not fits:
        return Record(joined)
    ahead.extendleft(reversed(taken[1:]))
    return Record(cells, "repaired" if fits else "damaged")


def _swallows_rows(taken: list[str], dialect: Dialect) -> bool:
    """Whether whole rows stand in what would be one cell: more likely two marks were lost than a table was quoted."""
    inside = (_without_end(line).split(dialect.delimiter) for line in taken[1:-1])
    return dialect.width >= WIDE_ENOUGH and any(len(cells) == dialect.width for cells in inside)


def _settled(cells: list[str], text: str, dialect: Dialect, mend: Mend) -> Record:
    """A row that Python's reader took; it takes a mark inside an unquoted cell for a letter."""
    if _is_suspicious(cells, dialect):
        found = mend(text, dialect.delimiter, dialect.quote, dialect.width)
        return Record(found, "repaired" if len(found) == dialect.width else "damaged")
    if len(cells) < dialect.width and any(dialect.quote in cell for cell in cells):
        found = mend(text, dialect.delimiter, dialect.quote, dialect.width)
        if len(found) == dialect.width:
            return Record(found, "repaired")
    return Record(cells)


def _is_suspicious(cells: list[str], dialect: Dialect) -> bool:
    """Whether a mark opens in the middle of one cell and closes at the end of a later one."""
    odd = [cell for cell in cells if cell.count(dialect.quote) % 2]
    return len(odd) > 1 and not odd[0].endswith(dialect.quote) and odd[-1].rstrip().endswith(dialect.quote)


def _to_the_closing_mark(line: str, source: Iterator[str], ahead: deque[str], dialect: Dialect) -> list[str]:
    """The line and those after it, up to the first that makes the marks even; nothing where none does.

    What was read in vain is left in `ahead`.
    """
    taken, marks = [line], _marks(line, dialect)
    while marks % 2 and len(taken) <= LINES_OF_A_ROW:
        following = ahead.popleft() if ahead else next(source, None)
        if following is None:
            break
        taken.append(following)
        marks += _marks(following, dialect)
    if marks % 2 == 0 and len(taken) > 1:
        return taken
    ahead.extendleft(reversed(taken[1:]))
    return []


def _marks(line: str, dialect: Dialect) -> int:
    escaped = line.count(dialect.escape + dialect.quote) if dialect.escape else 0
    return line.count(dialect.quote) - escaped


def _strictly(text: str, dialect: Dialect) -> list[str] | None:
    """What Python's reader makes of one row; None where it refuses it or finds more than one."""
    if dialect.escape:
        text = re.sub(r"(?<!\\)((?:\\\\)*)\\" + dialect.quote, r"\1" + dialect.quote * 2, text)
    many = len(dialect.delimiter) > 1
    if many:
        text = text.replace(dialect.delimiter, STAND_IN)
    delimiter = STAND_IN if many else dialect.delimiter
    try:
        rows = list(csv.reader([text], delimiter=delimiter, quotechar=dialect.quote, strict=True))
    except csv.Error:
        return None
    if len(rows) != 1:
        return None
    return [cell.replace(STAND_IN, dialect.delimiter) for cell in rows[0]] if many else rows[0]


def _without_end(line: str) -> str:
    if line.endswith("\r\n"):
        return line[:-2]
    return line[:-1] if line.endswith(("\n", "\r")) else line
