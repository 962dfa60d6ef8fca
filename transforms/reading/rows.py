"""Which rows below the header are data, and why each of the others is not. Judges no single value."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from schemas.errors import SupplierError

from .table import SkipReason

Cells = Sequence[str]
Row = tuple[int, Cells]
"""A row's number in its source, from 1, and its cells as text; an empty cell is empty text."""
Skipped = Counter[SkipReason]

TOTAL_WORDS = r"(?:grand\s*total|sub[\s-]*total|sub[\s-]*jumlah|jumlah|total|rata\s*-?\s*rata)"
_BEGINS_AS_TOTAL = re.compile(TOTAL_WORDS + r"(?!\w)", re.IGNORECASE)
_IS_TOTAL = re.compile(rf"{TOTAL_WORDS}(?:\s*[/|(]\s*{TOTAL_WORDS}\s*\)?)*[\s.:;,=*-]*", re.IGNORECASE)
"""Also in two languages: `Jumlah / Total`."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_ORDINAL = re.compile(r"\(?\s*([0-9]{1,5})\s*\)?(?:\s*=[-+/:x*()0-9\s%.,]*)?")
"""`3`, `(3)`, and what is computed: `(5) = (3) + (4)`."""

FOOTER_AT_MOST = 100
"""A longer run of nearly empty rows is no signature block: its rows are data that lack what is required."""
NUMBERING_AT_LEAST = 3
"""Two cells `1` and `2` may well be data."""
COUNTING_AT_LEAST = 5
"""So may be four that leave a number out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Column positions: those that fields want, and of these the ones that no row may lack."""

    wanted: tuple[int, ...]
    required: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the contract says of the rows below the header: those that are no data, and the text that ends them."""

    skip: tuple[range, ...] = ()
    stop: str | None = None


UNBOUNDED = Bounds()


def data_rows(rows: Iterable[Row], shape: Shape, skipped: Skipped) -> Iterator[Row]:
    """The rows that are data; each other is counted in `skipped`.

    Where no field is required, a footer must follow a row that was left out: nothing else tells it from data.
    After such a gap a signature may also stand below a required column.
    """
    held: list[Row] = []
    after_gap = False
    for row in rows:
        reason = reason_to_skip(row[1], shape)
        if reason:
            skipped[reason] += 1
            after_gap = True
            continue
        resembles = resembles_signature if after_gap else resembles_footer
        if len(held) < FOOTER_AT_MOST and resembles(row[1], shape):
            held.append(row)
            continue
        yield from held
        held.clear()
        after_gap = False
        yield row
    if held:
        skipped["footer"] += len(held)


def reason_to_skip(cells: Cells, shape: Shape) -> SkipReason | None:
    """Why a row cannot be data wherever it stands. Without wanted columns only blanks are told apart."""
    first = next((cell for cell in cells if cell and not cell.isspace()), None)
    if first is None:
        return "blank"
    if not shape.wanted or not _BEGINS_AS_TOTAL.match(first := first.strip()):
        return None
    if _IS_TOTAL.fullmatch(first) or (shape.required and _lacks(cells, shape.required)):
        return "total"
    return None


def begins_as_total(text: str) -> bool:
    """Whether a text begins with a word for a sum or a mean."""
    return bool(_BEGINS_AS_TOTAL.match(text))


def resembles_footer(cells: Cells, shape: Shape) -> bool:
    """Whether a row has nothing of what is required, and less than half of what is wanted."""
    return bool(shape.required) and _lacks(cells, shape.required) and less_than_half(cells, shape.wanted)


def resembles_signature(cells: Cells, shape: Shape) -> bool:
    """Whether a row has less than half of what is wanted, and of what is required, if anything is."""
    if not less_than_half(cells, shape.wanted):
        return False
    return not shape.required or less_than_half(cells, shape.required)


def less_than_half(cells: Cells, positions: Sequence[int]) -> bool:
    """Whether a row has something at less than half of these positions."""
    return sum(1 for at in positions if _filled(cells, at)) * 2 < len(positions)


def without_headers(rows: Iterable[Row], names: Sequence[str], skipped: Skipped) -> Iterator[Row]:
    """The rows without the header's own repetitions: programs print one on each page, and copies bring theirs along.

    Names of fewer than two columns may be data.
    """
    at = next((at for at, name in enumerate(names) if name), 0)
    is_telling = sum(1 for name in names if name) > 1
    for row in rows:
        cells = row[1]
        if is_telling and at < len(cells) and cells[at] == names[at] and _are(cells, names):
            skipped["repeated"] += 1
        else:
            yield row


def _are(cells: Cells, names: Sequence[str]) -> bool:
    return [" ".join(cell.split()) for cell in cells if cell.strip()] == [name for name in names if name]


def observed(
    rows: Iterable[Row], watches: Sequence[tuple[int, Callable[[str, str], bool]]], seen: set[int]
) -> Iterator[Row]:
    """The same rows; a position is put into `seen` when its watch says so of a cell and the one above it."""
    above = {at: "" for at, _ in watches}
    for row in rows:
        for at, notices in watches:
            cell = row[1][at].strip() if at < len(row[1]) else ""
            if cell:
                if notices(cell, above[at]):
                    seen.add(at)
                above[at] = cell
        yield row


def any_cell(_cell: str, _above: str) -> bool:
    """Notices every cell that holds something."""
    return True


def not_the_next_number(cell: str, above: str) -> bool:
    """Notices a cell that neither counts on from the one above nor begins again at 1."""
    number, previous = (re.sub(r"[\s().]", "", text) for text in (cell, above))
    if not _NUMBER.fullmatch(number):
        return True
    counts_on = _NUMBER.fullmatch(previous) and int(number) == int(previous) + 1
    return int(number) != 1 and not counts_on


def counts_columns(cells: Cells) -> bool:
    """Whether a row such as `(1) (2) (3)` numbers the columns."""
    filled = [(at, cell.strip()) for at, cell in enumerate(cells, start=1) if cell.strip()]
    ordinals = [_ORDINAL.fullmatch(cell) for _, cell in filled]
    if len(filled) < NUMBERING_AT_LEAST or not all(ordinals):
        return False
    numbers = [int(ordinal[1]) for ordinal in ordinals if ordinal]
    return numbers in ([at for at, _ in filled], list(range(1, len(filled) + 1))) or _counts_on(numbers)


def _counts_on(numbers: Sequence[int]) -> bool:
    """Whether the row counts its columns although one or two were taken out of the table since: `1 2 4 5 6`."""
    onward = all(before < after for before, after in pairwise(numbers))
    return len(numbers) >= COUNTING_AT_LEAST and numbers[0] == 1 and onward and numbers[-1] <= len(numbers) + 2


def filled(cells: Cells, at_most: int) -> list[int]:
    """The positions that hold something; the first `at_most` of them."""
    return list(islice((at for at, cell in enumerate(cells) if cell and not cell.isspace()), at_most))


def within(rows: Iterable[Row], bounds: Bounds, skipped: Skipped, file: str) -> Iterator[Row]:
    """The rows that the contract's `skip` and `stop` leave; SupplierError `stop_missing` where nothing stops them."""
    remaining = iter(rows)
    for row in remaining:
        if bounds.stop and first_text(row[1]).casefold().startswith(bounds.stop.casefold()):
            skipped["below"] += 1 + sum(1 for _ in remaining)
            return
        if any(row[0] in span for span in bounds.skip):
            skipped["stated"] += 1
        else:
            yield row
    if bounds.stop:
        raise SupplierError("stop_missing", file=file, stop=bounds.stop)


def first_text(cells: Cells) -> str:
    """The first cell that holds something."""
    return next((cell.strip() for cell in cells if cell and not cell.isspace()), "")


def bounds_of(skip: Iterable[str], stop: str | None) -> Bounds:
    """Rows as a contract states them, `12` or `20-25`, as ranges."""
    ends = [span.partition("-") for span in skip]
    return Bounds(tuple(range(int(first), int(last or first) + 1) for first, _, last in ends), stop)


def _filled(cells: Cells, at: int) -> bool:
    return at < len(cells) and bool(cells[at]) and not cells[at].isspace()


def _lacks(cells: Cells, positions: Sequence[int]) -> bool:
    return not any(_filled(cells, at) for at in positions)
