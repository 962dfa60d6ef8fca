"""Finds any of very many withheld values in bytes, in the ways of `encodings`, also where bytes are packed.

The eight bytes at every place are compared with the beginnings of all needles at once (`catalog/searching`).
"""

import sqlite3
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from catalog.letters import WINDOW
from catalog.searching import Filter
from tests.laws.encodings import QUICK, forms

CHUNK = 1 << 20
MOST_UNPACKED = 256 << 20
STREAMS = {b"\x1f\x8b\x08": 31, b"\x78\x01": 15, b"\x78\x9c": 15, b"\x78\xda": 15}
"""How gzip and zlib begin, and zlib's window bits for each."""


class Search:
    """Needles that were made ready to be looked for."""

    def __init__(self, values: Iterable[str], ways: tuple[str, ...] = QUICK) -> None:
        self.by_start: dict[int, list[bytes]] = defaultdict(list)
        for needle in {form for value in values for form in forms(value, ways)}:
            self.by_start[int.from_bytes(needle[:WINDOW], "little")].append(needle)
        self.likely = Filter(np.array(list(self.by_start), dtype=np.uint64))

    def hits(self, data: bytes) -> Iterator[bytes]:
        """The needles that stand in `data`."""
        for begin in range(0, max(0, len(data) - WINDOW + 1), CHUNK):
            count = min(CHUNK, len(data) - WINDOW + 1 - begin)
            words = np.ndarray((count,), dtype="<u8", buffer=data, offset=begin, strides=(1,))
            for place in self.likely.passing(words):
                start = begin + int(place)
                yield from (n for n in self.by_start.get(int(words[place]), ()) if data.startswith(n, start))


def contents(folder: Path, outside: tuple[Path, ...] = ()) -> Iterator[tuple[Path, bytes]]:
    """Every file below a folder as bytes, and a second time what it packs: Parquet, SQLite, ZIP, gzip and zlib."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in outside):
            continue
        data = path.read_bytes()
        yield path, data
        yield from ((path, unpacked) for unpacked in _unpacked(path, data))


def _unpacked(path: Path, data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PAR1"):
        yield b"\n".join(_cells(path))
    if data.startswith(b"SQLite format 3"):
        yield b"\n".join(_records(path))
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    yield from _streams(data)


def _streams(data: bytes) -> Iterator[bytes]:
    """Whatever unpacks, wherever it begins."""
    for mark, bits in STREAMS.items():
        start = data.find(mark)
        while start >= 0:
            with suppress(zlib.error):
                unpacked = zlib.decompressobj(wbits=bits).decompress(data[start:], MOST_UNPACKED)
                if len(unpacked) >= WINDOW:
                    yield unpacked
            start = data.find(mark, start + 1)


def _records(path: Path) -> Iterator[bytes]:
    """Every cell of a database: a long one is cut to pieces on its pages."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.text_factory = bytes
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            with suppress(sqlite3.DatabaseError):
                for row in database.execute(f'SELECT * FROM "{name.decode()}"'):
                    yield b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)


def _cells(path: Path) -> Iterator[bytes]:
    """Every cell, and every entry of a dictionary page, whether a row points to it or not."""
    metadata = pq.read_metadata(path)
    yield str(metadata.metadata).encode()
    for group in range(metadata.num_row_groups):
        columns = map(metadata.row_group(group).column, range(metadata.num_columns))
        listed = [column.path_in_schema for column in columns if column.has_dictionary_page]
        for column in pq.ParquetFile(path, read_dictionary=listed).read_row_group(group).columns:
            for chunk in column.chunks:
                cells = getattr(chunk, "dictionary", chunk)
                yield "\n".join(str(cell) for cell in cells.to_pylist()).encode()


def spilled(search: Search, found: Iterable[tuple[Path, bytes]]) -> Mapping[str, str]:
    """Where a needle was found, and its first three letters: a test's own output shows no value either."""
    return {
        str(path): hit[:3].decode("latin-1") for path, data in found for hit in [next(search.hits(data), None)] if hit
    }
