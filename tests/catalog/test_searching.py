"""The search for very many needles agrees with the plain reading of its rule."""

import re
import unicodedata
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.letters import LONGEST, SHORTEST, letters
from catalog.searching import (
    SAFE,
    Cells,
    Filter,
    Hit,
    Part,
    exact,
    filtered,
    first_words,
    matches,
)


def spelled(text: str) -> list[tuple[str, bool]]:
    """A text's letters and digits in small letters, and whether a word begins with each."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(mark))
    said: list[tuple[str, bool]] = []
    before = ""
    for mark in text:
        kind = "1" if mark.isdigit() else "A" if mark.isupper() else "a" if mark.islower() else ""
        if kind:
            said.append((mark.lower(), kind != before and (before, kind) != ("A", "a")))
        before = kind
    return said


def holds(cell: str, needle: str) -> bool:
    """The rule, read plainly."""
    wanted, said = "".join(mark for mark, _ in spelled(needle))[:LONGEST], spelled(cell)
    marks = "".join(mark for mark, _ in said)
    if len(wanted) < SHORTEST:
        return False
    for found in re.finditer(f"(?={re.escape(wanted)})", marks):
        start, end = found.start(), found.start() + len(wanted)
        free = end == len(said) or said[end][1] or len(wanted) == LONGEST
        if said[start][1] and (free or (len(wanted) >= SAFE and not wanted[-1].isdigit())):
            return True
    return False


def rows_with(needles: list[str], cells: list[str], spared: tuple[str, ...] = ()) -> int:
    def part(column: str, texts: list[str]) -> list[Cells]:
        return [Cells(column, pa.array(texts, pa.string()))]

    return found([lambda: part("nama", needles)], [lambda: part("catatan", cells)], spared)[Hit("nama", "catatan")]


def found(needles: list[Part], places: list[Part], spared: tuple[str, ...] = ()) -> Counter[Hit]:
    """What is found, in the two ways to sieve, which find the same."""
    words = first_words(needles)
    few, many = (matches(needles, words, sieve(words), places, spared) for sieve in (exact, filtered))
    assert few == many
    return few


WORDS = st.text(alphabet="ab1é A-", min_size=0, max_size=14)
TEXTS = st.lists(WORDS, min_size=0, max_size=6).map("".join)


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="ab1é A", min_size=6, max_size=24), min_size=1, max_size=4),
    st.lists(TEXTS, max_size=8),
    st.data(),
)
def test_the_rows_that_hold_a_needle_are_those_of_the_rule(
    needles: list[str], cells: list[str], data: st.DataObject
) -> None:
    planted = data.draw(st.lists(st.tuples(WORDS, st.sampled_from(needles), WORDS).map("".join), max_size=4))
    texts = [*cells, *planted]
    expected = sum(any(holds(text, needle) for needle in needles) for text in texts)
    assert rows_with(needles, texts) == expected


@pytest.mark.parametrize(
    ("needle", "cell", "found"),
    [
        ("Budi Hartono", "budihartono", 1),
        ("Budi Hartono", "Budi Hartonoku", 0),
        ("Budi Hartonowati", "Budi Hartonowatinya", 1),
        ("7271014708450001", "7271014708450001.0", 1),
        ("7271014708450001", "NIK7271014708450001X", 1),
        ("7271014708450001", "7.271.014.708.450.001", 1),
        ("7271014708450001", "72710147084500012", 0),
        ("7271014708450001", "17271014708450001", 0),
        ("x" * 60 + " dan seterusnya sampai akhir", "Kutipan: " + "x" * 60 + " dan seterusnya lain", 1),
        ("\u4e2d\u6587\u59d3\u540d", "\u59d3: \u4e2d\u6587\u59d3\u540d", 1),
    ],
)
def test_a_needle_is_found_as_words_of_its_own(needle: str, cell: str, found: int) -> None:
    assert rows_with([needle], [cell, "-", ""]) == found


def test_a_needle_does_not_stand_across_two_cells() -> None:
    assert rows_with(["Budi Hartono"], ["Budi", "Hartono"]) == 0


def test_what_is_public_already_is_no_needle() -> None:
    assert rows_with(["Palu Barat", "Ani Lestari"], ["di Palu Barat", "Ani Lestari"], ("PALU BARAT",)) == 1


def test_a_dictionary_entry_counts_its_rows_and_one_where_no_row_has_it() -> None:
    texts = pa.array(["aman", "Budi Hartono", "Ani Lestari"], pa.string())
    cells = Cells("catatan", texts, np.array([0, 1, 1, 1], dtype=np.int64))
    needles = Cells("nama", pa.array(["Budi Hartono", "Ani Lestari"], pa.string()))
    assert found([lambda: [needles]], [lambda: [cells]]) == {Hit("nama", "catatan"): 3}
    assert found([lambda: [Cells("x", texts[2:])]], [lambda: [cells]]) == {Hit("x", "catatan"): 1}


def test_a_slice_of_an_array_is_searched_as_itself() -> None:
    texts = pa.array(["Budi Hartono", "aman", None, "Ani Lestari"], pa.string())
    part = [Cells("catatan", texts[1:3])]
    assert found([lambda: [Cells("nama", texts)]], [lambda: part]) == {}
    assert letters(texts[3:]).cells.tolist() == [0, 10]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**64 - 1), min_size=1))
def test_a_filter_lets_everything_pass_that_was_added(words: list[int]) -> None:
    added = np.array(words, dtype=np.uint64)
    likely = Filter(added)
    assert len(likely.passing(added)) == len(words)
