"""One damaged row of text -> the cells with the fewest oddities, among all ways to cut it.

A shortest path: each cell is a step, each oddity has a price, and so has each cell more or less than the table has.
"""

import heapq
import re
from collections.abc import Iterator
from itertools import count

LETTERS_AT_MOST = 1 << 13
MARKS_AT_MOST = 40
STEPS_AT_MOST = 2_000

STRAY_MARK = 1.0
"""A quotation mark that neither opens nor closes a cell, and is not doubled."""
STRAY_MARK_BESIDE_A_DELIMITER = 2.0
"""There it may well open or close a cell; two of them are dearer than a cell too many."""
LOST_DELIMITER = 1.5
"""Between a quoted cell and its neighbour; a little dearer than a stray mark, and cheaper than two."""
BLANKS_OUTSIDE = 0.5
WRONG_WIDTH = 3.0
"""For each cell more or less than the table has."""

Step = tuple[float, int, str]
"""A price, where the next cell begins (behind the text: none does), and the cell."""


def cut(text: str, delimiter: str, quote: str, width: int) -> list[str]:
    """The cells of a row whose quotation is broken; plainly split where it is too long to think about."""
    if len(text) > LETTERS_AT_MOST or text.count(quote) > MARKS_AT_MOST:
        return text.split(delimiter)
    path = _cheapest(text, delimiter, quote, width)
    return path if path is not None else text.split(delimiter)


def _cheapest(text: str, delimiter: str, quote: str, width: int) -> list[str] | None:
    end, order = len(text) + 1, count()
    waiting: list[tuple[float, int, int, int, tuple[object, ...]]] = [(0.0, next(order), 0, 0, ())]
    seen: set[tuple[int, int]] = set()
    for _ in range(STEPS_AT_MOST):
        if not waiting:
            return None
        price, _, at, cells, path = heapq.heappop(waiting)
        if at > end:
            return _unrolled(path)
        if (at, cells) in seen:
            continue
        seen.add((at, cells))
        if at == end:
            paid = price + (WRONG_WIDTH * abs(cells - width) if width else 0.0)
            heapq.heappush(waiting, (paid, next(order), end + 1, cells, path))
            continue
        for cost, following, cell in _steps(text, at, delimiter, quote):
            heapq.heappush(waiting, (price + cost, next(order), following, cells + 1, (path, cell)))
    return None


def _unrolled(path: tuple[object, ...]) -> list[str]:
    cells = []
    while path:
        above, cell = path
        cells.append(str(cell))
        path = above if isinstance(above, tuple) else ()
    return cells[::-1]


def _steps(text: str, at: int, delimiter: str, quote: str) -> Iterator[Step]:
    found = text.find(delimiter, at)
    until = found if found >= 0 else len(text)
    following = found + len(delimiter) if found >= 0 else len(text) + 1
    plain = text[at:until]
    yield _strays(text, at, until, delimiter, quote), following, plain
    mark = text.find(quote, at + 1, until)
    if mark > 0 and text[at] != quote and plain.strip():
        yield LOST_DELIMITER, mark, text[at:mark]
    blanks = len(plain) - len(plain.lstrip(" "))
    if text.startswith(quote, at + blanks):
        yield from _quoted_steps(text, at + blanks, delimiter, quote, BLANKS_OUTSIDE if blanks else 0.0)


def _quoted_steps(text: str, opening: int, delimiter: str, quote: str, paid: float) -> Iterator[Step]:
    run, lone = 0, 0.0
    closing = text.find(quote, opening + 1)
    while closing >= 0:
        yield from _closed(
            text, opening, closing, delimiter, quote, paid + lone + _price_of_run(text, closing, run, delimiter)
        )
        run += 1
        following = text.find(quote, closing + 1)
        if following != closing + 1:
            lone += _price_of_run(text, closing + 1, run, delimiter)
            run = 0
        closing = following


def _closed(text: str, opening: int, closing: int, delimiter: str, quote: str, price: float) -> Iterator[Step]:
    """The step to behind a closing mark, if a delimiter, the end or a lost delimiter can stand there."""
    cell, behind = text[opening + 1 : closing].replace(quote * 2, quote), closing + 1
    after = len(text) - len(text[behind:].lstrip(" "))
    if after == len(text):
        yield price + (BLANKS_OUTSIDE if after > behind else 0.0), len(text) + 1, cell
    elif text.startswith(delimiter, behind):
        yield price, behind + len(delimiter), cell
    elif text.startswith(delimiter, after):
        yield price + BLANKS_OUTSIDE, after + len(delimiter), cell
    elif not text.startswith(quote, behind):  # two marks are one letter, and never a lost delimiter
        yield price + LOST_DELIMITER, behind, cell


def _price_of_run(text: str, end: int, marks: int, delimiter: str) -> float:
    """The price of marks in a quoted cell that end before `end`: an even number is doubled, and free."""
    return _price(text, end - marks, end, delimiter) if marks % 2 else 0.0


def _strays(text: str, first: int, end: int, delimiter: str, quote: str) -> float:
    """The price of the marks in an unquoted cell; an apostrophe between two letters is a letter."""
    pattern = r"(?<!\w)'|'(?!\w)" if quote == "'" else re.escape(quote)
    found = re.compile(pattern).finditer(text, first, end)
    return sum(_price(text, mark.start(), mark.end(), delimiter) for mark in found)


def _price(text: str, start: int, end: int, delimiter: str) -> float:
    beside = start == 0 or end == len(text) or text.endswith(delimiter, 0, start) or text.startswith(delimiter, end)
    return STRAY_MARK_BESIDE_A_DELIMITER if beside else STRAY_MARK
