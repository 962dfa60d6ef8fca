"""`palu bundle`: the whole catalog in one place, which proves itself and opens without a server."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from catalog import layout
from flows.settings import Places
from tests.flows.commands.running import palu
from tests.laws.made_up_city import CITY_ID, DATASET, bytes_below, moved


@pytest.fixture
def places(published_city: Places, tmp_path: Path) -> Places:
    return moved(published_city, tmp_path / "kota")


def unpacked(archive: Path, into: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(into)
    return into


def test_a_folder_and_a_zip_hold_the_same_and_prove_themselves(places: Places, tmp_path: Path) -> None:
    folder, archive = tmp_path / "salinan katalog", tmp_path / "katalog.zip"
    for target in (folder, archive):
        ran = palu("bundle", target, "--public", places.public)
        assert (ran.code, str(target) in ran.out) == (0, True), ran.err
    assert bytes_below(folder) == bytes_below(unpacked(archive, tmp_path / "dari zip"))
    assert palu("verify", folder).code == 0


def test_the_same_catalog_makes_the_same_zip(places: Places, tmp_path: Path) -> None:
    for name in ("satu.zip", "dua.zip"):
        palu("bundle", tmp_path / name, "--public", places.public)
    assert (tmp_path / "satu.zip").read_bytes() == (tmp_path / "dua.zip").read_bytes()


def test_every_public_file_is_in_it_and_no_hidden_one(places: Places, tmp_path: Path) -> None:
    palu("bundle", tmp_path / "salinan", "--public", places.public)
    copied, published = bytes_below(tmp_path / "salinan"), bytes_below(places.public)
    seen = {path: data for path, data in published.items() if not path.startswith(".")}
    assert seen.items() <= copied.items()
    assert set(copied) - set(seen) == {"BACA-SAYA.txt"}


def test_its_pages_open_from_the_folder(places: Places, tmp_path: Path, chromium: Browser) -> None:
    palu("bundle", tmp_path / "salinan", "--public", places.public)
    page = chromium.new_page()
    page.goto((tmp_path / "salinan" / "index.html").as_uri())
    page.click("main a")
    assert page.url.endswith(f"{layout.city_page(CITY_ID)}")
    page.goto((tmp_path / "salinan" / layout.dataset_page(CITY_ID, DATASET)).as_uri())
    assert "Titik uji" in (page.text_content("h1") or "")
    page.close()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("{kota}",), "sudah ada", id="a folder that stands already"),
        pytest.param(("{baru}", "--city", "tidak-ada"), "Kota tidak-ada belum menerbitkan", id="an unknown city"),
        pytest.param(("{baru}", "--public", "{kosong}"), "belum ada", id="an empty catalog"),
    ],
)
def test_what_cannot_be_bundled_is_said_and_leaves_nothing(
    words: tuple[str, ...], says: str, places: Places, tmp_path: Path
) -> None:
    names = {"kota": tmp_path / "kota", "baru": tmp_path / "baru", "kosong": tmp_path / "kosong"}
    before = set(tmp_path.iterdir())
    ran = palu("bundle", *(word.format(**names) for word in words), places=places)
    assert (ran.code, says in ran.err) == (2, True), ran.err
    assert set(tmp_path.iterdir()) == before
