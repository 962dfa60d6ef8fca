"""Records handed out page by page are one snapshot, whole or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.extract import extract
from flows.runs import beginning
from flows.settings import Places
from flows.sources.pages import PagesJob, gathered
from flows.stage import stage
from schemas.contracts import Pages
from schemas.errors import OperatorError, PaluError, SupplierError
from tests.flows.sources.conftest import Answer, Talk, whole
from tests.making import CITY, NOW, contract, open_field, rows_of

RECORDS: list[dict[str, Any]] = [{"kode": f"{number:03}", "isi": {"luas": 1.5}} for number in range(1, 8)]
Talking = Callable[..., Talk]


def _sent(document: Any, *headers: str) -> Answer:
    return whole(json.dumps(document).encode(), *headers)


def _asked(path: str, name: str, default: int) -> int:
    return int(parse_qs(urlsplit(path).query).get(name, [str(default)])[0])


def _by_page(path: str, _: Any) -> Answer:
    at = (_asked(path, "page", 1) - 1) * 3
    return _sent({"data": RECORDS[at : at + 3], "meta": {"total": len(RECORDS)}})


def _by_offset(path: str, _: Any) -> Answer:
    at, most = _asked(path, "mulai", 0), min(_asked(path, "batas", 3), 2)
    return _sent({"data": RECORDS[at : at + most], "meta": {"total": len(RECORDS)}})


def _by_cursor(path: str, _: Any) -> Answer:
    at = _asked(path, "c", 0)
    return _sent({"data": RECORDS[at : at + 3], "meta": {"next": at + 3 if at + 3 < len(RECORDS) else None}})


def _by_link(path: str, headers: dict[str, str]) -> Answer:
    at = _asked(path, "a", 0)
    following = f"https://{headers['Host']}/?a={at + 3}" if at + 3 < len(RECORDS) else None
    return _sent({"data": RECORDS[at : at + 3], "meta": {"next": following}})


def _by_header(path: str, _: Any) -> Answer:
    at = _asked(path, "a", 0)
    link = (f'Link: </?a={at + 3}>; rel="next"',) if at + 3 < len(RECORDS) else ()
    return _sent({"data": RECORDS[at : at + 3]}, *link)


WAYS: dict[str, tuple[Callable[..., Answer], dict[str, Any]]] = {
    "pages to the empty one": (_by_page, {"by": "page", "parameter": "page"}),
    "pages to the total": (_by_page, {"by": "page", "parameter": "page", "total": "meta.total"}),
    "offsets, fewer than asked for": (
        _by_offset,
        {"by": "offset", "parameter": "mulai", "size": {"parameter": "batas", "value": 3}, "total": "meta.total"},
    ),
    "a cursor": (_by_cursor, {"by": "cursor", "parameter": "c", "next": "meta.next"}),
    "a link of another scheme": (_by_link, {"by": "link", "next": "meta.next"}),
    "a link in a header": (_by_header, {"by": "link"}),
}


def _gathered(address: str, tmp_path: Path, **pages: Any) -> list[Any]:
    job = PagesJob(f"{address}/", Pages.model_validate(pages), "data", tmp_path / "snapshot", "data.json")
    gathered(job)
    found: list[Any] = json.loads((tmp_path / "snapshot").read_bytes())["data"]
    return found


@pytest.mark.parametrize("way", WAYS)
def test_all_records_arrive_in_their_order(talk: Talking, tmp_path: Path, way: str) -> None:
    answer, pages = WAYS[way]
    assert _gathered(talk(answer).address, tmp_path, **pages) == RECORDS


def test_a_total_ends_the_reading_without_another_page(talk: Talking, tmp_path: Path) -> None:
    server = talk(_by_page)
    _gathered(server.address, tmp_path, by="page", parameter="page", total="meta.total")
    assert [path for path, _ in server.heard] == ["/?page=1", "/?page=2", "/?page=3"]


def _page(records: list[Any], **meta: Any) -> dict[str, Any]:
    return {"data": records, "meta": meta}


BY_PAGE = {"by": "page", "parameter": "page"}
FAULTS: dict[str, tuple[Callable[..., Answer], dict[str, Any], str]] = {
    "fewer records than the total": (
        lambda path, _: _sent(_page(RECORDS[:3] if path == "/?page=1" else [], total=7)),
        {**BY_PAGE, "total": "meta.total"},
        "pages_total",
    ),
    "more records than the total": (
        lambda *_: _sent(_page(RECORDS, total=3)),
        {**BY_PAGE, "total": "meta.total"},
        "pages_total",
    ),
    "a total that changes": (
        lambda path, _: _sent(_page(RECORDS[_asked(path, "page", 1) :][:1], total=9 + _asked(path, "page", 1))),
        {**BY_PAGE, "total": "meta.total"},
        "pages_total",
    ),
    "an empty first page of a total": (
        lambda *_: _sent(_page([], total=7)),
        {**BY_PAGE, "total": "meta.total"},
        "pages_total",
    ),
    "the same page again": (lambda *_: _sent(_page(RECORDS[:3])), BY_PAGE, "pages_repeated"),
    "the same page again, up to the total": (
        lambda *_: _sent(_page(RECORDS[:3], total=6)),
        {**BY_PAGE, "total": "meta.total"},
        "pages_repeated",
    ),
    "more pages than allowed": (_by_page, {**BY_PAGE, "at_most": 2}, "pages_too_many"),
    "no total where it should stand": (_by_page, {**BY_PAGE, "total": "meta.jumlah"}, "pages_unclear"),
    "no next where it should stand": (
        _by_cursor,
        {"by": "cursor", "parameter": "c", "next": "berikut"},
        "pages_unclear",
    ),
    "no text as next": (_by_cursor, {"by": "cursor", "parameter": "c", "next": "data"}, "pages_unclear"),
    "no records": (lambda *_: _sent({"meta": {}}), BY_PAGE, "records_missing"),
    "no JSON": (lambda *_: whole(b"<html>"), BY_PAGE, "json_invalid"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_part_never_passes_for_the_whole(talk: Talking, tmp_path: Path, fault: str) -> None:
    answer, pages, code = FAULTS[fault]
    with pytest.raises(SupplierError) as raised:
        _gathered(talk(answer).address, tmp_path, **pages)
    assert raised.value.code == code


def test_a_link_to_another_host_is_not_followed(talk: Talking, tmp_path: Path) -> None:
    server = talk(lambda *_: _sent(_page(RECORDS[:3], next="http://127.0.0.2/?a=3")))
    with pytest.raises(OperatorError) as raised:
        _gathered(server.address, tmp_path, by="link", next="meta.next")
    assert raised.value.code == "redirect_refused"


def test_a_page_that_fails_ends_the_reading(talk: Talking, tmp_path: Path) -> None:
    server = talk(lambda path, _: _by_page(path, _) if path == "/?page=1" else whole(b"", status="500 Ups"))
    with pytest.raises(PaluError) as raised:
        _gathered(server.address, tmp_path, **BY_PAGE)
    assert raised.value.code == "http_status"


def test_the_pages_of_an_api_are_staged_as_one_file(talk: Talking, where: Places) -> None:
    source = {"kind": "http", "url": f"{talk(_by_page).address}/v1", "read": {"kind": "json", "records": "data"}}
    fields = open_field("kode"), open_field("luas", "number", column="isi.luas")
    asked = contract(*fields, source={**source, "pages": {**BY_PAGE, "total": "meta.total"}})
    with beginning(where, CITY, asked, NOW) as work:
        found = extract(work)
        rows = rows_of(stage(work, found).table.path, "kode", "luas")
    assert [(code, float(area)) for code, area in rows] == [(record["kode"], 1.5) for record in RECORDS]
