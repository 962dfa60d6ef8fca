"""The search index: what it holds follows from the datasets alone, whatever was published in which order."""

import json
import random
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.parts import part_of
from catalog.site.cards import Cards
from catalog.site.search_index import VOCABULARY, index, key, parts_of, places_of, terms_file
from catalog.site.terms import terms
from schemas.contracts import Dataset
from tests.catalog.site.made_up import cards, city, dataset, release

WORDS = ("parkir", "sekolah", "penduduk", "jalan", "pasar", "constructor", "__proto__", "hasOwnProperty")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Titik Parkir di Kota Palu", ["titik", "parkir", "kota", "palu"]),
        ("kode_kecamatan", ["kode", "kecamatan"]),
        ("Café résumé ﬁle \uff12\uff10\uff12\uff16", ["cafe", "resume", "file", "2026"]),
        ("Triwulan 1, kelas B", ["triwulan", "1", "kelas"]),
        ("yang dan of the", []),
        ("İstanbul ΟΔΟΣ 数据 данные", ["istanbul", "οδος", "数据", "данные"]),
        ("<script>alert('x')</script>", ["script", "alert", "script"]),
        ("x" * 99, ["x" * 32]),
        ("😀 — \u202e …", []),
    ],
)
def test_a_text_is_found_under_its_terms(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_a_term_tells_more_the_better_its_place() -> None:
    told = places_of(city(), dataset())
    order = ["parkir", "retribusi", "kapasitas", "perhubungan", "memakai"]
    assert sorted(order, key=lambda term: told[term], reverse=True) == order
    assert told["parkir"] > sum(told[term] for term in order[2:])


@pytest.mark.parametrize("term", ["kode", "point", "capacity", "ditetapkan", "transportasi", "satu"])
def test_columns_and_both_languages_are_searched(term: str) -> None:
    assert term in places_of(city(), dataset())


def test_what_is_withheld_is_not_searched() -> None:
    assert not {"nik", "juru", "catatan", "petugas"} & places_of(city(), dataset()).keys()


def test_the_key_of_a_dataset_names_its_part() -> None:
    letters = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
    for name in ("titik-parkir", "a", "z" * 80):
        number = 0
        for letter in key(name):
            number = number * 64 + letters.index(letter)
        assert number < 2**42
        for parts in (1, 2, 3, 50, 400):
            level = 1 << (parts.bit_length() - 1)
            finer = number % (2 * level)
            assert part_of(name, parts) == (finer if finer < parts else number % level)


def titled(number: int, *words: str) -> Dataset:
    return dataset(id=f"dataset-{number}", title=f"{' '.join(words)} {number}")


def of(datasets: Iterable[Dataset]) -> Cards:
    return cards(*(release(dataset=one) for one in datasets)) if datasets else {}


def whole(datasets: dict[str, Dataset]) -> dict[str, bytes]:
    """The index made at once."""
    shown = of(list(datasets.values())) if datasets else {}
    return index(city(), shown, shown, datasets, ())


def stored(files: dict[str, bytes]) -> list[bytes]:
    return [files[terms_file(part)] for part in range(parts_of(files[VOCABULARY]))]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.lists(st.sampled_from(WORDS), max_size=3)), min_size=1, max_size=12))
def test_change_by_change_gives_what_one_go_gives(changes: list[tuple[int, list[str]]]) -> None:
    known: dict[str, Dataset] = {}
    files = whole({})
    for number, words in changes:
        one = titled(number, *words)
        if not words:
            known.pop(one.id, None)
        else:
            known[one.id] = one
        subjects = {one.id: one} if words else {}
        files = index(city(), of(list(known.values())) if known else {}, [one.id], subjects, stored(files))
    assert files == whole(known)


def test_a_large_index_is_cut_and_one_dataset_more_rewrites_little_of_it() -> None:
    draw = random.Random(7)
    syllables = ("ba", "di", "ku", "la", "mo", "na", "pe", "ri", "sa", "tu")
    known = {
        one.id: one
        for one in (titled(number, *("".join(draw.choices(syllables, k=3)) for _ in "123")) for number in range(430))
    }
    before = whole(known)
    assert parts_of(before[VOCABULARY]) == 3
    one = titled(999, "parkir")
    shown = of([*known.values(), one])
    after = index(city(), shown, [one.id], {one.id: one}, stored(before))
    changed = {name for name in after if after[name] != before.get(name)}
    assert VOCABULARY in changed
    assert len([name for name in changed if name.startswith("cards-")]) <= 3


def test_what_the_scripts_hold_is_plain_ascii_and_calls_one_function() -> None:
    hostile = dataset(title={"id": "</script> \u2028 ]]> é", "en": "'\"\\"})
    for content in whole({hostile.id: hostile}).values():
        assert content.isascii()
        assert content.startswith(b"paluSearch(") and content.endswith(b");\n")
        json.loads(content[len(b"paluSearch(") - 1 :].replace(b"(", b"[", 1)[:-3] + b"]")
