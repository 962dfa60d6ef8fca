"""Files of a release: what the encoders write, and the proof that both hold the same rows."""

import csv as standard_csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from catalog.encoding import csv, parquet, preview
from catalog.encoding import json as json_records
from catalog.manifest import Format
from catalog.verification import prove_same_rows
from schemas.contracts import Dataset
from schemas.errors import ProgrammerError
from schemas.tables import PublicTable, literal

HOSTILE = ("koma, di dalam", 'kutip " di dalam', "baris\nbaru", " spasi ", "=1+1", "Ŵ 漢字 \u200b", "", "NULL")
DATASET = Dataset.model_validate(
    {
        "id": "uji",
        "department": "dishub",
        "title": "Uji",
        "description": "Uji.",
        "license": "CC-BY-4.0",
        "origin": "sample",
        "fields": [
            {"name": "kode", "title": "Kode", "type": "string", "access": "open"},
            {"name": "nilai", "title": "Nilai", "type": "number", "access": "open"},
            {"name": "hari", "title": "Hari", "type": "date", "access": "open"},
            {"name": "nik", "title": "NIK", "type": "string"},
        ],
    }
)
ROWS = ", ".join(f"({literal(text)}, {n / 4}, DATE '2026-03-0{n % 9 + 1}')" for n, text in enumerate(HOSTILE))


@pytest.fixture
def table(tmp_path: Path) -> PublicTable:
    path = tmp_path / "public.parquet"
    duckdb.execute(
        f"COPY (SELECT kode, nilai::DOUBLE AS nilai, hari FROM (VALUES {ROWS}, (NULL, NULL, NULL)) t(kode, nilai, hari)) TO {literal(path)} (FORMAT parquet)"
    )
    return PublicTable(path, DATASET, len(HOSTILE) + 1)


@pytest.fixture
def folder(table: PublicTable, tmp_path: Path) -> Path:
    """A release's folder with both data files."""
    into = tmp_path / "release"
    into.mkdir()
    csv.write(table, into / "uji.csv")
    parquet.write(table, into / "uji.parquet")
    return into


def test_the_csv_holds_every_cell_whatever_it_contains(folder: Path) -> None:
    with (folder / "uji.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = list(standard_csv.reader(file))
    assert header == ["kode", "nilai", "hari"]
    assert [row[0] for row in rows] == [*HOSTILE, ""]
    assert rows[1] == ['kutip " di dalam', "0.25", "2026-03-02"]


def test_the_parquet_is_the_very_file_of_the_public_table(table: PublicTable, folder: Path) -> None:
    assert (folder / "uji.parquet").read_bytes() == table.path.read_bytes()


def test_the_preview_shows_the_first_rows_as_text(table: PublicTable) -> None:
    shown = json.loads(preview.document(table))
    assert shown["fields"] == ["kode", "nilai", "hari"]
    assert shown["rows"][0] == ["koma, di dalam", "0.0", "2026-03-01"]
    assert shown["rows"][-1] == [None, None, None]


def test_files_that_hold_the_same_rows_are_proven(folder: Path) -> None:
    prove_same_rows(folder, DATASET, len(HOSTILE) + 1)


def a_changed_cell(folder: Path) -> None:
    _rewritten(folder, lambda text: text.replace("0.25", "0.26"))


def a_lost_row(folder: Path) -> None:
    _rewritten(folder, lambda text: text.replace("=1+1,1.0,2026-03-05\n", ""))


def a_doubled_row(folder: Path) -> None:
    _rewritten(folder, lambda text: text.replace("=1+1,1.0,2026-03-05\n", "=1+1,1.0,2026-03-05\n" * 2))


def two_cells_that_changed_places(folder: Path) -> None:
    _rewritten(folder, lambda text: text.replace("0.25", "x").replace("0.5", "0.25").replace("x", "0.5"))


def another_type(folder: Path) -> None:
    file = folder / "uji.parquet"
    query = f"SELECT kode, nilai::VARCHAR AS nilai, hari FROM read_parquet({literal(file)})"
    duckdb.execute(f"COPY ({query}) TO {literal(folder / 'other.parquet')} (FORMAT parquet)")
    (folder / "other.parquet").replace(file)


def an_exempt_column(folder: Path) -> None:
    file = folder / "uji.parquet"
    query = f"SELECT *, 'rahasia' AS nik FROM read_parquet({literal(file)})"
    duckdb.execute(f"COPY ({query}) TO {literal(folder / 'other.parquet')} (FORMAT parquet)")
    (folder / "other.parquet").replace(file)


def _rewritten(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "uji.csv"
    before = file.read_text(encoding="utf-8")
    assert change(before) != before
    file.write_text(change(before), encoding="utf-8")


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (a_changed_cell, "rows_differ"),
        (a_lost_row, "rows_differ"),
        (a_doubled_row, "rows_differ"),
        (two_cells_that_changed_places, "rows_differ"),
        (another_type, "schema_differs"),
        (an_exempt_column, "schema_differs"),
    ],
    ids=lambda value: getattr(value, "__name__", "").replace("_", " "),
)
def test_files_that_do_not_are_refused(break_it: Callable[[Path], None], code: str, folder: Path) -> None:
    break_it(folder)
    with pytest.raises(ProgrammerError) as caught:
        prove_same_rows(folder, DATASET, len(HOSTILE) + 1)
    assert caught.value.code == code


ALL: tuple[Format, ...] = ("csv", "parquet", "json")


def test_the_json_holds_every_cell_whatever_it_contains(table: PublicTable, tmp_path: Path) -> None:
    json_records.write(table, tmp_path / "uji.json")
    records = json.loads((tmp_path / "uji.json").read_bytes())
    assert [record["kode"] for record in records] == [*HOSTILE, None]
    assert records[1] == {"kode": 'kutip " di dalam', "nilai": 0.25, "hari": "2026-03-02"}


def test_three_formats_that_hold_the_same_rows_are_proven(table: PublicTable, folder: Path) -> None:
    json_records.write(table, folder / "uji.json")
    prove_same_rows(folder, DATASET, len(HOSTILE) + 1, ALL)


def test_a_table_without_rows_is_proven_in_three_formats(tmp_path: Path) -> None:
    empty = tmp_path / "public.parquet"
    duckdb.execute(
        f"COPY (SELECT ''::VARCHAR AS kode, 0::DOUBLE AS nilai, DATE '2026-01-01' AS hari LIMIT 0) TO {literal(empty)} (FORMAT parquet)"
    )
    table = PublicTable(empty, DATASET, 0)
    for format_, write in (("csv", csv.write), ("parquet", parquet.write), ("json", json_records.write)):
        write(table, tmp_path / f"uji.{format_}")
    prove_same_rows(tmp_path, DATASET, 0, ALL)
    assert json.loads((tmp_path / "uji.json").read_bytes()) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda records: records[:-1], id="a lost row"),
        pytest.param(lambda records: [*records, records[0]], id="a doubled row"),
        pytest.param(lambda records: [{**records[0], "nilai": 7}, *records[1:]], id="a changed cell"),
        pytest.param(lambda records: [{**records[0], "hari": "kemarin"}, *records[1:]], id="a cell of no date"),
        pytest.param(lambda _: "bukan daftar", id="no list at all"),
    ],
)
def test_a_json_that_differs_is_refused(change: Callable[[Any], Any], table: PublicTable, folder: Path) -> None:
    file = folder / "uji.json"
    json_records.write(table, file)
    file.write_text(json.dumps(change(json.loads(file.read_bytes()))), encoding="utf-8")
    with pytest.raises(ProgrammerError) as caught:
        prove_same_rows(folder, DATASET, len(HOSTILE) + 1, ALL)
    assert caught.value.code == "rows_differ"


def test_a_count_that_was_claimed_wrongly_is_refused(folder: Path) -> None:
    with pytest.raises(ProgrammerError, match="tidak memuat baris yang sama"):
        prove_same_rows(folder, DATASET, len(HOSTILE))
