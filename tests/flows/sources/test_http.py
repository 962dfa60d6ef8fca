"""A file behind HTTP arrives whole, or ends in one clear error that names the host alone."""

import gzip
import hashlib
import socket
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.extract import extract
from flows.runs import beginning
from flows.settings import Places
from flows.sources import http
from schemas.contracts import HttpSource
from schemas.errors import OperatorError, PaluError, SupplierError
from tests.flows.sources.conftest import Answer, Serve, whole
from tests.making import CITY, NOW, contract, open_field

BODY = b'[{"a": "x"}]' * 500
PACKED = gzip.compress(BODY)
SECRET = "kata-sandi"


def _without_length(body: bytes, *headers: str) -> Answer:
    """The connection's end is the answer's end."""
    head = "\r\n".join(("HTTP/1.1 200 OK", "Connection: close", *headers, "\r\n"))
    return lambda out: out.write(head.encode() + body)


def _cut(body: bytes, *headers: str) -> Answer:
    """Promises a byte more than it sends."""
    return _without_length(body, f"Content-Length: {len(body) + 1}", *headers)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(whole(BODY), id="with its length"),
        pytest.param(_without_length(BODY), id="to the end of the connection"),
        pytest.param(whole(PACKED, "Content-Encoding: gzip"), id="gzip"),
        pytest.param(_without_length(PACKED, "Content-Encoding: gzip"), id="gzip without a length"),
        pytest.param(whole(zlib.compress(BODY), "Content-Encoding: deflate"), id="deflate"),
        pytest.param(whole(BODY, "Content-Encoding: identity"), id="as it is"),
    ],
)
def test_an_answer_arrives_byte_for_byte(serve: Serve, tmp_path: Path, answer: Answer) -> None:
    digest = http.downloaded(serve(answer), tmp_path / "arrived").sha256
    assert (tmp_path / "arrived").read_bytes() == BODY
    assert digest == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(whole(b"", status="404 Not Found"), "http_status", id="404"),
        pytest.param(whole(b"", status="500 Internal Server Error"), "http_status", id="500"),
        pytest.param(whole(b"", status="302 Found"), "http_status", id="a redirect to nowhere"),
        pytest.param(whole(b"", status="304 Not Modified"), "http_status", id="unchanged, which we never asked"),
        pytest.param(whole(BODY, status="206 Partial Content"), "http_status", id="a part"),
        pytest.param(_cut(BODY), "http_unreachable", id="fewer bytes than promised"),
        pytest.param(_without_length(PACKED[:-20], "Content-Encoding: gzip"), "http_unreachable", id="half a gzip"),
        pytest.param(whole(PACKED + PACKED, "Content-Encoding: gzip"), "http_unreachable", id="gzip and more"),
        pytest.param(whole(BODY, "Content-Encoding: gzip"), "http_unreachable", id="no gzip at all"),
        pytest.param(whole(BODY, "Content-Encoding: br"), "http_unreachable", id="an encoding not asked for"),
        pytest.param(lambda out: out.write(b"halo\r\n\r\n"), "http_unreachable", id="no HTTP"),
        pytest.param(lambda _: None, "http_unreachable", id="no word"),
    ],
)
def test_an_answer_that_is_not_whole_is_the_operators_to_mend(
    serve: Serve, tmp_path: Path, answer: Answer, code: str
) -> None:
    with pytest.raises(OperatorError) as raised:
        http.downloaded(f"{serve(answer)}/data?kunci={SECRET}", tmp_path / "arrived")
    assert (raised.value.code, raised.value.names["host"]) == (code, "127.0.0.1")
    assert SECRET not in f"{raised.value} {raised.value!r}"


def test_an_answer_that_is_too_large_is_given_up(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST_BYTES", len(BODY) - 1)
    with pytest.raises(SupplierError) as raised:
        http.downloaded(serve(whole(PACKED, "Content-Encoding: gzip")), tmp_path / "arrived")
    assert raised.value.code == "http_too_large"


@pytest.fixture
def asleep(serve: Serve) -> Iterator[str]:
    """A server that sends a first byte and then waits for the test's end."""
    over = threading.Event()

    def answer(out: object) -> None:
        _without_length(b"[")(out)  # type: ignore[arg-type]
        over.wait(30)

    yield serve(answer)
    over.set()


def test_a_server_that_falls_silent_is_given_up(asleep: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SECONDS", 0.1)
    with pytest.raises(OperatorError) as raised:
        http.downloaded(asleep, tmp_path / "arrived")
    assert raised.value.names == {"host": "127.0.0.1", "kind": "ReadTimeout"}


def test_a_server_that_never_ends_is_given_up(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MOST_SECONDS", 0.0)
    with pytest.raises(OperatorError) as raised:
        http.downloaded(serve(whole(BODY)), tmp_path / "arrived")
    assert raised.value.names == {"host": "127.0.0.1", "kind": "TimeoutError"}


def _closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://{secret}@127.0.0.1:{port}/", id="a closed port"),
        pytest.param("http://tiada.invalid/?kunci={secret}", id="a host that does not exist"),
        pytest.param("http://{letters}.id/?kunci={secret}", id="a host of too many letters"),
        pytest.param("http://[::1/{secret}", id="half an address"),
        pytest.param("http://127.0.0.1:99999/{secret}", id="a port that does not exist"),
        pytest.param("http://127.0.0.1:seribu/{secret}", id="a port in words"),
        pytest.param("{secret}", id="no address"),
        pytest.param("ftp://127.0.0.1/{secret}", id="another protocol"),
    ],
)
def test_an_address_that_leads_nowhere_is_the_operators_to_mend(address: str, tmp_path: Path) -> None:
    url = address.format(secret=SECRET, port=_closed_port(), letters="a" * 70)
    with pytest.raises(OperatorError) as raised:
        http.downloaded(url, tmp_path / "arrived")
    assert raised.value.code == "http_unreachable"
    assert SECRET not in f"{raised.value} {raised.value!r}"
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("base", "path", "expected"),
    [
        pytest.param("http://h", "a.json", "http://h/a.json", id="joined"),
        pytest.param("http://h/api/", "/a.json?x=1", "http://h/api/a.json?x=1", id="one slash between"),
        pytest.param("http://h/api", None, "http://h/api/", id="no path"),
    ],
)
def test_a_setting_and_a_path_make_an_address(base: str, path: str | None, expected: str) -> None:
    said = {"kind": "http", "connection": "UJI_API", "read": {"kind": "json"}, "path": path}
    assert http.address(HttpSource.model_validate(said), base) == expected


def test_a_setting_that_nobody_set_is_named(where: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UJI_API", raising=False)
    source = {"kind": "http", "connection": "UJI_API", "path": "a.json", "read": {"kind": "json"}}
    asked = contract(open_field("a"), source=source)
    with beginning(where, CITY, asked, NOW) as work, pytest.raises(PaluError) as raised:
        extract(work)
    assert (raised.value.code, raised.value.names["setting"]) == ("setting_missing", "UJI_API")
