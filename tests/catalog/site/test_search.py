"""The search in a real browser, from a folder and from a server: typos, prefixes, both languages, hostile text."""

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog import layout
from catalog.site.bundles import SEARCH, scripts
from catalog.site.lists import city_page, search_page
from catalog.site.pages import stylesheet
from catalog.site.search_index import index
from catalog.site.terms import STOP_WORDS, terms
from schemas.contracts import LANGUAGES, Dataset
from tests.catalog.site.made_up import cards, city, dataset, pointer, release
from tests.catalog.site.test_hostile_text import OWN

TEXTS = {
    "titik-parkir": ("Titik parkir digital", "Digital parking points", "Titik yang memakai pembayaran digital."),
    "penduduk": ("Jumlah penduduk menurut kecamatan", "Population by district", "Menurut registrasi."),
    "kepadatan": ("Kepadatan wilayah", "Density", "Dihitung dari jumlah penduduk dan luas wilayah."),
    "sekolah": ("Daftar sekolah dasar", "Primary schools", "Alamat dan jumlah murid."),
    "pelayanan": ("Layanan kesehatan", "Health services", "Puskesmas dan klinik."),
    "pasar": ("Pasar dan constructor", "Markets", "Harga toString."),
    **{f"seri-{number}": (f"Indeks harga {number}", f"Price index {number}", "Seri.") for number in range(2001, 2031)},
    **{f"jahat-{number}": (f"Zona {text}", f"Zone {text}", f"Uraian {text}") for number, text in enumerate(OWN)},
}


def made_up(name: str, titles: tuple[str, str, str]) -> Dataset:
    said = {"id": name, "keywords": {}, "title": {"id": titles[0], "en": titles[1]}, "description": titles[2]}
    return dataset(**said)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search of a made-up city, as it is published."""
    public = tmp_path_factory.mktemp("public")
    subjects = {name: made_up(name, texts) for name, texts in TEXTS.items()}
    shown = cards(*(release(dataset=one) for one in subjects.values()))
    files = {
        layout.search_index("palu") / name: text for name, text in index(city(), shown, shown, subjects, ()).items()
    }
    for language in LANGUAGES:
        files[layout.city_page("palu", language)] = city_page(pointer(), shown, language).encode()
        files[layout.search_page("palu", language)] = search_page(city(), language).encode()
    files |= {layout.style("palu"): stylesheet(), layout.script("palu", SEARCH): scripts()[SEARCH]}
    for path, content in files.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_bytes(content)
    return public


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """A test's server says nothing."""


@pytest.fixture(scope="module", params=["folder", "server"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where the pages stand: in a folder, and on a server."""
    if request.param == "folder":
        yield folder.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def faults(page: Page) -> Iterator[list[str]]:
    """What the page complained of, or tried to run."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda line: heard.append(line.text))
    page.on("dialog", lambda dialog: (heard.append("dialog"), dialog.dismiss()))
    yield heard
    assert heard == []


def found(page: Page, address: str, query: str, language: str = "") -> list[str]:
    """The ids of the datasets that a query finds, in the order in which they are shown."""
    page.goto(f"{address}/palu/{language}cari/index.html")
    page.locator("#cari").press_sequentially(query)
    expect(page.locator(".search-status")).not_to_be_empty()
    links = page.locator(".search-results a")
    return [str(links.nth(number).get_attribute("href")).split("/")[-2] for number in range(links.count())]


QUERIES = [
    pytest.param("parkir", "titik-parkir", id="a word of the title"),
    pytest.param("parkri", "titik-parkir", id="two letters swapped"),
    pytest.param("parkr", "titik-parkir", id="a letter left out"),
    pytest.param("PARKIIR", "titik-parkir", id="a letter too many, in capitals"),
    pytest.param("pendudk", "penduduk", id="a letter left out of a longer word"),
    pytest.param("kecamtaan", "penduduk", id="swapped in a long word"),
    pytest.param("popilatoin", "penduduk", id="two mistakes in a long English word"),
    pytest.param("park", "titik-parkir", id="the beginning of a word"),
    pytest.param("jumlah pend", "penduduk", id="a word and the beginning of another"),
    pytest.param("kependudukan", "penduduk", id="another form of the word"),
    pytest.param("pelayanan", "pelayanan", id="the id itself"),
    pytest.param("membayarkan", "titik-parkir", id="a verb for its noun"),
    pytest.param("constructor", "pasar", id="a word that JavaScript knows"),
    pytest.param("tostring", "pasar", id="another one"),
    pytest.param("harga 2024", "seri-2024", id="a year is that year"),
]


@pytest.mark.parametrize(("query", "first"), QUERIES)
def test_a_query_finds(query: str, first: str, address: str, page: Page, faults: list[str]) -> None:
    assert found(page, address, query)[:1] == [first]


@pytest.mark.parametrize("query", ["xyzzyq", "zzzz", "kkkk", "parkxxx"])
def test_what_is_nowhere_is_not_found_and_said(query: str, address: str, page: Page, faults: list[str]) -> None:
    assert found(page, address, query) == []
    assert "Tidak ada dataset yang cocok" in page.locator(".search-status").inner_text()


def test_titles_come_before_descriptions_and_all_words_before_some(address: str, page: Page, faults: list[str]) -> None:
    assert found(page, address, "penduduk")[:2] == ["penduduk", "kepadatan"]
    assert found(page, address, "jumlah murid")[0] == "sekolah"
    assert found(page, address, "kapasitas")[:1] != []  # the name of a column


def test_the_english_page_answers_in_english(address: str, page: Page, faults: list[str]) -> None:
    assert found(page, address, "schools", "en/")[:1] == ["sekolah"]
    assert page.locator(".search-results a").first.inner_text() == "Primary schools"
    assert "found" in page.locator(".search-status").inner_text()


def test_a_result_can_be_handed_on_by_its_address(address: str, page: Page, faults: list[str]) -> None:
    page.goto(f"{address}/palu/index.html")
    page.locator("#cari").fill("parkri")
    page.locator("#cari").press("Enter")
    page.wait_for_url("**/cari/index.html?q=parkri")
    expect(page.locator(".search-status")).to_have_text("Hasil untuk: parkir. 1 dataset ditemukan.")
    page.goto(page.url)
    expect(page.locator(".search-results a")).to_have_count(1)
    page.locator("#cari").fill("sekolah")
    page.wait_for_url("**?q=sekolah")


def test_more_results_come_when_asked_for_and_the_keyboard_stands_on_the_first_of_them(
    address: str, page: Page, faults: list[str]
) -> None:
    assert len(found(page, address, "indeks harga")) == 10
    page.locator(".search-more").press("Enter")
    expect(page.locator(".search-results a")).to_have_count(20)
    assert page.evaluate("document.activeElement === document.querySelectorAll('.search-results a')[10]")


def test_hostile_text_is_shown_as_it_was_written(address: str, page: Page, faults: list[str]) -> None:
    assert len(found(page, address, "zona")) == len(OWN)
    shown = page.locator(".search-results").inner_text()
    assert [text for text in OWN if text not in shown] == []
    assert page.locator(".search-results script, .search-results img, .search-results svg").count() == 0
    for text in OWN:
        page.goto(f"{address}/palu/cari/index.html?q={text.replace('%', '')}")
        expect(page.locator(".search-status")).not_to_be_empty()


def test_the_browser_reads_a_text_as_the_index_does(address: str, page: Page, faults: list[str]) -> None:
    texts = [
        *(part for texts in TEXTS.values() for part in texts),
        "Café ﬁle \uff12\uff10\uff12\uff16 İstanbul ΟΔΟΣ 数据 kode_kecamatan x 1 😀 \u2028",
        "x" * 99,
        "Ǆ ß Å ½ ™ Ⅷ",
    ]
    page.goto(f"{address}/palu/cari/index.html")
    read = page.evaluate("texts => texts.map((text) => paluSearch.terms(text, new Set()))", texts)
    assert [[word for word in words if word not in STOP_WORDS] for words in read] == [terms(text) for text in texts]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("parkri", "parkir", 1), ("parkir", "parkir", 0), ("prakri", "parkir", 2), ("", "a", 1), ("abc", "xyz", 3)],
)
def test_a_swap_of_neighbours_is_one_mistake(one: str, other: str, edits: int, address: str, page: Page) -> None:
    page.goto(f"{address}/palu/cari/index.html")
    assert page.evaluate("([one, other]) => paluSearch.distance(one, other, 3)", [one, other]) == edits


def test_where_the_index_is_gone_the_reader_is_sent_to_the_lists(folder: Path, tmp_path: Path, page: Page) -> None:
    shutil.copytree(folder, tmp_path / "public")
    shutil.rmtree(tmp_path / "public" / "palu" / "search")
    page.goto(f"{(tmp_path / 'public').as_uri()}/palu/cari/index.html?q=parkir")
    expect(page.locator(".search-status")).to_have_text(
        "Indeks pencarian tidak dapat dibuka. Silakan telusuri daftar semua dataset."
    )


def test_without_javascript_the_page_leads_to_the_lists(folder: Path, page: Page) -> None:
    assert page.context.browser is not None
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{folder.as_uri()}/palu/index.html")
    assert "daftar semua dataset dari A sampai Z" in plain.locator("noscript").inner_text()
    plain.context.close()
