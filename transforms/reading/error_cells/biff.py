"""Error cells of xls: the workbook stream of a compound file ([MS-CFB]), its BIFF records ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

ErrorCell = tuple[int, int]
SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER_BYTES, ENTRY_BYTES, MINI_STREAM_BELOW = 512, 128, 4096
LAST_REGULAR_SECTOR = 0xFFFFFFFA
SHEET_OF_BOOK, BEGIN, END, FORMULA, BOOLEAN_OR_ERROR = 0x85, 0x809, 0x0A, 0x06, 0x205


def errors_of_xls(path: Path, position: int) -> list[ErrorCell]:
    """The error cells of the book's sheet at `position`, from 0; none in a file that is no compound file."""
    data = path.read_bytes()
    stream = _workbook(data) if data.startswith(SIGNATURE) else data
    sheets = [record for kind, record in _records(stream, 0) if kind == SHEET_OF_BOOK]
    if position >= len(sheets):
        return []
    return list(_errors(stream, struct.unpack_from("<I", sheets[position])[0]))


def _errors(stream: bytes, start: int) -> Iterator[ErrorCell]:
    for kind, record in _records(stream, start):
        failed_formula = kind == FORMULA and record[6:7] == b"\x02" and record[12:14] == b"\xff\xff"
        if failed_formula or (kind == BOOLEAN_OR_ERROR and record[7:8] == b"\x01"):
            row, column = struct.unpack_from("<HH", record)
            yield row + 1, column


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
