"""The tables that stand among rows of text, where no contract says what to look for: a proposal, row by row accounted.

Judged by form alone. A table begins at a row of words over rows that fill the same columns, and ends where such a
row of another table begins; what stands above, between and below is left out with its reason.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .columns import NUMBERING_HEADERS, folded
from .headers import Merge, joined, spread
from .likeness import FULL_ENOUGH, HIGHEST, PERIOD, is_header, is_value
from .office import Sections, furniture, is_note, is_units, spanned_rows, without_remarks, without_sections
from .rows import Cells, Row, Shape, Skipped, counts_columns, data_rows, filled, reason_to_skip
from .table import SkipReason

ROWS_BELOW = 12
SECTIONS_FROM_WIDTH = 3
"""In a narrower table a lone cell is as likely a row that lacks its other one."""
OTHER_COLUMNS = 2
"""Columns without a name that first hold something below a gap: one may be a remark, two are another table's."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no data of its table, and why."""

    row: Row
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class ProposedTable:
    """One table: its header's first row (from 1) and height (0 where it has none), its columns' names and positions
    in the source (from 0), its data rows and those that were left out, each with the cells of these columns."""

    header_first: int
    header_height: int
    names: tuple[str, ...]
    positions: tuple[int, ...]
    rows: tuple[Row, ...]
    skipped: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Band:
    """Where one header stands among the rows, from which row on its table's letterhead, and where its rows end."""

    begin: int
    header: int
    height: int
    end: int


@dataclass(frozen=True, slots=True)
class _Merges:
    """The merged cells, and those of them that begin in each row (from 1)."""

    all: Sequence[Merge]
    beginning: Mapping[int, Sequence[Merge]]


def proposed_tables(rows: Sequence[Row], merges: Sequence[Merge]) -> tuple[ProposedTable, ...]:
    """Every table among the rows, in their order; none where no row holds two cells."""
    merged = _Merges(merges, _by_row(merges))
    bands = tuple(_bands(rows, merged))
    tables = [table for band in bands for table in _tables_of(rows, band, merged)]
    if tables:
        below = (LeftOut(row, "footer" if filled(row[1], at_most=1) else "blank") for row in rows[bands[-1].end :])
        tables[-1] = replace(tables[-1], skipped=(*tables[-1].skipped, *below))
    return tuple(tables)


def _by_row(merges: Sequence[Merge]) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        found.setdefault(merge[0][0] + 1, []).append(merge)
    return found


def _bands(rows: Sequence[Row], merges: _Merges) -> Iterator[_Band]:
    """The bands from above; a header over nothing, as titles side by side look, is the letterhead of the next."""
    begin, at = 0, 0
    while band := _next_band(rows, begin, at, merges):
        at = band.end
        if any(filled(cells, at_most=1) for _, cells in rows[band.header + band.height : at]) or at == len(rows):
            yield band
            begin = at


def _next_band(rows: Sequence[Row], begin: int, first: int, merges: _Merges) -> _Band | None:
    header = next((at for at in range(first, len(rows)) if _begins_table(rows, at, merges)), None)
    if header is None:
        header = next((at for at in range(begin, len(rows)) if len(filled(rows[at][1], at_most=2)) > 1), None)
        return None if header is None or begin else _Band(begin, header, 0, len(rows))
    height = _height(rows, header, merges)
    return _Band(begin, header, height, _end(rows, header, height, merges))


def _begins_table(rows: Sequence[Row], at: int, merges: _Merges) -> bool:
    """Whether a row names columns: words, as wide as what stands below, each of its own."""
    cells = _spread_row(rows[at], merges)
    names = [cell for cell in cells if cell.strip()]
    if len(set(map(folded, names))) < 2 or counts_columns(cells) or is_units(cells):
        return False
    if any(is_value(name) and not PERIOD.fullmatch(name.strip()) for name in names):
        return False
    below = [row[1] for row in islice(_following(rows, at + 1), ROWS_BELOW)]
    widest = max((len(filled(other, at_most=len(other))) for other in below), default=0)
    return widest > 1 and len(names) >= widest * FULL_ENOUGH and is_header(cells, below)


def _following(rows: Sequence[Row], at: int) -> Iterator[Row]:
    return (row for row in islice(rows, at, None) if filled(row[1], at_most=1))


def _spread_row(row: Row, merges: _Merges) -> list[str]:
    return spread([row], merges.beginning.get(row[0], ()))[0]


def _height(rows: Sequence[Row], header: int, merges: _Merges) -> int:
    height = 1
    while height < HIGHEST and header + height < len(rows) and _goes_on(rows, header, height, merges):
        height += 1
    return height


def _goes_on(rows: Sequence[Row], header: int, height: int, merges: _Merges) -> bool:
    """Whether the next row names parts of what the rows above name, which merges show, or blanks beside them."""
    number, cells = rows[header + height]
    names = filled(cells, at_most=len(cells))
    if not names or counts_columns(cells) or is_units(cells):
        return False
    if any(is_value(cells[at]) and not PERIOD.fullmatch(cells[at].strip()) for at in names):
        return False
    first = rows[header][0] - 1
    over = [merge for above in range(first + 1, number) for merge in merges.beginning.get(above, ())]
    if over:
        parted = {at for (_, left), (last, right) in over if last < number - 1 for at in range(left, right + 1)}
        return any(last >= number - 1 for _, (last, _) in over) or parted.issuperset(names)
    above = rows[header + height - 1][1]
    blanks = [at for at in names if at >= len(above) or not above[at].strip()]
    return bool(blanks) and filled(above, at_most=1)[0] not in names


def _end(rows: Sequence[Row], header: int, height: int, merges: _Merges) -> int:
    """Where the rows end: above the header of a table of another kind, at rows of other columns, or with the rows."""
    window = [row[1] for row in rows[header : header + height]]
    named = {at for at, name in enumerate(joined(rows[header : header + height], merges.all)) if name}
    values: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    for at in range(header + height, len(rows)):
        cells = rows[at][1]
        places = filled(cells, at_most=len(cells))
        after_gap = not filled(rows[at - 1][1], at_most=1) or len(filled(rows[at - 1][1], at_most=2)) == 1
        if after_gap and len(places) > 1 and not _repeats(cells, window) and _begins_table(rows, at, merges):
            clash = sum(1 for place in places if values[place] * 2 > seen[place] and not is_value(cells[place]))
            if clash or any(not seen[place] for place in places):
                above = _above(rows, at, header + height)
                return above if above < at else _above_gap(rows, at, header + height)
        if after_gap and sum(1 for place in places if place not in named and not seen[place]) >= OTHER_COLUMNS:
            return _above_gap(rows, at, header + height)
        for place in places:
            seen[place] += 1
            values[place] += is_value(cells[place])
    return len(rows)


def _above(rows: Sequence[Row], at: int, least: int) -> int:
    """The first of the title lines right above a header."""
    while at > least and len(filled(rows[at - 1][1], at_most=2)) == 1:
        at -= 1
    return at


def _above_gap(rows: Sequence[Row], at: int, least: int) -> int:
    """The title that stands between two gaps above a row, numbered or not; without one the row itself."""
    title = at - 1
    while title > least and not filled(rows[title][1], at_most=1):
        title -= 1
    is_alone = title > least and not filled(rows[title - 1][1], at_most=1)
    return title if is_alone and len(filled(rows[title][1], at_most=3)) < 3 else at


def _repeats(cells: Cells, window: Sequence[Cells]) -> bool:
    texts = [folded(cell) for cell in cells if cell.strip()]
    return any(texts == [folded(cell) for cell in row if cell.strip()] for row in window)


def _tables_of(rows: Sequence[Row], band: _Band, merges: _Merges) -> Iterator[ProposedTable]:
    """The band's table, or those that stand side by side in it; lines above the header go with the first."""
    window = rows[band.header : band.header + band.height]
    names = joined(window, merges.all) if window else ()
    body = rows[band.header + band.height : band.end]
    width = max(len(names), *(len(cells) for _, cells in body), 0) if body else len(names)
    names = (*names, *[""] * (width - len(names)))
    used = {at for _, cells in body for at in filled(cells, at_most=len(cells))}
    columns = [at for at in range(width) if names[at] or at in used]
    above = [LeftOut(row, _reason_above(row)) for row in rows[band.begin : band.header]]
    for positions in _side_by_side(columns, names):
        yield _table(window, body, band, names, tuple(positions), above, merges)
        above = []


def _reason_above(row: Row) -> SkipReason:
    return "preamble" if filled(row[1], at_most=1) else "blank"


def _side_by_side(columns: Sequence[int], names: Sequence[str]) -> list[list[int]]:
    """The columns in groups, where empty ones part groups that begin with a number each or repeat a name."""
    groups: list[list[int]] = []
    for at in columns:
        if groups and groups[-1][-1] == at - 1:
            groups[-1].append(at)
        else:
            groups.append([at])
    heads = [[folded(names[at]) for at in group if names[at]] for group in groups]
    apart = all(len(head) > 1 for head in heads) and (
        all(head[0] in NUMBERING_HEADERS for head in heads) or len(set().union(*heads)) < sum(map(len, heads))
    )
    return groups if apart else [list(columns)]


def _table(
    window: Sequence[Row],
    body: Sequence[Row],
    band: _Band,
    names: Sequence[str],
    positions: tuple[int, ...],
    above: list[LeftOut],
    merges: _Merges,
) -> ProposedTable:
    cut_window, cut_body = _cut(window, positions), _cut(body, positions)
    shape = Shape(tuple(range(len(positions))), ())
    skipped: Skipped = Counter()
    sections = Sections(shape, spanned_rows(merges.all), asked=len(positions) >= SECTIONS_FROM_WIDTH)
    data = without_remarks(furniture(cut_body, cut_window, skipped), shape, skipped)
    kept = tuple(data_rows(without_sections(data, sections, skipped, lambda row, _: row), shape, skipped))
    numbers = {number for number, _ in kept}
    last = max(numbers, default=0)
    texts = [row[1] for row in cut_window]
    left = [LeftOut(row, _reason(row, texts, shape, last)) for row in cut_body if row[0] not in numbers]
    first = window[0][0] if window else body[0][0]
    return ProposedTable(first, band.height, tuple(names[at] for at in positions), positions, kept, (*above, *left))


def _cut(rows: Sequence[Row], positions: Sequence[int]) -> list[Row]:
    return [(number, [cells[at] if at < len(cells) else "" for at in positions]) for number, cells in rows]


def _reason(row: Row, window: Sequence[Cells], shape: Shape, last: int) -> SkipReason:
    """Why a row was left out: the rules that leave rows out count them only."""
    cells = row[1]
    plain = reason_to_skip(cells, shape)
    if plain is not None:
        return plain
    if _repeats(cells, window):
        return "repeated"
    if counts_columns(cells):
        return "numbering"
    if is_units(cells):
        return "units"
    if is_note(cells):
        return "note"
    return "section" if row[0] < last else "footer"
