"""A large, regular CSV file as a relation that DuckDB reads where it lies: no row is copied.

Judges the first and the last rows with the row rules, and searches all bytes between for lines that those
rules would leave out. Whatever is not plainly regular is left to the reading row by row.
"""

import mmap
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

from schemas.contracts import CsvLayout
from schemas.tables import file_literal

from .assembly import checked_columns, shape
from .columns import Wanted, distinct
from .dialect import found_delimiter, is_plain, sound_rows
from .encoding import is_utf8, marked_encoding, stated_encoding
from .headers import Header, find_header, head_rows
from .rows import Shape, not_the_next_number, observed, reason_to_skip, resembles_footer
from .table import RawTable

LARGE_BYTES = 4_000_000
"""Smaller files are read row by row within half a second, with a full account of their rows."""
HEAD_BYTES = 1 << 18
TAIL_BYTES = 1 << 16
TAIL_LINES_TRIED = 50
"""A tail may begin inside a quoted cell of many lines; then one of its next lines begins a row."""
SUSPECTS_AT_MOST = 10_000

_SUSPECT = re.compile(rb"\n(?=[\s,;|\"'jtgsrJTGSR])[\s,;|\"']*(?:\n|(?i:jumlah|total|grand|sub|rata))")

_QUOTED_AFTER_BLANKS = re.compile(r' +"')
"""DuckDB takes the quotation mark for the beginning of the cell, and drops the blanks."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What the judgement needs of a file beside its bytes; `rows` are the first ones below the header."""

    delimiter: str
    header: Header
    rows: Sequence[Sequence[str]]
    shape: Shape
    running: tuple[int, ...]


def table_in_place(
    path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], file: str, at_least_bytes: int = LARGE_BYTES
) -> RawTable | None:
    """The file as it lies, or None where it is small or irregular. SupplierErrors of the header, as ever."""
    if path.stat().st_size < max(at_least_bytes, 1) or not _is_stated_utf8(layout) or layout.skip or layout.stop:
        return None
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        head = _head_lines(data)
        if head is None:
            return None
        text = _described(head, layout, wanted, file)
        if text is None or not _is_regular(data, text):
            return None
    return _relation(path, text)


def _is_stated_utf8(layout: CsvLayout) -> bool:
    return layout.encoding is None or stated_encoding(layout.encoding) == "utf-8-sig"


def _head_lines(data: mmap.mmap) -> str | None:
    """The first lines as text; None where they are not UTF-8 or do not end as DuckDB expects."""
    head = data[:HEAD_BYTES]
    whole = head[: head.rfind(b"\n") + 1]
    if not whole or b"\0" in head or marked_encoding(head) not in (None, "utf-8-sig") or not is_utf8(head):
        return None
    if whole.count(b"\r") not in (0, whole.count(b"\n")) or whole.count(b"\r") != whole.count(b"\r\n"):
        return None
    return whole.decode("utf-8-sig")


def _described(head: str, layout: CsvLayout, wanted: tuple[Wanted, ...], file: str) -> _Text | None:
    delimiter = layout.delimiter or found_delimiter(head, wanted)
    if not is_plain(head, delimiter):
        return None
    rows = sound_rows(head, delimiter)
    header = find_header(head_rows(enumerate(rows, start=1), layout.header), wanted, layout.header, (), file)
    running = checked_columns(header.names, wanted)
    if header.height != 1 or not all(header.names) or not _can_be_told_to_duckdb(head, delimiter, header):
        return None
    return _Text(delimiter, header, rows[header.first :], shape(header.names, wanted), running)


def _can_be_told_to_duckdb(head: str, delimiter: str, header: Header) -> bool:
    """It skips lines where we skip rows, and knows no delimiter beyond ASCII."""
    lines = islice(StringIO(head, newline=""), header.first)
    return delimiter.isascii() and len(sound_rows("".join(lines), delimiter)) == header.first


def _is_regular(data: mmap.mmap, text: _Text) -> bool:
    return _begins_regularly(text) and _ends_regularly(data, text) and not _has_skipped(data, text)


def _begins_regularly(text: _Text) -> bool:
    """Running numbers are judged by these rows alone: no field wants them, so none is ever published."""
    broken: set[int] = set()
    watches = [(at, not_the_next_number) for at in text.running]
    for _ in observed(enumerate(text.rows), watches, broken):
        pass
    return bool(text.rows) and not broken and _are_data(text.rows, text)


def _are_data(rows: Sequence[Sequence[str]], text: _Text) -> bool:
    width = len(text.header.names)
    return all(
        len(cells) == width
        and reason_to_skip(cells, text.shape) is None
        and not any(_QUOTED_AFTER_BLANKS.match(cell) for cell in cells)
        for cells in rows
    )


def _ends_regularly(data: mmap.mmap, text: _Text) -> bool:
    tail = data[max(0, len(data) - TAIL_BYTES) :].decode("utf-8", "replace")
    lines = list(StringIO(tail, newline=""))
    for start in range(1, min(TAIL_LINES_TRIED, len(lines))):
        rows = sound_rows("".join(lines[start:]), text.delimiter)
        if rows and _are_data(rows, text):
            return not resembles_footer(rows[-1], text.shape)
    return False


def _has_skipped(data: mmap.mmap, text: _Text) -> bool:
    """Whether any line would be left out; one inside a quoted cell counts too, and only costs time."""
    end = _end_of_header(data, text.header)
    header = data[data.rfind(b"\n", 0, end) + 1 : end]
    if data.find(b"\n" + header, end) >= 0:
        return True
    for count, suspect in enumerate(_SUSPECT.finditer(data, end)):
        if count > SUSPECTS_AT_MOST or _is_skipped(data, suspect, text):
            return True
    return False


def _end_of_header(data: mmap.mmap, header: Header) -> int:
    end = -1
    for _ in range(header.first):
        end = data.find(b"\n", end + 1)
    return end


def _is_skipped(data: mmap.mmap, suspect: re.Match[bytes], text: _Text) -> bool:
    if suspect[0].endswith(b"\n"):
        return True
    end = data.find(b"\n", suspect.end())
    line = data[suspect.start() + 1 : end if end >= 0 else len(data)]
    rows = sound_rows(line.decode("utf-8", "replace"), text.delimiter)
    return not rows or reason_to_skip(rows[0], text.shape) is not None


def _relation(path: Path, text: _Text) -> RawTable:
    names = distinct(text.header.names)
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    dialect = f"""delim={_literal(text.delimiter)}, quote='"', escape='"', nullstr='', compression='none'"""
    strictness = "auto_detect=false, strict_mode=true, null_padding=false, hive_partitioning=false"
    place = f"columns={{{columns}}}, header=false, skip={text.header.first}"
    return RawTable(
        relation=f"read_csv({file_literal(path)}, {place}, {dialect}, {strictness})",
        files=(path,),
        columns=names,
        rows=None,
        first_row=text.header.first + 1,
        header_rows=1,
        skipped={"preamble": text.header.first - 1} if text.header.first > 1 else {},
        computed=frozenset(names[at] for at in text.running),
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
