"""What a reader comes for, from end to end over the real server: find, look, ask, take, in either language."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from catalog import layout
from catalog.manifest import Manifest
from catalog.shelf import read_entry, read_release
from tests.browser.kinds import KINDS, ask_by_sql, open_table, page, report_a_row, search, visit

PLACES = "a dataset with places"


@pytest.fixture
def shown(chromium: Browser) -> Iterator[Page]:
    """A page that runs into no fault."""
    faults: list[str] = []
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        context.set_default_timeout(15_000)
        opened = context.new_page()
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda line: faults.append(line.text))
        yield opened
    assert faults == []


@pytest.fixture
def manifest(public: Path) -> Manifest:
    current = read_entry(public, "palu", "titik-parkir").current
    assert current
    return read_release(public, "palu", "titik-parkir", current.release).manifest


def test_a_search_on_the_home_page_leads_to_the_dataset(shown: Page, served: str, public: Path) -> None:
    visit(shown, served, public, "the home page", "id")
    search(shown, "titik prkir")
    shown.locator(".search-results a").first.click()
    assert shown.url == f"{served}{page(public, PLACES, 'id')}"
    assert "Titik parkir digital" in shown.inner_text("h1")


@pytest.mark.parametrize("kind", KINDS)
def test_the_language_switch_leads_to_the_same_page_and_back(kind: str, shown: Page, served: str, public: Path) -> None:
    visit(shown, served, public, kind, "id")
    heard = []
    for language in ("en", "id"):
        shown.click(f"a[hreflang={language}]")
        assert shown.url == f"{served}{page(public, kind, language)}"
        assert shown.get_attribute("html", "lang") == language
        heard.append(shown.inner_text("main"))
    assert heard[0] != heard[1]


@pytest.mark.parametrize(("kind", "drawn"), [(PLACES, "grafik"), (PLACES, "peta"), ("a dataset of regions", "grafik")])
def test_a_picture_is_drawn_and_its_table_opens_by_keyboard(
    kind: str, drawn: str, shown: Page, served: str, public: Path
) -> None:
    visit(shown, served, public, kind, "id")
    figure = shown.locator(f"section[aria-labelledby={drawn}] figure").first
    box = figure.locator(".drawing svg, .bars svg").first.bounding_box()
    assert box
    assert box["width"] > 100
    assert not figure.locator("table").is_visible()
    figure.locator("summary").focus()
    shown.keyboard.press("Enter")
    assert figure.locator("tbody tr").first.is_visible()


def test_the_table_of_many_rows_opens_pages_and_sorts(shown: Page, served: str, public: Path) -> None:
    visit(shown, served, public, "a dataset of many rows", "id")
    open_table(shown)
    first = shown.inner_text(".table-box tbody tr >> nth=0")
    shown.get_by_role("button", name="Berikutnya").click()
    shown.wait_for_selector(".table-status:has-text('Baris 51')")
    assert shown.inner_text(".table-box tbody tr >> nth=0") != first
    shown.click("button.sort[data-name=jumlah_bayar]")
    shown.wait_for_selector("th[aria-sort=ascending], .table-box .asks:visible")
    if shown.is_visible(".table-box .asks"):
        shown.click(".table-box .asks .button >> nth=0")
    shown.wait_for_selector("th[aria-sort=ascending]")


def test_a_query_over_the_published_file_counts_its_rows(
    shown: Page, served: str, public: Path, manifest: Manifest
) -> None:
    visit(shown, served, public, PLACES, "id")
    ask_by_sql(shown, "SELECT COUNT(*) AS n FROM data")
    assert shown.inner_text("[data-sql=result] tbody td") == str(manifest.rows)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_link_of_a_row_fills_in_the_report(
    language: str, shown: Page, served: str, public: Path, manifest: Manifest
) -> None:
    visit(shown, served, public, PLACES, language)
    report_a_row(shown)
    assert shown.url.endswith(f"?rilis={manifest.release}&baris=kode_titik%3DTP-001#lapor")
    assert shown.inner_text("[data-ask-row] code") == "kode_titik=TP-001"
    text = shown.text_content("[data-ask-text]") or ""
    assert re.search(rf"(Rilis|Release): {manifest.release}\n", text)
    assert re.search("(Baris|Row): kode_titik=TP-001\n.*: …\n", text)
    assert shown.locator("[data-ask-way]").count() > 0


def test_a_report_names_the_release_in_which_the_row_was_seen(
    shown: Page, served: str, public: Path, manifest: Manifest
) -> None:
    before = "2025-01-02-0123abcd"
    address = f"{served}{page(public, PLACES, 'id')}"
    shown.goto(f"{address}?rilis={before}&baris=kode_titik%3DTP-007%0A%3Cb%3E#lapor")
    text = shown.text_content("[data-ask-text]") or ""
    assert f"Rilis: {before}\n" in text
    assert "Baris: kode_titik=TP-007\n<b>\n" in text
    assert manifest.release not in text
    shown.goto(f"{address}?rilis=%3Cb%3E&baris=x#lapor")
    assert f"Rilis: {manifest.release}\n" in (shown.text_content("[data-ask-text]") or "")


def test_without_a_row_the_report_is_left_to_fill_in(shown: Page, served: str, public: Path) -> None:
    visit(shown, served, public, PLACES, "id")
    assert "Baris: …\n" in (shown.text_content("[data-ask-text]") or "")
    assert not shown.is_visible("[data-ask-row]")


def test_every_download_holds_what_the_manifest_says(
    shown: Page, served: str, public: Path, manifest: Manifest
) -> None:
    visit(shown, served, public, PLACES, "id")
    saved = {}
    for link in shown.locator("a[download]").all():
        with shown.expect_download() as saving:
            link.click()
        name = saving.value.suggested_filename
        saved[name] = hashlib.sha256(Path(saving.value.path()).read_bytes()).hexdigest()
    stated = {layout.data_file("titik-parkir", file.format): file.sha256 for file in manifest.distributions}
    assert saved == stated
    assert {"titik-parkir.xlsx", "titik-parkir.csv", "titik-parkir.geojson"} <= set(saved)
