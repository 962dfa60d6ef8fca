"""One page of each kind, as it stands in the demo, and what readers do there: what every check of pages goes through."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from playwright.sync_api import Page

from catalog import layout
from catalog.shelf import read_entry
from schemas.contracts import LANGUAGES
from schemas.register import REGISTER

DATASETS = {
    "a dataset with places": "titik-parkir",
    "a dataset of many rows": "transaksi-parkir",
    "a dataset of counts": "pelatihan-digital",
    "a dataset of regions": "penduduk-dan-pdrb",
    "open data": "kelurahan",
    "boundaries": "batas-kelurahan",
    "the register as a dataset": REGISTER,
    "the requests as a dataset": "permintaan-data",
}
OF_THE_CITY = {
    "the home page": layout.city_page,
    "the register": layout.register_page,
    "the requests": layout.requests_page,
    "the search": layout.search_page,
    "the list of datasets": layout.datasets_page,
}
LISTS = ["a department", "a theme"]
KINDS = ["the root", *OF_THE_CITY, *LISTS, *DATASETS, "a report"]


def page(public: Path, kind: str, language: str) -> PurePosixPath:
    """The public path of a page of that kind."""
    [spoken] = [one for one in LANGUAGES if one == language]
    if kind in DATASETS:
        return layout.dataset_page("palu", DATASETS[kind], spoken)
    if kind == "a report":
        current = read_entry(public, "palu", "titik-parkir").current
        assert current
        return layout.report_page("palu", "titik-parkir", current.release, spoken)
    lists = {
        "the root": layout.root_page(spoken),
        "a department": layout.department_page("palu", "dishub", spoken),
        "a theme": layout.theme_page("palu", "TRAN", spoken),
    }
    return lists[kind] if kind in lists else OF_THE_CITY[kind]("palu", spoken)


def search(shown: Page, words: str = "parkr") -> None:
    """Type into the search, and wait for what it finds."""
    shown.locator("#cari").press_sequentially(words)
    shown.wait_for_selector(".search-results a")
    shown.wait_for_selector(".search-status:not(:empty)")


def open_table(shown: Page) -> None:
    shown.click("[data-table=open]")
    shown.wait_for_selector(".table-status:not(:empty)")


def ask_by_sql(shown: Page, query: str = "") -> None:
    """Run a query, or the first that the page proposes, and agree to what it costs."""
    shown.locator("[data-query]").first.click()
    if query:
        shown.fill("textarea", query)
    shown.click("form[data-table=sql] button[type=submit]")
    shown.wait_for_selector("[data-sql=result] table, [data-sql=asks] .asks:visible")
    if shown.is_visible("[data-sql=asks] .asks"):
        shown.click("[data-sql=asks] .asks .button >> nth=0")
        shown.wait_for_selector("[data-sql=result] table")


def read_everything(shown: Page) -> None:
    """Unfold all that is folded, open the table, and run a query."""
    open_table(shown)
    shown.evaluate("document.querySelectorAll('main details').forEach(folded => { folded.open = true; })")
    ask_by_sql(shown)


def report_a_row(shown: Page) -> None:
    """Come to the page by the report link of a row in its table."""
    open_table(shown)
    shown.locator(".table-box tbody a").first.click()
    shown.wait_for_selector("[data-ask-row]:visible")


DEEDS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "a search and what it finds": ("the search", search),
    "a search on the home page": ("the home page", search),
    "a dataset with everything open": ("a dataset with places", read_everything),
    "a report of a row": ("a dataset with places", report_a_row),
}
"""What a reader does, and on which kind of page."""
STATES = [*KINDS, *DEEDS]


def visit(shown: Page, served: str, public: Path, state: str, language: str) -> None:
    """Go to a page of a kind, or to the page of a deed, and do it."""
    kind, deed = DEEDS.get(state, (state, None))
    shown.goto(f"{served}{page(public, kind, language)}")
    if deed:
        deed(shown)
