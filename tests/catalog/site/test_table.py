"""The interactive table in Chromium, over a real Parquet behind `palu serve`: what DuckDB says of the same file."""

import csv
import io
import re
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from catalog import layout
from schemas.tables import literal
from tests.catalog.site.served import asked, made_dataset, publish, served
from tests.catalog.site.test_hostile_text import naughty

OF = made_dataset()
NAMES = [field.name for field in OF.public_fields]
TEXTS = ("kode", "nama", "kecamatan", "bentuk")


class Quiet(SimpleHTTPRequestHandler):
    """Python's own server, which knows no ranges."""

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def shared(chromium: Browser, address: str) -> Page:
    """One opened table that many cases look at, each through an address of its own."""
    page = chromium.new_page()
    page.goto(address)
    opened(page)
    return page


def opened(page: Page) -> None:
    page.click("[data-table=open]")
    page.wait_for_selector(".table-status:not(:empty)")


def look(page: Page, **said: Any) -> None:
    """Go to the address of a view, agree to what it costs, and wait until it is drawn."""
    page.evaluate("hash => { location.hash = hash }", f"#tabel?{urlencode(said, doseq=True)}")
    settled(page)


def until(page: Page, condition: str) -> None:
    """Wait for a condition on the page; Playwright's own way evaluates a text in it, which the page's policy forbids."""
    deadline = time.monotonic() + 30
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(15)


def settled(page: Page) -> None:
    there = "document.querySelector('.table-box').dataset.view === location.hash"
    until(page, f"{there} || !document.querySelector('.table-box .asks').hidden")
    if page.is_visible(".table-box .asks"):
        page.click(".table-box .asks .button >> nth=0")
        until(page, there)


def column(page: Page, name: str) -> list[str]:
    place = page.locator("button.sort").evaluate_all("all => all.map(button => button.dataset.name)").index(name) + 1
    return page.locator(f".table-box tbody td:nth-child({place})").all_text_contents()


def order(name: str, way: str) -> str:
    key = f"lower({name})" if name in TEXTS else name
    return f"{key} {way} NULLS LAST, file_row_number"


@pytest.mark.parametrize("number", [1, 2, 83, 240], ids=["first", "second", "in the middle", "last"])
def test_a_page_shows_its_fifty_rows(shared: Page, public: Path, number: int) -> None:
    look(shared, halaman=number)
    [*codes] = asked(public, f"SELECT kode FROM data ORDER BY file_row_number LIMIT 50 OFFSET {(number - 1) * 50}")
    assert column(shared, "kode") == [code for (code,) in codes]


@pytest.mark.parametrize("name", NAMES)
def test_a_column_sorts_as_duckdb_does_both_ways(shared: Page, public: Path, name: str) -> None:
    for sign, way in (("", "ASC"), ("-", "DESC")):
        for number in (1, 240):
            look(shared, urut=f"{sign}{name}", halaman=number)
            rows = asked(
                public, f"SELECT kode FROM data ORDER BY {order(name, way)} LIMIT 50 OFFSET {(number - 1) * 50}"
            )
            assert column(shared, "kode") == [code for (code,) in rows], (way, number)


FILTERS = {
    "a text contained": ({"s.nama": "~A1"}, "nama ILIKE '%a1%'"),
    "a text with signs of a pattern": ({"s.kode": "~K-0000.."}, "contains(kode, 'K-0000..')"),
    "one of a few": ({"s.kecamatan": ["=Tatanga", "=Ulujadi"]}, "kecamatan IN ('Tatanga', 'Ulujadi')"),
    "a range of whole numbers": ({"s.jumlah": "10..2000"}, "jumlah BETWEEN 10 AND 2000"),
    "above what a float holds": ({"s.jumlah": "9007199254740992.."}, "jumlah >= 9007199254740992"),
    "numbers up to": ({"s.tarif": "..0.25"}, "tarif <= 0.25"),
    "days": ({"s.tanggal": "2021-02-01..2021-02-28"}, "tanggal BETWEEN '2021-02-01' AND '2021-02-28'"),
    "days of moments": ({"s.waktu": "2020-03-01..2020-03-02"}, "waktu::DATE BETWEEN '2020-03-01' AND '2020-03-02'"),
    "years": ({"s.tahun": "2010..2012"}, "tahun BETWEEN 2010 AND 2012"),
    "yes": ({"s.digital": "=true"}, "digital"),
    "two together, and sorted": (
        {"s.tahun": "2010..2012", "s.digital": "=false"},
        "tahun BETWEEN 2010 AND 2012 AND NOT digital",
    ),
    "nothing": ({"s.kode": "~tidak ada"}, "false"),
}


@pytest.mark.parametrize(("said", "where"), FILTERS.values(), ids=FILTERS.keys())
def test_a_filter_finds_what_duckdb_finds(shared: Page, public: Path, said: dict[str, Any], where: str) -> None:
    look(shared, urut="-jumlah", **said)
    [(count,)] = asked(public, f"SELECT count(*) FROM data WHERE {where}")
    rows = asked(public, f"SELECT kode FROM data WHERE {where} ORDER BY {order('jumlah', 'DESC')} LIMIT 50")
    assert column(shared, "kode") == [code for (code,) in rows]
    counted = re.findall(r"dari ([\d.]+) yang cocok", shared.inner_text(".table-status"))
    assert counted == ([f"{count:,}".replace(",", ".")] if count else [])


@pytest.mark.parametrize("name", NAMES)
def test_values_can_be_seen_as_the_csv_writes_them(shared: Page, public: Path, name: str) -> None:
    look(shared, halaman=1)
    shared.check("text=Nilai seperti tertulis")
    cells = shared.locator(f".table-box tbody td:nth-child({NAMES.index(name) + 1})").evaluate_all(
        "cells => cells.map(cell => cell.querySelector('details') ? cell.querySelector('details').lastChild.data : cell.textContent)"
    )
    shared.uncheck("text=Nilai seperti tertulis")
    rows = asked(public, f"SELECT {name}::VARCHAR FROM data ORDER BY file_row_number LIMIT 50")
    assert cells == ["\u2013" if text is None else text for (text,) in rows]


@pytest.mark.parametrize(
    ("language", "amount", "rate", "day", "yes"),
    [
        ("id", "9.007.199.254.740.993", "-1.234.567,5", "1 Jan 2020", "Ya"),
        ("en", "9,007,199,254,740,993", "-1,234,567.5", "1 Jan 2020", "Yes"),
    ],
)
def test_values_stand_in_the_convention_of_the_reader(
    chromium: Browser, address: str, language: str, amount: str, rate: str, day: str, yes: str
) -> None:
    page = chromium.new_page()
    page.goto(address if language == "id" else address.replace("/palu/", "/palu/en/"))
    opened(page)
    assert (column(page, "jumlah")[5], column(page, "tarif")[4]) == (amount, rate)
    assert (column(page, "tanggal")[0], column(page, "digital")[0]) == (day, yes)
    page.close()


def test_columns_are_chosen_by_keyboard_and_the_last_one_stays(page: Page) -> None:
    opened(page)
    page.locator("summary", has_text="Kolom").press("Enter")
    for name in NAMES:
        page.locator(f".panel input[value={name}]").press("Space")
    until(page, "document.querySelectorAll('button.sort').length === 1")
    assert page.locator("button.sort").get_attribute("data-name") == NAMES[-1]
    assert page.url.endswith(f"kolom={NAMES[-1]}")


def test_a_column_is_sorted_by_keyboard_which_keeps_its_place(page: Page) -> None:
    opened(page)
    for expected in ("ascending", "descending", "none"):
        page.locator("button.sort[data-name=tahun]").press("Enter")
        settled(page)
        page.wait_for_selector(f"th[aria-sort={expected}] button.sort[data-name=tahun]")
        assert page.evaluate("document.activeElement.dataset.name") == "tahun"


def test_pages_are_turned_by_keyboard(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Berikutnya").press("Enter")
    page.wait_for_selector(".table-status:has-text('Baris 51\u2013100 dari 12.000.')")
    page.get_by_label("Halaman", exact=True).fill("999")
    page.keyboard.press("Enter")
    page.wait_for_selector(".table-status:has-text('Baris 11.951\u201312.000 dari 12.000.')")
    assert page.get_by_role("button", name="Berikutnya").get_attribute("aria-disabled") == "true"


def test_what_costs_much_is_asked_for_first_and_a_no_downloads_nothing(page: Page) -> None:
    opened(page)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.click("button.sort[data-name=nama]")
    page.wait_for_selector(".asks:has-text('Ini memerlukan')")
    assert re.search(r"Ini memerlukan unduhan \d+,?\d* kB; setiap halaman", page.inner_text(".asks"))
    assert page.evaluate("document.activeElement.textContent") == "Lanjutkan"
    page.get_by_role("button", name="Batal").click()
    assert (asked_for, page.inner_text("th[aria-sort=none] >> nth=1")) == ([], "Nama")
    page.click("button.sort[data-name=nama]")
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_selector("th[aria-sort=ascending]")
    assert asked_for


def test_an_address_shows_the_same_view_to_someone_else(page: Page, chromium: Browser, address: str) -> None:
    opened(page)
    page.click("summary:has-text('Saring')")
    page.select_option(".filter-form select", "tanggal")
    page.get_by_label("Mulai").fill("2021-02-01")
    page.click("button:has-text('Terapkan')")
    page.wait_for_selector(".chip:has-text('Tanggal mulai 1 Feb 2021')")
    page.click("button.sort[data-name=jumlah]")
    page.wait_for_selector("th[aria-sort=ascending]")
    other = chromium.new_page()
    other.goto(page.url)
    other.wait_for_selector("th[aria-sort=ascending]")
    assert column(other, "kode") == column(page, "kode")
    assert other.inner_text(".chips") == page.inner_text(".chips")
    other.close()
    page.click(".chips .chip")
    page.wait_for_selector(".table-status:has-text('dari 12.000.')")


def test_the_rows_found_are_saved_as_the_csv_has_them(page: Page, public: Path) -> None:
    opened(page)
    look(page, urut="-jumlah", **{"s.tahun": "2010..2011"})
    with page.expect_download() as saving:
        page.click("text=Unduh hasil saringan")
        if page.is_visible(".asks"):
            page.click(".asks >> text=Lanjutkan")
    saved = Path(saving.value.path()).read_bytes()
    texts = ", ".join(f"{name}::VARCHAR" for name in NAMES)
    rows = asked(
        public, f"SELECT {texts} FROM data WHERE tahun BETWEEN 2010 AND 2011 ORDER BY {order('jumlah', 'DESC')}"
    )
    read = list(csv.reader(io.StringIO(saved.decode("utf-8-sig"), newline="")))
    assert saved.startswith(b"\xef\xbb\xbf")
    assert read == [NAMES, *([text or "" for text in row] for row in rows)]


def test_before_it_is_opened_only_the_page_its_style_and_the_opener_are_fetched(
    chromium: Browser, address: str
) -> None:
    page, fetched = chromium.new_page(), list[str]()
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(address, wait_until="networkidle")
    assert [name for name in fetched if not name.startswith("data:") and "svg" not in name] == [
        "index.html",
        "style.css",
        "dataset.js",
    ]
    page.close()


def test_a_server_without_ranges_serves_a_small_file_whole(chromium: Browser, public: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(public))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/{layout.dataset_page('palu', OF.id)}")
        opened(page)
        look(page, halaman=240)
        assert column(page, "kode")[-1] == "K-011999"
        page.close()
        server.shutdown()


def test_without_a_server_the_page_says_so_and_keeps_its_preview(chromium: Browser, public: Path) -> None:
    page, said = chromium.new_page(), list[str]()
    page.on("console", lambda line: said.append(line.text))
    page.goto((public / layout.dataset_page("palu", OF.id)).as_uri())
    page.wait_for_selector("text=Tabel interaktif memerlukan server web")
    assert page.is_visible("text=K-000009")
    assert not page.is_visible("text=Buka tabel")
    assert not page.is_visible("textarea")
    assert said == []
    page.close()


def test_a_row_leads_to_the_report_form_with_its_key(page: Page) -> None:
    page.evaluate(
        "document.querySelector('[data-table=place]').dataset.report = 'https://lapor.contoh.go.id/?baris={kunci}&x=1'"
    )
    opened(page)
    links = page.locator(".table-box a", has_text="Laporkan baris ini")
    assert links.nth(2).get_attribute("href") == "https://lapor.contoh.go.id/?baris=kode%3DK-000002&x=1"


def test_hostile_cells_are_shown_and_do_nothing(chromium: Browser, tmp_path: Path) -> None:
    texts = [text for text in naughty() if "\x00" not in text]
    listed = ", ".join(f"({place}, {literal(text)})" for place, text in enumerate(texts))
    of = made_dataset()
    publish(
        tmp_path,
        of,
        f"SELECT t AS kode, t AS nama, t AS kecamatan, i AS jumlah, i AS tarif, NULL AS tanggal, NULL AS waktu, NULL AS jam, 2000 AS tahun, true AS digital, t AS bentuk FROM (VALUES {listed}) v(i, t)",
    )
    happened: list[str] = []
    with served(tmp_path) as root:
        page = chromium.new_page()
        page.on("dialog", lambda dialog: (happened.append("dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: happened.append(str(error)))
        page.on("console", lambda line: happened.append(line.text))
        page.on(
            "request",
            lambda request: happened.append(request.url) if not request.url.startswith((root, "data:")) else None,
        )
        page.goto(f"{root}{layout.dataset_page('palu', of.id)}")
        opened(page)
        for name in ("kode", "-nama", "bentuk"):
            look(page, urut=name, **{"s.nama": "~<"})
        look(page, **{"s.nama": "~<script>alert(1)</script>", "kolom": "kode,nama"})
        assert column(page, "nama")[0] == "<script>alert(1)</script>"
        page.fill("textarea", 'SELECT kode, nama AS "<b>", bentuk FROM data')
        page.click("form[data-table=sql] button[type=submit]")
        page.wait_for_selector("[data-sql=result] table")
        assert page.inner_text("[data-sql=result] td >> nth=0") == texts[0]
        tags = set(
            page.evaluate("[...document.querySelectorAll('.table-box *, [data-sql=result] *')].map(one => one.tagName)")
        )
        page.close()
    assert happened == []
    assert not tags & {"IMG", "SCRIPT", "SVG", "IFRAME", "B"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_table_and_the_sql_box(chromium: Browser, address: str, scheme: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(address if scheme == "light" else address.replace("/palu/", "/palu/en/"))
        page.evaluate("document.querySelector('[data-table=place]').dataset.report = '?baris={kunci}#lapor'")
        opened(page)
        for summary in page.locator(".panel > summary").all():
            summary.click()
        look(page, **{"s.tahun": "2001..2020"})
        page.click("form[data-table=sql] button[type=submit]")
        page.wait_for_selector("[data-sql=result] table")
        page.click("button.sort[data-name=nama]")
        page.wait_for_selector(".table-box .asks:visible")
        found = axe.run(page).response
        width = page.evaluate("document.documentElement.scrollWidth")
    told = [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"][:3]]
    assert (told, width) == ([], 390)
    assert len(found["passes"]) > 10
