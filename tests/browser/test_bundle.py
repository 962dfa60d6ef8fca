"""`palu bundle` of the whole demo, opened without a server: from a folder, and unpacked from a zip."""

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from catalog import layout
from tests.browser.conftest import PALU
from tests.browser.kinds import search


@pytest.fixture(scope="module", params=["folder", "zip"])
def copied(request: pytest.FixtureRequest, public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bundle stands; its name has a space, as those of folders on a USB stick do."""
    target = tmp_path_factory.mktemp("salinan") / {"folder": "katalog kota", "zip": "katalog kota.zip"}[request.param]
    subprocess.run([PALU, "bundle", target, "--public", public], check=True, capture_output=True)
    if request.param == "folder":
        return target
    with zipfile.ZipFile(target) as archive:
        archive.extractall(target.with_suffix(""))
    return target.with_suffix("")


@pytest.fixture
def shown(chromium: Browser) -> Iterator[Page]:
    """A page that runs into no fault and asks no network."""
    faults: list[str] = []
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda line: faults.append(line.text))
        opened.on("request", lambda one: faults.append(one.url) if one.url.startswith(("http", "ws")) else None)
        yield opened
    assert faults == []


@pytest.mark.parametrize(("language", "words"), [("id", "prkir"), ("en", "parkng")])
def test_a_search_leads_to_a_dataset_with_its_pictures(language: str, words: str, shown: Page, copied: Path) -> None:
    shown.goto((copied / layout.root_page()).as_uri())
    shown.click("main a[href*='palu/']")
    if language == "en":
        shown.click("a[hreflang=en]")
    search(shown, words)
    shown.click(".search-results a[href*='titik-parkir']")
    for section in ("pratinjau", "grafik", "peta"):
        assert shown.is_visible(f"section[aria-labelledby={section}] {'table' if section == 'pratinjau' else 'svg'}")
    assert shown.is_visible("[data-table=needs-server]")
    assert not shown.is_visible("[data-table=open]")
    assert shown.locator("[data-table=preview] tbody tr").count() > 0


def test_the_report_of_a_row_and_the_downloads_work_without_a_server(shown: Page, copied: Path) -> None:
    page = (copied / layout.dataset_page("palu", "titik-parkir")).as_uri()
    shown.goto(f"{page}?baris=kode_titik%3DTP-001#lapor")
    assert shown.inner_text("[data-ask-row] code") == "kode_titik=TP-001"
    files = [link.get_attribute("href") or "" for link in shown.locator("a[download]").all()]
    assert files
    assert all((copied / "palu/datasets/titik-parkir" / file).is_file() for file in files)
