"""Texts as their letters and digits alone, in small letters, and where words begin among them. Knows no needle."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

SHORTEST = 8
"""Letters and digits: what is shorter would be found anywhere by chance."""
LONGEST = 64
"""A longer needle counts as found by its first 64: the beginning of a letter betrays the letter."""
WINDOW = 8
MIX = np.uint64(0x9E3779B97F4A7C15)

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of many cells, where each cell begins among them, and where the last ends.

    `written` are all bytes of the cells, as they were written.
    """

    marks: Bytes
    cells: Places
    written: bytes

    def begins(self) -> Flags:
        """Where words begin; the end of all is such a place too. Needles are never asked."""
        begins = np.ones(len(self.marks) - LONGEST + 1, dtype=bool)
        if len(self.written) > 1:
            kind = _kinds(self.written)
            changes = _changes(kind)
            begins[:-1] = changes if len(kind) == len(begins) - 1 else changes[kind != 0]
            begins[self.cells] = True
        return begins

    def words(self, places: Places) -> Words:
        """The eight bytes at each place, as numbers."""
        views: Words = np.ndarray((len(self.marks) - WINDOW + 1,), dtype="<u8", buffer=self.marks, strides=(1,))
        return views[places]

    def keys(self, places: Places, length: int) -> Words:
        """A hash of the `length` bytes at each place."""
        key = np.zeros(len(places), dtype=np.uint64)
        for step in (*range(0, length - WINDOW, WINDOW), length - WINDOW):
            key = (key ^ self.words(places + step)) * MIX
            key ^= key >> np.uint64(29)
        return key

    def needles(self) -> tuple[Places, Places]:
        """Where the cells begin that are long enough to mean something, and their lengths."""
        lengths = np.diff(self.cells)
        long_enough = np.flatnonzero(lengths >= SHORTEST)
        return self.cells[long_enough], np.minimum(lengths[long_enough], LONGEST)


DIGIT, SMALL_LETTER, CAPITAL, FOREIGN = 1, 2, 3, 4


def _classes() -> tuple[bytes, bytes]:
    """By byte: its small letter, and of which kind it is (0 for what is neither letter nor digit)."""
    small, kind = bytearray(256), bytearray(256)
    for byte, mark in enumerate(map(chr, range(0x80))):
        small[byte] = ord(mark.lower())
        kind[byte] = DIGIT * mark.isdigit() or SMALL_LETTER * mark.islower() or CAPITAL * mark.isupper()
    kind[0x80:] = bytes([FOREIGN]) * 0x80
    return bytes(small), bytes(kind)


SMALL, KIND = _classes()
PASSED_OVER = bytes(byte for byte, kind in enumerate(KIND) if not kind)


def letters(texts: "pa.Array[Any]") -> Letters:
    """Texts as their letters and digits. Accents, and the wide digits of other scripts, are made plain first.

    `bytes.translate` is several times as fast as looking bytes up in an array.
    """
    data, offsets = _buffers(texts)
    if not data.isascii():
        data, offsets = _buffers(_plain(texts))
    small = data.translate(SMALL, PASSED_OVER)
    cells = offsets if len(small) == len(data) else _kept_before(_kinds(data) != 0, offsets)
    return Letters(np.frombuffer(small + bytes(LONGEST), dtype=np.uint8), cells, data)


def _kinds(data: bytes) -> Bytes:
    return np.frombuffer(data.translate(KIND), dtype=np.uint8)


def _kept_before(kept: Flags, places: Places) -> Places:
    """How many bytes before each place are kept. Counted in half the width, which halves what goes through memory."""
    counts = np.zeros(len(kept) + 1, dtype=np.int32 if len(kept) < np.iinfo(np.int32).max else np.int64)
    np.cumsum(kept, dtype=counts.dtype, out=counts[1:])
    return counts[places].astype(np.int64)


def _changes(kind: Bytes) -> Flags:
    """Where a byte is of another kind than the one before; a capital and small letters are one word."""
    changes = np.ones(len(kind), dtype=bool)
    before, now = kind[:-1], kind[1:]
    np.logical_and(before != now, (before != CAPITAL) | (now != SMALL_LETTER), out=changes[1:])
    return changes


def _plain(texts: "pa.Array[Any]") -> "pa.Array[Any]":
    apart = pc.utf8_normalize(pc.utf8_lower(texts), form="NFKD")  # type: ignore[attr-defined]
    plain: pa.Array[Any] = pc.replace_substring_regex(apart, pattern=r"\p{M}+", replacement="")
    plain = pc.replace_substring_regex(plain, pattern=r"[^\p{L}\p{N}]+", replacement=" ")
    chosen: pa.Array[Any] = pc.if_else(pc.string_is_ascii(texts), texts, plain)
    return chosen


def _buffers(texts: "pa.Array[Any]") -> tuple[bytes, Places]:
    """The bytes of an Arrow array of text, and where each cell begins among them."""
    _, offsets, data = texts.buffers()
    if offsets is None or data is None:
        return b"", np.zeros(len(texts) + 1, dtype=np.int64)
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    places = np.frombuffer(memoryview(offsets), dtype=width)[texts.offset : texts.offset + len(texts) + 1].astype(
        np.int64
    )
    return bytes(memoryview(data)[places[0] : places[-1]]), places - places[0]
