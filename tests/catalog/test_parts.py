"""How a catalog is cut into parts: everything stands once, and growing moves little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import parts as cut
from catalog.parts import PER_PART, by_part, count_of_parts, part_of, touched

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("datasets", "parts"),
    [(0, 1), (1, 1), (PER_PART, 1), (PER_PART + 1, 2), (10_000, 10_000 // PER_PART)],
)
def test_the_number_of_parts_follows_the_number_of_datasets(datasets: int, parts: int) -> None:
    assert count_of_parts(datasets) == parts


@given(NAMES, st.integers(1, 5_000))
def test_every_dataset_stands_in_a_part_that_there_is(name: str, parts: int) -> None:
    assert 0 <= part_of(name, parts) < parts


@given(st.lists(NAMES, max_size=40, unique=True), st.integers(1, 300))
def test_one_part_more_splits_one_part_only(names: list[str], parts: int) -> None:
    moved = {(part_of(name, parts), part_of(name, parts + 1)) for name in names}
    changed = {(old, new) for old, new in moved if old != new}
    assert {new for _, new in changed} <= {parts}
    assert len({old for old, _ in changed}) <= 1


@given(st.lists(NAMES, max_size=500))
def test_all_names_stand_in_exactly_one_part(names: list[str]) -> None:
    parts = by_part(names)
    assert sorted(name for part in parts for name in part) == sorted(set(names))
    assert all(part_of(name, len(parts)) == number for number, part in enumerate(parts) for name in part)


def test_the_parts_of_a_large_catalog_are_about_as_full() -> None:
    sizes = [len(part) for part in by_part(f"dataset-{number}" for number in range(10_000))]
    assert (len(sizes), sum(sizes)) == (50, 10_000)
    assert max(sizes) < 2.5 * PER_PART


def test_a_dataset_stands_where_it_stood_last_time() -> None:
    assert [part_of("titik-parkir", parts) for parts in (1, 2, 3, 50)] == [0, 0, 0, 48]


@given(
    st.sets(NAMES, max_size=30),
    st.sets(NAMES, max_size=6),
    st.sets(NAMES, max_size=6),
    st.integers(1, 4),
)
def test_what_a_change_leaves_untouched_is_as_it_was(
    stayed: set[str], came: set[str], went: set[str], per_part: int
) -> None:
    before, after = stayed | went, (stayed - went) | came
    changed = before ^ after
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cut, "PER_PART", per_part)
        old, new, written = by_part(before), by_part(after), touched(len(after), changed)
    for number in range(max(len(old), len(new))):
        if number not in written:
            assert old[number] == new[number]
            assert (number == len(old) - 1) == (number == len(new) - 1)


def test_one_dataset_more_touches_few_parts_of_a_large_catalog() -> None:
    touches = [len(touched(datasets, ["baru"])) for datasets in range(9_000, 10_000)]
    assert (min(touches), max(touches)) == (1, 4)
