"""Atom feeds: sound by RFC 4287, in both languages, and joined without losing what is new."""

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from posixpath import normpath
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import layout
from catalog.manifest import Manifest, Tombstone
from catalog.metadata import feeds
from schemas.contracts import City, Language
from tests.catalog.site.made_up import NOON, RELEASE, city, dataset, manifest, tombstone

HOME = city()
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
PAST: tuple[Manifest | Tombstone, ...] = (
    manifest(),
    tombstone(),
    manifest(release="2026-09-01-11111111", issued=NOON - timedelta(days=80)),
)
EACH_CITY = pytest.mark.parametrize(
    "home", [pytest.param(city(), id="with an address"), pytest.param(city(address=None), id="without")]
)
EACH_LANGUAGE = pytest.mark.parametrize("language", ["id", "en"])


def of_dataset(home: City, language: Language) -> str:
    return feeds.dataset_feed(home, dataset(), "titik-parkir", PAST, language)


def every_feed(home: City, language: Language) -> dict[PurePosixPath, str]:
    entries = feeds.entries_of(of_dataset(home, language))
    return {
        layout.dataset_feed("palu", "titik-parkir", language): of_dataset(home, language),
        layout.city_feed("palu", language): feeds.city_feed(home, entries, language),
        layout.department_feed("palu", "dishub", language): feeds.department_feed(home, "dishub", entries, language),
    }


def one(node: ElementTree.Element, name: str) -> str:
    [found] = node.findall(f"{ATOM}{name}")
    return found.text or ""


@EACH_CITY
@EACH_LANGUAGE
def test_a_feed_has_what_rfc_4287_asks_for(home: City, language: Language) -> None:
    for text in every_feed(home, language).values():
        feed = ElementTree.fromstring(text)
        assert (feed.tag, feed.get(f"{XML}lang")) == (f"{ATOM}feed", language)
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == len(PAST)
        for node in (feed, *entries):
            assert one(node, "id").startswith("urn:uuid:")
            assert one(node, "title")
            assert datetime.fromisoformat(one(node, "updated")).tzinfo
        assert one(feed, "updated") == max(one(entry, "updated") for entry in entries)
        names = [one(entry, "id") for entry in entries]
        assert len(set(names)) == len(names)


@EACH_CITY
@EACH_LANGUAGE
def test_its_links_lead_to_public_paths_wherever_it_stands(home: City, language: Language) -> None:
    page = str(layout.dataset_page("palu", "titik-parkir", language))
    for path, text in every_feed(home, language).items():
        feed = ElementTree.fromstring(text)
        base = feed.get(f"{XML}base") or "https://data.contoh.go.id/"
        hrefs = {link.get("rel"): link.get("href") or "" for link in feed.findall(f"{ATOM}link")}
        within = [link.get("href") or "" for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
        there = _places(path, base, [hrefs["self"], *within])
        assert str(path) in there
        assert page in there
        assert f"palu/datasets/titik-parkir/{RELEASE}/titik-parkir.csv" in there


def _places(path: PurePosixPath, base: str, links: list[str]) -> set[str]:
    if base.startswith("https"):
        return {link.removeprefix(base) for link in links}
    return {normpath(str(path.parent / base / link)) for link in links}


def test_ids_stay_when_the_catalog_moves_and_differ_by_language() -> None:
    here, there, english = (
        ElementTree.fromstring(of_dataset(home, language)).findall(f"{ATOM}entry/{ATOM}id")
        for home, language in ((city(), "id"), (city(address=None), "id"), (city(), "en"))
    )
    assert [node.text for node in here] == [node.text for node in there]
    assert not {node.text for node in here} & {node.text for node in english}


def test_a_withdrawal_is_news_with_its_reason() -> None:
    feed = of_dataset(city(), "id")
    [entry] = [one for one in feeds.entries_of(feed) if "ditarik" in one]
    assert "Memuat dua titik yang sudah ditutup." in entry
    assert "enclosure" not in entry


def test_a_feed_of_a_department_holds_its_own_alone() -> None:
    entries = feeds.entries_of(of_dataset(city(), "id"))
    assert feeds.entries_of(feeds.department_feed(city(), "bkpsdm", entries, "id")) == []
    assert len(feeds.entries_of(feeds.department_feed(city(), "dishub", entries, "id"))) == len(PAST)


def test_a_feed_of_a_department_leads_to_its_page_where_it_has_one() -> None:
    entries, home = feeds.entries_of(of_dataset(city(), "id")), "https://data.contoh.go.id/palu/index.html"
    assert f'href="{home}"' in feeds.department_feed(city(), "bkpsdm", entries, "id")
    page = home.replace("index.html", "departments/dishub/index.html")
    assert f'href="{page}"' in feeds.department_feed(city(), "dishub", entries, "id")


STATED = dataset()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 400)), min_size=1, max_size=15))
def test_a_feed_that_is_kept_up_is_the_feed_that_is_made_anew(changes: list[tuple[int, int]]) -> None:
    last: dict[str, str] = {}
    kept: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feeds, "NEWEST", 4)
        for number, (name, hours) in enumerate(changes):
            changed = f"set-{name}"
            made = manifest(dataset=changed, release=f"r{number}", issued=NOON + timedelta(hours=1000 * number + hours))
            [entry] = feeds.entries_of(feeds.dataset_feed(HOME, STATED, changed, (made,), "id"))
            last[changed] = entry
            kept = feeds.newest([*feeds.without(kept, {changed}), entry])
        assert kept == feeds.newest(last.values())


@pytest.mark.parametrize("text", ["</entry>\n<entry>", "]]><script>", "a & b < c", '"><x y="', "\ufffe teks"])
def test_a_text_ends_no_entry(text: str) -> None:
    stated = dataset(title={"id": text}, description=text)
    past = (tombstone(reason=f"{text}\n</entry>\x0b"),)
    feed = feeds.dataset_feed(city(publisher=text), stated, "titik-parkir", (manifest(), *past), "id")
    assert len(feeds.entries_of(feed)) == len(ElementTree.fromstring(feed).findall(f"{ATOM}entry")) == 2


def test_an_empty_feed_says_the_same_every_time() -> None:
    assert feeds.NEVER in feeds.city_feed(city(), [], "en")


def test_a_catalogs_feed_holds_its_newest_entries_alone() -> None:
    past = [manifest(release=f"r{hour}", issued=NOON + timedelta(hours=hour)) for hour in range(60)]
    entries = feeds.entries_of(feeds.dataset_feed(HOME, STATED, "titik-parkir", past, "id"))
    held = feeds.entries_of(feeds.city_feed(HOME, entries, "id"))
    assert len(held) == feeds.NEWEST
    assert held[0] == entries[-1]
