"""Where a table begins in a sheet as offices write it: below letterheads, under merged headers.

The contract knows its columns, so the header is where most of them stand. Reads no row below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from schemas.errors import SupplierError

from .columns import Wanted, assigned, expected_headers, folded
from .rows import Row

HEAD_ROWS = 100
"""Letterheads are a dozen rows; below a hundred a table is taken to have no header that we know."""
WINDOW_HEIGHTS = (1, 2, 3)

Merge = tuple[tuple[int, int], tuple[int, int]]
"""Upper left and lower right cell, (row, column) from 0, as calamine gives them."""


@dataclass(frozen=True, slots=True)
class Header:
    """The rows `first` to `first + height - 1`, and one name a column; empty where there is none."""

    first: int
    height: int
    names: tuple[str, ...]


def find_header(
    head: Sequence[Row], wanted: tuple[Wanted, ...], fixed: int | None, merges: Sequence[Merge], file: str
) -> Header:
    """The header among the first rows; `fixed` is its first row where the contract states it.

    SupplierError: `file_empty`, `header_row_missing`, and `header_not_found` with the expected headers:
    never with what stands there, which may be anybody's data.
    """
    if not any(cell.strip() for _, cells in head for cell in cells):
        raise SupplierError("file_empty", file=file)
    if not wanted:
        return _first_that_looks_like_one(head, fixed, file)
    best, fields = None, 0
    for height in WINDOW_HEIGHTS:
        for start in _starts(head, fixed, height):
            window = head[start : start + height]
            names = _names(window, merges, wanted)
            if (score := len(assigned(names, wanted))) > fields:
                best, fields = Header(window[0][0], height, names), score
    if best is None or fields * 2 < len(wanted):
        raise SupplierError("header_not_found", file=file, expected=expected_headers(wanted))
    return best


def head_rows(rows: Iterable[Row], fixed: int | None) -> list[Row]:
    """As many of the first rows as a header is looked for in; an iterator goes on behind them."""
    return list(islice(rows, max(HEAD_ROWS, fixed or 0) + max(WINDOW_HEIGHTS)))


def _starts(head: Sequence[Row], fixed: int | None, height: int) -> list[int]:
    return [at for at in range(len(head) - height + 1) if fixed is None or head[at][0] == fixed]


def _first_that_looks_like_one(head: Sequence[Row], fixed: int | None, file: str) -> Header:
    """The stated row, or the first that is two thirds as full as the fullest: letterheads fill a cell or two."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in head]
    enough = max(filled) * 2 / 3
    for (number, cells), count in zip(head, filled, strict=True):
        if number == fixed or (fixed is None and count >= enough):
            return Header(number, 1, tuple(tidy(cell) for cell in cells))
    raise SupplierError("header_row_missing", file=file, row=fixed or 1)


def tidy(header: str) -> str:
    """A header on one line, without what cannot be printed."""
    return "".join(letter for letter in " ".join(header.split()) if letter.isprintable())


def _names(window: Sequence[Row], merges: Sequence[Merge], wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    """One name a column: its parts joined top-down, or the lowest alone where a field is called so."""
    parts = [_parts(column) for column in zip(*spread(window, merges), strict=True)]
    known = {folded(variant) for field in wanted for variant in field.variants}
    lowest = [folded(column[-1]) if column else "" for column in parts]
    names = []
    for column, low in zip(parts, lowest, strict=True):
        joined = " ".join(column)
        alone = folded(joined) not in known and low in known and lowest.count(low) == 1
        names.append(column[-1] if alone else joined)
    return tuple(names)


def _parts(column: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(tidy(cell) for cell in column if cell.strip()))


def joined(window: Sequence[Row], merges: Sequence[Merge]) -> tuple[str, ...]:
    """One name a column from the rows of a header: its parts joined top-down."""
    return _names(window, merges, ())


def spread(window: Sequence[Row], merges: Sequence[Merge]) -> list[list[str]]:
    """The window as a rectangle, each merged header written into every cell that it covers."""
    width = max(len(cells) for _, cells in window)
    rectangle = [[*cells, *[""] * (width - len(cells))] for _, cells in window]
    top = window[0][0] - 1
    inside = [merge for merge in merges if merge[0][0] < top + len(window) and merge[1][0] >= top]
    for merge in inside:
        _fill_merge(rectangle, merge, top)
    if not inside:
        _fill_from_the_left(rectangle)
    return rectangle


def _fill_merge(rectangle: list[list[str]], merge: Merge, top: int) -> None:
    (first_row, first_column), (last_row, last_column) = merge
    if first_row < top or first_column >= len(rectangle[0]):
        return
    text = rectangle[first_row - top][first_column]
    for cells in rectangle[first_row - top : last_row - top + 1]:
        for column in range(first_column, min(last_column + 1, len(cells))):
            cells[column] = text


def _fill_from_the_left(rectangle: list[list[str]]) -> None:
    """Formats that do not tell their merges leave blanks to the right, over the parts of a group."""
    for upper, lower in pairwise(rectangle):
        for column in range(1, len(upper)):
            if not upper[column].strip() and lower[column].strip():
                upper[column] = upper[column - 1]
