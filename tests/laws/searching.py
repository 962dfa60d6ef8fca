"""Finds any of very many withheld values in bytes: as they are, in UTF-16, in base64, and as bare digits.

Windows of eight bytes are compared with the first eight bytes of every needle, all at once.
"""

import base64
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

WINDOW = 8
BITS = 22
MIX = np.uint64(0x9E3779B97F4A7C15)

Words = npt.NDArray[np.uint64]


class Search:
    """Needles that were made ready to be looked for."""

    def __init__(self, values: Iterable[str]) -> None:
        self.by_start: dict[int, list[bytes]] = defaultdict(list)
        for needle in {form for value in values for form in forms(value)}:
            self.by_start[int.from_bytes(needle[:WINDOW], "little")].append(needle)
        self.likely = np.zeros(1 << BITS, dtype=bool)
        self.likely[_mixed(np.array(list(self.by_start), dtype=np.uint64))] = True

    def hits(self, data: bytes) -> Iterator[bytes]:
        """The needles that stand in `data`."""
        for shift in range(min(WINDOW, max(0, len(data) - WINDOW + 1))):
            words = np.frombuffer(data, dtype="<u8", count=(len(data) - shift) // WINDOW, offset=shift)
            for place in np.flatnonzero(self.likely[_mixed(words)]):
                start = int(place) * WINDOW + shift
                yield from (n for n in self.by_start.get(int(words[place]), ()) if data.startswith(n, start))


def forms(value: str) -> Iterator[bytes]:
    """The ways in which a value may travel."""
    digits = "".join(mark for mark in value if mark.isdigit())
    for text in {value, digits} if len(digits) >= WINDOW else {value}:
        yield text.encode()
        yield text.encode("utf-16-le")[:-1]
        yield from _in_base64(text.encode())


def _in_base64(data: bytes) -> Iterator[bytes]:
    """The part of a base64 text that depends on `data` alone, for each way of falling into groups of three."""
    for skipped in range(3):
        whole = data[skipped : skipped + (len(data) - skipped) // 3 * 3]
        encoded = base64.b64encode(whole)
        if len(encoded) >= WINDOW:
            yield encoded


def _mixed(words: Words) -> npt.NDArray[np.intp]:
    return ((words * MIX) >> np.uint64(64 - BITS)).astype(np.intp)


def contents(folder: Path, outside: tuple[Path, ...] = ()) -> Iterator[tuple[Path, bytes]]:
    """Every file below a folder as bytes; a Parquet file a second time as the text of all that it holds."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or any(path.is_relative_to(other) for other in outside):
            continue
        yield path, path.read_bytes()
        if path.suffix == ".parquet":
            yield path, b"\n".join(_cells(path))


def _cells(path: Path) -> Iterator[bytes]:
    """Every cell, and every entry of a dictionary page, whether a row points to it or not."""
    texts = [field.name for field in pq.read_schema(path) if str(field.type) in ("string", "large_string")]
    table = pq.read_table(path, read_dictionary=texts)
    yield str(table.schema.metadata).encode()
    for column in table.columns:
        for chunk in column.chunks:
            cells = getattr(chunk, "dictionary", chunk)
            yield "\n".join(str(cell) for cell in cells.to_pylist()).encode()


def spilled(search: Search, found: Iterable[tuple[Path, bytes]]) -> Mapping[str, str]:
    """Where a needle was found, and its first three letters: a test's own output shows no value either."""
    return {
        str(path): hit[:3].decode("latin-1") for path, data in found for hit in [next(search.hits(data), None)] if hit
    }
