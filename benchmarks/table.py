"""How soon the table of a dataset of 1,000,000 rows can be used over a throttled line, in Chromium.

    python -m benchmarks.table [--rows 1000000] [--rounds 3] [--rows-of-a-group 8192]

The line is Lighthouse's: 1.6 Mbit/s down, 0.75 up, 150 ms a round trip. "Usable" is when the second page of rows
is shown, after the button was pressed as soon as it could be: paging, sorting and filtering work from the first on.
Times count from the request for the page, with an empty cache; `palu serve` compresses nothing.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import CDPSession, Page, sync_playwright

from catalog import layout
from tests.catalog.site.made_up import RELEASE, dataset
from tests.catalog.site.served import publish, served
from transforms.protection.redaction import rows_of_a_group

LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
COLUMNS = {
    "kode_transaksi": "string",
    "waktu": "datetime",
    "kode_titik": "string",
    "lokasi": "string",
    "kecamatan": "string",
    "durasi_menit": "number",
    "tarif": "integer",
    "cara_bayar": "string",
    "tanggal": "date",
    "catatan": "string",
}
ROWS_SQL = """
SELECT 'TRX-' || lpad(i::VARCHAR, 9, '0') AS kode_transaksi, TIMESTAMP '2025-01-01' + INTERVAL (i * 6) SECOND AS waktu,
  'TP-' || lpad((hash(i, 1) % 200 + 1)::VARCHAR, 3, '0') AS kode_titik, 'Jalan Contoh ' || (hash(i, 2) % 977) AS lokasi,
  ['Ulujadi', 'Tatanga', 'Palu Barat', 'Palu Utara', 'Palu Timur', 'Mantikulore'][(hash(i, 3) % 6 + 1)::INT]
    AS kecamatan,
  (hash(i, 4) % 20000) / 100 AS durasi_menit, 1000 + (hash(i, 5) % 5) * 1000 AS tarif,
  ['tunai', 'qris', 'kartu'][(hash(i, 6) % 3 + 1)::INT] AS cara_bayar, DATE '2025-01-01' + (i // 14400)::INT AS tanggal,
  'catatan contoh nomor ' || (hash(i, 7) % 100003) || ' untuk uji' AS catatan
FROM range({rows}) t(i) ORDER BY i
"""


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--rows-of-a-group", type=int)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(Path(scratch), asked.rows, asked.rounds, asked.rows_of_a_group or rows_of_a_group(asked.rows))


def measure(public: Path, rows: int, rounds: int, group: int) -> None:
    """`rounds` visits to one dataset of `rows` rows, in row groups of `group`."""
    fields = [{"name": name, "title": name, "type": kind, "access": "open"} for name, kind in COLUMNS.items()]
    of = dataset(fields=fields, primaryKey=["kode_transaksi"], rules=[], disclosure={})
    path = publish(public, of, ROWS_SQL.format(rows=rows), group)
    parquet = public / layout.release("palu", of.id, RELEASE) / layout.data_file(of.id, "parquet")
    print(f"{rows:,} rows x {len(fields)}, {parquet.stat().st_size / 1e6:.1f} MB, {group:,} rows a group")
    with served(public) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        visits = []
        for _ in range(rounds):
            page = browser.new_page()
            visits.append(visit(page, page.context.new_cdp_session(page), f"{root}{path}"))
            page.close()
        browser.close()
    for name in visits[0]:
        print(f"  {name:38} {median(one[name] for one in visits):9,.2f}")


def visit(page: Page, session: CDPSession, address: str) -> dict[str, float]:
    """Seconds from the request for a page to each thing that a reader waits for, and kilobytes."""
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    received = [0]
    session.on("Network.dataReceived", lambda told: received.__setitem__(0, received[0] + told["encodedDataLength"]))
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-table=open]:visible")
    found = {"button there (s)": now(page), "kB until then": received[0] / 1e3}
    page.click("[data-table=open]")
    page.wait_for_selector(".table-box tbody tr:nth-child(50)")
    found["first page of rows (s)"] = now(page)
    page.click(".pager button >> nth=2")
    page.wait_for_selector(".table-box[data-view*='halaman=2']")
    found["second page: usable (s)"] = now(page)
    found["kB until then, all told"] = received[0] / 1e3
    found["first content (s)"] = first_content(page)
    started = now(page)
    page.click("button.sort[data-name=kecamatan]")
    if page.is_visible(".table-box .asks"):
        page.click(".table-box .asks .button >> nth=0")
    page.wait_for_selector("th[aria-sort=ascending]", timeout=120_000)
    found["sorted by a column of few texts (s)"] = now(page) - started
    return found


def now(page: Page) -> float:
    """Seconds since the page was asked for."""
    return float(page.evaluate("performance.now()")) / 1000


def first_content(page: Page) -> float:
    """Seconds until the first text was painted."""
    return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")) / 1000


if __name__ == "__main__":
    main()
