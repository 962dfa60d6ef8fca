"""The SQL box in Chromium: what it answers is what DuckDB answers about the same Parquet."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from catalog.site import dataset_page
from catalog.site.tables import table
from tests.catalog.site.made_up import NOON, city, dataset, manifest, release
from tests.catalog.site.served import asked, made_dataset

STATUS = "form[data-table=sql] [role=status]"
QUERIES = {
    "first rows": "SELECT kode, jumlah, tarif FROM data LIMIT 7 OFFSET 10",
    "a later page": "SELECT kode FROM titik_parkir ORDER BY kode DESC LIMIT 5 OFFSET 9000",
    "groups": "SELECT kecamatan, COUNT(*) AS n, MIN(tanggal) AS awal FROM data GROUP BY kecamatan ORDER BY kecamatan",
    "a whole column": "SELECT COUNT(*) AS n, COUNT(jumlah) AS ada, MIN(tahun) AS awal, MAX(tahun) AS akhir FROM data",
    "days": "SELECT kode FROM data WHERE tanggal >= '2021-02-01' AND tanggal <= '2021-02-02' ORDER BY kode",
    "a day before a column": "SELECT COUNT(*) AS n FROM data WHERE '2021-02-01' > tanggal",
    "numbers between groups of rows": "SELECT COUNT(*) AS n FROM data WHERE jumlah > 50000 AND jumlah <= 60000",
    "no column named": "SELECT COUNT(*) AS n FROM data WHERE 1 = 1",
    "missing values": "SELECT COUNT(*) AS n FROM data WHERE nama IS NULL",
    "a whole number that floats lose": "SELECT kode FROM data WHERE jumlah >= 9007199254740993",
    "a window of common tables": "WITH a AS (SELECT tahun, COUNT(*) AS n FROM data GROUP BY tahun) SELECT MAX(n) AS n FROM a",
    "a join with itself": "SELECT COUNT(*) AS n FROM data a JOIN data b ON a.kode = b.kode WHERE a.tahun = 2001",
    "a moment": "SELECT waktu, jam FROM data WHERE kode = 'K-000005'",
}


def run(page: Page, query: str) -> str:
    """Run a query, and agree to what it costs; what the status says when it is done."""
    page.fill("textarea", query)
    page.click("form[data-table=sql] button[type=submit]")
    done = f"{STATUS}:not(:empty):not(:has-text('Menjalankan')):not(:has-text('Membuka'))"
    page.wait_for_selector(f"{done}, [data-sql=asks] .asks:visible")
    if page.is_visible("[data-sql=asks] .asks"):
        page.click("[data-sql=asks] >> text=Lanjutkan")
        page.wait_for_selector(done)
    return page.inner_text(STATUS)


@pytest.fixture(scope="module")
def shared(chromium: Browser, address: str) -> Page:
    page = chromium.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_answers_what_duckdb_answers(shared: Page, public: Path, query: str) -> None:
    said = run(shared, query)
    rows = asked(public, query.replace("titik_parkir", "data"))
    lines = shared.locator("[data-sql=result] tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    assert lines == [[_told(value) for value in row] for row in rows], said
    assert said.startswith(f"{len(rows)} baris dalam")


def _told(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "\u2013" if value is None else re.sub(r"(\.\d+?)0+$", r"\1", str(value))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELEC 1", "Kueri tidak dapat dijalankan. Mesin SQL menjawab: (karakter ke-1)"),
        ("SELECT x FROM data", 'Column "x" not found. Available columns: kode, nama'),
        ("SELECT * FROM lain", 'Table "lain" not found'),
        ("", "Kueri tidak dapat dijalankan"),
    ],
    ids=["no SQL", "an unknown column", "an unknown table", "nothing"],
)
def test_a_query_that_cannot_run_says_why(shared: Page, query: str, said: str) -> None:
    assert said in run(shared, query)
    assert shared.locator("[data-sql=result] *").count() == 0


def test_the_engine_comes_with_the_first_query_and_groups_that_cannot_match_stay(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    assert run(page, "SELECT COUNT(*) AS n FROM data WHERE tanggal < '2020-02-01'")
    assert (fetched.count("table.js"), fetched.count("sql.js")) == (1, 1)
    assert fetched.count("titik-parkir.parquet") == 3, "the footer in two parts, and one group of rows"


def test_a_query_that_reads_much_asks_first_and_can_be_stopped(page: Page) -> None:
    query = "SELECT nama, bentuk, COUNT(*) AS n FROM data GROUP BY nama, bentuk ORDER BY nama LIMIT 3"
    page.fill("textarea", query)
    page.click("form[data-table=sql] button[type=submit]")
    page.wait_for_selector("[data-sql=asks] .asks:has-text('Kueri ini mengunduh paling banyak')")
    page.click("[data-sql=asks] >> text=Batal")
    page.wait_for_selector(f"{STATUS}:has-text('Kueri dihentikan.')")
    page.click("form[data-table=sql] button[type=submit]")
    page.wait_for_selector("[data-sql=asks] .asks:visible")
    page.click("[data-sql=stop]")
    page.wait_for_selector(f"{STATUS}:has-text('Kueri dihentikan.')")
    page.click("form[data-table=sql] button[type=submit]")
    page.click("[data-sql=asks] >> text=Lanjutkan")
    page.wait_for_selector("[data-sql=result] tbody tr:nth-child(3)")


def test_a_long_result_is_shown_in_part_and_saved_whole(page: Page, public: Path) -> None:
    assert "12.000 baris dalam" in run(page, "SELECT kode, tarif, tanggal FROM data")
    assert page.locator("[data-sql=result] tbody tr").count() == 1000
    with page.expect_download() as saving:
        page.click("text=Unduh hasil (CSV)")
    saved = csv.reader(io.StringIO(Path(saving.value.path()).read_text("utf-8-sig"), newline=""))
    codes = asked(public, "SELECT kode FROM data ORDER BY file_row_number")
    assert [row[0] for row in saved] == ["kode", *(code for (code,) in codes)]


def test_every_proposed_query_runs(page: Page) -> None:
    proposed = page.locator("[data-query]")
    assert proposed.count() == 3
    for place in range(3):
        proposed.nth(place).click()
        assert "baris dalam" in run(page, page.input_value("textarea"))


def test_a_name_that_is_a_word_of_sql_is_proposed_in_quotes() -> None:
    fields = [{"name": name, "title": name, "type": "string", "access": "open"} for name in ("order", "kode")]
    of = dataset(fields=fields, primaryKey=["kode"], rules=[], disclosure={})
    shown = table(release(dataset=of), "id")
    assert shown
    assert shown.queries[0] == 'SELECT "order", kode\nFROM titik_parkir\nLIMIT 20'


def test_a_release_without_rows_has_neither_table_nor_sql() -> None:
    empty = release(dataset=made_dataset(), manifest=manifest(rows=0), preview=())
    page = dataset_page(city(), empty, (), NOON.date())
    assert "Rilis ini tidak memuat baris." in page
    assert "dataset.js" not in page
    assert "<form" not in page
