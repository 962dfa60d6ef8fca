"""The text columns of a Parquet file are searched whole, however its row groups keep them."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.columns import unused_entries
from catalog.tracing import Trace, Withheld, traces_in_columns
from schemas.tables import PARQUET, literal
from tests.making import contract, exempt_field, open_field

DATASET = contract(open_field("catatan"), exempt_field("nama")).described()
SECRET = "Ucok Hasibuan Contoh"
VARIED, REPEATED = "'catatan nomor ' || i", "'catatan nomor ' || i % 9000"
"""Of the groups of 4,096 rows the last, a small one, keeps a dictionary all the same."""


def withheld(folder: Path) -> Withheld:
    duckdb.execute(f"COPY (SELECT {literal(SECRET)} AS nama) TO {literal(folder / 'staged')} (FORMAT parquet)")
    return Withheld(folder / "staged", {"nama": "nama"}, folder / "words.npy")


def public(folder: Path, cell: str) -> Path:
    path = folder / "public.parquet"
    duckdb.execute(
        f"COPY (SELECT {cell} AS catatan FROM range(41_000) t(i)) TO {literal(path)} ({PARQUET}, ROW_GROUP_SIZE 4096)"
    )
    return path


def kept(path: Path) -> set[bool]:
    metadata = pq.read_metadata(path)
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    return {group.column(0).has_dictionary_page for group in groups}


@pytest.mark.parametrize("place", [3, 30_000, 40_999], ids=["in the first group", "in the middle", "in the last group"])
@pytest.mark.parametrize("cell", [VARIED, REPEATED], ids=["a column of many texts", "a column that repeats itself"])
def test_a_value_is_found_in_whichever_row_group_it_stands(tmp_path: Path, cell: str, place: int) -> None:
    path = public(tmp_path, f"CASE WHEN i = {place} THEN 'untuk ' || {literal(SECRET)} ELSE {cell} END")
    assert kept(path) == {True, False}
    assert traces_in_columns(path, DATASET, withheld(tmp_path), ()) == (Trace("nama", "catatan", 1),)


def listed(folder: Path) -> Path:
    """A file of which one dictionary holds an entry that no row points to."""
    words = pa.DictionaryArray.from_arrays(pa.array([0, None], pa.int32()), pa.array(["-", SECRET]))
    pq.write_table(pa.table({"catatan": words}), folder / "public.parquet")
    return folder / "public.parquet"


def test_an_entry_that_no_row_points_to_is_found(tmp_path: Path) -> None:
    assert traces_in_columns(listed(tmp_path), DATASET, withheld(tmp_path), ()) == (Trace("nama", "catatan", 1),)


def test_of_a_dictionary_the_entries_that_no_row_points_to_are_told_apart(tmp_path: Path) -> None:
    path = listed(tmp_path)
    [cells] = unused_entries(path, pq.read_metadata(path), ["catatan"], 0)
    assert (cells.column, cells.texts.to_pylist(), cells.codes) == ("catatan", [SECRET], None)
