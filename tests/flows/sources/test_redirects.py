"""A redirect is followed where it may lead, and an answer that we have is not fetched twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from flows.extract import extract
from flows.journey import Snapshot
from flows.runs import beginning
from flows.settings import Places
from flows.sources import hops, http, remembered
from flows.sources.hops import Hop
from flows.sources.http import Validators
from schemas.errors import OperatorError
from tests.flows.sources.conftest import Answer, Talk, whole
from tests.making import CITY, NOW, contract, open_field

BODY = b'[{"a": "x"}]'
Talking = Callable[..., Talk]


def _to(location: str) -> Answer:
    return whole(b"", f"Location: {location}", status="302 Found")


def test_a_redirect_on_the_same_host_is_followed(talk: Talking, tmp_path: Path) -> None:
    server = talk(lambda path, _: whole(BODY) if path == "/baru" else _to("/baru"))
    other_port = talk(lambda *_: _to(f"{server.address}/lama"))
    http.downloaded(f"{other_port.address}/", tmp_path / "arrived")
    assert (tmp_path / "arrived").read_bytes() == BODY


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        pytest.param("{other}/", "private", id="another address of loopback"),
        pytest.param("http://localhost:{port}/", "private", id="a name that stands for loopback"),
        pytest.param("http://[::1]/", "private", id="loopback of IPv6"),
        pytest.param("http://[::ffff:10.0.0.1]/", "private", id="a private address within IPv6"),
        pytest.param("http://169.254.169.254/latest/", "private", id="a cloud's own address"),
        pytest.param("http://2130706434/", "private", id="loopback as one number"),
        pytest.param("file:///etc/passwd", "scheme", id="a file"),
        pytest.param("//[", "address", id="half an address"),
        pytest.param("/lagi", "loop", id="in circles"),
    ],
)
def test_a_redirect_to_where_we_must_not_go_is_refused(talk: Talking, tmp_path: Path, location: str, kind: str) -> None:
    other = talk(lambda *_: whole(BODY), "127.0.0.2")
    where = location.format(other=other.address, port=other.address.rpartition(":")[2])
    server = talk(lambda *_: _to(where))
    with pytest.raises(OperatorError) as raised:
        http.downloaded(f"{server.address}/?kunci=rahasia", tmp_path / "arrived")
    assert raised.value.names["kind"] == kind
    assert "rahasia" not in f"{raised.value}"
    assert (other.heard, len(server.heard)) == ([], http.MOST_REDIRECTS + 1 if kind == "loop" else 1)


@pytest.mark.parametrize(
    ("first", "now", "location", "expected"),
    [
        pytest.param("https://u:p@h/a", "https://u:p@h/a", "/b", "https://u:p@h/b", id="the same origin keeps them"),
        pytest.param(
            "https://u:p@h/a", "https://u:p@h/a", "https://h:8443/b", "https://h:8443/b", id="not another port"
        ),
        pytest.param(
            "https://u:p@h/a", "https://u:p@h/a", "https://x:y@h/b", "https://u:p@h/b", id="never a stranger's"
        ),
        pytest.param(
            "https://u:p@h/a", "https://u:p@h/a", "https://8.8.8.8/b", "https://8.8.8.8/b", id="not another host"
        ),
        pytest.param("http://u:p@h/a", "http://u:p@h/a", "https://h/a", "https://h/a", id="not another scheme"),
    ],
)
def test_credentials_go_to_their_own_origin_alone(first: str, now: str, location: str, expected: str) -> None:
    assert hops.followed(first, Hop(now), location).url == expected


def test_no_redirect_leads_back_from_https_to_http() -> None:
    with pytest.raises(OperatorError) as raised:
        hops.followed("https://h/a", Hop("https://h/a"), "http://h/a")
    assert (raised.value.code, raised.value.names["kind"]) == ("redirect_refused", "http")


def test_the_address_that_was_looked_at_is_the_one_that_is_called(talk: Talking, tmp_path: Path) -> None:
    server = talk(lambda *_: whole(BODY))
    port = server.address.rpartition(":")[2]
    came = http._visit(Hop(f"http://data.invalid:{port}/a", "127.0.0.1"), tmp_path / "arrived", None)
    assert isinstance(came, http.Arrived)
    assert server.heard[0][1]["Host"] == f"data.invalid:{port}"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert hops.is_public(address) is public


def _extracted(where: Places, url: str) -> Snapshot:
    asked = contract(open_field("a"), source={"kind": "http", "url": url, "read": {"kind": "json"}})
    with beginning(where, CITY, asked, NOW) as work:
        found = extract(work)
    assert found.path.read_bytes() == BODY
    return found


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        pytest.param('ETag: "v1"', ("If-None-Match", '"v1"'), id="by its mark"),
        pytest.param(
            "Last-Modified: Sat, 21 Nov 2026 00:00:00 GMT",
            ("If-Modified-Since", "Sat, 21 Nov 2026 00:00:00 GMT"),
            id="by its date",
        ),
    ],
)
def test_an_answer_that_has_not_changed_is_not_sent_again(
    talk: Talking, where: Places, said: str, asked: tuple[str, str]
) -> None:
    name, value = asked
    unchanged = whole(b"", status="304 Not Modified")
    server = talk(lambda _, headers: unchanged if headers.get(name) == value else whole(BODY, said))
    first, second = (_extracted(where, f"{server.address}/data.json") for _ in range(2))
    assert first == second
    assert [name in headers for _, headers in server.heard] == [False, True]


@pytest.mark.parametrize("spoilt", ["gone", "changed"])
def test_a_snapshot_that_is_no_longer_whole_is_fetched_again(talk: Talking, where: Places, spoilt: str) -> None:
    server = talk(lambda *_: whole(BODY, 'ETag: "v1"'))
    found = _extracted(where, server.address)
    if spoilt == "gone":
        found.path.unlink()
    else:
        found.path.write_bytes(b"[]")
    assert _extracted(where, server.address) == found
    assert "If-None-Match" not in server.heard[1][1]


def test_another_address_is_not_recognised_by_the_first_ones_mark(tmp_path: Path) -> None:
    snapshot = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json"
    (tmp_path / snapshot).write_bytes(b"abc")
    remembered.remember(tmp_path, "http://h/a?kunci=rahasia", snapshot, Validators(etag="v"))
    assert remembered.known(tmp_path, "http://h/a?kunci=rahasia") == (tmp_path / snapshot, Validators(etag="v"))
    assert remembered.known(tmp_path, "http://h/b") is None
    assert "rahasia" not in (tmp_path / remembered.FILE).read_text()


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_busy_server_is_asked_again_when_it_says(talk: Talking, tmp_path: Path, status: str) -> None:
    busy = whole(b"", "Retry-After: 0", status=status)
    answers = [busy, busy, whole(BODY)]
    server = talk(lambda *_: answers.pop(0))
    http.downloaded(server.address, tmp_path / "arrived")
    assert (tmp_path / "arrived").read_bytes() == BODY


@pytest.mark.parametrize(
    "wait",
    [
        pytest.param("86400", id="a day"),
        pytest.param(format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True), id="until tomorrow"),
    ],
)
def test_a_server_that_is_busy_for_long_is_left_alone(talk: Talking, tmp_path: Path, wait: str) -> None:
    server = talk(lambda *_: whole(b"", f"Retry-After: {wait}", status="429 Too Many Requests"))
    with pytest.raises(OperatorError) as raised:
        http.downloaded(server.address, tmp_path / "arrived")
    assert (raised.value.code, len(server.heard)) == ("http_busy", 1)
