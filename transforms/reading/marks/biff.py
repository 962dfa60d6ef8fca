"""Marks of xls: the workbook stream of a compound file ([MS-CFB]), its BIFF records ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from .drawn import ERROR, Draft, Marks, marks_of_codes
from .formats import Form
from .openxml import BUILT_IN

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER_BYTES, ENTRY_BYTES, MINI_STREAM_BELOW = 512, 128, 4096
LAST_REGULAR_SECTOR = 0xFFFFFFFA
SHEET_OF_BOOK, BEGIN, END, FORMULA, BOOLEAN_OR_ERROR = 0x85, 0x809, 0x0A, 0x06, 0x205
NUMBER, PACKED_NUMBER, PACKED_NUMBERS = 0x203, 0x27E, 0xBD
ROW, COLUMN_INFO, FILTER_MODE = 0x208, 0x7D, 0x9B
FORMAT, STYLE = 0x41E, 0xE0
ROW_IS_HIDDEN, COLUMN_IS_HIDDEN = 0x20, 0x01
EXCEL_97 = 0x0600


def marks_of_xls(path: Path, position: int) -> Marks:
    """The marks of the book's sheet at `position`, from 0; none in a file that is no compound file."""
    data = path.read_bytes()
    stream = _workbook(data) if data.startswith(SIGNATURE) else data
    sheets = [record for kind, record in _records(stream, 0) if kind == SHEET_OF_BOOK]
    if position >= len(sheets):
        return Draft().finished()
    draft = Draft(*_styles(stream))
    for kind, record in _records(stream, struct.unpack_from("<I", sheets[position])[0]):
        _scan(kind, record, draft)
    return draft.finished()


def _scan(kind: int, record: bytes, draft: Draft) -> None:
    if kind in (FORMULA, BOOLEAN_OR_ERROR) and _has_failed(kind, record):
        row, column = struct.unpack_from("<HH", record)
        draft.put(row + 1, column, ERROR)
    elif kind in (NUMBER, PACKED_NUMBER) or (kind == FORMULA and record[12:14] != b"\xff\xff"):
        row, column, style = struct.unpack_from("<HHH", record)
        draft.put(row + 1, column, draft.style(style))
    elif kind == PACKED_NUMBERS:
        row, first = struct.unpack_from("<HH", record)
        for at in range(4, len(record) - 7, 6):
            draft.put(row + 1, first + (at - 4) // 6, draft.style(struct.unpack_from("<H", record, at)[0]))
    elif kind == ROW and record[12] & ROW_IS_HIDDEN:
        draft.hide_rows(struct.unpack_from("<H", record)[0] + 1)
    elif kind == COLUMN_INFO and struct.unpack_from("<H", record, 8)[0] & COLUMN_IS_HIDDEN:
        draft.hide_columns(*struct.unpack_from("<HH", record))
    elif kind == FILTER_MODE:
        draft.filtered = True


def _has_failed(kind: int, record: bytes) -> bool:
    if kind == FORMULA:
        return record[6:7] == b"\x02" and record[12:14] == b"\xff\xff"
    return record[7:8] == b"\x01"


def _styles(stream: bytes) -> tuple[list[int], list[Form]]:
    """The mark of each cell style, and the forms."""
    codes: dict[int, str] = dict(BUILT_IN)
    used: list[int] = []
    version = struct.unpack_from("<H", stream, 4)[0] if len(stream) > 6 else 0
    for kind, record in _records(stream, 0):
        if kind == FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record[2:], version)
        elif kind == STYLE:
            used.append(struct.unpack_from("<H", record, 2)[0])
    return marks_of_codes(codes.get(number, "") for number in used)


def _text(data: bytes, version: int) -> str:
    """[MS-XLS] 2.5.294: letters of one or of two bytes; before Excel 97 of one, with a shorter length."""
    if version != EXCEL_97:
        return data[1 : 1 + data[0]].decode("latin-1")
    (length,), wide = struct.unpack_from("<H", data), data[2] & 1
    return data[3 : 3 + length * 2].decode("utf-16-le", "replace") if wide else data[3 : 3 + length].decode("latin-1")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream: those of a chart inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
        if depth <= 0:
            return


def _workbook(data: bytes) -> bytes:
    """The stream `Workbook` (or `Book`, Excel 95)."""
    sector_bytes = 1 << struct.unpack_from("<H", data, 30)[0]
    table = _allocation_table(data, sector_bytes)
    first_directory = struct.unpack_from("<I", data, 48)[0]
    directory = _chain(data, table, first_directory, sector_bytes)
    entries = {_entry_name(entry): entry for entry in _entries(directory)}
    entry = entries.get("workbook") or entries.get("book")
    if entry is None:
        return b""
    first, size = struct.unpack_from("<II", entry, 116)
    if size >= MINI_STREAM_BELOW:
        return _chain(data, table, first, sector_bytes)[:size]
    root = next(iter(_entries(directory)))
    container = _chain(data, table, struct.unpack_from("<I", root, 116)[0], sector_bytes)
    return _mini_chain(data, container, table, first, sector_bytes)[:size]


def _allocation_table(data: bytes, sector_bytes: int) -> Sequence[int]:
    """Which sector follows which: the sectors that hold this stand in the header, further ones in a list."""
    places = list(struct.unpack_from("<109I", data, 76))
    following, lists = struct.unpack_from("<II", data, 68)
    for _ in range(min(lists, len(data) // sector_bytes)):
        if following >= LAST_REGULAR_SECTOR:
            break
        *more, following = _numbers(_sector(data, following, sector_bytes))
        places.extend(more)
    sectors = [_sector(data, place, sector_bytes) for place in places if place < LAST_REGULAR_SECTOR]
    return _numbers(b"".join(sectors))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(data: bytes, number: int, sector_bytes: int) -> bytes:
    start = max(HEADER_BYTES, sector_bytes) + number * sector_bytes
    return data[start : start + sector_bytes]


def _sectors(table: Sequence[int], first: int) -> Iterator[int]:
    while first < len(table):
        yield first
        first = table[first]


def _chain(data: bytes, table: Sequence[int], first: int, sector_bytes: int) -> bytes:
    numbers = islice(_sectors(table, first), len(table))
    return b"".join(_sector(data, number, sector_bytes) for number in numbers)


def _mini_chain(data: bytes, container: bytes, table: Sequence[int], first: int, sector_bytes: int) -> bytes:
    mini_bytes = 1 << struct.unpack_from("<H", data, 32)[0]
    mini_table = _numbers(_chain(data, table, struct.unpack_from("<I", data, 60)[0], sector_bytes))
    numbers = islice(_sectors(mini_table, first), len(mini_table))
    return b"".join(container[number * mini_bytes : (number + 1) * mini_bytes] for number in numbers)


def _entries(directory: bytes) -> Iterator[bytes]:
    for at in range(0, len(directory) - ENTRY_BYTES + 1, ENTRY_BYTES):
        yield directory[at : at + ENTRY_BYTES]


def _entry_name(entry: bytes) -> str:
    size = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(size, 64) - 2)].decode("utf-16-le", "replace").casefold()
