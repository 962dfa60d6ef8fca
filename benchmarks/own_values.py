"""How long the search for a run's own withheld values takes: `python -m benchmarks.own_values [--rows 5000000]`.

Two withheld columns, seven public ones, in the shape of `benchmarks.journey`; nothing is found, as in a sound release.
"""

import argparse
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.journey import CITY, CONTRACT, ROWS_SQL
from catalog.tracing import Withheld, public_words, traces_in_columns
from schemas.contracts import City, Contract
from schemas.contracts.loading import load

NUMBERS = "waktu::TIMESTAMP AS waktu, durasi_menit::DOUBLE AS durasi_menit, tarif::BIGINT AS tarif"


def main() -> None:
    """Measure three times, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=5_000_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        relation = f"read_csv('{folder}/besar.csv', all_varchar = true)"
        duckdb.sql(ROWS_SQL.format(rows=rows, file=folder / "besar.csv"))
        duckdb.sql(f"COPY (SELECT pelat, nik_petugas FROM {relation}) TO '{folder}/withheld.parquet'")
        public = f"SELECT * EXCLUDE (pelat, nik_petugas) REPLACE ({NUMBERS}) FROM {relation}"
        duckdb.sql(f"COPY ({public}) TO '{folder}/public.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 50000)")
        _search(folder)


def _search(folder: Path) -> None:
    contract = load(CONTRACT.read_text(encoding="utf-8"), CONTRACT.name, Contract)
    spared = public_words(contract, City.model_validate(CITY))
    columns = {name: name for name in ("pelat", "nik_petugas")}
    for turn in range(3):
        withheld = Withheld(folder / "withheld.parquet", columns, folder / f"words-{turn}.npy")
        started = time.perf_counter()
        found = traces_in_columns(folder / "public.parquet", contract, withheld, spared)
        print(f"searching the public columns for them: {time.perf_counter() - started:.1f} s, found: {len(found)}")


if __name__ == "__main__":
    main()
