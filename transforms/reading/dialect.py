"""How a text file separates and quotes its cells: stated, or found in its first lines. Reads no further than those."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from itertools import islice

from .columns import Wanted, folded
from .headers import HEAD_ROWS
from .quoting import LARGEST_CELL, Dialect, records

DELIMITERS = (",", ";", "\t", "|")
ODD_DELIMITERS = (", ", "; ", "~", "^", " ")
"""Looked for where nobody says which columns are wanted, and only where they explain a file better."""
DOUBLED = ("|", ":", ";", "~", "^", "#")
"""Letters that some programs write twice between cells."""
QUOTES = ('"', "'")
LETTERS_JUDGED = 1 << 16
LINES_JUDGED = HEAD_ROWS + 100
BETTER_BY = 0.02
"""A delimiter further back in the list must explain this much more of a file."""
UNPLACED = 0.5
"""Marks that stand beside no delimiter may be inches, or belong to another delimiter."""
PROSE_SHARE = 0.9
"""Blanks part words: unless marks stand beside them, they must part nearly all rows alike to be a delimiter."""


def found_delimiter(text: str, wanted: tuple[Wanted, ...]) -> str:
    """The delimiter under which most of the wanted headers appear, then under which the rows agree best."""
    if stated := _stated(text):
        return stated
    return max(DELIMITERS, key=lambda delimiter: _likelihood(text, delimiter, wanted))


def found_dialect(text: str, wanted: tuple[Wanted, ...], delimiter: str | None = None) -> Dialect:
    """The whole dialect of the first lines; `delimiter` is the one that a contract states.

    Of two that explain a file alike, the one that cuts it finer: in `Pasar;12,5` the comma is a decimal one.
    """
    delimiter = delimiter or _stated(text)
    if delimiter is None and wanted and any(_likelihood(text, one, wanted)[0] for one in DELIMITERS):
        delimiter = found_delimiter(text, wanted)
    text = _first_lines(text)
    choices = (delimiter,) if delimiter else (*_doubled(text), *DELIMITERS, *ODD_DELIMITERS)
    best, most = Dialect(choices[0]), -1.0
    for one in choices:
        for quote in QUOTES:
            dialect, explained = _judged(text, Dialect(one, quote, _escape(text, one, quote)))
            longer = one != best.delimiter == one.rstrip(" ") and dialect.width == best.width > 1
            wider = one in DELIMITERS and dialect.width > best.width and dialect.quote == best.quote
            if explained > most + BETTER_BY or ((longer or wider) and explained >= most):
                best, most = dialect, explained
    return best


def sound_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows up to the first that cannot be read: of a text that was cut somewhere, say."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(_reader(StringIO(text, newline=""), delimiter))
    return rows


def is_plain(text: str, delimiter: str) -> bool:
    """Whether cells are quoted, if at all, as RFC 4180 says."""
    dialect = found_dialect(text, (), delimiter)
    return dialect.quote == '"' and not dialect.escape


def _stated(text: str) -> str | None:
    """Excel's own first line."""
    line = re.match(r"sep=(.)\r?\n", text)
    return line[1] if line else None


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LARGEST_CELL)
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _doubled(text: str) -> list[str]:
    """Delimiters of two letters: wherever the one stands, it stands twice."""
    return [one * 2 for one in DOUBLED if one * 2 in text and text.count(one) == 2 * text.count(one * 2)]


def _first_lines(text: str) -> str:
    """As many whole lines as are enough to judge by."""
    if len(text) <= LETTERS_JUDGED:
        return text
    return text[: max(text.rfind(end, 0, LETTERS_JUDGED) for end in "\n\r") + 1] or text


def _escape(text: str, delimiter: str, quote: str) -> str:
    """What stands before a mark inside a quoted cell, if marks are not doubled there."""
    mark = re.escape(quote)
    escaped = len(re.findall(rf"\\{mark}(?!{re.escape(delimiter)}|[\r\n])", text))
    doubled = len(re.findall(rf"(?<=[^{mark}\\]){mark}{mark}(?!{mark})", text))
    return "\\" if escaped > doubled else ""


def _judged(text: str, dialect: Dialect) -> tuple[Dialect, float]:
    """The dialect with the rows' usual width, and how much of the text it explains, 0 to 1.

    That is the part of the rows that have this width, times the part of the quotation marks that stand beside a
    delimiter. The rows of one cell count: a file of one column is explained by no delimiter.
    """
    lines = StringIO(text, newline="")
    found = islice(records(lines, dialect, _left_whole), LINES_JUDGED)
    widths = Counter(len(one.cells) if one.condition == "sound" else 0 for one in found if any(one.cells))
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return dialect, 0.0
    width = max(several, key=lambda width: (several[width], width))
    agreeing = several[width] / widths.total()
    placed, marks = _placed(text, dialect)
    if dialect.quote != QUOTES[0] and not placed:
        return dialect, 0.0
    if dialect.delimiter == " " and not placed and agreeing < PROSE_SHARE:
        return dialect, 0.0
    return replace(dialect, width=width), agreeing * (placed / marks if placed else UNPLACED if marks else 1.0)


def _left_whole(text: str, _delimiter: str, _quote: str, _width: int) -> list[str]:
    """A row that is not sound speaks for no dialect, so nothing is made of it."""
    return [text]


def _placed(text: str, dialect: Dialect) -> tuple[int, int]:
    """How many marks stand where one opens or closes a cell, and how many there are; doubled ones say nothing."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    alone = re.sub(rf"(?<={quote}){quote}|\\{quote}", "", text) if dialect.escape else text
    marks = len(re.findall(rf"(?<!{quote}){quote}(?!{quote})", alone))
    opening = len(re.findall(rf"(?:^|{delimiter}|\n|\r){quote}(?!{quote})", alone))
    closing = len(re.findall(rf"(?<!{quote}){quote}(?={delimiter}|\r|\n|$)", alone))
    if not opening:
        return 0, marks
    return min(opening + closing, marks), marks


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
