"""A handle on a table checks its own claim, and DuckDB reaches the files that it is given and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas.errors import ProgrammerError
from schemas.tables import FAULT_COLUMN, LINE_COLUMN, PublicTable, StagedTable, database, literal, read_parquet
from tests.schemas.making import EXEMPTION, contract
from tests.schemas.resting import written

NIK: dict[str, Any] = {"name": "nik", "access": "exempt", "exemption": EXEMPTION}
CONTRACT = contract({"name": "kode"}, {"name": "jumlah", "type": "integer"}, NIK)
KODE, JUMLAH, FAULT, LINE = (
    ("kode", "VARCHAR"),
    ("jumlah", "BIGINT"),
    (FAULT_COLUMN, "VARCHAR"),
    (LINE_COLUMN, "BIGINT"),
)
SECRET = ("nik", "VARCHAR")
KEPT = ("_text of nik", "VARCHAR")


def staged(path: Path, rows: int) -> StagedTable:
    return StagedTable(path, CONTRACT, rows, faulty=0, first_row=2)


def staged_with_lines(path: Path, rows: int) -> StagedTable:
    return StagedTable(path, CONTRACT, rows, faulty=0, first_row=None)


def public(path: Path, rows: int) -> PublicTable:
    return PublicTable(path, CONTRACT.described(), rows)


Claim = Callable[[Path, int], object]
SOUND: list[tuple[Claim, list[tuple[str, str]]]] = [
    (staged, [KODE, JUMLAH, KEPT, FAULT]),
    (staged_with_lines, [LINE, KODE, JUMLAH, KEPT, FAULT]),
    (public, [KODE, JUMLAH]),
]


@pytest.mark.parametrize(("claim", "columns"), SOUND, ids=lambda value: getattr(value, "__name__", ""))
def test_a_true_claim_holds(tmp_path: Path, claim: Claim, columns: list[tuple[str, str]]) -> None:
    assert claim(written(tmp_path / "a.parquet", columns, [[None] * len(columns)] * 3), 3)


@pytest.mark.parametrize("rows", [0, 2, 4])
@pytest.mark.parametrize(("claim", "columns"), SOUND, ids=lambda value: getattr(value, "__name__", ""))
def test_another_number_of_rows_is_refused(
    tmp_path: Path, claim: Claim, columns: list[tuple[str, str]], rows: int
) -> None:
    file = written(tmp_path / "a.parquet", columns, [[None] * len(columns)] * 3)
    with pytest.raises(ProgrammerError, match="titik-parkir"):
        claim(file, rows)


@pytest.mark.parametrize(
    ("claim", "columns"),
    [
        pytest.param(public, [KODE, JUMLAH, SECRET], id="a public table with an exempt column"),
        pytest.param(public, [KODE, JUMLAH, FAULT], id="a public table with the fault column"),
        pytest.param(public, [KODE], id="a public table without a column"),
        pytest.param(public, [JUMLAH, KODE], id="a public table in another order"),
        pytest.param(public, [KODE, ("jumlah", "INTEGER")], id="a public table of another type"),
        pytest.param(public, [KODE, ("Jumlah", "BIGINT")], id="a public table with a name of another case"),
        pytest.param(staged, [KODE, JUMLAH, KEPT], id="staged rows without the fault column"),
        pytest.param(staged, [KODE, JUMLAH, FAULT], id="staged rows without the texts that are searched for"),
        pytest.param(
            staged, [KODE, JUMLAH, SECRET, KEPT, FAULT], id="staged rows with an exempt column that nothing reads"
        ),
        pytest.param(staged, [LINE, KODE, JUMLAH, KEPT, FAULT], id="staged rows with lines that nobody claims"),
        pytest.param(staged, [FAULT, KODE, JUMLAH, KEPT], id="staged rows in another order"),
        pytest.param(staged, [KODE, ("jumlah", "VARCHAR"), KEPT, FAULT], id="staged rows of another type"),
        pytest.param(
            staged_with_lines, [KODE, JUMLAH, KEPT, FAULT], id="staged rows without the lines that are claimed"
        ),
    ],
)
def test_a_false_claim_is_refused(tmp_path: Path, claim: Claim, columns: list[tuple[str, str]]) -> None:
    file = written(tmp_path / "a.parquet", columns, [[None] * len(columns)])
    with pytest.raises(ProgrammerError) as caught:
        claim(file, 1)
    assert caught.value.code == "claim_broken"


@pytest.mark.parametrize("claim", [staged, public], ids=lambda claim: claim.__name__)
@pytest.mark.parametrize("content", [None, b"", b"PAR1 bukan parquet PAR1"], ids=["missing", "empty", "no Parquet"])
def test_a_file_that_cannot_be_read_is_a_false_claim(tmp_path: Path, claim: Claim, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(ProgrammerError) as caught:
        claim(tmp_path / "a.parquet", 0)
    assert caught.value.__context__ is None


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Three files: one that is given, one beside it, one that the pattern of a name would match."""
    for name in ("dalam/a*.parquet", "dalam/ab.parquet", "luar/rahasia.parquet"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path / name, [KODE], [[name]])
    (tmp_path / "luar/rahasia.csv").write_text("kode\nrahasia\n")
    return tmp_path


@pytest.mark.parametrize("name", ["dalam/a*.parquet", "dalam/ab.parquet"])
def test_a_file_that_is_given_is_read_and_no_pattern_of_its_name(rooms: Path, name: str) -> None:
    with database(rooms / name) as connection:
        assert connection.execute(f"SELECT * FROM {read_parquet(rooms / name)}").fetchall() == [(name,)]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT * FROM read_parquet('{rooms}/dalam/ab.parquet')", id="the file beside it"),
        pytest.param("SELECT * FROM read_parquet('{rooms}/dalam/*.parquet')", id="a pattern of its folder"),
        pytest.param("SELECT * FROM '{rooms}/luar/rahasia.parquet'", id="a file elsewhere"),
        pytest.param("SELECT * FROM read_csv('{rooms}/luar/rahasia.csv')", id="a CSV elsewhere"),
        pytest.param("SELECT * FROM read_text('/etc/hostname')", id="a text of the machine"),
        pytest.param("SELECT * FROM glob('{rooms}/luar/*')", id="the names in a folder elsewhere"),
        pytest.param("COPY (SELECT 1) TO '{rooms}/luar/baru.csv'", id="writing elsewhere"),
        pytest.param("ATTACH '{rooms}/luar/baru.db' AS baru", id="another database"),
        pytest.param("INSTALL httpfs", id="an extension"),
        pytest.param("LOAD httpfs", id="an extension that stands there"),
        pytest.param("SET enable_external_access = true", id="opening the door"),
        pytest.param("SET lock_configuration = false", id="undoing the lock"),
        pytest.param("SET allowed_directories = ['/']", id="more folders"),
        pytest.param("RESET enable_external_access", id="the door as it was"),
        pytest.param("SELECT * FROM rooms_as_a_frame", id="the caller's own variables"),
    ],
)
@pytest.mark.parametrize("given", ["dalam/a*.parquet"])
def test_nothing_else_is_reached_and_nothing_unlocks(rooms: Path, given: str, query: str) -> None:
    rooms_as_a_frame = duckdb.sql("SELECT 1 AS a").arrow()
    assert rooms_as_a_frame is not None
    with database(rooms / given) as connection, pytest.raises(duckdb.Error):
        connection.execute(query.format(rooms=rooms)).fetchall()
    assert sorted(path.name for path in (rooms / "luar").iterdir()) == ["rahasia.csv", "rahasia.parquet"]


def test_a_folder_that_is_given_is_read_and_written_and_not_its_neighbour(rooms: Path) -> None:
    (rooms / "dalam2").mkdir()
    written(rooms / "dalam2/x.parquet", [KODE], [["x"]])
    with database(rooms / "dalam") as connection:
        connection.execute(f"COPY (SELECT 1 AS a) TO {literal(rooms / 'dalam/baru.csv')}")
        with pytest.raises(duckdb.Error):
            connection.execute(f"SELECT * FROM {read_parquet(rooms / 'dalam2/x.parquet')}")
        with pytest.raises(duckdb.Error):
            connection.execute(f"SELECT * FROM read_parquet({literal(rooms / 'dalam/../luar/rahasia.parquet')})")


@pytest.mark.parametrize("name", ["dan'kutip", "a b", "kurung[1]", "k=v", "tanya?"])
def test_a_path_with_signs_in_it_is_one_path(tmp_path: Path, name: str) -> None:
    file = tmp_path / name / f"{name}.parquet"
    file.parent.mkdir()
    written(file, [KODE, JUMLAH], [["a", 1]])
    assert public(file, 1)
    columns = file.parent / "luar.parquet"
    with database(file) as connection, pytest.raises(duckdb.Error):
        connection.execute(f"SELECT * FROM {read_parquet(columns)}")
