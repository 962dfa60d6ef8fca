"""The public pages of a made-up release: what they tell, where they lead, and that they are sound HTML."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import Any

import pytest

from catalog import layout, register
from catalog.site import (
    city_page,
    dataset_page,
    register_page,
    report_page,
    requests_page,
    root_page,
    stylesheet,
    withdrawn_page,
)
from catalog.site.cards import card
from catalog.site.lists import datasets_page, department_page, letter_page, search_page, theme_page
from catalog.site.pages import PREVIEW_ROWS, register_part
from schemas.contracts import LANGUAGES, Language
from tests.catalog.site.made_up import (
    AGGREGATE,
    NOON,
    OPEN_DATA,
    PREVIEW,
    RELEASE,
    cards,
    city,
    dataset,
    fields,
    finding,
    manifest,
    pointer,
    release,
    report,
    tombstone,
)
from tests.catalog.site.markup import read

FOLDER = "palu/datasets/titik-parkir"
DAY = date(2026, 11, 21)
OLDER = manifest(release="2026-09-01-11111111", rows=1100)


def of_dataset(language: Language = "id", **changes: Any) -> str:
    history = (manifest(), tombstone(), OLDER)
    stated = dataset(**changes)
    preview = tuple(row[: len(stated.public_fields)] for row in PREVIEW)
    return dataset_page(city(), release(dataset=stated, preview=preview), history, DAY, language)


LISTED = register.by_dataset(register.rows(city(), [dataset()], DAY))


REQUESTS: tuple[dict[str, Any], ...] = (
    {
        "nomor": "PI-2026-001",
        "tanggal_permintaan": "2026-11-02",
        "data_diminta": "Rekaman kamera pengawas",
        "status": "ditolak",
        "tanggal_tanggapan": "2026-11-12",
        "tanggapan": "Memuat wajah orang.",
        "dasar_penolakan": "UU 14/2008 Pasal 17 huruf h",
    },
)


def pages(language: Language) -> dict[str, tuple[PurePosixPath, str]]:
    """Every kind of page, at its own path, in one language."""
    of_dataset_page = layout.dataset_page("palu", "titik-parkir", language)
    home, register_at = layout.city_page("palu", language), layout.register_page("palu", language)
    root = layout.root_page(language)
    return {
        "the root": (root, root_page((city(), city(id="jambi", name="Jambi")), language)),
        "a root without cities": (root, root_page((), language)),
        "a city": (home, city_page(pointer(), cards(), language)),
        "a city without releases": (home, city_page(pointer(datasets={}), {}, language)),
        "all datasets": (layout.datasets_page("palu", language), datasets_page(pointer(), cards(), language)),
        "no dataset": (layout.datasets_page("palu", language), datasets_page(pointer(datasets={}), {}, language)),
        "a search": (layout.search_page("palu", language), search_page(city(), language)),
        "a department": (
            layout.department_page("palu", "dishub", language),
            department_page(pointer(), "dishub", cards().values(), language),
        ),
        "a theme": (
            layout.theme_page("palu", "TRAN", language),
            theme_page(pointer(), "TRAN", cards().values(), language),
        ),
        "an empty list": (
            layout.letter_page("palu", "t", language),
            letter_page(pointer(), "t", (), language),
        ),
        "a part of a register": (
            layout.register_part("palu", "dishub", language),
            register_part(pointer(), "dishub", LISTED, language),
        ),
        "a dataset": (of_dataset_page, of_dataset(language)),
        "open data": (of_dataset_page, of_dataset(language, **OPEN_DATA)),
        "counts": (of_dataset_page, of_dataset(language, **AGGREGATE)),
        "a register": (register_at, register_page(pointer(), LISTED, language)),
        "an empty register": (register_at, register_page(pointer(), (), language)),
        "a register before its first release": (register_at, register_page(pointer(), None, language)),
        "requests": (
            layout.requests_page("palu", language),
            requests_page(pointer(city=city(requests="permintaan-data")), REQUESTS, "sample", language),
        ),
        "requests before the first list": (
            layout.requests_page("palu", language),
            requests_page(pointer(), None, "official", language),
        ),
        "a withdrawn dataset": (of_dataset_page, withdrawn_page(city(), tombstone(), (OLDER,), language)),
        "a report": (
            layout.report_page("palu", "titik-parkir", RELEASE, language),
            report_page(city(), release(), language),
        ),
    }


PAGES = {f"{name}, {language}": page for language in LANGUAGES for name, page in pages(language).items()}
EACH_PAGE = pytest.mark.parametrize(("path", "page"), PAGES.values(), ids=PAGES.keys())

IN_INDONESIAN = {
    "index.html",
    "palu/index.html",
    "jambi/index.html",
    "style.css",
    "palu/style.css",
    "palu/catalog.jsonld",
    "palu/catalog.ttl",
    "palu/feed.xml",
    "palu/en/feed.xml",
    f"{FOLDER}/feed.xml",
    "palu/en/datasets/titik-parkir/feed.xml",
    *(f"{FOLDER}/rancangan-{form}.csv" for form in ("ms-keg", "ms-var", "ms-ind")),
    f"{FOLDER}/ckan.json",
    "palu/api/openapi.json",
    "palu/api/v1/datasets/titik-parkir.json",
    f"{FOLDER}/dcat.jsonld",
    f"{FOLDER}/dcat.ttl",
    "palu/daftar-informasi-dikecualikan.html",
    "palu/daftar-informasi-dikecualikan/dishub.html",
    "palu/api/v1/datasets.json",
    "palu/cari/index.html",
    "palu/datasets/index.html",
    "palu/datasets/t.html",
    "palu/departments/dishub/index.html",
    "palu/departments/dishub/feed.xml",
    "palu/en/departments/dishub/feed.xml",
    "palu/themes/tran/index.html",
    "palu/scripts/search.js",
    "palu/permintaan.html",
    "palu/datasets/permintaan-data/index.html",
    *(
        f"palu/datasets/daftar-informasi-dikecualikan/{name}"
        for name in (
            "index.html",
            *(f"latest/daftar-informasi-dikecualikan.{end}" for end in ("csv", "parquet", "json")),
        )
    ),
    "palu/datasets/pelatihan/index.html",
    f"{FOLDER}/index.html",
    f"{FOLDER}/latest/titik-parkir.csv",
    f"{FOLDER}/latest/titik-parkir.parquet",
    f"{FOLDER}/reports/{RELEASE}.html",
    f"{FOLDER}/reports/2026-09-01-11111111.html",
    f"{FOLDER}/2026-09-01-11111111/manifest.json",
    f"{FOLDER}/2026-10-01-0badc0de/tombstone.json",
    *(
        f"{FOLDER}/{RELEASE}/{name}"
        for name in (
            "titik-parkir.csv",
            "titik-parkir.parquet",
            "manifest.json",
            "contract.json",
            "validation.json",
            "datapackage.json",
        )
    ),
}
TWINS = {re.sub(r"^(palu/|jambi/|)", r"\1en/", path) for path in IN_INDONESIAN if path.endswith(".html")}
PUBLISHED = IN_INDONESIAN | TWINS
"""Every public path that a page of this release may lead to."""

FOREIGN = {
    "mailto:ppid@contoh.palukota.go.id",
    "mailto:dishub@contoh.palukota.go.id",
    "https://example.org/idn-area",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://opendatacommons.org/licenses/odbl/1-0/",
}


@EACH_PAGE
def test_every_link_leads_to_something_that_is_published(path: PurePosixPath, page: str) -> None:
    links = [link for link in read(page).attributes("href") if not link.startswith(("#", "data:"))]
    for link in links:
        own = link.partition("#")[0].replace("https://data.contoh.go.id/palu/", "/palu/")
        place = normpath(str(PurePosixPath("/", path.parent) / own)).lstrip("/")
        assert link.partition("?")[0] in FOREIGN or place in PUBLISHED, link
    assert links


@EACH_PAGE
def test_every_anchor_stands_on_its_page_once(path: PurePosixPath, page: str) -> None:
    markup = read(page)
    places = markup.attributes("id")
    assert len(places) == len(set(places))
    named = [link[1:] for link in markup.attributes("href") if link.startswith("#")]
    assert set(named) | set(markup.attributes("aria-labelledby")) <= set(places)
    assert "isi" in named


@EACH_PAGE
def test_a_page_carries_no_script_of_its_own_and_says_so(path: PurePosixPath, page: str) -> None:
    markup = read(page)
    assert not {"style", "iframe", "object", "img"} & set(markup.tags)
    assert not [name for _, named in markup.elements for name in named if name.startswith("on") or name == "style"]
    scripts = [named for tag, named in markup.elements if tag == "script"]
    assert all("src" in named or named["type"] in ("application/json", "application/ld+json") for named in scripts)
    [policy] = [value for value in markup.attributes("content") if "default-src" in value]
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';")


@EACH_PAGE
def test_a_page_has_the_structure_that_a_screen_reader_needs(path: PurePosixPath, page: str) -> None:
    markup = read(page)
    assert markup.attributes("lang")[0] == ("en" if "en" in path.parts else "id")
    levels = [int(tag[1]) for tag in markup.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert markup.tags.count("table") == markup.tags.count("caption")
    assert all("scope" in named for tag, named in markup.elements if tag == "th")


TOLD_OF_A_DATASET = {
    "title": "Titik parkir digital (contoh)",
    "description": "Titik parkir yang memakai pembayaran digital. Satu baris adalah satu titik.",
    "sample data": "Data contoh. Isi dataset ini dibuat untuk peragaan dan bukan data resmi",
    "department": "Dinas Perhubungan",
    "day of issue in the city's own time": "21 November 2026",
    "frequency": "Setiap bulan",
    "theme": "Transportasi",
    "number of rows": "1.231",
    "size": "1,2 MB",
    "full hash": "d" * 64,
    "permanent address": f"https://data.contoh.go.id/palu/datasets/titik-parkir/{RELEASE}/titik-parkir.csv",
    "latest address": "https://data.contoh.go.id/palu/datasets/titik-parkir/latest/titik-parkir.csv",
    "licence": "Creative Commons Attribution 4.0 International",
    "rows of the preview": "TP-002 Mantikulore \N{EN DASH} 2025-03-02 false",
    "type in words": "Bilangan bulat",
    "unit": "Satuan: kendaraan",
    "definition": "Jumlah kendaraan yang dapat diparkir pada waktu yang sama.",
    "upper limit": "paling besar 12.500",
    "lower limit of a date": "paling kecil 1 Januari 2020",
    "pattern": "mengikuti pola TP-[0-9]{3}",
    "primary key": "Setiap baris dikenali dari kolom Kode titik (kunci utama).",
    "withheld field": "NIK juru parkir",
    "legal ground": "UU 14/2008 Pasal 17 huruf h",
    "decision": "PPID/UK/2026/004, 10 Februari 2026",
    "end of the exemption": "10 Februari 2031",
    "consequence test": "Akibat bila dibuka Juru parkir dapat ditagih utang atas namanya.",
    "method": "Kolom ini dikeluarkan seluruhnya dari data yang diterbitkan.",
    "standing of the decision": "10 Februari 2031 belum lengkap",
    "how to object": "ajukan keberatan secara tertulis kepada atasan PPID",
    "undetermined field": "Catatan petugas belum diputuskan",
    "disclosure": "gabungan nilai Kecamatan, Tanggal ditetapkan dimiliki oleh kurang dari 5 baris",
    "rules that passed": "Aturan terpenuhi 6 dari 7",
    "warnings": "Peringatan 1",
    "rows read": "Baris dibaca 1.240",
    "quarantined rows": "Baris dikarantina 6",
    "suppressed rows": "Baris disembunyikan 3",
    "current release": f"{RELEASE} 21 November 2026 1.231 baris Berlaku",
    "withdrawn release": "1 Oktober 2026 Ditarik 21 November 2026. Alasan: Memuat dua titik",
}


@pytest.mark.parametrize("sentence", TOLD_OF_A_DATASET.values(), ids=TOLD_OF_A_DATASET.keys())
def test_the_page_of_a_dataset_tells_its(sentence: str) -> None:
    assert sentence in read(of_dataset()).text


TOLD_IN_ENGLISH = {
    "title": "Digital parking points (sample)",
    "sample data": "Sample data. The rows of this dataset were made for demonstration",
    "undetermined field": "undetermined",
    "rules that passed": "Rules met 6 of 7",
    "rows read": "Rows read 1,240",
    "current release": f"{RELEASE} 21 November 2026 1,231 rows Current",
    "way to the other language": "Bahasa Indonesia",
}


@pytest.mark.parametrize("sentence", TOLD_IN_ENGLISH.values(), ids=TOLD_IN_ENGLISH.keys())
def test_the_english_page_of_a_dataset_tells_its(sentence: str) -> None:
    assert sentence in read(of_dataset("en")).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param(OPEN_DATA, "idn-area-data, versi 4.0.1", id="another publisher"),
        pytest.param(OPEN_DATA, "Open Data Commons Open Database License 1.0", id="its licence"),
        pytest.param(AGGREGATE, "jumlah per Kecamatan, bukan baris per baris", id="counts in place of rows"),
        pytest.param(AGGREGATE, "Jumlah di bawah 5 tidak diterbitkan.", id="the smallest count"),
        pytest.param(AGGREGATE, "Kelompok kecil dapat dikenali.", id="why that count"),
        pytest.param({"fields": fields()[:5]}, "Tidak ada kolom yang dikecualikan", id="that nothing is withheld"),
    ],
)
def test_the_page_of_a_dataset_also_tells(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in read(of_dataset(**changes)).text


def test_only_sample_data_carries_the_banner() -> None:
    assert "Data contoh" not in read(of_dataset(origin="official")).text


def test_numbers_stand_to_the_right_and_years_do_not() -> None:
    stated = [{"name": name, "title": name, "type": name, "access": "open"} for name in ("integer", "year")]
    shown = release(dataset=dataset(fields=stated, primaryKey=[], rules=[], disclosure={}), preview=(("12", "2026"),))
    page = dataset_page(city(), shown, (manifest(),), DAY)
    assert '<td class="number">12</td>' in page
    assert "<td>2026</td>" in page


def test_a_long_preview_is_cut_and_says_of_how_many_rows() -> None:
    rows = (("TP-001", "x" * 500, "1", "2025-01-01", "true"),) * 50
    text = read(dataset_page(city(), release(preview=rows), (manifest(),), DAY)).text
    assert text.count("TP-001") == PREVIEW_ROWS
    assert f"{PREVIEW_ROWS} baris pertama dari 1.231 baris" in text
    assert "x" * 500 not in text


def test_a_release_without_rows_says_so() -> None:
    assert "Rilis ini tidak memuat baris." in read(dataset_page(city(), release(preview=()), (), DAY)).text


TOLD_BY_A_REPORT = {
    "outcome of all rules": "6 dari 7 aturan terpenuhi; 1 peringatan perlu ditindaklanjuti",
    "moment in the city's own time": "21 November 2026 pukul 04.30 WITA",
    "hash of the snapshot": "a" * 64,
    "hash of the contract": "b" * 64,
    "code version": "Versi program 1.0.0",
    "rows left out by reason": "Kop dan judul di atas tabel 4",
    "rows read": "Dibaca 1.240",
    "quarantined rows": "Dikarantina karena ada sel yang tidak terbaca 6",
    "suppressed rows": "Disembunyikan untuk melindungi kelompok kecil 3",
    "published rows": "Diterbitkan 1.231",
    "quarantine limit": "2% dari baris yang dibaca. Alasan: Formulir lama kadang tidak terbaca.",
    "rule in words": "Kunci utama menunjuk tepat satu baris",
    "limits of a constraint": "paling kecil 0 paling besar 12.500",
    "limits of a stated rule": "paling besar 5.000 berlaku bagi sekurang-kurangnya 95% baris",
    "reason of a rule": "Alasan: Titik terbesar menampung 4.800 kendaraan.",
    "failed rule": "Kapasitas Tidak terpenuhi Peringatan 1.234 90 Produsen data",
    "passed rule": "Kode titik Terpenuhi Menahan rilis 1.234 0 \N{EN DASH}",
}


@pytest.mark.parametrize("sentence", TOLD_BY_A_REPORT.values(), ids=TOLD_BY_A_REPORT.keys())
def test_a_report_tells_the(sentence: str) -> None:
    assert sentence in read(report_page(city(), release())).text


def test_a_rule_that_could_not_be_checked_is_told_apart_from_one_that_failed() -> None:
    unchecked = report(findings=(finding("unique", outcome="unchecked", actor="operator"),))
    text = read(report_page(city(), release(report=unchecked))).text
    assert "Tidak dapat diperiksa" in text
    assert "Pengelola sistem" in text


TOLD_BY_A_CITY = {
    "number of datasets": "Dataset 1",
    "number of rows": "Baris data 1.231",
    "label of sample data": "Data contoh",
    "what is new": "Yang terbaru Titik parkir digital (contoh) Data contoh 21 November 2026 · Dataset baru, 1.231 baris",
    "themes": "Jelajahi menurut tema Transportasi 1 dataset",
    "departments": "Menurut produsen data Dinas Perhubungan 1",
    "search": "Apa yang Anda cari?",
}


@pytest.mark.parametrize("sentence", TOLD_BY_A_CITY.values(), ids=TOLD_BY_A_CITY.keys())
def test_the_page_of_a_city_tells_the(sentence: str) -> None:
    assert sentence in read(city_page(pointer(), cards())).text


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (1200, "Rilis baru, 1.231 baris (31 lebih banyak dari sebelumnya)"),
        (1240, "Rilis baru, 1.231 baris (9 lebih sedikit dari sebelumnya)"),
        (1231, "Rilis baru, 1.231 baris"),
    ],
)
def test_the_page_of_a_city_says_what_a_new_release_changed(before: int, sentence: str) -> None:
    older = manifest(release="2026-09-01-11111111", rows=before, issued=NOON - timedelta(days=80))
    shown = {"titik-parkir": card(dataset(), manifest(), (manifest(), older), 0)}
    assert sentence in read(city_page(pointer(), shown)).text


def test_a_withdrawn_dataset_says_why_and_offers_no_file() -> None:
    page = withdrawn_page(city(), tombstone(), (tombstone(), OLDER))
    assert "Alasan: Memuat dua titik yang sudah ditutup." in read(page).text
    assert "10-01-0badc0de/titik-parkir" not in page


def test_the_style_sheet_asks_nothing_of_other_hosts() -> None:
    sheet = stylesheet().decode()
    assert "prefers-color-scheme: dark" in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_contents_of_a_dataset_page_name_its_sections_in_their_order() -> None:
    page = dataset_page(city(), release(dataset=dataset()), (), NOON.date())
    named = re.findall(r'<li><a href="#(\w+)"', page)
    assert named[:2] == ["unduh", "pratinjau"]
    assert named == re.findall(r'<section aria-labelledby="(\w+)"', page)


@pytest.mark.parametrize(("shown", "marked"), [(layout.datasets_page, True), (layout.search_page, False)])
def test_the_menu_marks_the_page_that_is_shown(shown: Callable[..., PurePosixPath], marked: bool) -> None:
    page = datasets_page(pointer(), cards())
    link = relpath(shown("palu"), layout.datasets_page("palu").parent)
    assert (f'<a href="{link}" aria-current="page">' in page) is marked
