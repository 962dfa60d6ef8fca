"""Hostile text in every place that a contract, a report or a cell can fill: it is shown, and does nothing."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from catalog import layout
from catalog.manifest import Entry
from catalog.register import by_dataset, rows
from catalog.site import (
    city_page,
    dataset_page,
    register_page,
    report_page,
    requests_page,
    root_page,
    scripts,
    stylesheet,
    withdrawn_page,
)
from catalog.site.lists import datasets_page, department_page
from catalog.statistics import FieldStatistics, Frequent, Statistics
from schemas.contracts import City
from tests.catalog.site.made_up import (
    AGGREGATE,
    EXEMPTION,
    OPEN_DATA,
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

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "naughty-strings" / "blns.json"
UNSEEN = frozenset(
    map(chr, (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
"""Characters that no contract may hold: a terminal obeys them, or they turn the direction of reading."""
DAY = date(2026, 11, 21)
OWN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "--><svg onload=alert(1)>",
)


def naughty() -> list[str]:
    """Our own texts, and those of the corpus, twenty at a time, where it stands beside this repository."""
    foreign = json.loads(CORPUS.read_bytes()) if CORPUS.exists() else []
    return [*OWN, *(" ".join(foreign[start : start + 20]) for start in range(0, len(foreign), 20))]


def hostile_city(text: str) -> City:
    both = {"id": text, "en": f"{text}!"}
    return city(
        name=text,
        title=both,
        description=both,
        publisher=text,
        address=web(text),
        contact={"name": text, "email": text},
        departments={"dishub": both},
    )


def hostile_fields(text: str) -> list[dict[str, Any]]:
    both = {"id": text, "en": f"{text}!"}
    ground = dict.fromkeys(("reason", "if_opened", "if_closed"), both)
    stated = fields()
    for field in stated:
        field.update(title=both, description=both, unit=text, concept=both, measure=both)
        if "exemption" in field:
            field["exemption"] = {**EXEMPTION, **ground, "law": text, "decision": text, "office": text}
    stated[1]["constraints"] = {"enum": [text]}
    return stated


def hostile_dataset(text: str, **changes: Any) -> Any:
    both = {"id": text, "en": f"{text}!"}
    return dataset(
        title=both,
        description=both,
        keywords={"id": [text], "en": [text]},
        contact={"name": text, "email": text},
        fields=hostile_fields(text),
        quarantine={"at_most": "1 %", "because": text},
        **changes,
    )


def hostile_statistics(cell: str) -> Statistics:
    """What a release says of its fields where every value is the same text."""
    values = (Frequent(value=cell, rows=2),)
    names = ("kode_titik", "kecamatan", "kapasitas", "ditetapkan", "digital")
    ends: dict[str, Any] = {"minimum": cell, "maximum": f"{cell}.", "most_frequent": values}
    return Statistics(rows=3, fields=tuple(FieldStatistics(name=name, missing=1, distinct=1, **ends) for name in names))


def hostile_request(text: str) -> dict[str, str]:
    days = {"tanggal_permintaan": "2026-11-02", "tanggal_tanggapan": "2026-11-12"}
    return dict.fromkeys(("nomor", "data_diminta", "status", "tanggapan", "dasar_penolakan"), text) | days


def web(text: str) -> str:
    """The text in an address: the contract takes none but those of the web."""
    return "https://contoh.go.id/" + quote(text, safe="':;=&?#")


def pages_of(text: str) -> dict[PurePosixPath, str]:
    """Every kind of page with `text` in every place, by its public path; cells alone may hold what contracts refuse."""
    cell, text = text, "".join(letter for letter in text if letter not in UNSEEN)
    home, grave = hostile_city(text), tombstone(dataset="lama", reason=text)
    credited = {**OPEN_DATA, "sources": [{"title": text, "path": web(text), "version": text}]}
    counts = {**AGGREGATE["disclosure"]["aggregate"], "title": text, "because": text}
    shown = release(
        dataset=hostile_dataset(text, **credited),
        report=report(findings=(finding("unique", fields=(text,), because=text, code=text),)),
        preview=((cell,) * 5,),
        statistics=hostile_statistics(cell),
    )
    counted = release(dataset=hostile_dataset(text, disclosure={"aggregate": counts}), preview=((cell, "1"),))
    catalog = pointer(city=home, datasets={"lama": Entry(current=None, withdrawn=(grave,))})
    return {
        layout.root_page(): root_page((home,)),
        layout.city_page("palu"): city_page(catalog, cards(shown)),
        layout.datasets_page("palu"): datasets_page(catalog, cards(shown)),
        layout.department_page("palu", "dishub"): department_page(catalog, "dishub", cards(shown).values(), "id"),
        layout.dataset_page("palu", "titik-parkir"): dataset_page(home, shown, (manifest(), grave), DAY),
        layout.dataset_page("palu", "jumlah"): dataset_page(home, counted, (), DAY),
        layout.register_page("palu"): register_page(catalog, by_dataset(rows(home, [shown.dataset], DAY))),
        layout.report_page("palu", "titik-parkir", RELEASE): report_page(home, shown),
        layout.requests_page("palu"): requests_page(
            pointer(city=home.model_copy(update={"requests": "minta"})), (hostile_request(cell),), "sample"
        ),
        layout.dataset_page("palu", "lama"): withdrawn_page(home, grave, ()),
    }


def written(folder: Path, text: str) -> list[str]:
    """The pages and their style sheets below `folder`, as addresses of files."""
    pages = {path: page.encode() for path, page in pages_of(text).items()}
    sheets = {layout.ROOT_STYLE: stylesheet(), layout.style("palu"): stylesheet()}
    joined = {layout.script("palu", name): content for name, content in scripts().items()}
    for path, content in {**pages, **sheets, **joined}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return [(folder / path).as_uri() for path in pages]


@pytest.fixture(scope="module")
def plain() -> dict[PurePosixPath, list[str]]:
    return {name: read(page).tags for name, page in pages_of("kata biasa").items()}


def test_the_corpus_is_read() -> None:
    assert len(naughty()) > len(OWN) or not CORPUS.exists()


def test_hostile_text_adds_no_element_and_no_link_of_another_scheme(
    plain: dict[PurePosixPath, list[str]],
) -> None:
    for text in naughty():
        for name, page in pages_of(text).items():
            markup = read(page)
            told = [tag for tag in markup.tags if tag != "a"]
            assert told == [tag for tag in plain[name] if tag != "a"], (name, text)
            links = markup.attributes("href")
            assert all(not link.lower().startswith(("javascript:", "vbscript:", "file:")) for link in links)


@pytest.mark.parametrize("text", OWN)
def test_hostile_text_is_shown_as_it_was_written(text: str) -> None:
    for page in pages_of(text).values():
        assert text in read(page).text


@pytest.mark.parametrize(
    "email",
    ["javascript:alert(1)", "a@contoh.id?bcc=b@contoh.id", "a b@contoh.id", "a@b@c.id", "tanpa-domain@"],
)
def test_what_is_no_e_mail_is_no_link(email: str) -> None:
    shown = release(dataset=dataset(contact={"name": "Dinas", "email": email}))
    links = read(dataset_page(city(), shown, (), DAY)).attributes("href")
    mailboxes = {link.partition("?")[0] for link in links if link.startswith("mailto:")}
    assert mailboxes == {"mailto:ppid@contoh.palukota.go.id"}


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page()
    yield opened
    opened.close()


def test_in_a_browser_nothing_runs_and_nothing_is_fetched_from_elsewhere(tmp_path: Path, browser_page: Page) -> None:
    happened: list[str] = []
    browser_page.on("dialog", lambda dialog: (happened.append("dialog"), dialog.dismiss()))
    browser_page.on("pageerror", lambda error: happened.append(str(error)))
    browser_page.on("console", lambda line: happened.append(line.text))
    requests: list[str] = []
    browser_page.on("request", lambda request: requests.append(request.url))
    addresses = written(tmp_path, " ".join(naughty()))
    for address in addresses:
        browser_page.goto(address)
    assert happened == []
    assert set(addresses) <= set(requests)
    assert [url for url in requests if not url.startswith(("file://", "data:"))] == []


@pytest.mark.parametrize("text", ["x" * 200, "kata " * 40], ids=["a word without end", "many words"])
def test_on_a_small_phone_no_page_is_wider_than_the_screen(tmp_path: Path, browser_page: Page, text: str) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 640})
    for address in written(tmp_path, text):
        browser_page.goto(address)
        styled = browser_page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
        width = browser_page.evaluate("document.documentElement.scrollWidth")
        assert (address, styled, width) == (address, "absolute", 320)
