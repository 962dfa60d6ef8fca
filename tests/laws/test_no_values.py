"""Law 2: no withheld value of the demo stands in anything that a run leaves behind, whether it succeeds or fails."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from samples.canaries import canaries
from tests.laws.demo_run import FAILING
from tests.laws.searching import Search, contents, spilled

REPOSITORY = Path(__file__).parents[2]
EXPECTED = yaml.safe_load((REPOSITORY / "samples/expected.yaml").read_text(encoding="utf-8"))
DATASETS = [(city, dataset) for city, datasets in EXPECTED.items() for dataset in datasets]


@dataclass(frozen=True, slots=True)
class DemoRun:
    """What the demo's two publications left behind."""

    root: Path
    ends: dict[str, dict[tuple[str, str], dict[str, Any]]]
    search: Search

    def report(self, city: str, dataset: str) -> dict[str, Any]:
        """The private report of the first publication."""
        found: dict[str, Any] = json.loads((self.root / "reports" / city / f"{dataset}.json").read_text())
        return found


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    root = tmp_path_factory.mktemp("demo")
    with (root / "stdout.txt").open("wb") as out, (root / "stderr.txt").open("wb") as err:
        command = [sys.executable, "-m", "tests.laws.demo_run", str(root)]
        done = subprocess.run(command, cwd=REPOSITORY, stdout=out, stderr=err, check=False)
    assert done.returncode == 0, (root / "stderr.txt").read_text()[-2000:]
    told = json.loads((root / "ends.json").read_text())
    ends = {run: {(one["city"], one["dataset"]): one for one in outcomes} for run, outcomes in told.items()}
    withheld = {value for values in canaries(root / "inbox").values() for value in values}
    assert len(withheld) > 20_000
    return DemoRun(root, ends, Search(withheld))


@pytest.mark.parametrize(
    ("place", "outside", "files"),
    [
        ("public", (), 150),
        ("private", ("snapshots", "prefect"), 20),
        ("private/prefect", (), 1),
        ("reports", (), 15),
        ("failing", (), 6),
    ],
    ids=[
        "the public zone",
        "ledger, reports and quarantine",
        "Prefect's home",
        "reports of the first run",
        "contracts",
    ],
)
def test_no_withheld_value_stands_in(place: str, outside: tuple[str, ...], files: int, demo: DemoRun) -> None:
    folder = demo.root / place
    found = list(contents(folder, tuple(folder / name for name in outside)))
    assert len(found) >= files
    assert spilled(demo.search, found) == {}


@pytest.mark.parametrize("file", ["stdout.txt", "stderr.txt", "ends.json"])
def test_no_withheld_value_was_printed(file: str, demo: DemoRun) -> None:
    assert spilled(demo.search, [(Path(file), (demo.root / file).read_bytes())]) == {}


def test_the_run_said_something_and_prefect_wrote_it_down(demo: DemoRun) -> None:
    assert "DITAHAN" in (demo.root / "stdout.txt").read_text()
    assert (demo.root / "stderr.txt").read_text() == ""
    database = b"".join(data for _, data in contents(demo.root / "private/prefect"))
    assert b"publish_datasets" in database or b"terbitkan" in database
    assert b"fasilitas-umum" in database


@pytest.mark.parametrize(("city", "dataset"), DATASETS, ids=[f"{city}/{dataset}" for city, dataset in DATASETS])
def test_the_demo_ends_as_expected(city: str, dataset: str, demo: DemoRun) -> None:
    expected, end = EXPECTED[city][dataset], demo.ends["first"][city, dataset]
    report = demo.report(city, dataset)
    assert end["end"] == expected["outcome"]
    assert report["rows"]["read"] == expected["rows"]
    assert report["rows"]["quarantined"] == expected["quarantined"]
    failed = [one for one in report["findings"] if one["severity"] == "blocker" and one["outcome"] != "passed"]
    blockers = [(one["fields"], one["rule"], one["failing"]) for one in failed]
    field, rule = expected.get("field"), expected.get("rule")
    assert blockers == ([([field], rule, expected["failing"])] if field else [])


@pytest.mark.parametrize(
    ("city", "dataset", "end", "code"),
    [
        ("palu", "titik-parkir", "held_back", "sheet_missing"),
        ("palu", "laporan-warga", "held_back", "held_back"),
        ("palu", "pelatihan-digital", "held_back", "held_back"),
        ("palu", "transaksi-parkir", "failed", "query_refused"),
        ("jambi", "pelatihan-digital", "held_back", "held_back"),
    ],
    ids=["a wrong sheet", "cells that do not parse", "a rule on an exempt field", "a bad query", "a rule that raises"],
)
def test_the_runs_that_were_to_fail_did_fail(city: str, dataset: str, end: str, code: str, demo: DemoRun) -> None:
    assert len(demo.ends["failing"]) == len(FAILING)
    one = demo.ends["failing"][city, dataset]
    assert (one["end"], one["code"]) == (end, code)


def test_the_rule_that_raised_says_that_it_could_not_be_checked(demo: DemoRun) -> None:
    report = json.loads((demo.root / "private/reports/jambi/pelatihan-digital.json").read_text())
    outcomes = {one["rule"]: one["outcome"] for one in report["findings"]}
    assert outcomes["expect_multicolumn_sum_to_equal"] == "unchecked"


def in_text(value: str) -> bytes:
    return f'<td data-label="Catatan">{value}</td>'.encode()


def in_utf_16(value: str) -> bytes:
    return f"catatan: {value}".encode("utf-16")


def in_base64(value: str) -> bytes:
    return base64.b64encode(f"x{value}yz".encode())


def as_bare_digits(value: str) -> bytes:
    return "".join(mark for mark in value if mark.isdigit()).encode()


Planted = Callable[[str], bytes]


@pytest.mark.parametrize("plant", [in_text, in_utf_16, in_base64, as_bare_digits])
def test_the_search_finds_what_is_planted(plant: Planted, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"\0" * 5 + plant("7271 0147 0845 0001"))
    search = Search(["7271 0147 0845 0001", "DN 1234 XY"])
    assert list(spilled(search, contents(tmp_path))) == [str(tmp_path / "page.html")]
    assert spilled(Search(["1505 9982 3361 5678"]), contents(tmp_path)) == {}


def in_a_cell(secret: str) -> pa.Table:
    return pa.table({"catatan": ["-", secret]})


def in_a_dictionary_that_no_row_points_to(secret: str) -> pa.Table:
    words = pa.DictionaryArray.from_arrays(pa.array([0, 0], pa.int32()), pa.array(["-", secret]))
    return pa.table({"catatan": words})


def in_the_metadata(secret: str) -> pa.Table:
    return pa.table({"catatan": ["-"]}).replace_schema_metadata({"sumber": secret})


@pytest.mark.parametrize("plant", [in_a_cell, in_a_dictionary_that_no_row_points_to, in_the_metadata])
def test_the_search_finds_what_parquet_compresses(plant: Callable[[str], pa.Table], tmp_path: Path) -> None:
    secret = "Ucok Hasibuan Contoh"
    pq.write_table(plant(secret), tmp_path / "data.parquet", compression="zstd")
    assert list(spilled(Search([secret]), contents(tmp_path))) == [str(tmp_path / "data.parquet")]


def test_the_search_finds_the_canaries_where_they_must_be(demo: DemoRun) -> None:
    found = spilled(demo.search, contents(demo.root / "private/snapshots"))
    assert any("pelatihan-digital" in path for path in found)
    assert any("laporan-warga" in path for path in found)
    assert not any("transaksi-parkir" in path for path in found), "an exempt column of a database was selected"
