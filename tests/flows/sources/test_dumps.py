"""A dump is loaded by its own kind of database, and can do nothing beside that."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.extract import extract
from flows.runs import beginning
from flows.sandbox import run_apart
from flows.settings import Places
from flows.sources import dumps, servers
from flows.sources.dumps import DumpJob
from flows.sources.servers import Server
from schemas.errors import AuthorError, OperatorError, PaluError, SupplierError
from tests.flows.sources.asking import texts
from tests.making import CITY, NOW, Row, contract, exempt_field, open_field

DIALECTS = ("sqlite", "postgresql", "mariadb")
PLAIN = """CREATE TABLE titik (kode VARCHAR(9), kapasitas INTEGER, nik VARCHAR(16));
INSERT INTO titik VALUES ('002', 7, '7271'), ('001', NULL, 'x;y');
"""
MYSQLDUMP = r"""-- MariaDB dump 10.19  Distrib 10.11
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
CREATE DATABASE /*!32312 IF NOT EXISTS*/ `dukcapil_2026` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
USE `dukcapil_2026`;
DROP TABLE IF EXISTS `titik`;
CREATE TABLE `titik` (
  `kode` varchar(9) NOT NULL,
  `kapasitas` int(11) DEFAULT NULL,
  `nik` varchar(16)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `titik` WRITE;
INSERT INTO `titik` VALUES ('002',7,'a\'b\\! c;'),('001',NULL,NULL);
UNLOCK TABLES;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER t BEFORE INSERT ON titik FOR EACH ROW
BEGIN SET NEW.kode = NEW.kode; END */;;
DELIMITER ;
/*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 DEFINER=`root`@`%` SQL SECURITY DEFINER */ /*!50001 VIEW `v` AS select 1 */;
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
-- Dump completed on 2026-01-01
"""
WITHOUT_COMMENTS = "".join(line for line in MYSQLDUMP.splitlines(keepends=True) if not line.startswith("--"))
PHPMYADMIN = """-- phpMyAdmin SQL Dump
SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
START TRANSACTION;
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
CREATE TABLE `titik` (`kode` varchar(9), `kapasitas` int(11), `nik` text) ENGINE=InnoDB;
INSERT INTO `titik` (`kode`, `kapasitas`) VALUES ('002', 7), ('001', NULL);
ALTER TABLE `titik` ADD PRIMARY KEY (`kode`);
COMMIT;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
"""
PG_DUMP = r"""--
-- PostgreSQL database dump
--
\restrict abc
SET statement_timeout = 0;
SET transaction_timeout_baru = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE FUNCTION public.f() RETURNS integer LANGUAGE plpgsql AS $_$
BEGIN
  RETURN 1; -- it's; here
END; $_$;
CREATE TABLE public.titik (kode character varying(9), kapasitas integer, nik text DEFAULT 'a;''b');
ALTER TABLE public.titik OWNER TO dukcapil;
COPY public.titik (kode, kapasitas, nik) FROM stdin;
002	7	x;'y\\
001	\N	\N
\.

ALTER TABLE ONLY public.titik ADD CONSTRAINT k PRIMARY KEY (kode);
GRANT SELECT ON TABLE public.titik TO baca;
\unrestrict abc
--
-- PostgreSQL database dump complete
--
"""
SQLITE_DUMP = """PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE titik (kode TEXT, kapasitas INTEGER, nik TEXT);
INSERT INTO titik VALUES('002',7,'x;
y');
INSERT INTO titik VALUES('001',NULL,NULL);
COMMIT;
"""
FIELDS = open_field("kode"), open_field("kapasitas", "integer"), exempt_field("nik")
ROWS: list[Row] = [("001", None), ("002", "7")]


@pytest.fixture
def extracted(where: Places) -> Callable[..., list[Row]]:
    """The rows of a dump with this text."""

    def extracting(dialect: str, text: str, **more: Any) -> list[Row]:
        (where.inbox / "muatan.sql").write_text(text, encoding="utf-8")
        asked = {"table": "titik"} if "query" not in more else {}
        source = {"kind": "sql-dump", "location": "muatan.sql", "dialect": dialect, **asked, **more}
        of = contract(*FIELDS, source=source, primaryKey=["kode"])
        with beginning(where, CITY, of, NOW) as work:
            return texts(extract(work).path)

    return extracting


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        pytest.param("sqlite", PLAIN, id="sqlite, by hand"),
        pytest.param("sqlite", SQLITE_DUMP, id="sqlite's own"),
        pytest.param("mariadb", MYSQLDUMP, id="mariadb-dump, with a database, a trigger and a view"),
        pytest.param("mariadb", WITHOUT_COMMENTS, id="mariadb-dump, without comments"),
        pytest.param("mariadb", PHPMYADMIN.replace("\n", "\r\n"), id="phpMyAdmin's, from Windows"),
        pytest.param("postgresql", PG_DUMP, id="pg_dump, with owners and a newer setting"),
    ],
)
def test_a_dump_gives_its_rows(extracted: Callable[..., list[Row]], dialect: str, text: str) -> None:
    assert extracted(dialect, text) == ROWS


HOSTILE = {
    "a shell of psql": ("postgresql", "\\! touch {target}\n"),
    "a program of psql": ("postgresql", "CREATE TABLE t (a text);\nCOPY t FROM PROGRAM 'touch {target}';\n"),
    "a file of PostgreSQL": ("postgresql", "COPY (SELECT 1) TO '{target}';\n"),
    "an untrusted language": ("postgresql", "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/lib/x', 'y';\n"),
    "a shell of MariaDB": ("mariadb", "\\! touch {target}\nsystem touch {target}\n"),
    "a file of MariaDB": ("mariadb", "SELECT 1 INTO OUTFILE '{target}';\n"),
    "a local file": ("mariadb", "CREATE TABLE t (a text); LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t;\n"),
    "a file of the server": ("mariadb", "CREATE TABLE t (a text); LOAD DATA INFILE '/etc/passwd' INTO TABLE t;\n"),
    "a right for itself": ("mariadb", "GRANT FILE ON *.* TO pemuat@localhost;\n"),
    "the accounts": ("mariadb", "INSERT INTO mysql.global_priv VALUES ('localhost', 'x', '{{}}');\n"),
    "another script": ("mariadb", "source {target}\n"),
    "another file of SQLite": ("sqlite", "ATTACH '{target}' AS lain;\n"),
    "an extension of SQLite": ("sqlite", "SELECT load_extension('{target}');\n"),
    "a setting of SQLite": ("sqlite", "PRAGMA writable_schema=ON;\n"),
    "a vacuum into": ("sqlite", "VACUUM INTO '{target}';\n"),
}


@pytest.fixture(scope="module")
def standing() -> Iterator[dict[str, Server | None]]:
    """A server of each kind, for what never gets far enough to matter to the next."""
    with servers.mariadb([]) as mariadb, servers.postgresql() as postgresql:
        yield {"sqlite": None, "mariadb": mariadb, "postgresql": postgresql}


@pytest.fixture
def carried_out(standing: dict[str, Server | None], tmp_path: Path) -> Callable[..., list[Row]]:
    """The rows of a dump in a server that stands already."""

    def carrying_out(dialect: str, text: str, **more: Any) -> list[Row]:
        dump, into = tmp_path / "muatan.sql", tmp_path / "snapshot"
        dump.write_text(text, encoding="utf-8")
        source = {"kind": "sql-dump", "location": dump.name, "dialect": dialect, **(more or {"table": "titik"})}
        of = contract(*FIELDS, source=source, primaryKey=["kode"])
        run_apart(dumps.carried_out, DumpJob(of, dump, into, standing[dialect], dump.name), str, dump.name)
        return texts(into)

    return carrying_out


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_dump_is_refused_and_does_nothing(
    carried_out: Callable[..., list[Row]], tmp_path: Path, attack: str
) -> None:
    dialect, text = HOSTILE[attack]
    target = Path(f"/tmp/palu-uji-{tmp_path.name}")
    with pytest.raises(SupplierError) as raised:
        carried_out(dialect, text.format(target=target))
    assert raised.value.code == "dump_refused"
    assert not target.exists()


DROP = "DROP TABLE IF EXISTS titik;\n"


def test_a_definer_can_read_no_file(carried_out: Callable[..., list[Row]]) -> None:
    view = "CREATE OR REPLACE DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW v AS SELECT load_file('/etc/passwd') AS kode;"
    with pytest.raises(AuthorError) as raised:
        carried_out("mariadb", view, query="SELECT kode, 1 AS kapasitas, '' AS nik FROM v")
    assert raised.value.code == "dump_query_refused"


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        pytest.param("sqlite", SQLITE_DUMP[:-9], id="sqlite without its end"),
        pytest.param("sqlite", SQLITE_DUMP[:120], id="sqlite within a statement"),
        pytest.param("mariadb", MYSQLDUMP[: MYSQLDUMP.index("DELIMITER")], id="mariadb without its end"),
        pytest.param(
            "postgresql", PG_DUMP[: PG_DUMP.index("001\t")].replace("-- PostgreSQL", "--"), id="postgresql within rows"
        ),
        pytest.param("postgresql", PG_DUMP[:-12], id="postgresql without its end"),
    ],
)
def test_a_dump_that_breaks_off_is_not_taken_for_the_whole(
    carried_out: Callable[..., list[Row]], dialect: str, text: str
) -> None:
    with pytest.raises(SupplierError) as raised:
        carried_out(dialect, text)
    assert raised.value.code == "dump_refused"


@pytest.mark.parametrize(
    ("dialect", "text", "at"),
    [
        pytest.param("mariadb", MYSQLDUMP, "-- Dump completed", id="mariadb-dump"),
        pytest.param("mariadb", WITHOUT_COMMENTS, "DELIMITER", id="without comments"),
        pytest.param("mariadb", PHPMYADMIN, "ALTER", id="phpMyAdmin"),
        pytest.param("mariadb", PHPMYADMIN, "/*!40101 SET CHAR", id="phpMyAdmin, its last line"),
        pytest.param("postgresql", PG_DUMP, "ALTER TABLE ONLY", id="pg_dump"),
        pytest.param(
            "postgresql", PG_DUMP.replace("database", "database cluster"), "--\n-- PostgreSQL", id="pg_dumpall"
        ),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_dump_that_ends_between_two_statements_goes_into_no_database(
    tmp_path: Path, dialect: str, text: str, at: str, ends: str
) -> None:
    path = tmp_path / "muatan.sql"
    path.write_text(text[: text.rindex(at)], encoding="utf-8", newline=ends)
    source = {"kind": "sql-dump", "location": path.name, "dialect": dialect, "table": "titik"}
    job = DumpJob(contract(*FIELDS, source=source, primaryKey=["kode"]), path, tmp_path / "baris", None, path.name)
    with pytest.raises(SupplierError) as raised:
        dumps.carried_out(job)
    assert (raised.value.code, raised.value.names["kind"]) == ("dump_refused", "incomplete")


def test_the_database_s_own_word_for_an_error_is_told(carried_out: Callable[..., list[Row]]) -> None:
    with pytest.raises(SupplierError) as raised:
        carried_out("mariadb", f"{DROP}{PLAIN}INSERT INTO tiada VALUES (1);\n")
    assert raised.value.names["kind"] == "1146 NO_SUCH_TABLE"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_query_that_does_not_fit_is_the_authors(carried_out: Callable[..., list[Row]], dialect: str) -> None:
    with pytest.raises(AuthorError) as raised:
        carried_out(dialect, f"{DROP}{PLAIN}", query="SELECT tiada FROM titik")
    assert raised.value.code == "dump_query_refused"
    assert raised.value.names["file"] == "muatan.sql"


def test_no_word_of_a_broken_dump_is_told(extracted: Callable[..., list[Row]]) -> None:
    with pytest.raises(PaluError) as raised:
        extracted("sqlite", f"{PLAIN}INSERT INTO tiada VALUES ('Siti-7271014708450001');")
    assert "Siti" not in f"{raised.value} {raised.value!r}"
    assert raised.value.names["line"] == 3


def test_a_dump_in_an_archive_is_found(where: Places, extracted: Callable[..., list[Row]]) -> None:
    with zipfile.ZipFile(where.inbox / "kiriman.zip", "w") as archive:
        archive.writestr("cadangan/titik 2026.sql", SQLITE_DUMP)
    assert extracted("sqlite", "", location="kiriman.zip", member="titik*.sql") == ROWS


def test_a_server_that_is_not_installed_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(OperatorError) as raised, servers.mariadb([]):
        pass
    assert (raised.value.code, raised.value.names["package"]) == ("dump_server_missing", "mariadb-server")


def test_nothing_is_left_of_a_server(tmp_path: Path) -> None:
    with servers.postgresql() as server:
        assert server.socket.exists()
    assert not server.socket.exists()
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(server.socket) not in running
