"""What a database does wrong ends in one clear error, and never in fewer rows."""

import gc
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from flows.extract import extract
from flows.runs import beginning
from flows.settings import CONNECTIONS, Places
from flows.sources import sql
from schemas.errors import AuthorError, OperatorError, PaluError
from tests.databases import DATABASE, PASSWORD
from tests.flows.sources.asking import DATABASES, SETTING, address, asked, prepared, rows, unloaded
from tests.making import CITY, NOW, open_field, rows_of

SECRET_CELL = "Siti-7271014708450001"
OF = asked(open_field("kode"), table="ada")


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return tmp_path / "snapshot"


def _says_nothing_secret(error: PaluError) -> bool:
    said = f"{error} {error!r} {error.names}"
    return not any(secret in said for secret in (PASSWORD, SECRET_CELL, DATABASE)) and error.__suppress_context__


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"table": "tiada"}, id="a table that does not exist"),
        pytest.param({"query": "SELECT tiada FROM (SELECT 1 AS ada) AS x"}, id="a column that does not exist"),
        pytest.param({"query": f"SELECT '{SECRET_CELL}' DARI MANA SAJA"}, id="a query that is no SQL"),
    ],
)
def test_a_statement_that_can_never_work_is_the_authors_to_mend(
    kind: str, source: dict[str, str], tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(AuthorError) as raised:
        unloaded(address(kind, tmp_path, request), asked(open_field("kode"), **source), snapshot)
    assert raised.value.code == "query_refused"
    assert _says_nothing_secret(raised.value)


WRITES = {
    "postgresql": ("CREATE SEQUENCE urutan", "SELECT nextval('urutan') AS kode", "DROP SEQUENCE urutan"),
    "mariadb": ("CREATE SEQUENCE urutan", "SELECT nextval(urutan) AS kode", "DROP SEQUENCE urutan"),
}


@pytest.mark.parametrize("kind", WRITES)
def test_a_query_that_would_change_the_database_is_refused_by_it(
    kind: str, tmp_path: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    url = address(kind, tmp_path, request)
    before, query, after = WRITES[kind]
    with prepared(url, [before]), pytest.raises((AuthorError, OperatorError)):
        unloaded(url, asked(open_field("kode"), query=query), snapshot)
    with prepared(url, [after]):
        pass


def test_a_value_on_which_a_query_breaks_is_not_told(postgresql: str, snapshot: Path) -> None:
    of = asked(open_field("kode"), query=f"SELECT CAST(kode AS int) AS kode FROM (SELECT '{SECRET_CELL}' AS kode) AS x")
    with pytest.raises(AuthorError) as raised:
        unloaded(postgresql, of, snapshot)
    assert raised.value.code == "query_refused"
    assert _says_nothing_secret(raised.value)


def _closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param(PASSWORD, f"{PASSWORD}-lama", id="a wrong password"),
        pytest.param(f"/{DATABASE}", f"/{DATABASE}_lama", id="a database that does not exist"),
    ],
)
def test_a_server_that_refuses_us_is_the_operators_to_mend(
    kind: str, right: str, wrong: str, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue(kind)).replace(right, wrong)
    with pytest.raises(OperatorError) as raised:
        unloaded(url, OF, snapshot)
    assert (raised.value.code, raised.value.names["setting"]) == ("database_unreachable", SETTING)
    assert _says_nothing_secret(raised.value)


@pytest.mark.parametrize("driver", ["postgresql+psycopg", "mysql+pymysql"])
@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "tiada.invalid"], ids=["a closed port", "an unknown host"])
def test_a_server_that_is_not_there_is_the_operators_to_mend(driver: str, host: str, snapshot: Path) -> None:
    url = f"{driver}://dinas:{PASSWORD}@{host.format(port=_closed_port())}/{DATABASE}"
    with pytest.raises(OperatorError) as raised:
        unloaded(url, OF, snapshot)
    assert raised.value.code == "database_unreachable"
    assert _says_nothing_secret(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(PASSWORD, id="a password alone"),
        pytest.param(f"oracle9://dinas:{PASSWORD}@h/d", id="an unknown kind"),
        pytest.param(f"mysql+mysqldb://dinas:{PASSWORD}@h/d", id="a driver that is not installed"),
        pytest.param(f"postgresql+psycopg://dinas:{PASSWORD}@h:seribu/d", id="a port in words"),
    ],
)
def test_a_setting_that_is_no_address_is_the_operators_to_mend(url: str, snapshot: Path) -> None:
    with pytest.raises(OperatorError) as raised:
        unloaded(url, OF, snapshot)
    assert (raised.value.code, raised.value.names) == ("setting_no_url", {"setting": SETTING})
    assert _says_nothing_secret(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("sqlite:////tiada/uji.db", id="a folder that does not exist"),
        pytest.param(f"postgresql+psycopg://h/d?{PASSWORD}=1", id="an option that the driver does not know"),
    ],
)
def test_a_database_that_cannot_be_opened_is_the_operators_to_mend(url: str, snapshot: Path) -> None:
    with pytest.raises(OperatorError) as raised:
        unloaded(url, OF, snapshot)
    assert raised.value.code == "database_unreachable"
    assert _says_nothing_secret(raised.value)


def test_a_database_that_another_has_locked_may_be_asked_again(tmp_path: Path, snapshot: Path) -> None:
    url = f"sqlite:///{tmp_path / 'uji.db'}"
    with prepared(url, ["CREATE TABLE ada (kode TEXT)"]):
        other = sqlite3.connect(tmp_path / "uji.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperatorError) as raised:
            unloaded(f"{url}?timeout=0.01", OF, snapshot)
        other.close()
    assert raised.value.code == "database_unreachable"


KILL_OTHERS = {
    "postgresql": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid()",
    "mariadb": "SELECT concat('KILL ', id) FROM information_schema.processlist WHERE db = database() "
    "AND id <> connection_id()",
}
MANY_ROWS = {
    "postgresql": "SELECT repeat('x', 500) AS kode FROM generate_series(1, 200000)",
    "mariadb": "SELECT repeat('x', 500) AS kode FROM seq_1_to_200000",
}


@pytest.fixture
def killer(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Ends every other connection to a database, from one of its own."""
    engines: list[sa.Engine] = []

    def kill(kind: str) -> None:
        engine = sa.create_engine(str(request.getfixturevalue(kind)), isolation_level="AUTOCOMMIT")
        engines.append(engine)
        with engine.connect() as connection:
            found = connection.execute(sa.text(KILL_OTHERS[kind])).scalars().all()
            assert found
            for statement in found if kind == "mariadb" else ():
                connection.execute(sa.text(statement))

    yield kill
    for engine in engines:
        engine.dispose()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # PyMySQL tidies up behind itself
@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_connection_that_dies_on_the_way_is_an_error_and_not_fewer_rows(
    kind: str, snapshot: Path, request: pytest.FixtureRequest, killer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    real = sql._batches

    def batches_and_kill(*arguments: Any) -> Any:
        types, found = real(*arguments)
        return types, killing(found)

    def killing(found: Iterator[Any]) -> Iterator[Any]:
        for batch in found:
            if not batches:
                killer(kind)
            batches.append(len(batch[0]))
            yield batch

    monkeypatch.setattr(sql, "BATCH_ROWS", 1000)
    monkeypatch.setattr(sql, "_batches", batches_and_kill)
    with pytest.raises(OperatorError) as raised:
        unloaded(str(request.getfixturevalue(kind)), asked(open_field("kode"), query=MANY_ROWS[kind]), snapshot)
    code = raised.value.code
    del raised
    gc.collect()  # what PyMySQL says at its end belongs to this test
    assert (code, bool(batches)) == ("database_unreachable", True)


def test_a_setting_is_read_from_the_private_file_where_the_environment_lacks_it(
    where: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    url = f"sqlite:///{where.inbox / 'uji.db'}"
    of = asked(open_field("kode"), query="SELECT 'a' AS kode")
    with beginning(where, CITY, of, NOW) as work:
        (where.private / CONNECTIONS).write_text(f"# rahasia\n{SETTING} = {url}\n", encoding="utf-8")
        found = extract(work)
    assert [row[2:] for row in rows_of(found.path)] == [("a",)]
    assert (found.name, found.path.stat().st_mode & 0o777) == (SETTING, 0o600)


def test_a_setting_that_nobody_set_is_named(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with beginning(where, CITY, OF, NOW) as work, pytest.raises(OperatorError) as raised:
        extract(work)
    assert raised.value.code == "setting_missing"
    assert raised.value.names == {"setting": SETTING, "file": str(where.private / CONNECTIONS)}


def test_rows_that_are_not_text_in_utf8_are_no_outage(tmp_path: Path, snapshot: Path) -> None:
    of = asked(open_field("kode"), query="SELECT CAST(x'ff41' AS TEXT) AS kode")
    with pytest.raises(PaluError) as raised:
        rows(f"sqlite:///{tmp_path / 'uji.db'}", of, snapshot)
    assert raised.value.code == "query_refused"
