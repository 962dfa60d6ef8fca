"""What a reader's browser does with the pages: asks nobody else, runs nothing strange, carries little, leads on."""

import gzip
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

import httpx
import pytest
from playwright.sync_api import Browser, Response

from tests.browser.kinds import KINDS, STATES, page, visit

LIMITS = {"the home page": 150_000, "a dataset with places": 250_000, "a dataset of many rows": 250_000}
"""Bytes, compressed, of everything that is loaded before a reader touches anything."""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_page_asks_its_own_origin_alone_and_complains_of_nothing(
    state: str, language: str, public: Path, served: str, chromium: Browser
) -> None:
    with chromium.new_context() as context:
        shown, asked, heard = context.new_page(), [], []
        shown.on("request", lambda request: asked.append(request.url))
        shown.on("console", lambda line: heard.append(line.text))
        shown.on("pageerror", lambda error: heard.append(str(error)))
        visit(shown, served, public, state, language)
        shown.wait_for_load_state("networkidle")
        assert heard == []
        assert [url for url in asked if not url.startswith((served, "data:"))] == []
        assert asked


@pytest.mark.parametrize("kind", LIMITS)
def test_a_page_is_light_enough_for_a_slow_connection(kind: str, public: Path, served: str, chromium: Browser) -> None:
    with chromium.new_context() as context:
        shown, answers = context.new_page(), list[Response]()
        shown.on("response", lambda answer: answers.append(answer))
        shown.goto(f"{served}{page(public, kind, 'id')}", wait_until="networkidle")
        weight = sum(len(gzip.compress(answer.body())) for answer in answers if not answer.url.startswith("data:"))
    assert 2_000 < weight <= LIMITS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_what_it_is_without_scripts(kind: str, public: Path, served: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}) as context:
        shown = context.new_page()
        shown.goto(f"{served}{page(public, kind, 'id')}")
        assert shown.inner_text("h1").strip()
        assert shown.inner_text("main").strip()


@pytest.mark.parametrize("state", STATES)
def test_no_page_is_wider_than_a_small_phone(state: str, public: Path, served: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 320, "height": 640}) as context:
        shown = context.new_page()
        visit(shown, served, public, state, "en")
        assert shown.evaluate("document.documentElement.scrollWidth") == 320


class Links(HTMLParser):
    """Every address that a page leads to or loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 the parser calls it so
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_every_link_of_the_whole_catalog_resolves(served: str) -> None:
    waiting, seen, dead = [served], {served}, []
    with httpx.Client(timeout=30) as client:
        while waiting:
            address = waiting.pop()
            is_page = address.endswith(("/", ".html"))
            answer = client.get(address) if is_page else client.head(address)
            if answer.status_code != httpx.codes.OK:
                dead.append(address)
            elif is_page:
                dead += [f"{address}#{anchor}" for anchor in _missing_anchors(answer.text)]
                for link in _own(answer.text, address, served) - seen:
                    seen.add(link)
                    waiting.append(link)
    assert dead == []
    assert len(seen) > 300


def test_every_link_of_the_documents_for_machines_resolves(served: str, public: Path) -> None:
    feeds = [
        link for feed in public.rglob("feed.xml") for link in _links_of_feed(feed, f"{served}{_below(feed, public)}")
    ]
    documents = [*public.glob("*/api/v1/index.json"), *public.glob("*/api/v1/datasets/*.json")]
    links = [
        urljoin(f"{served}{_below(document, public).split('/')[0]}/", link)
        for document in documents
        for link in _addresses(json.loads(document.read_bytes()))
    ]
    own = {link for link in (*feeds, *links) if link.startswith(served)}
    with httpx.Client(timeout=30) as client:
        assert [link for link in sorted(own) if client.head(link).status_code != httpx.codes.OK] == []
    assert len(set(feeds)) > 50
    assert len(set(links)) > 100


def _below(file: Path, public: Path) -> str:
    return file.relative_to(public).as_posix()


def _links_of_feed(feed: Path, address: str) -> Iterator[str]:
    root = ElementTree.fromstring(feed.read_text(encoding="utf-8"))
    base = urljoin(address, root.get("{http://www.w3.org/XML/1998/namespace}base", ""))
    for link in root.iter("{http://www.w3.org/2005/Atom}link"):
        yield urljoin(base, link.get("href", ""))


def _addresses(said: Any, name: str = "") -> Iterator[str]:
    """Every address in a document of the API: what stands under `links`, and what is called so; no pattern of one."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from _addresses(value, "url" if name == "links" else key)
    elif isinstance(said, list):
        for value in said:
            yield from _addresses(value, name)
    elif name in ("url", "latest") and isinstance(said, str) and "{" not in said:
        yield said


def _own(text: str, address: str, served: str) -> set[str]:
    links = Links()
    links.feed(text)
    whole = {urldefrag(urljoin(address, link)).url.partition("?")[0] for link in links.found}
    return {link for link in whole if link.startswith(served)}


def _missing_anchors(text: str) -> set[str]:
    links = Links()
    links.feed(text)
    named = {unquote(link[1:]) for link in links.found if link.startswith("#")}
    return named - set(re.findall(r'\bid="([^"]*)"', text))
