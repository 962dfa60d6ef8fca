"""A web server on loopback whose answers a test writes byte by byte."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from pathlib import Path

import pytest

from flows.settings import Places
from tests.making import places

Answer = Callable[[BufferedIOBase], object]
Serve = Callable[[Answer], str]


def whole(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """An answer with these bytes and their length."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "\r\n"))
    return lambda out: out.write(head.encode() + body)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves one answer to whoever asks, and gives the address."""
    with ExitStack() as stack:

        def serving(answer: Answer) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    answer(self.wfile)
                    self.close_connection = True

                def log_message(self, *_: object) -> None:
                    """Nothing: the terminal is the tests'."""

            server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}"

        yield serving


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """The zones of a run of a test's own."""
    return places(tmp_path)
