"""`palu serve`: the public zone on loopback, with byte ranges, and nothing beside it."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import httpx
import pytest
from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

from catalog import layout
from catalog.shelf import read_release
from catalog.site import reuse
from flows.settings import Places
from flows.web import listening
from tests.flows.commands.running import PALU, palu
from tests.laws.made_up_city import CITY_ID, DATASET, current_release, moved, registered


def _that_can_be_interrupted() -> None:
    """A shell starts what runs in its background with Ctrl+C ignored, and so would the tests' own children be."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="module")
def web(published_city: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The real command, serving a catalog that holds a few things it must not show."""
    places = moved(published_city, tmp_path_factory.mktemp("web"))
    (places.public / ".rahasia").write_text("tidak untuk umum")
    (places.public / "keluar").symlink_to(places.private / "ledger.db")
    server = subprocess.Popen(
        [PALU, "serve", "--public", places.public, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=_that_can_be_interrupted,
    )
    assert server.stdout
    address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
    assert address
    with httpx.Client(base_url=address[0], timeout=20) as client:
        yield client
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=20)
    assert (server.returncode, said) == (128 + signal.SIGINT, "")


CSV = f"/{layout.latest(CITY_ID, DATASET) / f'{DATASET}.csv'}"


def test_an_address_that_is_said_takes_connections_at_once() -> None:
    with listening(0) as opened, socket.create_connection(opened.getsockname(), timeout=5) as caller:
        assert caller.getpeername() == opened.getsockname()


def test_a_range_of_a_file_is_answered_with_that_range(web: httpx.Client) -> None:
    whole = web.get(CSV)
    part = web.get(CSV, headers={"Range": "bytes=5-14"})
    assert (whole.status_code, part.status_code) == (200, 206)
    assert part.content == whole.content[5:15]
    assert part.headers["content-range"] == f"bytes 5-14/{len(whole.content)}"


@pytest.mark.parametrize(
    ("path", "says"),
    [("/", "Kota Palu"), (f"/{CITY_ID}/", "Titik uji"), (f"/{CITY_ID}/datasets/{DATASET}/", "Kapasitas")],
    ids=["the root", "a city", "a dataset"],
)
def test_a_folder_shows_its_page(path: str, says: str, web: httpx.Client) -> None:
    answer = web.get(path, follow_redirects=True)
    assert (answer.status_code, says in answer.text) == (200, True)


@pytest.mark.parametrize(
    "path",
    [
        "/.rahasia",
        "/.staging/palu.lock",
        "/%2estaging/palu.lock",
        f"/{CITY_ID}/../.staging/palu.lock",
        "/..%2fprivate/ledger.db",
        "/%2e%2e/private/ledger.db",
        "/keluar",
        "/tidak-ada.csv",
    ],
    ids=[
        "a hidden file",
        "a staging folder",
        "an encoded staging folder",
        "a staging folder by a detour",
        "an encoded way out",
        "another encoded way out",
        "a link that leads outside",
        "what is not there",
    ],
)
def test_nothing_else_is_there(path: str, web: httpx.Client) -> None:
    assert web.get(path).status_code == 404


def test_a_port_that_is_taken_is_named(published_city: Places) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = palu("serve", "--port", str(port), places=published_city)
    assert (ran.code, ran.err) == (
        3,
        f"Port {port} sedang dipakai program lain.\nSaran: Pilih port lain, misalnya: palu serve --port 8001\n",
    )


def test_nothing_to_serve_is_said(tmp_path: Path) -> None:
    ran = palu("serve", "--public", tmp_path / "public")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "Saran: Terbitkan dulu dengan: palu publish")


def snippets(web: httpx.Client, places: Places) -> dict[str, str]:
    """The code that the dataset's page shows where the city has this server's address."""
    city, _ = registered(places)
    address = f"{str(web.base_url).rstrip('/')}/{layout.city(CITY_ID)}"
    release = read_release(places.public, CITY_ID, DATASET, str(current_release(places)))
    return {
        one.tool: one.code for one in reuse.snippets(city.model_copy(update={"address": address}), release.manifest)
    }


def test_the_python_code_of_a_page_loads_the_data(web: httpx.Client, published_city: Places, tmp_path: Path) -> None:
    code = snippets(web, published_city)["Python (pandas)"]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "TP-001" in ran.stdout
    assert "Pasar Inpres" in ran.stdout


class OverTheWeb(AbstractFileSystem):  # type: ignore[misc]
    """What DuckDB's own extension for web addresses does; the extension is a download."""

    protocol = "http"

    def _open(self, path: str, mode: str = "rb", **_: object) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(httpx.get(f"http://{path.removeprefix('http://')}").raise_for_status().content)

    def info(self, path: str, **_: object) -> dict[str, object]:
        return {"name": path, "size": len(self._open(path).read()), "type": "file"}

    def exists(self, path: str, **_: object) -> bool:
        return bool(path)

    def glob(self, path: str, **_: object) -> list[str]:
        return [path]

    def modified(self, path: str) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) if path else datetime.max


def test_the_sql_of_a_page_loads_the_data(web: httpx.Client, published_city: Places) -> None:
    with duckdb.connect() as connection:
        connection.register_filesystem(OverTheWeb())
        rows = connection.execute(snippets(web, published_city)["DuckDB (SQL)"]).fetchall()
    assert [row[0] for row in rows] == ["TP-001", "TP-002", "TP-003"]


def test_pages_and_scripts_are_sent_compressed_and_data_as_it_is(web: httpx.Client) -> None:
    for path in ("/", f"/{layout.city_page(CITY_ID)}", f"/{layout.style(CITY_ID)}"):
        assert web.get(path, headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
        assert "content-encoding" not in web.get(path, headers={"Accept-Encoding": "identity"}).headers
    assert "content-encoding" not in web.get(CSV, headers={"Accept-Encoding": "gzip"}).headers
    part = web.get(f"/{layout.style(CITY_ID)}", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-3"})
    assert (part.status_code, len(part.content), "content-encoding" in part.headers) == (206, 4, False)
