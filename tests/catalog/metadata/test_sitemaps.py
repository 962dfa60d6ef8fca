"""`sitemap.xml` and `robots.txt`: every page in both languages, in parts where there are many."""

from xml.etree import ElementTree

import pytest

from catalog import layout
from catalog.manifest import Entry, Pointer, ReleaseReference
from catalog.metadata import sitemaps
from catalog.site.lists import ways_in
from tests.catalog.site.made_up import cards, city, pointer, release

SITE, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
HERE = "https://data.contoh.go.id/palu/"


OF_THE_CITY = (
    "index.html",
    "daftar-informasi-dikecualikan.html",
    "permintaan.html",
    "datasets/index.html",
    "departments/dishub/index.html",
    "themes/tran/index.html",
)
LISTS = ways_in(city(), cards(release()))


def large(count: int) -> Pointer:
    named = Entry(current=ReleaseReference(release="2026-11-21-3f9a2c1d", manifest_sha256="e" * 64))
    return pointer(datasets={f"set-{number}": named for number in range(count)})


def urls(text: str) -> dict[str, ElementTree.Element]:
    found = ElementTree.fromstring(text).findall(f"{SITE}url")
    return {url.findtext(f"{SITE}loc") or "": url for url in found}


def test_every_page_stands_in_it_in_both_languages() -> None:
    found = urls(sitemaps.whole(pointer(), ["titik-parkir", "pelatihan"], LISTS))
    page = "datasets/titik-parkir/index.html"
    assert set(found) == {f"{HERE}{twin}{one}" for one in (*OF_THE_CITY, page) for twin in ("", "en/")}
    url = found[f"{HERE}en/{page}"]
    assert url.findtext(f"{SITE}lastmod") == "2026-11-21"
    alternates = {link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")}
    assert alternates == {"id": f"{HERE}{page}", "en": f"{HERE}en/{page}", "x-default": f"{HERE}{page}"}


def test_a_large_catalog_has_an_index_of_parts() -> None:
    published = large(450)
    found = ElementTree.fromstring(sitemaps.index(published, 3)).findall(f"{SITE}sitemap/{SITE}loc")
    assert [node.text for node in found] == [f"{HERE}sitemaps/{number}.xml" for number in range(3)]
    assert len(urls(sitemaps.part(published, 0, ["set-1"], LISTS))) == 2 * len(OF_THE_CITY) + 2
    assert len(urls(sitemaps.part(published, 1, ["set-1", "set-2"], LISTS))) == 4


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("https://data.contoh.go.id/palu", True, id="a city with an address"),
        pytest.param(None, False, id="a city without"),
    ],
)
def test_robots_may_read_everything_and_are_told_where_to_begin(address: str | None, said: bool) -> None:
    lines = sitemaps.robots([city(address=address)]).splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert lines[2:] == ([f"Sitemap: {HERE}{layout.sitemap('palu').name}"] if said else [])
