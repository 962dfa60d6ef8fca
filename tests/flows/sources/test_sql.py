"""Rows of a database: only those columns, in that order, as text that means one thing."""

import hashlib
import tracemalloc
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from flows.sources import sql
from schemas.errors import SupplierError
from tests.flows.sources.asking import DATABASES, address, asked, prepared, rows, unloaded
from tests.making import exempt_field, open_field
from transforms.reading import NUMBER_MARK as MARK
from transforms.reading.at_rest import table_at_rest


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return tmp_path / "snapshot"


@pytest.mark.parametrize("kind", DATABASES)
def test_no_statement_names_an_exempt_column_that_no_rule_reads(
    kind: str, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    url = address(kind, tmp_path, request)
    create = ["DROP TABLE IF EXISTS juru", "CREATE TABLE juru (kode VARCHAR(9), nik VARCHAR(16), umur INTEGER)"]
    with prepared(url, [*create, "INSERT INTO juru VALUES ('a', '7271', 30)"]) as engine:
        monkeypatch.setattr(sa, "create_engine", lambda *_, **__: engine)
        event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))
        fields = open_field("kode"), exempt_field("nik"), exempt_field("umur", constraints={"required": True})
        assert rows(url, asked(*fields, table="juru"), snapshot) == [("a", "30")]
    assert said
    assert not [statement for statement in said if "nik" in statement]


def test_an_exempt_column_of_a_view_is_never_computed(postgresql: str, snapshot: Path) -> None:
    statements = [
        "DROP VIEW IF EXISTS rahasia",
        "CREATE OR REPLACE FUNCTION terbaca() RETURNS text STABLE LANGUAGE plpgsql "
        "AS $$ BEGIN RAISE EXCEPTION 'terbaca'; END $$",
        "CREATE VIEW rahasia AS SELECT 'a' AS kode, terbaca() AS nik",
    ]
    with prepared(postgresql, statements):
        fields = open_field("kode"), exempt_field("nik")
        assert rows(postgresql, asked(*fields, table="rahasia"), snapshot) == [("a",)]


@pytest.mark.parametrize("kind", DATABASES)
def test_the_same_rows_in_another_order_are_the_same_snapshot(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url, values = address(kind, tmp_path, request), ["(2, 'b')", "(10, 'c')", "(1, 'a')"]
    create = ["DROP TABLE IF EXISTS urut", "CREATE TABLE urut (nomor INTEGER, kode VARCHAR(9))"]
    of = asked(open_field("kode"), open_field("nomor"), table="urut", primaryKey=["nomor"])
    digests = set()
    for number, order in enumerate((values, values[::-1])):
        with prepared(url, [*create, *(f"INSERT INTO urut VALUES {row}" for row in order)]):
            digests.add(unloaded(url, of, tmp_path / str(number)))
            assert rows(url, of, tmp_path / str(number)) == [("a", "1"), ("b", "2"), ("c", "10")]
    assert digests == {hashlib.sha256((tmp_path / "0").read_bytes()).hexdigest()}


def test_rows_beyond_one_batch_are_numbered_on(tmp_path: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "BATCH_ROWS", 2)
    url = f"sqlite:///{tmp_path / 'uji.db'}"
    query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i AS nomor FROM n"
    assert rows(url, asked(open_field("nomor"), query=query), snapshot) == [(str(i),) for i in range(1, 6)]


LONG_ROWS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
    "SELECT printf('%0500d', i) AS kode FROM n",
    "mariadb": "SELECT lpad(seq, 500, '0') AS kode FROM seq_1_to_30000",
}
LONG_BYTES = 30_000 * 500


@pytest.mark.parametrize("kind", LONG_ROWS)
def test_the_rows_of_a_server_are_never_held_together(
    kind: str, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, of = address(kind, tmp_path, request), asked(open_field("kode"), query=LONG_ROWS[kind])
    monkeypatch.setattr(sql, "BATCH_ROWS", 500)
    tracemalloc.start()
    try:
        unloaded(url, of, snapshot)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert table_at_rest(snapshot, {}).rows == LONG_BYTES // 500
    assert peak < LONG_BYTES / 4


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        pytest.param("postgresql", "1.50::numeric", f"{MARK}1.50", id="decimal"),
        pytest.param("postgresql", "1500.00::numeric", "1500", id="whole decimal"),
        pytest.param("postgresql", "1e30::numeric", f"1{'0' * 30}", id="decimal of thirty digits"),
        pytest.param("postgresql", "0.1::float8", f"{MARK}0.1", id="float"),
        pytest.param("postgresql", "'nan'::float8", f"{MARK}nan", id="no number, which no field takes"),
        pytest.param("postgresql", "'infinity'::numeric", "Infinity", id="infinity, which no field takes"),
        pytest.param("postgresql", "true", "true", id="truth"),
        pytest.param("postgresql", "'10:20:30'::time", "10:20:30", id="time"),
        pytest.param("postgresql", "interval '1 day 02:00'", "26:00:00", id="more than a day"),
        pytest.param("postgresql", "interval '-01:30'", "-01:30:00", id="less than nothing"),
        pytest.param("postgresql", "'2026-01-02 03:04:05+08'::timestamptz", "2026-01-01 19:04:05+00:00", id="instant"),
        pytest.param(
            "postgresql",
            "'0B7F2A6E-0000-4000-8000-000000000001'::uuid",
            "0b7f2a6e-0000-4000-8000-000000000001",
            id="uuid",
        ),
        pytest.param("postgresql", """'{"a": [1, "é"]}'::jsonb""", '{"a":[1,"é"]}', id="json"),
        pytest.param("postgresql", "ARRAY['a', 'b']", '["a","b"]', id="array"),
        pytest.param("postgresql", "NULL::text", None, id="nothing"),
        pytest.param("mariadb", "CAST(1.50 AS DECIMAL(5,2))", f"{MARK}1.50", id="decimal of MariaDB"),
        pytest.param("mariadb", "CAST('27:00:01' AS TIME)", "27:00:01", id="more than a day of MariaDB"),
        pytest.param("mariadb", "CAST('10:00:00.25' AS TIME(2))", "10:00:00.250000", id="quarter of a second"),
        pytest.param("mariadb", "TRUE", "1", id="truth of MariaDB"),
        pytest.param("sqlite", "1234567890123456789", "1234567890123456789", id="long whole number"),
        pytest.param("sqlite", "3.0", "3", id="whole float"),
        pytest.param("sqlite", "1.234", f"{MARK}1.234", id="a fraction that might be a thousand"),
        pytest.param("sqlite", "' x '", " x ", id="text as it is"),
    ],
)
def test_a_value_becomes_text_that_means_one_thing(
    kind: str, value: str, text: str | None, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    url = address(kind, tmp_path, request)
    if kind == "postgresql":
        url += "&options=-ctimezone%3DUTC"
    assert rows(url, asked(open_field("nilai"), query=f"SELECT {value} AS nilai"), snapshot) == [(text,)]


def test_a_value_that_cannot_be_text_is_named_by_its_column_and_type(tmp_path: Path, snapshot: Path) -> None:
    with pytest.raises(SupplierError) as raised:
        rows(f"sqlite:///{tmp_path / 'uji.db'}", asked(open_field("foto"), query="SELECT x'00' AS foto"), snapshot)
    assert (raised.value.code, raised.value.names) == ("column_type", {"column": "foto", "type": "bytes"})


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT 'jam 10:30 :siang, 100 %' AS teks;", id="colons, percents, semicolon"),
        pytest.param("SELECT 'jam 10:30 :siang, 100 %' AS teks -- komentar :x", id="a comment at its end"),
        pytest.param("WITH a AS (SELECT 'jam 10:30 :siang, 100 %' AS teks) SELECT * FROM a", id="a named part"),
    ],
)
def test_a_query_is_asked_as_it_stands(
    kind: str, query: str, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    url = address(kind, tmp_path, request)
    assert rows(url, asked(open_field("teks"), query=query), snapshot) == [("jam 10:30 :siang, 100 %",)]


def test_a_cast_of_postgresql_is_no_parameter(postgresql: str, snapshot: Path) -> None:
    of = asked(open_field("teks"), query="SELECT '7'::int::text AS teks")
    assert rows(postgresql, of, snapshot) == [("7",)]


@pytest.mark.parametrize("kind", DATABASES)
def test_columns_of_any_name_are_found(
    kind: str, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    url, quote = address(kind, tmp_path, request), "`" if kind == "mariadb" else '"'
    names = ["Nilai (%)", "Kode Titik", "order", "a.b", "x:y"]
    columns = ", ".join(f"'{number}' AS {quote}{name}{quote}" for number, name in enumerate(names))
    fields = [open_field(f"f{number}", column=name) for number, name in enumerate(names)]
    assert rows(url, asked(*fields, query=f"SELECT {columns}"), snapshot) == [("0", "1", "2", "3", "4")]


def test_a_table_may_name_its_schema(postgresql: str, snapshot: Path) -> None:
    statements = [
        "CREATE SCHEMA IF NOT EXISTS dinas",
        "DROP TABLE IF EXISTS dinas.titik",
        "CREATE TABLE dinas.titik AS SELECT 'a' AS kode",
    ]
    with prepared(postgresql, statements):
        assert rows(postgresql, asked(open_field("kode"), table="dinas.titik"), snapshot) == [("a",)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        pytest.param("SELECT 'a' AS kode, 'x' AS nama_ibu", "column_unknown", id="a column that nobody decided about"),
        pytest.param("SELECT 'a' AS kodr", "columns_differ", id="a renamed column"),
    ],
)
def test_columns_that_are_not_the_contracts_stop_the_run(tmp_path: Path, snapshot: Path, query: str, code: str) -> None:
    with pytest.raises(SupplierError) as raised:
        rows(f"sqlite:///{tmp_path / 'uji.db'}", asked(open_field("kode"), query=query), snapshot)
    assert raised.value.code == code
