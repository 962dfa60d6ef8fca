"""Very many needles in very many texts at once: which texts hold a needle as words of their own. Knows no file.

Texts are compared by their letters and digits alone, in small letters. The first eight bytes of every needle go
into a filter; only the beginnings of words that pass it are looked at again, by hashes of the whole needle.

On one thread: two take as long, since Python lets one of them at a time between numpy's calls.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from catalog.letters import LONGEST, MIX, Flags, Letters, Places, Words, letters

SAFE = 12
"""Letters: a needle of fewer that runs on ("Sri Wahyu" in "Sri Wahyuni") is another word."""
MOST_BITS = 26
PROBES = 3


@dataclass(frozen=True, slots=True)
class Cells:
    """Texts of one column. `codes` are the rows' texts by their places where a text stands for many rows."""

    column: str
    texts: "pa.Array[Any]"
    codes: Places | None = None

    def rows(self, found: Places) -> int:
        """How many rows hold one of the texts at these places; a text that no row holds counts as one."""
        if self.codes is None:
            return len(found)
        return max(int(np.isin(self.codes, found).sum()), 1)


Part = Callable[[], Iterable[Cells]]
"""Gives some cells each time it is called, so that none need be kept."""


class Filter:
    """Which of many words may be among those that it was built of: never wrong about one that is."""

    def __init__(self, known: Words) -> None:
        bits = min(MOST_BITS, max(16, len(known).bit_length() + 4))
        self.shift = np.uint64(64 - bits)
        self.marked = np.zeros(1 << bits, dtype=bool)
        for probe in range(PROBES):
            self.marked[self._places(known, probe)] = True

    def passing(self, words: Words) -> Places:
        """The places of the words that may have been added."""
        left = np.flatnonzero(self.marked[self._places(words, 0)])
        for probe in range(1, PROBES):
            left = left[self.marked[self._places(words[left], probe)]]
        return left

    def _places(self, words: Words, probe: int) -> Places:
        """Another multiplier each time: the places of one word have nothing to do with each other."""
        mixed = words * (MIX + np.uint64(2 * probe))
        if probe:
            mixed = (mixed ^ (mixed >> np.uint64(31))) * MIX
        return (mixed >> self.shift).view(np.int64)


@dataclass(frozen=True, slots=True)
class Hit:
    """A needle of the column `needle` stands in the column `place`."""

    needle: str
    place: str


Sieve = Callable[[Words], Places]
"""The places of the words that may begin a needle."""


def exact(words: Words) -> Sieve:
    """Lets through nothing but the needles' first words, which stand in order; for a few texts."""
    return lambda asked: np.flatnonzero(_among(asked, words))


def filtered(words: Words) -> Sieve:
    """Lets through a few others too; dear to build, and for millions of texts the cheaper one."""
    return Filter(words).passing


def matches(
    needles: Sequence[Part], words: Words, sieve: Sieve, places: Sequence[Part], spared: Iterable[str]
) -> Counter[Hit]:
    """How many rows of `places` hold a needle, by the needle's column and the place's; `spared` texts are no needles.

    `words` are the needles' `first_words`. A match begins where a word or a number begins. A number does not run on
    in digits, nor a needle of fewer than `SAFE` marks in letters.
    """
    if not len(words):
        return Counter()
    passed = [_passed(part, sieve) for part in places]
    asked = np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *passed]))
    asked = asked[_among(asked, words)]
    if not len(asked):
        return Counter()
    index = _index(needles, asked, spared)
    again = [part for part, some in zip(places, passed, strict=True) if _among(some, asked).any()]
    return sum((_hits(part, asked, index) for part in again), Counter[Hit]())


def first_words(needles: Sequence[Part]) -> Words:
    """The first eight bytes of every needle, each once, in order."""
    return _distinct([_distinct(_needle_words(cells) for cells in part()) for part in needles])


def _distinct(words: Iterable[Words]) -> Words:
    """All of them in order, each once; `np.unique` takes ten times as long."""
    ordered: Words = np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *words]))
    if not len(ordered):
        return ordered
    once: Words = ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])]
    return once


def _needle_words(cells: Cells) -> Words:
    text = letters(cells.texts)
    return text.words(text.needles()[0])


def _passed(part: Part, sieve: Sieve) -> Words:
    """The words of a part that may begin a needle."""
    found = [np.zeros(0, dtype=np.uint64)]
    for cells in part():
        text = letters(cells.texts)
        words = text.words(np.flatnonzero(text.begins()[:-1]))
        found.append(words[sieve(words)])
    return np.concatenate(found)


Index = dict[tuple[str, int], Words]
"""The hashes of the needles of a column that have one length, in order."""


def _index(needles: Sequence[Part], asked: Words, spared: Iterable[str]) -> Index:
    found: dict[tuple[str, int], list[Words]] = {}
    public = letters(pa.array(list(spared), pa.string()))
    for part in needles:
        for cells in part():
            text = letters(cells.texts)
            starts, lengths = text.needles()
            some = _among(text.words(starts), asked)
            for length in np.unique(lengths[some]).tolist():
                keys = text.keys(starts[some & (lengths == length)], length)
                found.setdefault((cells.column, length), []).append(keys)
    starts, lengths = public.needles()
    return {
        (column, length): np.setdiff1d(np.concatenate(keys), public.keys(starts[lengths == length], length))
        for (column, length), keys in found.items()
    }


def _hits(part: Part, asked: Words, index: Index) -> Counter[Hit]:
    """The rows of a part that hold a needle."""
    found: Counter[Hit] = Counter()
    for cells in part():
        text = letters(cells.texts)
        begins = text.begins()
        starts = np.flatnonzero(begins[:-1])
        starts = starts[_among(text.words(starts), asked)]
        home = np.searchsorted(text.cells, starts, side="right") - 1
        for needle in {column for column, _ in index}:
            lengths = [length for column, length in index if column == needle]
            holding = [home[_holds(text, begins, starts, home, length, index[needle, length])] for length in lengths]
            some = np.unique(np.concatenate(holding))
            if len(some):
                found[Hit(needle, cells.column)] += cells.rows(some)
    return found


def _holds(text: Letters, begins: Flags, starts: Places, home: Places, length: int, keys: Words) -> Flags:
    """At which of `starts` a whole needle of this length stands, as words of its own."""
    ends = starts + length
    holds = ends <= text.cells[home + 1]
    some = np.flatnonzero(holds)
    if length < LONGEST:
        last, free = text.marks[ends[some] - 1], begins[ends[some]]
        some = some[free | ((length >= SAFE) & ((last < ord("0")) | (last > ord("9"))))]
    some = some[_among(text.keys(starts[some], length), keys)]
    holds[:] = False
    holds[some] = True
    return holds


def _among(words: Words, known: Words) -> Flags:
    """Which words are among the known ones, which stand in order."""
    if not len(known):
        return np.zeros(len(words), dtype=bool)
    places = np.minimum(np.searchsorted(known, words), len(known) - 1)
    found: Flags = known[places] == words
    return found
