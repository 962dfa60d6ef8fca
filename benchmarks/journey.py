"""The journey of one large CSV, beside the time that DuckDB alone needs for CSV -> Parquet -> CSV.

    python -m benchmarks.journey [--rows 5000000] [--rounds 3] [--folder DIR]

Prints a ratio from one run, since machines differ and are noisy: the medians of rounds in which DuckDB alone and
the journey take turns. Start-up is printed beside the work, not in it.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import psutil

from flows import runs
from flows.approval import Official, approve
from flows.settings import Places
from flows.steps import Steps, travel
from schemas.contracts import City, Contract
from schemas.contracts.loading import load

CONTRACT = Path(__file__).with_name("large.yaml")
CITY = {
    "id": "tolok-ukur",
    "name": "Kota tolok ukur",
    "title": "Tolok ukur",
    "timezone": "Asia/Makassar",
    "publisher": "Tolok ukur",
    "contact": {"name": "Tolok ukur"},
    "departments": {"dishub": "Dinas Perhubungan"},
}
ROWS_SQL = """
COPY (SELECT 'TRX-' || lpad(i::VARCHAR, 9, '0') AS kode_transaksi,
  TIMESTAMP '2025-01-01' + INTERVAL (i * 6) SECOND AS waktu,
  'TP-' || lpad((i % 200 + 1)::VARCHAR, 3, '0') AS kode_titik,
  'Jalan Contoh ' || (i % 977) AS lokasi,
  ['Ulujadi','Tatanga','Palu Barat','Palu Utara','Palu Timur','Mantikulore','Palu Selatan','Tawaeli'][i % 8 + 1]
    AS kecamatan,
  (i * 7919 % 20000) / 100 AS durasi_menit, 1000 + (i % 5) * 1000 AS tarif,
  ['tunai', 'qris', 'kartu'][i % 3 + 1] AS cara_bayar,
  'DN ' || (1000 + i % 9000) || ' ' || chr(65 + (i % 26)::INT) || chr(65 + (i // 26 % 26)::INT) AS pelat,
  '7271' || lpad((i * 104729 % 1000000000000)::VARCHAR, 12, '0') AS nik_petugas,
  'catatan contoh nomor ' || (i * 31 % 100003) || ' untuk uji' AS catatan
FROM range({rows}) t(i)) TO '{file}' (HEADER, DELIMITER ',')
"""


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--folder", type=Path)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        measure(Path(scratch), asked.rows, asked.rounds)


def measure(scratch: Path, rows: int, rounds: int) -> None:
    """`rounds` turns over one file of `rows` rows below `scratch`."""
    source = scratch / "inbox" / "besar.csv"
    source.parent.mkdir()
    duckdb.sql(ROWS_SQL.format(rows=rows, file=source))
    print(f"{rows:,} rows x 11 columns, {source.stat().st_size / 1e6:,.0f} MB of CSV")
    started = time.perf_counter()
    import schemas.validation  # noqa: F401 the start-up that is measured

    print(f"start-up of Great Expectations: {time.perf_counter() - started:.1f} s (not in the ratio)")
    turns = [_turn(scratch, source) for _ in range(rounds)]
    alone, journey = (median(seconds) for seconds in zip(*turns, strict=True))
    print(f"ratio: {journey / alone:.2f} (medians {journey:.1f} s and {alone:.1f} s)")


def _turn(scratch: Path, source: Path) -> tuple[float, float]:
    """Seconds of DuckDB alone and of the journey, one after the other."""
    alone = _timed_duckdb(source, scratch)
    print(f"DuckDB alone, CSV -> Parquet -> CSV: {alone:.1f} s")
    with tempfile.TemporaryDirectory(dir=scratch) as zones:
        seconds, peak = _journey(Path(zones), source.parent)
    print(f"journey: {seconds:.1f} s, peak {peak / 1e6:,.0f} MB resident, its child included")
    return alone, seconds


def _timed_duckdb(source: Path, scratch: Path) -> float:
    """A process of its own, so that no cache of ours helps or hinders."""
    script = (
        "import duckdb, time; t = time.perf_counter(); "
        f"duckdb.sql(\"COPY (FROM read_csv('{source}')) TO '{scratch}/alone.parquet'\"); "
        f"duckdb.sql(\"COPY (FROM '{scratch}/alone.parquet') TO '{scratch}/alone.csv'\"); "
        "print(time.perf_counter() - t)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def _journey(scratch: Path, inbox: Path) -> tuple[float, int]:
    city = City.model_validate(CITY)
    contract = load(CONTRACT.read_text(encoding="utf-8"), CONTRACT.name, Contract)
    where = Places(scratch, inbox, scratch / "public", scratch / "var")
    runs.prepare_zones(where)
    approve(where, city, contract, Official("Tolok ukur", "Tolok ukur"), datetime.now(UTC))
    steps = Steps(**{name: _told(name, getattr(Steps(), name)) for name in Steps.__dataclass_fields__})
    with _Memory() as memory:
        started = time.perf_counter()
        outcome = runs.run(travel, where, city, contract, datetime.now(UTC), steps)
        seconds = time.perf_counter() - started
    if outcome.error:
        raise outcome.error
    return seconds, memory.peak


def _told(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*handed_on: Any) -> Any:
        started = time.perf_counter()
        answer = step(*handed_on)
        print(f"  {name:10} {time.perf_counter() - started:5.1f} s")
        return answer

    return timed


class _Memory:
    """Watches the resident memory of this process and its children together."""

    def __enter__(self) -> "_Memory":
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.peak = max(self.peak, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)

    def _watch(self) -> None:
        own = psutil.Process()
        while not self._over.wait(0.05):
            family = [own, *own.children(recursive=True)]
            self.peak = max(self.peak, sum(_resident(process) for process in family))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    main()
