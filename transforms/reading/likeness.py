"""Which of a table's first rows is its header, where no contract says what to look for.

Judged by form alone: a header's cells are words where the cells below them are numbers, dates or amounts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.casting.spelled import MONTHS

from .columns import folded
from .headers import HEAD_ROWS, tidy
from .table import NUMBER_MARK

FULL_ENOUGH = 2 / 3
"""Letterheads fill a cell or two."""
ROWS_BELOW = 50
HIGHEST = 3
FEWEST_SHARED = 2

_VALUE = re.compile(
    r"[^\W\d_]{0,3}[.$\s]{0,2}[-+(]?[\d.,/:\s%°'()+-]*\d[\d.,/:\s%°'()+-]*(?:T[\d:.]+Z?)?"
    r"|\d{1,2}[\s/-][^\W\d_]{3,9}[\s/-]\d{2,4}|true|false"
)
PERIOD = re.compile(
    rf"(?:19|20)\d\d|(?:{'|'.join(MONTHS.values())})[.]?[\s/'-]{{0,2}}(?:(?:19|20)?\d\d)", re.IGNORECASE
)
"""A year, or a month of one (`Agt-22`): a value in a column of its kind, else the name of what is counted then."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Likely:
    """Where the header is among the rows it was looked for in (from 0), and its height; 0 where there is none."""

    at: int
    height: int
    width: int


def is_value(cell: str) -> bool:
    """Whether a cell has the form of a number, an amount, a date or a time, and not of a name."""
    return _VALUE.fullmatch(cell.strip().removeprefix(NUMBER_MARK)) is not None


def likely_header(rows: Rows) -> Likely:
    """The header of rows that begin with a table, or with lines above it. `width` is that of the table."""
    head = rows[: HEAD_ROWS + HIGHEST]
    full = [sum(1 for cell in cells if cell.strip()) for cells in head]
    enough = max(full, default=0) * FULL_ENOUGH
    at = next((at for at, filled in enumerate(full) if filled >= enough), 0)
    table = _one_table(rows[at:])
    width = usual_width(table)
    below = [cells for cells in table[1 : 1 + ROWS_BELOW] if len(cells) == width] or table[1:]
    if not is_header(head[at] if head else (), below):
        return Likely(at, 0, width)
    height = 1
    while height < HIGHEST and _goes_on(rows, at + height, width):
        height += 1
    return Likely(at, height, max(width, *(len(_filled(cells, width)) for cells in rows[at : at + height])))


def is_header_again(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a row is the header of another table: it begins like this one, and shares half of its names."""
    own = {folded(name) for name in names if name.strip()}
    if len(own) < FEWEST_SHARED or not cells or folded(cells[0]) not in own:
        return False
    found = [folded(cell) for cell in cells if cell.strip()]
    shared = own.intersection(found)
    return len(shared) >= FEWEST_SHARED and len(shared) * 2 >= max(len(found), len(own))


def _one_table(rows: Rows) -> Rows:
    """The rows before the next table's header; one straight below is a header of several rows."""
    ends = (at for at in range(HIGHEST, len(rows)) if is_header_again(rows[at], rows[0]))
    return rows[: next(ends, len(rows))]


def usual_width(rows: Rows) -> int:
    """How many cells most rows of several cells have."""
    widths = [len(cells) for cells in rows if len(cells) > 1 and any(cell.strip() for cell in cells)]
    return max(widths, key=lambda width: (widths.count(width), width), default=1)


def is_header(cells: Sequence[str], below: Rows) -> bool:
    """Whether the cells are names of what stands below, or one more row of it."""
    speaks, against = _votes(cells, below)
    if speaks or against:
        return speaks > against
    return bool(cells) and not any(is_value(cell) and not PERIOD.fullmatch(cell.strip()) for cell in cells)


def joined_names(window: Rows, width: int) -> tuple[str, ...]:
    """One name a column from one or more header rows, as they stand; a group's name reaches to the right."""
    fitted = [_filled(cells, width) for cells in window]
    padded = [[*cells, *[""] * (width - len(cells))] for cells in fitted]
    for upper in padded[:-1]:
        for at in range(1, width):
            if not upper[at].strip() and padded[-1][at].strip():
                upper[at] = upper[at - 1]
    return tuple(" ".join(tidy(cell) for cell in column if cell.strip()) for column in zip(*padded, strict=True))


def _filled(cells: Sequence[str], width: int) -> list[str]:
    """A header row without the empty cells that make it wider than its table."""
    kept = list(cells)
    while len(kept) > width and "" in kept:
        kept.remove("")
    return kept


def _goes_on(rows: Rows, at: int, width: int) -> bool:
    below = [cells for cells in rows[at + 1 : at + 1 + ROWS_BELOW] if len(cells) == width]
    speaks, against = _votes(rows[at], below) if at < len(rows) else (0, 0)
    return speaks > against


def _votes(cells: Sequence[str], below: Rows) -> tuple[int, int]:
    """How many columns of values have a word above them, and how many have one more value."""
    speaks = against = 0
    for at, cell in enumerate(cells):
        column = [row[at].strip() for row in below if at < len(row) and row[at].strip()]
        values = sum(map(is_value, column))
        if not cell.strip() or values * 2 <= len(column):
            continue
        periods = sum(1 for text in column if PERIOD.fullmatch(text)) * 2 > len(column)
        if not is_value(cell):
            speaks += 1
        elif periods or not PERIOD.fullmatch(cell.strip()):
            against += 1
    return speaks, against
