"""Numbered rows of text -> a `RawTable`: header, data rows, account.

Knows no file format; what a format knows of itself comes in as a `Sheet`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from schemas.errors import SupplierError
from schemas.tables import read_parquet

from .at_rest import PLACES, rest
from .columns import Wanted, assigned, distinct, folded, matched, numbering_columns, shown, told, unknown
from .headers import Header, Merge, find_header, head_rows
from .rows import UNBOUNDED, Bounds, Row, Shape, Skipped, any_cell, data_rows, not_the_next_number, observed, within
from .table import SECTION_COLUMN, SHEET_COLUMN, RawTable

ADDED = frozenset({SHEET_COLUMN, SECTION_COLUMN})
"""Columns that stand in no header."""
WIDEST = 16_384
"""Excel's own limit; a file with more columns is damaged or hostile."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a table's file, and what its format tells beside them.

    `below` takes out of the rows under the header what only this format has there, `kept` sees those that are data.
    `hidden` are columns, from 0, that are not read; `added` those that `below` puts behind the cells of each row.
    """

    rows: Iterable[Row]
    merges: Sequence[Merge]
    fixed_header: int | None
    below: "Below"
    kept: "Kept"
    bounds: Bounds = UNBOUNDED
    hidden: frozenset[int] = frozenset()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Under:
    """What is known where the rows under a header begin."""

    header: Header
    window: Sequence[Row]
    shape: Shape


Below = Callable[[Iterable[Row], Under, Skipped], Iterable[Row]]
Kept = Callable[[Iterable[Row], Under], Iterable[Row]]


def unwatched(rows: Iterable[Row], _under: Under) -> Iterable[Row]:
    """The data of a format that tells nothing of single cells."""
    return rows


def assembled(sheet: Sheet, wanted: tuple[Wanted, ...], workspace: Path, file: str) -> RawTable:
    """Find the header, hold it against what is wanted, write the data rows; errors as those steps raise."""
    skipped: Skipped = Counter()
    header, rows = begun(sheet, wanted, skipped, file)
    return at_rest(rows, header, wanted, skipped, workspace, frozenset(sheet.added))


def assembled_together(
    sheets: Iterable[tuple[str, Sheet]], wanted: tuple[Wanted, ...], workspace: Path, file: str
) -> RawTable:
    """Several sheets of the same columns, one below the other, as one table: its columns are those of the first.

    SupplierError `sheets_differ` besides the errors of one sheet: a column of the first is missing further on.
    """
    skipped: Skipped = Counter()
    parts = ((title, sheet, *begun(sheet, wanted, skipped, file)) for title, sheet in sheets)
    first = next(parts)
    columns = _columns_of(first[2], wanted)
    headers: list[Header] = []

    def rows() -> Iterator[Row]:
        for title, sheet, header, kept in chain([first], parts):
            headers.append(header)
            yield from _arranged(kept, header, columns, wanted, frozenset(sheet.added), title, file)

    together = Header(first[2].first, first[2].height, columns)
    table = at_rest(rows(), together, wanted, skipped, workspace, frozenset(first[1].added))
    return replace(table, header_rows=sum(header.height for header in headers))


def _columns_of(header: Header, wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    """The columns of the first sheet that count: those that fields want and those that reading adds, or all."""
    claimed = set(assigned(header.names, wanted).values())
    return tuple(
        name for at, name in enumerate(header.names) if name and (not wanted or at in claimed or name in ADDED)
    )


def _arranged(
    rows: Iterable[Row],
    header: Header,
    columns: tuple[str, ...],
    wanted: tuple[Wanted, ...],
    added: frozenset[str],
    title: str,
    file: str,
) -> Iterator[Row]:
    """A sheet's rows in the order of the first sheet's columns; errors of its own columns as `at_rest` raises."""
    seen: set[int] = set()
    watches = _watches(header.names, checked_columns(header.names, wanted, added))
    places = _places(header.names, columns, wanted)
    if None in places:
        raise SupplierError("sheets_differ", file=file, sheet=shown(title))
    order = [at for at in places if at is not None]
    for number, cells in _watched(rows, watches, seen):
        yield number, [cells[at] if at < len(cells) else "" for at in order]
    if seen:
        raise unknown(header.names, sorted(seen), wanted)


def _places(names: Sequence[str], columns: tuple[str, ...], wanted: tuple[Wanted, ...]) -> list[int | None]:
    """Where each column of the first sheet stands in this one, whatever variant of its name is written here."""
    here, first = assigned(names, wanted), assigned(columns, wanted)
    same = {first[number]: here[number] for number in first if number in here}
    known = {folded(name): at for at, name in reversed([*enumerate(names)]) if name}
    return [same.get(at, known.get(folded(name))) for at, name in enumerate(columns)]


def begun(sheet: Sheet, wanted: tuple[Wanted, ...], skipped: Skipped, file: str) -> tuple[Header, Iterable[Row]]:
    """A sheet's header, with the columns that reading adds, and its data rows, which are yet to be read."""
    rows = iter(sheet.rows)
    head = head_rows(rows, sheet.fixed_header)
    written = tuple(field for field in wanted if not set(field.variants) & ADDED)
    header = find_header(head, written, sheet.fixed_header, sheet.merges, file)
    refuse_width(len(header.names), file)
    header = _without_hidden(header, sheet.hidden, written, file)
    skipped["preamble"] += sum(1 for number, _ in head if number < header.first)
    last = header.first + header.height
    window = [row for row in head if header.first <= row[0] < last]
    under = Under(header, window, shape(header.names, written))
    below = within((row for row in chain(head, rows) if row[0] >= last), sheet.bounds, skipped, file)
    kept = data_rows(sheet.below(below, under, skipped), under.shape, skipped)
    return Header(header.first, header.height, (*header.names, *sheet.added)), sheet.kept(kept, under)


def _without_hidden(header: Header, hidden: frozenset[int], wanted: tuple[Wanted, ...], file: str) -> Header:
    """The header without the columns that are not read; SupplierError `columns_hidden` where a field wants one."""
    lost = sorted(hidden.intersection(assigned(header.names, wanted).values()))
    if lost:
        columns, positions = (
            ", ".join(told(header.names[at], wanted) for at in lost),
            ", ".join(str(at + 1) for at in lost),
        )
        raise SupplierError("columns_hidden", file=file, columns=columns, positions=positions)
    names = tuple("" if at in hidden else name for at, name in enumerate(header.names))
    return Header(header.first, header.height, names)


def at_rest(
    rows: Iterable[Row],
    header: Header,
    wanted: tuple[Wanted, ...],
    skipped: Skipped,
    workspace: Path,
    computed: frozenset[str] = frozenset(),
) -> RawTable:
    """Write the rows, and judge the columns of which only the cells tell whether they count."""
    running = checked_columns(header.names, wanted, computed)
    seen: set[int] = set()
    watches = _watches(header.names, running)
    names = distinct(header.names, PLACES)
    target = workspace / "rows.parquet"
    least = max((at for at, name in enumerate(header.names, start=1) if name), default=0)
    rested = rest(_watched(rows, watches, seen), names, least, target)
    if wanted and seen:
        raise unknown(header.names, sorted(seen), wanted)
    return RawTable(
        relation=read_parquet(target),
        files=(target,),
        columns=tuple(name for at, name in enumerate(names) if header.names[at] or at in seen),
        rows=rested.rows,
        first_row=None,
        header_rows=header.height,
        header_row=header.first or None,
        ragged=rested.ragged,
        skipped={reason: count for reason, count in skipped.items() if count},
        computed=computed.union(names[at] for at in running),
    )


def checked_columns(
    names: tuple[str, ...], wanted: tuple[Wanted, ...], computed: frozenset[str] = frozenset()
) -> tuple[int, ...]:
    """Hold the headers against what is wanted; gives the positions of running numbers that nobody wants."""
    if not wanted:
        return ()
    running = numbering_columns(names, wanted)
    matched(names, computed.union(names[at] for at in running), wanted)
    return running


def shape(names: Sequence[str], wanted: tuple[Wanted, ...]) -> Shape:
    """Where the wanted columns stand."""
    found = assigned(names, wanted)
    required = tuple(at for number, at in found.items() if wanted[number].required)
    return Shape(wanted=tuple(found.values()), required=required)


def refuse_width(columns: int, file: str) -> None:
    """SupplierError `file_too_wide` above `WIDEST`."""
    if columns > WIDEST:
        raise SupplierError("file_too_wide", file=file, columns=columns, at_most=WIDEST)


Watch = tuple[int, Callable[[str, str], bool]]


def _watches(names: Sequence[str], running: Sequence[int]) -> list[Watch]:
    """What only the cells tell: whether a column without a header holds anything, whether numbers run on."""
    nameless = [at for at, name in enumerate(names) if not name]
    return [(at, any_cell) for at in nameless] + [(at, not_the_next_number) for at in running]


def _watched(rows: Iterable[Row], watches: Sequence[Watch], seen: set[int]) -> Iterable[Row]:
    return observed(rows, watches, seen) if watches else rows
