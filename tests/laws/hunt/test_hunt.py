"""A small leak hunt in every test run: every kind of source and every situation once, 200 values, 0 found."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.laws.encodings import WAYS, WINDOW, zipped
from tests.laws.hunt.hunting import Left, let_run, plant, ready, searched, surprises
from tests.laws.hunt.situations import EVERYTHING, SITUATIONS, one_of_each
from tests.laws.searching import Search

PLAN = one_of_each()


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, postgresql: str, mariadb: str) -> Left:
    root = tmp_path_factory.mktemp("perburuan")
    urls = {"postgresql": postgresql, "mariadb": mariadb}
    return let_run(root, plant(root, PLAN, 200, urls), urls)


@pytest.fixture(scope="module")
def search(left: Left) -> Search:
    return ready(left.values)


def test_every_dataset_ended_as_its_situation_demands(left: Left) -> None:
    assert (left.code, (left.root / "said/err.txt").read_text()) == (0, "")
    assert surprises(left, PLAN) == {}


def test_nothing_is_found_in_any_byte_that_the_run_left(left: Left, search: Search) -> None:
    assert len(left.values) >= 200
    figures = searched(search, left.root)
    assert figures.files > 50
    assert figures.found == ()


def test_the_values_are_where_raw_data_belong(left: Left, search: Search) -> None:
    assert searched(search, left.root / "inbox").found
    assert searched(search, left.root / "private/snapshots").found


def in_a_page(folder: Path, told: bytes) -> None:
    (folder / "index.html").write_bytes(b"<td>" + told + b"</td>")


def in_a_log(folder: Path, told: bytes) -> None:
    (folder / "flow.log").write_bytes(b"x" * 3 + b"INFO " + told + b"\n")


def in_a_gzip_inside_a_file(folder: Path, told: bytes) -> None:
    (folder / "arsip.bin").write_bytes(b"kepala" + zipped(told.decode("latin-1")))


def in_parquet(folder: Path, told: bytes) -> None:
    pq.write_table(pa.table({"catatan": ["-", told.decode("latin-1")]}), folder / "data.parquet", compression="zstd")


@pytest.mark.parametrize("place", ["public/palu", "private/prefect", "private/meja", "tmp", "said"])
@pytest.mark.parametrize("put", [in_a_page, in_a_log, in_a_gzip_inside_a_file, in_parquet])
def test_a_planted_value_is_found_wherever_it_stands(
    put: Callable[[Path, bytes], None], place: str, left: Left, search: Search, tmp_path: Path
) -> None:
    assert (left.root / place).is_dir()
    folder = tmp_path / place
    folder.mkdir(parents=True)
    value = next(one for one in sorted(left.values) if one.isdigit())
    put(folder, value.encode())
    assert searched(search, tmp_path).found


@pytest.mark.parametrize("way", WAYS)
def test_a_planted_value_is_found_however_it_is_written(way: str, left: Left, search: Search, tmp_path: Path) -> None:
    digits = next(one for one in sorted(left.values) if len(one) == 16 and one.isdigit())
    told = [form for form in WAYS[way](digits) if len(form) >= WINDOW]
    assert told
    for number, form in enumerate(told):
        (tmp_path / f"{number}.txt").write_bytes(b"ab" + form + b"yz")
    assert len(searched(search, tmp_path).found) == len(told)


def test_the_whole_hunt_covers_what_it_claims() -> None:
    assert len(WAYS) >= 12
    assert {situation for _, situation in PLAN} == set(SITUATIONS)
    assert {kind for kind, _ in PLAN} == {kind for kind, _ in EVERYTHING}
