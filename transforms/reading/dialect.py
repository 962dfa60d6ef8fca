"""How a text file separates its cells: stated, or found in its first lines. Reads no further than those."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import count, islice

from schemas.errors import SupplierError

from .columns import Wanted, folded
from .headers import HEAD_ROWS

DELIMITERS = (",", ";", "\t", "|")
LARGEST_CELL = 1 << 24
"""No cell of a table is this long: a quotation mark was opened and never closed."""
LINES_JUDGED = HEAD_ROWS + 100


@dataclass(frozen=True, slots=True)
class Dialect:
    """The encoding and the delimiter of a file; cells are quoted with `"`, doubled inside."""

    encoding: str
    delimiter: str


def found_delimiter(text: str, wanted: tuple[Wanted, ...]) -> str:
    """The delimiter under which most of the wanted headers appear, then under which the rows agree best."""
    if stated := re.match(r"sep=(.)\r?\n", text):
        return stated[1]
    return max(DELIMITERS, key=lambda delimiter: _likelihood(text, delimiter, wanted))


def cells_of(lines: Iterable[str], delimiter: str, file: str) -> Iterator[list[str]]:
    """The rows of delimited text. SupplierError `quote_unbalanced` with the row whose quotation is wrong."""
    rows = _reader(lines, delimiter)
    for number in count(1):
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise SupplierError("quote_unbalanced", file=file, row=number) from None
        yield cells


def sound_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows up to the first that cannot be read: of a text that was cut somewhere, say."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(_reader(StringIO(text, newline=""), delimiter))
    return rows


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _likelihood(text: str, delimiter: str, wanted: tuple[Wanted, ...]) -> tuple[int, float, int]:
    rows = [cells for cells in islice(sound_rows(text, delimiter), LINES_JUDGED) if any(cells)]
    known = {folded(variant) for field in wanted for variant in field.variants}
    met = [len(known.intersection(map(folded, cells))) for cells in rows[:HEAD_ROWS]]
    if not any(met):
        return 0, *_agreement(rows)
    header = met.index(max(met))
    return max(met), *_agreement_with(len(rows[header]), rows[header:])


def _agreement_with(width: int, rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """The share of rows that are this wide, and the width."""
    return sum(1 for cells in rows if len(cells) == width) / len(rows), width


def _agreement(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """The same for the width that most rows of several cells have; nothing where there is none."""
    counts = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not counts:
        return 0.0, 0
    return _agreement_with(max(counts, key=lambda width: (counts[width], width)), rows)
