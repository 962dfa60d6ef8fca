"""Rows of a database into Parquet, beside `pandas.read_sql` in chunks.

    python -m benchmarks.postgresql [--rows 10000000] [--kind postgresql|mariadb|sqlite] [--only palu|pandas]

A server of its own is filled with made-up rows. Each way runs in a process of its own, so that its peak memory is its
own; ours is told twice: until the snapshot, and until the staged rows (the contract's types). Neither asks for an
order; pyarrow writes with its own defaults. The processor's time is that of the reading side, start-up included: on a
machine that others use it says more than the clock does.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from benchmarks.journey import CITY
from flows import runs
from flows.extract import extract
from flows.settings import Places
from flows.stage import stage
from schemas.contracts import City, Contract
from schemas.contracts.loading import load
from tests import databases

CONTRACT = Path(__file__).with_name("large.yaml")
SETTING = "TOLOK_UKUR_DB"
CHUNK_ROWS = 50_000
COLUMNS = {
    "postgresql": """'TRX-' || lpad(i::text, 9, '0') AS kode_transaksi,
        timestamp '2025-01-01' + i * interval '6 second' AS waktu,
        'TP-' || lpad((i % 200 + 1)::text, 3, '0') AS kode_titik,
        'Jalan Contoh ' || (i % 977) AS lokasi, (i * 7919 % 20000)::numeric / 100 AS durasi_menit,
        1000 + (i % 5) * 1000 AS tarif, i % 2 = 0 AS tunai, date '2025-01-01' + (i % 365)::int AS tanggal,
        (119 + (i % 10007) / 10007.0)::float8 AS bujur FROM generate_series(1::bigint, {rows}) i""",
    "mariadb": """concat('TRX-', lpad(seq, 9, '0')) AS kode_transaksi,
        timestamp'2025-01-01 00:00:00' + interval (seq * 6) second AS waktu,
        concat('TP-', lpad(seq % 200 + 1, 3, '0')) AS kode_titik,
        concat('Jalan Contoh ', seq % 977) AS lokasi, (seq * 7919 % 20000) / 100 AS durasi_menit,
        1000 + (seq % 5) * 1000 AS tarif, seq % 2 = 0 AS tunai,
        date'2025-01-01' + interval (seq % 365) day AS tanggal,
        119 + (seq % 10007) / 10007e0 AS bujur FROM seq_1_to_{rows}""",
    "sqlite": """printf('TRX-%09d', i) AS kode_transaksi, datetime('2025-01-01', (i * 6) || ' seconds') AS waktu,
        printf('TP-%03d', i % 200 + 1) AS kode_titik, 'Jalan Contoh ' || (i % 977) AS lokasi,
        (i * 7919 % 20000) / 100.0 AS durasi_menit, 1000 + (i % 5) * 1000 AS tarif, i % 2 = 0 AS tunai,
        date('2025-01-01', (i % 365) || ' days') AS tanggal, 119 + (i % 10007) / 10007.0 AS bujur
        FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT i FROM n)""",
}
TYPES = {
    "kode_transaksi": "string",
    "waktu": "datetime",
    "kode_titik": "string",
    "lokasi": "string",
    "durasi_menit": "number",
    "tarif": "integer",
    "tunai": "boolean",
    "tanggal": "date",
    "bujur": "number",
}


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=10_000_000)
    arguments.add_argument("--kind", choices=COLUMNS, default="postgresql")
    arguments.add_argument("--only", choices=WAYS)
    arguments.add_argument("--url", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.url:
        with tempfile.TemporaryDirectory() as scratch:
            WAYS[asked.only](asked.url, Path(scratch))
        return
    with tempfile.TemporaryDirectory() as scratch, _server(asked.kind, Path(scratch)) as url:
        _fill(url, asked.kind, asked.rows)
        print(f"{asked.kind}, {asked.rows:,} rows x {len(TYPES)} columns", flush=True)
        seconds = {way: _apart(way, url) for way in WAYS if asked.only in (None, way)}
    if not asked.only:
        print(f"ratio: {seconds['pandas'] / seconds['palu']:.1f}")


@contextmanager
def _server(kind: str, scratch: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{scratch / 'data.db'}"
        return
    with {"postgresql": databases.postgresql, "mariadb": databases.mariadb}[kind]() as url:
        yield url


def _fill(url: str, kind: str, rows: int) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        query = COLUMNS[kind].format(rows=rows).replace(":", r"\:")
        connection.execute(sa.text(f"CREATE TABLE transaksi AS SELECT {query}"))
    engine.dispose()


def _apart(way: str, url: str) -> float:
    command = [sys.executable, "-m", "benchmarks.postgresql", "--only", way, "--url", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    seconds, staged, peak, busy = map(float, said[-4:])
    times = f"{seconds:6.1f} s, with staging {staged:6.1f} s, {busy:6.1f} s of a processor"
    print(f"{way:6} {times}, peak {peak:,.0f} MB resident", flush=True)
    return staged


def _with_pandas(url: str, scratch: Path) -> None:
    """What one would write by hand: chunks of a streamed result, each a row group of typed Parquet."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    started, writer = time.perf_counter(), None
    with sa.create_engine(url).connect().execution_options(stream_results=True) as connection:
        for chunk in pd.read_sql(sa.text("SELECT * FROM transaksi"), connection, chunksize=CHUNK_ROWS):
            table = pa.Table.from_pandas(chunk, preserve_index=False)
            writer = writer or pq.ParquetWriter(scratch / "pandas.parquet", table.schema)
            writer.write_table(table)
    if writer:
        writer.close()
    _told(started, time.perf_counter())


def _with_palu(url: str, scratch: Path) -> None:
    where = Places(scratch, scratch, scratch / "public", scratch / "private")
    runs.prepare_zones(where)
    (where.private / "connections.env").write_text(f"{SETTING}={url}\n", encoding="utf-8")
    city = City.model_validate(CITY)
    with runs.beginning(where, city, _contract(), datetime.now(UTC)) as work:
        started = time.perf_counter()
        snapshot = extract(work)
        extracted = time.perf_counter()
        stage(work, snapshot)
        _told(started, extracted)


def _contract() -> Contract:
    fields = "".join(
        f"\n  - {{name: {name}, title: {name}, type: {kind}, access: open}}" for name, kind in TYPES.items()
    )
    head = load(CONTRACT.read_text(encoding="utf-8"), CONTRACT.name, Contract)
    text = f"""
id: {head.id}
department: {head.department}
title: Tolok ukur
description: Tolok ukur
license: CC-BY-4.0
origin: sample
source: {{kind: sql, connection: {SETTING}, table: transaksi}}
fields:{fields}
"""
    return load(text, "tolok-ukur.yaml", Contract)


def _told(started: float, extracted: float) -> None:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    peak, busy = max(one.ru_maxrss for one in used), sum(one.ru_utime + one.ru_stime for one in used)
    print(extracted - started, time.perf_counter() - started, peak / 1024, busy)


WAYS = {"pandas": _with_pandas, "palu": _with_palu}

if __name__ == "__main__":
    main()
