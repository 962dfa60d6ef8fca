"""Two releases side by side do not tell of a person."""

import pytest

from transforms.protection.differencing import Table, kept_together, little_changed


def table(**counts: int | None) -> Table:
    return {(name,): count for name, count in counts.items()}


@pytest.mark.parametrize(
    ("now", "earlier", "withheld"),
    [
        pytest.param({"a": 10}, [], "", id="no release before"),
        pytest.param({"a": 10}, [{"a": 10}], "", id="nothing changed"),
        pytest.param({"a": 10}, [{"a": 11}], "a", id="one person left"),
        pytest.param({"a": 10}, [{"a": 6}], "a", id="four came"),
        pytest.param({"a": 10}, [{"a": 5}], "", id="five came"),
        pytest.param({"a": 10, "b": 9}, [{"a": 10}], "", id="a group is new"),
        pytest.param({"a": 10}, [{"a": None}], "", id="withheld before, and never shown"),
        pytest.param({"a": 10}, [{"a": None}, {"a": 11}], "a", id="withheld before, and last shown before that"),
        pytest.param({"a": 10}, [{"a": 20}, {"a": 11}], "", id="the last one shown counts"),
    ],
)
def test_a_count_that_changed_by_a_few_is_withheld(
    now: dict[str, int], earlier: list[dict[str, int | None]], withheld: str
) -> None:
    counts = {(name,): count for name, count in now.items()}
    assert little_changed(counts, [table(**one) for one in earlier], 5) == {(name,) for name in withheld}


@pytest.mark.parametrize(
    ("before", "now", "withheld", "kept"),
    [
        pytest.param({"a": 10, "b": 20}, "ab", "", 0, id="nothing was withheld"),
        pytest.param({"a": None, "b": None, "c": 9}, "abc", "ab", 0, id="the same stay withheld"),
        pytest.param({"a": None, "b": None, "c": 9}, "abc", "a", 1, id="one alone would follow from the total"),
        pytest.param({"a": None, "b": None, "c": 9}, "abc", "", 2, id="and none at all would let each be tried"),
        pytest.param({"a": None, "b": None, "c": None}, "abc", "", 2, id="two of three are enough"),
        pytest.param({"a": None, "b": None, "c": None}, "abc", "ac", 0, id="two that are withheld anyway are enough"),
        pytest.param({"a": None, "b": None}, "b", "", 1, id="a group that is gone cannot be taken as unchanged"),
    ],
)
def test_what_was_withheld_together_stays_withheld_together(
    before: dict[str, int | None], now: str, withheld: str, kept: int
) -> None:
    found = kept_together(table(**before), {(name,) for name in now}, {(name,) for name in withheld})
    assert len(found) == kept
    assert not found & {(name,) for name in withheld}


def test_in_two_dimensions_a_whole_rectangle_stays_withheld() -> None:
    before: Table = {(row, column): None if row < 2 and column < 2 else 9 for row in range(3) for column in range(3)}
    rectangle = {(row, column) for row in range(2) for column in range(2)}
    assert kept_together(before, set(before), {(0, 0), (0, 1)}) == {(1, 0), (1, 1)}
    assert kept_together(before, set(before), rectangle) == frozenset()
