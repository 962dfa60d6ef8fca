"""[edge] A dump of a database -> the contract's rows: loaded by a throw-away database of its kind, then read as any.

What a dump says is carried out in a child process and in that database alone.
"""

import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from flows.sandbox import run_apart
from flows.sources import servers, sql
from flows.sources.servers import Server
from schemas.contracts import Contract, SqlDumpSource, SqlSource
from schemas.errors import AuthorError, OperatorError, SupplierError
from transforms.reading.archives import member_of, refuse_archive
from transforms.reading.statements import statements

TAIL_BYTES = 4096
_NAMES = re.compile(rb"^(?:USE|CREATE DATABASE)\s(?:.{0,60}?\s)?`([^`\n]{1,64})`", re.IGNORECASE)
_CLOSED = {
    rb"^-- (?:MySQL|MariaDB) dump\b()": rb"^-- Dump completed",
    rb"^-- PostgreSQL database (cluster )?dump$": rb"^-- PostgreSQL database %sdump complete$",
    rb"^(START TRANSACTION);": rb"^COMMIT;",
    rb"^/\*!\d+ SET @(OLD_[A-Z_]+) ?=": rb"^/\*!\d+ SET [A-Z_]+ ?=.*@%s\b",
}
"""What programs write first, and last in its place: a dump that was cut off lacks it, though between two statements.

Without comments, and in phpMyAdmin's dumps and HeidiSQL's, the settings are put back that were set aside."""
_COPY = re.compile(r"\s*COPY\s.*\sFROM\s+stdin\b", re.IGNORECASE | re.DOTALL)
_FOR_PSQL = ("\\restrict", "\\unrestrict", "\\connect", "\\encoding")
_NO_ROWS = re.compile(
    r"(?:\s|--[^\n]*\n)*(?:SET\s|ALTER\s.*\sOWNER\sTO\s|GRANT\s|REVOKE\s|COMMENT\s|ALTER\sDEFAULT\sPRIVILEGES\s"
    r"|(?:CREATE|ALTER|DROP)\s(?:EXTENSION|DATABASE|ROLE|USER|PUBLICATION|SUBSCRIPTION|EVENT\sTRIGGER|POLICY)\s"
    r"|(?:CREATE|DROP)\sSCHEMA\s)",
    re.IGNORECASE | re.DOTALL,
)
"""Statements that may fail: whose tables they are, and what a newer version or another machine has."""
_PRAGMAS = frozenset({"foreign_keys", "encoding", "user_version", "application_id", "defer_foreign_keys"})


@dataclass(frozen=True, slots=True)
class DumpJob:
    """What is to be loaded and read: `server` is None where the database is a file."""

    contract: Contract
    dump: Path
    into: Path
    server: Server | None
    name: str


class _Broken(Exception):
    """The dump cannot be loaded: the line and a kind, never a word of it."""

    def __init__(self, line: int | str, kind: str) -> None:
        super().__init__(line, kind)
        self.line, self.kind = line, kind


def unloaded(contract: Contract, source: SqlDumpSource, path: Path, into: Path) -> str:
    """Write the rows that the contract needs to `into`; the file's SHA-256.

    SupplierError for a dump that cannot be loaded whole; AuthorError for a query that it does not fit; OperatorError
    where this machine lacks the dump's database.
    """
    dump = path
    if source.member is not None or path.suffix.lower() == ".zip":
        dump = Path(run_apart(_found, _Packed(path, source.member, into.parent, path.name), str, path.name))
    with _SERVERS[source.dialect](dump) as server:
        return run_apart(carried_out, DumpJob(contract, dump, into, server, path.name), str, path.name)


@dataclass(frozen=True, slots=True)
class _Packed:
    path: Path
    member: str | None
    workspace: Path
    name: str


def _found(packed: _Packed) -> str:
    if packed.member is None:
        refuse_archive(packed.path, packed.name)
        return str(packed.path)
    return str(member_of(packed.path, packed.member, packed.workspace, packed.name)[0])


@contextmanager
def _mariadb(dump: Path) -> Iterator[Server]:
    servers.program("mariadb", "mariadb", "mariadb-client")
    with dump.open("rb") as lines, servers.mariadb(_databases(lines)) as server:
        yield server


def _databases(lines: Iterator[bytes]) -> list[str]:
    """The databases that a dump makes or turns to, in their order."""
    found = (_NAMES.match(line) for line in lines)
    return list(dict.fromkeys(name[1].decode("utf-8", "replace") for name in found if name))


def carried_out(job: DumpJob) -> str:
    """The child's part: the dump into its database, and the rows out of it."""
    source = job.contract.source
    assert isinstance(source, SqlDumpSource)  # noqa: S101 the type
    try:
        _refuse_half(job.dump)
        url = _LOADERS[source.dialect](job)
    except _Broken as broken:
        names = {"file": job.name, "dialect": source.dialect, "line": broken.line, "kind": broken.kind}
        raise SupplierError("dump_refused", **names) from None
    asked = SqlSource(kind="sql", connection="DUMP", query=source.query, table=source.table)
    try:
        return sql.unloaded(job.contract, asked, url, job.into)
    except (AuthorError, OperatorError) as error:  # the server stands, so what it cannot do is the query's fault
        names = {"file": job.name, "dataset": job.contract.id, "kind": error.names.get("kind", "-")}
        raise AuthorError("dump_query_refused", **names) from None


def _refuse_half(dump: Path) -> None:
    with dump.open("rb") as file:
        head = file.read(TAIL_BYTES)
        file.seek(max(0, dump.stat().st_size - TAIL_BYTES))
        tail = file.read().replace(b"\r", b"")
    if not all(re.search(last, tail) for last in _last_words(head)):
        raise _Broken("-", "incomplete")


def _last_words(head: bytes) -> Iterator[bytes]:
    """What must stand at the end of a dump that begins so, each as a pattern."""
    for first, last in _CLOSED.items():
        for opened in re.finditer(b"(?m)" + first, head.replace(b"\r", b"")):
            yield b"(?m)" + last.replace(b"%s", opened[1] or b"")


def _load_sqlite(job: DumpJob) -> str:
    """Statement by statement, as SQLite itself tells where one ends."""
    target = job.into.with_name("dump.db")
    with closing(sqlite3.connect(target, isolation_level=None)) as database:
        database.set_authorizer(_allowed)
        with job.dump.open(encoding="utf-8-sig") as lines:
            last = _carry_out_in_sqlite(database, lines)
        if database.in_transaction:
            raise _Broken(last, "incomplete")
    return f"sqlite:///{target}"


def _carry_out_in_sqlite(database: sqlite3.Connection, lines: Iterable[str]) -> int:
    """The number of the last line."""
    held, number = "", 0
    try:
        for line in lines:
            number += 1
            held += line
            if line.rstrip().endswith(";") and sqlite3.complete_statement(held):
                database.execute(held)
                held = ""
        database.execute(held)  # what is left may be a comment, or a statement that was cut
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise _Broken(number, type(error).__name__) from None
    return number


def _allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """No other file, no setting that touches one, no extension."""
    harmless = {
        sqlite3.SQLITE_ATTACH: False,
        sqlite3.SQLITE_DETACH: False,
        sqlite3.SQLITE_CREATE_VTABLE: False,
        sqlite3.SQLITE_PRAGMA: (first or "").lower() in _PRAGMAS,
        sqlite3.SQLITE_FUNCTION: (second or "").lower() not in ("load_extension", "readfile", "writefile"),
    }
    return sqlite3.SQLITE_OK if harmless.get(action, True) else sqlite3.SQLITE_DENY


def _load_mariadb(job: DumpJob) -> str:
    """MariaDB's own client reads the dump; in binary mode it knows no command but `DELIMITER`."""
    server = _standing(job)
    client = servers.program("mariadb", "mariadb", "mariadb-client")
    quiet = ["--no-defaults", "--batch", "--binary-mode", "--loose-sandbox", "--local-infile=0"]
    where = [f"--socket={server.socket}", f"--user={server.user}", "--default-character-set=utf8mb4"]
    with job.dump.open("rb") as dump:
        done = subprocess.run(  # noqa: S603
            [client, *quiet, *where, server.database],
            stdin=dump,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={"MYSQL_PWD": server.password},
            check=False,
        )
    if done.returncode != 0:
        said = re.search(rb"ERROR (\d+)[^\n]* at line (\d+)", done.stderr)
        raise _Broken(int(said[2]), _word_for(int(said[1]))) if said else _Broken("-", "mariadb")
    user = f"{server.user}:{server.password}"
    return f"mysql+pymysql://{user}@localhost/{quote(server.database)}?unix_socket={server.socket}&charset=utf8mb4"


def _word_for(error: int) -> str:
    """MariaDB's own name for an error, behind its number."""
    from pymysql.constants import ER

    return " ".join([str(error), *(name for name, number in vars(ER).items() if number == error)][:2])


def _load_postgresql(job: DumpJob) -> str:
    """The dump's statements one by one, its rows through COPY; what is meant for `psql` is never carried out."""
    server = _standing(job)
    user = f"{server.user}:{server.password}"
    address, line = f"{user}@/{server.database}?host={server.socket}", 0
    with (
        job.dump.open(encoding="utf-8-sig", newline="\n") as lines,
        psycopg.connect(f"postgresql://{address}", autocommit=True) as connection,
    ):
        try:
            numbered = enumerate(lines, start=1)
            for line, statement in statements(numbered):
                _carry_out(connection, line, statement, numbered)
        except (psycopg.Error, ValueError) as error:
            raise _Broken(line, type(error).__name__) from None
    return f"postgresql+psycopg://{address}"


def _carry_out(connection: psycopg.Connection, line: int, statement: str, lines: Iterator[tuple[int, str]]) -> None:
    if statement.startswith("\\"):
        if not statement.startswith(_FOR_PSQL):
            raise _Broken(line, "psql")
        return
    if _COPY.match(statement):
        _copy(connection, line, statement, lines)
        return
    try:
        connection.execute(statement.encode())
    except psycopg.Error:
        if not _NO_ROWS.match(statement) or connection.closed:
            raise


def _copy(connection: psycopg.Connection, line: int, statement: str, lines: Iterator[tuple[int, str]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for _, row in lines:
            if row.rstrip("\r\n") == "\\.":
                return
            copy.write(row)
        raise _Broken(line, "incomplete")


def _standing(job: DumpJob) -> Server:
    assert job.server is not None  # noqa: S101 the type
    return job.server


_SERVERS: dict[str, Callable[[Path], AbstractContextManager[Server | None]]] = {
    "sqlite": lambda _: nullcontext(),
    "mariadb": _mariadb,
    "postgresql": lambda _: servers.postgresql(),
}
_LOADERS: dict[str, Callable[[DumpJob], str]] = {
    "sqlite": _load_sqlite,
    "mariadb": _load_mariadb,
    "postgresql": _load_postgresql,
}
