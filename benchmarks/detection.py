"""How many cells a second the scan for identifiers reads, on one core, by kind of column.

    python -m benchmarks.detection [--rows 2000000]

The columns are those of the large file of `benchmarks.journey`, and some that are hard: nothing but numbers that
look like identifiers from afar, long remarks, and a remark in which one cell in a thousand holds a NIK.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from schemas.contracts import Contract
from schemas.tables import PublicTable
from transforms.detection.scan import scan

COLUMNS: dict[str, tuple[str, str]] = {
    "kode_transaksi": ("string", "'TRX-' || lpad(i::VARCHAR, 9, '0')"),
    "lokasi": ("string", "'Jalan Contoh ' || (i % 977)"),
    "cara_bayar": ("string", "['tunai', 'qris', 'kartu'][i % 3 + 1]"),
    "catatan": ("string", "'catatan contoh nomor ' || (i * 31 % 100003) || ' untuk uji'"),
    "durasi_menit": ("number", "(i * 7919 % 20000) / 100"),
    "anggaran": ("integer", "i * 104729 % 90000000000"),
    "mikrodetik": ("integer", "1750000000000000 + i * 104729"),
    "lintang_teks": ("string", "'-0.' || (8000000000000 + i * 7919)"),
    "laporan": (
        "string",
        "'Warga di Jalan Towua nomor ' || (i % 311) || ' melaporkan lampu jalan mati sejak ' || (i % 28 + 1) "
        "|| ' Maret 2026, mohon diperbaiki'",
    ),
    "sisipan": (
        "string",
        "CASE WHEN i % 1000 = 0 THEN 'a.n. 72710147084' || lpad((i // 1000 % 100000)::VARCHAR, 5, '0') "
        "ELSE 'diperiksa petugas ' || (i % 7001) END",
    ),
}


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=2_000_000)
    rows = arguments.parse_args().rows
    with tempfile.TemporaryDirectory() as scratch:
        for names in (*([name] for name in COLUMNS), list(COLUMNS)):
            label = names[0] if len(names) == 1 else "all of them"
            print(f"{label:16} {measure(Path(scratch), names, rows) / 1e6:6.1f} million cells/s", flush=True)


def measure(scratch: Path, names: list[str], rows: int) -> float:
    """Cells a second of one scan over these columns on one core; the better of two."""
    path = scratch / "public.parquet"
    chosen = ", ".join(f"{COLUMNS[name][1]} AS {name}" for name in names)
    duckdb.sql(f"COPY (SELECT {chosen} FROM range({rows}) t(i)) TO '{path}' (COMPRESSION zstd, ROW_GROUP_SIZE 50000)")
    public = PublicTable(path, described(names), rows)
    return rows * len(names) / min(seconds(public) for _ in range(2))


def seconds(public: PublicTable) -> float:
    """Processor time of one scan: the machine may be busy with something else."""
    began = time.process_time()
    scan(public)
    return time.process_time() - began


def described(names: list[str]) -> Any:
    """The contract of these columns as the public may read it."""
    fields = [{"name": name, "title": name, "type": COLUMNS[name][0], "access": "open"} for name in names]
    said = {"id": "besar", "department": "dishub", "title": "Tolok ukur", "description": "Tolok ukur."}
    source = {"kind": "csv", "location": "besar.csv"}
    stated = {**said, "license": "CC-BY-4.0", "origin": "sample", "source": source, "fields": fields}
    return Contract.model_validate(stated).described()


if __name__ == "__main__":
    main()
