"""[edge] Throw-away database servers for dumps: no network, a folder of their own, a user who may do little.

A dump is a foreign file whose statements a server carries out. So its user owns one database and has no right to
files, programs or other accounts; the administrator's name is drawn by lot, for a dump may name whom its views and
routines run as; nothing but a socket in a private folder leads to the server, and it runs as nobody where we are root.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.errors import OperatorError

START_SECONDS = 60.0
DATABASE = "muatan"
_LOADER = "pemuat"
_WHERE = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
_RIGHTS = (
    "ALTER, ALTER ROUTINE, CREATE, CREATE ROUTINE, CREATE TEMPORARY TABLES, CREATE VIEW, DELETE, DROP, EVENT, EXECUTE, "
    "INDEX, INSERT, LOCK TABLES, REFERENCES, SELECT, SHOW VIEW, TRIGGER, UPDATE"
)
_SYSTEM = ("mysql", "sys", "information_schema", "performance_schema")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that stands: `socket` is MariaDB's file or PostgreSQL's folder; `user` may load a dump."""

    socket: Path
    database: str
    user: str
    password: str


def program(name: str, dialect: str, package: str) -> str:
    """The full name of a program; OperatorError where it is not installed."""
    debians = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    found = shutil.which(name, path=":".join([_WHERE, *debians]))
    if found is None:
        raise OperatorError("dump_server_missing", dialect=dialect, program=name, package=package)
    return found


@contextmanager
def mariadb(databases: Sequence[str]) -> Iterator[Server]:
    """A MariaDB with these databases, the last of them for the dump; one of our naming where it names none."""
    server = program("mariadbd", "mariadb", "mariadb-server")
    installer = program("mariadb-install-db", "mariadb", "mariadb-server")
    names = [name for name in databases if name.lower() not in _SYSTEM] or [DATABASE]
    with _folder() as (folder, owner):
        where = ["--no-defaults", f"--user={owner}", f"--datadir={folder / 'data'}"]
        socket, files = folder / "socket", folder / "files"
        files.mkdir()
        closed = ["--skip-networking", "--local-infile=0", "--skip-symbolic-links", "--event-scheduler=DISABLED"]
        quick = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--skip-log-bin"]
        _run([installer, *where, "--auth-root-authentication-method=normal", "--skip-test-db"], "mariadb")
        command = [server, *where, f"--socket={socket}", f"--secure-file-priv={files}", *closed, *quick]
        with _running(command, "mariadb", {}, lambda: _mariadb_connection(socket)) as connection:
            yield _ready_mariadb(connection, socket, names)


def _mariadb_connection(socket: Path) -> Any:
    import pymysql

    return pymysql.connect(user="root", unix_socket=str(socket), autocommit=True)


def _ready_mariadb(connection: Any, socket: Path, names: Sequence[str]) -> Server:
    """The loader alone remains beside an administrator whom nobody knows."""
    password, administrator = secrets.token_hex(16), f"a{secrets.token_hex(12)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE USER {_LOADER}@localhost IDENTIFIED BY '{password}'")
        for name in names:
            quoted = "`" + name.replace("`", "``") + "`"
            cursor.execute(f"CREATE DATABASE IF NOT EXISTS {quoted} CHARACTER SET utf8mb4".replace("%", "%%"))
            pattern = quoted.replace("_", r"\_").replace("%", r"\%%")
            cursor.execute(f"GRANT {_RIGHTS} ON {pattern}.* TO {_LOADER}@localhost")
        cursor.execute(f"GRANT SET USER ON *.* TO {_LOADER}@localhost")  # views name a definer, who is nobody here
        cursor.execute(f"RENAME USER root@localhost TO {administrator}@localhost")
        cursor.execute(
            "SELECT concat('DROP USER `', user, '`@`', host, '`') FROM mysql.user WHERE is_role = 'N'"
            f" AND user NOT IN ('{_LOADER}', '{administrator}', 'mariadb.sys')"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        cursor.execute(f"ALTER USER {administrator}@localhost IDENTIFIED BY '{secrets.token_hex(16)}'")
    return Server(socket, names[-1], _LOADER, password)


@contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL with one empty database, which its user owns."""
    server = program("postgres", "postgresql", "postgresql")
    installer = program("initdb", "postgresql", "postgresql")
    administrator, password = f"a{secrets.token_hex(12)}", secrets.token_hex(16)
    with _folder() as (folder, owner):
        data, secret = folder / "data", folder / "secret"
        secret.write_text(password, encoding="ascii")
        shutil.chown(secret, owner)
        options = [f"--pgdata={data}", f"--username={administrator}", f"--pwfile={secret}", "--auth=scram-sha-256"]
        _run([installer, *options, "--encoding=UTF8", "--locale=C", "--no-sync"], "postgresql", **_as(owner))
        secret.unlink()
        closed = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        with _running(
            [server, "-D", str(data), *closed],
            "postgresql",
            _as(owner),
            lambda: _postgresql_connection(folder, administrator, password),
        ) as connection:
            secret_of_loader = secrets.token_hex(16)
            connection.execute(f"CREATE ROLE {_LOADER} LOGIN PASSWORD '{secret_of_loader}'")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {_LOADER}")
            yield Server(folder, DATABASE, _LOADER, secret_of_loader)


def _postgresql_connection(folder: Path, user: str, password: str) -> Any:
    import psycopg

    return psycopg.connect(host=str(folder), user=user, password=password, dbname="postgres", autocommit=True)


@contextmanager
def _folder() -> Iterator[tuple[Path, str]]:
    """A private folder and whose it is; short, for a socket's path may have 107 letters."""
    folder = Path(tempfile.mkdtemp(prefix="palu-"))
    owner = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    try:
        shutil.chown(folder, owner)
        yield folder, owner
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(owner: str) -> dict[str, Any]:
    """PostgreSQL refuses to run as root, and does not change its user by itself as MariaDB does."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(owner)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def _run(command: Sequence[str], dialect: str, **more: Any) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=START_SECONDS, **more)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        raise OperatorError("dump_server_failed", dialect=dialect) from None


@contextmanager
def _running(
    command: Sequence[str], dialect: str, more: Mapping[str, Any], connect: Callable[[], Any]
) -> Iterator[Any]:
    """The server, and its administrator's connection; stopped at the end."""
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more
    )
    try:
        connection = _first_connection(process, dialect, connect)
        try:
            yield connection
        finally:
            connection.close()
    finally:
        process.terminate()
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _first_connection(process: "subprocess.Popen[bytes]", dialect: str, connect: Callable[[], Any]) -> Any:
    """A server does not say when it is ready, so it is asked until it answers."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            return connect()
        except Exception:  # noqa: BLE001 each driver has its own ways to say that nobody answers yet
            time.sleep(0.05)
    raise OperatorError("dump_server_failed", dialect=dialect)
