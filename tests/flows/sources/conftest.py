"""A web server on loopback whose answers a test writes byte by byte."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
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


Asked = tuple[str, dict[str, str]]
"""The path and the headers of a request."""


@dataclass
class Talk:
    """A server that answers by a function, and what it was asked."""

    address: str
    heard: list[Asked]


@pytest.fixture
def talk() -> Iterator[Callable[..., Talk]]:
    """Serves what a function of the path and the headers says, on an address of loopback."""
    with ExitStack() as stack:

        def talking(answer: Callable[[str, dict[str, str]], Answer], host: str = "127.0.0.1") -> Talk:
            heard: list[Asked] = []

            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    heard.append((self.path, dict(self.headers)))
                    answer(*heard[-1])(self.wfile)
                    self.close_connection = True

                def log_message(self, *_: object) -> None:
                    """Nothing: the terminal is the tests'."""

            server = stack.enter_context(ThreadingHTTPServer((host, 0), Handler))
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            return Talk(f"http://{host}:{server.server_port}", heard)

        yield talking


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """The zones of a run of a test's own."""
    return places(tmp_path)
