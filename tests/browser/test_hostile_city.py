"""Hostile text in every cell, name and metadata field of a city that is published for real, and read in a browser.

What pages do with it one by one stands in `tests/catalog/site/test_hostile_text.py`; here it travels the whole way,
from the contract and the department's file to the search, the charts, the map, the table and the SQL box.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from python_calamine import CalamineWorkbook

from catalog import layout
from catalog.shelf import read_entry
from flows.settings import Places
from schemas.contracts import LANGUAGES
from tests.browser.kinds import open_table, search
from tests.catalog.site.served import served as serving
from tests.catalog.site.test_hostile_text import OWN, UNSEEN, naughty
from tests.laws.made_up_city import CITY, CITY_ID, EXEMPTION, contract, found_city, places_below, publish, write_yaml

ROWS_OF_EACH = 2
CELLS = [text for text in naughty() for _ in range(ROWS_OF_EACH)]
BEFORE = "a "
SAID = " ".join(OWN)
BOTH = {"id": SAID, "en": f"{SAID}!"}
POINTS, REQUESTS = "titik-jahat", "permintaan-jahat"
SCRIPTS_ALLOWED = ("application/ld+json", "application/json")
COUNT_STRANGE = """() => [...document.querySelectorAll("*")].filter((one) =>
  /^(img|iframe|object|embed|video|audio|base|marquee|applet|frame|isindex)$/i.test(one.tagName)
  || (one.tagName === "SCRIPT" && !one.src && !ALLOWED.includes(one.type))
  || (one.tagName === "META" && /refresh/i.test(one.httpEquiv))
  || [...one.attributes].some((held) => /^on/i.test(held.name) || /^\\s*(javascript|vbscript|data:text)/i.test(held.value))
).map((one) => one.outerHTML.slice(0, 200))""".replace("ALLOWED", repr(list(SCRIPTS_ALLOWED)))


def open_field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "title": BOTH, "description": BOTH, "type": kind, "access": "open", **more}


POINTS_FIELDS = [
    open_field("kode", "string", constraints={"required": "true"}),
    open_field("nama", "string"),
    open_field("golongan", "string"),
    open_field("banyaknya", "integer", unit="orang", concept=BOTH, measure=BOTH),
    open_field("tanggal", "date"),
    open_field("lintang", "number", unit="derajat (WGS 84)"),
    open_field("bujur", "number", unit="derajat (WGS 84)"),
    {"name": "nik", "title": BOTH, "type": "string", "access": "exempt"}
    | {"exemption": EXEMPTION | dict.fromkeys(("law", "decision", "office"), SAID)},
]
REQUESTS_FIELDS = [
    open_field("nomor", "string"),
    open_field("tanggal_permintaan", "date"),
    *(open_field(name, "string") for name in ("data_diminta", "status")),
    open_field("tanggal_tanggapan", "date"),
    *(open_field(name, "string") for name in ("tanggapan", "dasar_penolakan")),
]


def hostile(name: str, fields: list[dict[str, Any]]) -> dict[str, Any]:
    """A contract with hostile words wherever it takes words."""
    words = {"title": BOTH, "description": BOTH, "keywords": {"id": list(OWN), "en": list(OWN)}}
    kept = {"quarantine": {"at_most": "0 %", "because": SAID}, "contact": {"name": SAID, "email": SAID}}
    source = {"kind": "csv", "location": f"{name}*.csv"}
    return apart(contract(id=name, fields=fields, primaryKey=[fields[0]["name"]], source=source, **words, **kept))


def apart(stated: dict[str, Any]) -> dict[str, Any]:
    """The same, where nothing stands twice: YAML would write a reference, which contracts do not take."""
    copied: dict[str, Any] = json.loads(json.dumps(stated))
    return copied


def table(heads: list[str], rows: list[list[str]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([heads, *rows])
    return written.getvalue()


def cells() -> list[str]:
    """The texts on one line, and none of them a formula: a release that holds one is held back."""
    lines = ("".join(letter for letter in text if letter not in UNSEEN and letter not in "\r\n") for text in CELLS)
    return [f"{BEFORE}{line}" for line in lines]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The city, published."""
    root = tmp_path_factory.mktemp("kota jahat")
    found = found_city(root, hostile(POINTS, POINTS_FIELDS), hostile(REQUESTS, REQUESTS_FIELDS))
    (found.inbox / "titik-uji.csv").unlink()
    words = {"name": SAID, "title": BOTH, "description": BOTH, "publisher": SAID, "departments": {"dishub": BOTH}}
    reached = {"contact": {"name": SAID, "email": SAID}, "requests": REQUESTS}
    channels = [{"kind": "form", "title": BOTH, "address": "https://contoh.go.id/?s={subject}&b={body}"}]
    write_yaml(found.contracts / CITY_ID / "city.yaml", apart(CITY | words | reached | {"channels": channels}))
    texts = cells()
    points = [
        [
            f"00{place:03} {text}",
            text,
            texts[place % 14],
            str(place),
            f"2026-0{place % 8 + 1}-01",
            f"-0.{place:03}",
            "119.87",
            "7271014708450001",
        ]
        for place, text in enumerate(texts)
    ]
    asked = [
        [f"{place} {text}", "2026-01-02", text, text, "2026-01-09", text, text] for place, text in enumerate(texts)
    ]
    for name, fields, rows in ((POINTS, POINTS_FIELDS, points), (REQUESTS, REQUESTS_FIELDS, asked)):
        (found.inbox / f"{name}.csv").write_text(table([field["name"] for field in fields], rows), encoding="utf-8")
        outcome = publish(found, name)
        assert outcome.end == "published", outcome.report and [
            one for one in outcome.report.findings if one.outcome != "passed"
        ]
    return places_below(root)


@pytest.fixture(scope="module")
def address(city: Places) -> Iterator[str]:
    with serving(city.public) as root:
        yield root


@pytest.fixture
def happened() -> list[str]:
    return []


@pytest.fixture
def shown(chromium: Browser, address: str, happened: list[str]) -> Iterator[Page]:
    """A page that writes down whatever runs, complains, or asks elsewhere."""
    with chromium.new_context() as context:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("dialog", lambda dialog: (happened.append("dialog"), dialog.dismiss()))
        opened.on("pageerror", lambda error: happened.append(str(error)))
        opened.on("console", lambda line: happened.append(line.text))
        opened.on("request", lambda one: None if one.url.startswith((address, "data:")) else happened.append(one.url))
        yield opened


def test_no_page_of_it_runs_anything_or_holds_an_element_that_came_from_data(
    shown: Page, city: Places, address: str, happened: list[str]
) -> None:
    pages = sorted(path.relative_to(city.public) for path in city.public.rglob("*.html") if ".rilis" not in str(path))
    assert len(pages) >= 16
    for page in pages:
        shown.goto(f"{address}{page.as_posix()}")
        assert (page, shown.evaluate(COUNT_STRANGE), happened) == (page, [], [])
        assert OWN[0] in shown.inner_text("body")


def test_the_pages_draw_charts_and_a_map_of_it(shown: Page, address: str) -> None:
    shown.goto(f"{address}{layout.dataset_page(CITY_ID, POINTS)}")
    assert shown.locator("section[aria-labelledby=grafik] figure").count() >= 1
    assert shown.locator("section[aria-labelledby=peta] figure").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_query_and_report_show_it_and_do_nothing(
    language: Any, shown: Page, address: str, happened: list[str]
) -> None:
    shown.goto(f"{address}{layout.dataset_page(CITY_ID, POINTS, language)}")
    open_table(shown)
    assert shown.inner_text(".table-box tbody td >> nth=1") == f"{BEFORE}{OWN[0]}"
    shown.fill("textarea", 'SELECT nama AS "<img src=x onerror=alert(1)>", golongan FROM data')
    shown.click("form[data-table=sql] button[type=submit]")
    shown.wait_for_selector("[data-sql=result] table")
    assert shown.inner_text("[data-sql=result] td >> nth=0") == f"{BEFORE}{OWN[0]}"
    assert shown.evaluate(COUNT_STRANGE) == []
    shown.locator(".table-box tbody a").first.click()
    shown.wait_for_selector("[data-ask-row]:visible")
    assert shown.inner_text("[data-ask-row] code") == f"kode=00000 {BEFORE}{OWN[0]}"
    assert (shown.evaluate(COUNT_STRANGE), happened) == ([], [])


@pytest.mark.parametrize("words", ["script alert", "<img src=x onerror=alert(1)>", "__proto__ constructor"])
def test_a_search_for_it_shows_it_and_does_nothing(words: str, shown: Page, address: str, happened: list[str]) -> None:
    shown.goto(f"{address}{layout.search_page(CITY_ID)}")
    if words.startswith("__"):
        shown.locator("#cari").press_sequentially(words)
        shown.wait_for_selector(".search-status:not(:empty)")
    else:
        search(shown, words)
        assert OWN[0] in shown.inner_text(".search-results")
    assert (shown.evaluate(COUNT_STRANGE), happened) == ([], [])


def test_its_excel_file_opens_with_every_text_as_it_was(city: Places) -> None:
    current = read_entry(city.public, CITY_ID, POINTS).current
    assert current
    folder = city.public / layout.release(CITY_ID, POINTS, current.release)
    rows = CalamineWorkbook.from_path(folder / f"{POINTS}.xlsx").get_sheet_by_index(0).to_python()
    with Path(folder / f"{POINTS}.csv").open(encoding="utf-8-sig", newline="") as opened:
        stated = list(csv.reader(opened))
    assert [row[:3] for row in rows] == [row[:3] for row in stated]
    assert str(rows[1][0]).startswith("00000 ")
