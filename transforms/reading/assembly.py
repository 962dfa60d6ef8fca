"""Numbered rows of text -> a `RawTable`: header, data rows, account.

Knows no file format; what a format knows of itself comes in as a `Sheet`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from schemas.errors import SupplierError
from schemas.tables import read_parquet

from .at_rest import PLACES, rest
from .columns import Wanted, assigned, distinct, matched, numbering_columns, unknown
from .headers import Header, Merge, find_header, head_rows
from .rows import Row, Shape, Skipped, any_cell, data_rows, not_the_next_number, observed, without_headers
from .table import RawTable

WIDEST = 16_384
"""Excel's own limit; a file with more columns is damaged or hostile."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a table's file, and what its format tells beside them.

    `below` takes out of the rows under the header what only this format has there.
    """

    rows: Iterable[Row]
    merges: Sequence[Merge]
    fixed_header: int | None
    below: Callable[[Iterable[Row], Skipped], Iterable[Row]]


def assembled(sheet: Sheet, wanted: tuple[Wanted, ...], workspace: Path, file: str) -> RawTable:
    """Find the header, hold it against what is wanted, write the data rows; errors as those steps raise."""
    rows = iter(sheet.rows)
    head = head_rows(rows, sheet.fixed_header)
    header = find_header(head, wanted, sheet.fixed_header, sheet.merges, file)
    refuse_width(len(header.names), file)
    skipped: Skipped = Counter({"preamble": sum(1 for number, _ in head if number < header.first)})
    under = (row for row in chain(head, rows) if row[0] >= header.first + header.height)
    once = without_headers(sheet.below(under, skipped), header.names, skipped)
    kept = data_rows(once, shape(header.names, wanted), skipped)
    return at_rest(kept, header, wanted, skipped, workspace)


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
    nameless = [at for at, name in enumerate(header.names) if not name]
    seen: set[int] = set()
    watches = [(at, any_cell) for at in nameless] + [(at, not_the_next_number) for at in running]
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


def _watched(
    rows: Iterable[Row], watches: Sequence[tuple[int, Callable[[str, str], bool]]], seen: set[int]
) -> Iterable[Row]:
    return observed(rows, watches, seen) if watches else rows


def unchanged(rows: Iterable[Row], _skipped: Skipped) -> Iterable[Row]:
    """What is below the header of a format that has nothing of its own there."""
    return rows
