"""What changed between two releases: counted row by row, and told in words."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import comparison
from catalog.changes import Changes, causes_in_words, in_words
from catalog.comparison import Side, compared
from catalog.manifest import Inputs
from schemas.contracts import Dataset
from tests.catalog.test_xlsx import table
from tests.making import contract, exempt_field, open_field

INPUTS = Inputs(snapshot_sha256="a", contract_sha256="b", code_version="1")
KEYED = contract(open_field("kode"), open_field("n", "integer"), primaryKey="kode").described()
KEYLESS = contract(open_field("kode"), open_field("n", "integer")).described()
HIDDEN_KEY = contract(exempt_field("nik"), open_field("kode"), open_field("n", "integer"), primaryKey="nik").described()
Rows = list[dict[str, Any]]


def side(folder: Path, rows: Rows, dataset: Dataset = KEYED, inputs: Inputs = INPUTS) -> Side:
    folder.mkdir(exist_ok=True)
    made = table(folder, rows, dataset)
    return Side(made.path, dataset, len(rows), inputs)


def rows(*pairs: tuple[str | None, int | None]) -> Rows:
    return [{"kode": kode, "n": n} for kode, n in pairs]


OLD = rows(("a", 1), ("b", 2), ("c", 3))


def counts(changes: Changes) -> tuple[int | None, int | None, int | None]:
    return changes.added, changes.changed, changes.removed


@pytest.mark.parametrize(
    ("dataset", "new", "expected"),
    [
        pytest.param(KEYED, OLD, (0, 0, 0), id="nothing"),
        pytest.param(KEYED, list(reversed(OLD)), (0, 0, 0), id="only the order"),
        pytest.param(KEYED, rows(("a", 1), ("b", 9), ("d", 4), ("e", 5)), (2, 1, 1), id="by the key"),
        pytest.param(KEYED, rows(("a", None), ("b", 2), ("c", 3)), (0, 1, 0), id="a value that went missing"),
        pytest.param(KEYLESS, rows(("a", 1), ("b", 9), ("c", 3)), (1, None, 1), id="without a key, by whole rows"),
        pytest.param(KEYLESS, [*OLD, OLD[0], OLD[0]], (2, None, 0), id="rows that stand there more than once"),
        pytest.param(HIDDEN_KEY, rows(("a", 1), ("b", 9), ("c", 3)), (1, None, 1), id="a key that is withheld"),
    ],
)
def test_rows_are_compared(dataset: Dataset, new: Rows, expected: tuple[int | None, ...], tmp_path: Path) -> None:
    changes = compared(side(tmp_path / "a", OLD, dataset), side(tmp_path / "b", new, dataset), "r1")
    assert counts(changes) == expected
    assert changes.since == "r1"


def test_groups_are_told_apart_by_what_they_are_grouped_by(tmp_path: Path) -> None:
    stated = {"by": ["kode"], "name": "jumlah", "title": "Jumlah", "at_least": 5, "because": "Uji."}
    dataset = contract(open_field("kode"), disclosure={"aggregate": stated}).described()
    old = [{"kode": "a", "jumlah": 5}, {"kode": "b", "jumlah": 6}]
    new = [{"kode": "a", "jumlah": 7}, {"kode": "c", "jumlah": 6}]
    assert counts(compared(side(tmp_path / "a", old, dataset), side(tmp_path / "b", new, dataset), "r")) == (1, 1, 1)


def test_columns_that_came_and_went_are_named_and_the_others_compared(tmp_path: Path) -> None:
    before = contract(
        open_field("kode"), open_field("n", "integer"), open_field("lama"), open_field("m"), primaryKey="kode"
    )
    after = contract(
        open_field("kode"),
        open_field("n", "integer"),
        open_field("baru"),
        open_field("m", "integer"),
        primaryKey="kode",
    )
    old = side(tmp_path / "a", OLD, before.described())
    changes = compared(old, side(tmp_path / "b", OLD, after.described()), "r")
    assert (changes.columns_added, changes.columns_removed, changes.columns_retyped) == (("baru",), ("lama",), ("m",))
    assert counts(changes) == (0, 0, 0)


def test_too_many_rows_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MOST_ROWS", 5)
    changes = compared(side(tmp_path / "a", OLD), side(tmp_path / "b", OLD), "r")
    assert counts(changes) == (None, None, None)
    assert in_words(changes) == "terlalu besar untuk dibandingkan baris demi baris"


PAIRS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2) | st.none(), max_size=6)


@given(PAIRS, PAIRS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_counts_are_those_of_a_comparison_by_hand(
    tmp_path: Path, old: dict[str, int | None], new: dict[str, int | None]
) -> None:
    changes = compared(side(tmp_path / "a", rows(*old.items())), side(tmp_path / "b", rows(*new.items())), "r")
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    assert counts(changes) == (len(new.keys() - old.keys()), changed, len(old.keys() - new.keys()))


@pytest.mark.parametrize(
    ("what", "because"),
    [
        ({"snapshot_sha256": "x"}, ("data",)),
        ({"contract_sha256": "x", "code_version": "2"}, ("contract", "program")),
        ({"corrections_sha256": "x"}, ("corrections",)),
        ({}, ()),
    ],
    ids=["new data", "a contract and a program", "corrections", "the same inputs on another day"],
)
def test_the_reason_is_what_the_release_was_made_from(
    what: dict[str, str], because: tuple[str, ...], tmp_path: Path
) -> None:
    after = side(tmp_path / "b", OLD, inputs=INPUTS.model_copy(update=what))
    assert compared(side(tmp_path / "a", OLD), after, "r").because == because


@pytest.mark.parametrize(
    ("stated", "indonesian", "english"),
    [
        pytest.param(
            {"added": 12, "changed": 3, "removed": 1, "columns_added": ("luas",)},
            "12 baris baru, 3 baris diubah, 1 baris dihapus; kolom luas ditambahkan",
            "12 new rows, 3 rows changed, 1 row removed; column luas added",
            id="all at once",
        ),
        pytest.param(
            {"added": 0, "changed": 3, "removed": 0, "because": ("corrections",)},
            "3 baris dikoreksi",
            "3 rows corrected",
            id="by the corrections alone",
        ),
        pytest.param(
            {"added": 0, "changed": 3, "removed": 0, "because": ("data", "corrections")},
            "3 baris diubah",
            "3 rows changed",
            id="by new data as well",
        ),
        pytest.param({"added": 1234, "removed": 0}, "1.234 baris baru", "1,234 new rows", id="thousands"),
        pytest.param({"added": 0, "removed": 0}, "isi data sama", "the data are the same", id="nothing"),
        pytest.param(
            {"columns_removed": ("a", "b"), "columns_retyped": ("c",)},
            "kolom a, b tidak lagi dimuat; jenis kolom c diubah",
            "column a, b no longer included; type of column c changed",
            id="columns alone",
        ),
    ],
)
def test_changes_are_told_in_words(stated: dict[str, Any], indonesian: str, english: str) -> None:
    changes = Changes(since="r", **stated)
    assert (in_words(changes), in_words(changes, "en")) == (indonesian, english)


def test_causes_are_told_in_words() -> None:
    changes = Changes(since="r", because=("data", "program"))
    assert causes_in_words(changes) == "data baru dari produsen data, pembaruan program"
    assert causes_in_words(changes, "en") == "new data from the data producer, an update of the program"
