"""A large, regular CSV file as a relation that DuckDB reads where it lies: no row is copied.

Judges the first and the last rows with the row rules, and searches all bytes between for lines that those
rules would leave out. Whatever is not plainly regular is left to the reading row by row. The search goes over the whole
file, so it is asked for apart, and can run while the rows are already read.
"""

import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

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

BLOCK_BYTES = 1 << 19
BUFFER_BYTES = 8_000_000
"""DuckDB takes 32 MB by itself, and a tenth more time: its memory goes back to the system in between."""
TOTALS = (b"jumlah", b"total", b"grand", b"sub", b"rata")
"""What a line that adds others up begins with, whatever the case."""
FURNITURE = b" \t\n\r\f\v,;|\"'"
"""What may stand before it; a line of nothing else is blank."""


Flags = npt.NDArray[np.bool_]


def _beginnings(words: tuple[bytes, ...]) -> Flags:
    """By the first and the second letter, whatever their case, whether one of the words begins so."""
    found = np.zeros((256, 256), dtype=bool)
    for word in words:
        first, second = (list(letter.lower() + letter.upper()) for letter in (word[:1], word[1:2]))
        found[np.ix_(first, second)] = True
    return found


_OF_TOTALS = _beginnings(TOTALS)
_OF_TOTAL: Flags = np.array([row.any() for row in _OF_TOTALS])
_IS_FURNITURE = np.isin(np.arange(256), list(FURNITURE))

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
    """The file as it lies, or None where it is small or irregular. SupplierErrors of the header, as ever.

    Of the rows between the first and the last `has_rows_to_skip` has yet to say whether they are regular too.
    """
    if path.stat().st_size < max(at_least_bytes, 1) or not _is_stated_utf8(layout) or layout.skip or layout.stop:
        return None
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        text = _text(data, layout, wanted, file)
        if text is None or not _begins_regularly(text) or not _ends_regularly(data, text):
            return None
    return _relation(path, text)


def has_rows_to_skip(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], file: str) -> bool:
    """Whether any line of a file in place would be left out; one inside a quoted cell counts too, which costs time."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        text = _text(data, layout, wanted, file)
        if text is None:
            return True
        end = _end_of_header(data, text.header)
        header = data[data.rfind(b"\n", 0, end) + 1 : end]
    suspects = 0
    for lines in _blocks(path, end + 1):
        places = _places_of_suspects(lines)
        suspects += len(places)
        if suspects > SUSPECTS_AT_MOST or b"\n" + header in lines or _any_skipped(lines, places, text):
            return True
    return False


def _text(data: mmap.mmap, layout: CsvLayout, wanted: tuple[Wanted, ...], file: str) -> _Text | None:
    head = _head_lines(data)
    return None if head is None else _described(head, layout, wanted, file)


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


def _end_of_header(data: mmap.mmap, header: Header) -> int:
    end = -1
    for _ in range(header.first):
        end = data.find(b"\n", end + 1)
    return end


def _blocks(path: Path, begin: int) -> Iterator[bytes]:
    """The lines from `begin` on, half a megabyte at a time, with a line end before the first and after the last."""
    with path.open("rb", buffering=0) as stream:
        stream.seek(begin)
        rest = b"\n"
        while piece := stream.read(BLOCK_BYTES):
            end = piece.rfind(b"\n") + 1
            if end:
                yield rest + piece[:end]
                rest = b"\n"
            rest += piece[end:]
        if rest != b"\n":
            yield rest + b"\n"


def _places_of_suspects(lines: bytes) -> list[int]:
    """Where lines begin that are blank, or whose first letters are those of a total."""
    letters = np.frombuffer(lines, dtype=np.uint8)
    begins = np.flatnonzero(letters[:-1] == ord("\n")) + 1
    found, at = [], begins
    while len(at):
        first = letters[at]
        is_end = first == ord("\n")
        totals = at[_OF_TOTAL[first]]
        totals = totals[_OF_TOTALS[letters[totals], letters[totals + 1]]]
        found.extend(begins[np.searchsorted(begins, np.concatenate([at[is_end], totals]), side="right") - 1].tolist())
        at = at[_IS_FURNITURE[first] & ~is_end] + 1
    return found


def _any_skipped(lines: bytes, places: list[int], text: _Text) -> bool:
    return any(_is_skipped(lines[at : lines.find(b"\n", at)], text) for at in places)


def _is_skipped(line: bytes, text: _Text) -> bool:
    bare = line.lstrip(FURNITURE)
    if bare and not bare.lower().startswith(TOTALS):
        return False
    rows = sound_rows(line.decode("utf-8", "replace"), text.delimiter)
    return not bare or not rows or reason_to_skip(rows[0], text.shape) is not None


def _relation(path: Path, text: _Text) -> RawTable:
    names = distinct(text.header.names)
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    dialect = f"""delim={_literal(text.delimiter)}, quote='"', escape='"', nullstr='', compression='none'"""
    strictness = "auto_detect=false, strict_mode=true, null_padding=false, hive_partitioning=false"
    pieces = f"buffer_size={BUFFER_BYTES}"
    place = f"columns={{{columns}}}, header=false, skip={text.header.first}"
    return RawTable(
        relation=f"read_csv({file_literal(path)}, {place}, {dialect}, {strictness}, {pieces})",
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
