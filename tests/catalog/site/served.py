"""A made-up release with a real Parquet behind its page, served as `palu serve` serves it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb
import uvicorn

from catalog import layout
from catalog.manifest import Distribution
from catalog.site import dataset_page, scripts, stylesheet
from flows.web import application, listening
from schemas.contracts import LANGUAGES, Dataset
from schemas.tables import PARQUET, STORED_TYPES, literal, quoted
from tests.catalog.site.made_up import NOON, RELEASE, city, dataset, manifest, release

ROWS = 12_000
QUERY = f"""
SELECT 'K-' || lpad(i::VARCHAR, 6, '0') AS kode,
  CASE WHEN i % 7 = 0 THEN NULL WHEN i = 3 THEN repeat('panjang sekali ', 40) ELSE chr(65 + (i % 2 * 32)::INT) || md5(i::VARCHAR) || md5(i || 'b') || md5(i || 'c') END AS nama,
  ['Palu Barat', 'Tatanga', 'Ulujadi'][(hash(i) % 3 + 1)::INT] AS kecamatan,
  CASE WHEN i % 13 = 0 THEN NULL WHEN i = 5 THEN 9007199254740993 ELSE i * 104729 % 100003 END AS jumlah,
  CASE i WHEN 1 THEN 0.00001 WHEN 2 THEN 1e16 WHEN 4 THEN -1234567.5 ELSE (i * 31 % 997) / 8 END AS tarif,
  DATE '2020-01-01' + (i // 9)::INT AS tanggal,
  TIMESTAMP '2020-01-01 00:00:00.25' + INTERVAL (i * 3607) SECOND AS waktu,
  TIME '08:00:00' + INTERVAL (i % 3600) SECOND AS jam, 2000 + i % 25 AS tahun, i % 3 = 0 AS digital,
  '{{"type":"Point","coordinates":[' || (119 + i / 100000) || ',-0.9]}}' AS bentuk
FROM range({ROWS}) t(i)
"""
"""A column of every type, with missing values and those that a careless reader gets wrong."""


def made_dataset(**changes: Any) -> Dataset:
    """A dataset with a column of every type, all of them open."""
    kinds: dict[str, Any] = {
        "kode": "string",
        "nama": "string",
        "kecamatan": "string",
        "jumlah": "integer",
        "tarif": "number",
        "tanggal": "date",
        "waktu": "datetime",
        "jam": "time",
        "tahun": "year",
        "digital": "boolean",
        "bentuk": "geojson",
    }
    fields = [
        {"name": name, "title": name.capitalize(), "type": kind, "access": "open"} for name, kind in kinds.items()
    ]
    fields[2]["constraints"] = {"enum": ["Palu Barat", "Tatanga", "Ulujadi"]}
    stated = {"fields": fields, "primaryKey": ["kode"], "rules": [], "disclosure": {}}
    return dataset(**(stated | changes))


def write_parquet(into: Path, query: str, of: Dataset, rows_of_a_group: int = 4_096) -> int:
    """The rows of an SQL query, one column a public field, as a release's Parquet; how many there are."""
    names = ", ".join(
        f"{quoted(field.name)}::{STORED_TYPES[field.type]} AS {quoted(field.name)}" for field in of.public_fields
    )
    duckdb.sql(
        f"COPY (SELECT {names} FROM ({query})) TO {literal(into)} "
        f"({PARQUET}, COMPRESSION zstd, ROW_GROUP_SIZE {rows_of_a_group})"
    )
    return int(duckdb.sql(f"SELECT count(*) FROM {literal(into)}").fetchall()[0][0])


def publish(public: Path, of: Dataset, query: str, rows_of_a_group: int = 4_096) -> PurePosixPath:
    """Write the release, its pages and their scripts below `public`; the path of its Indonesian page."""
    folder = public / layout.release("palu", of.id, RELEASE)
    folder.mkdir(parents=True)
    parquet = folder / layout.data_file(of.id, "parquet")
    rows = write_parquet(parquet, query, of, rows_of_a_group)
    file = Distribution(path=parquet.name, format="parquet", bytes=parquet.stat().st_size, sha256="c" * 64)
    texts = ", ".join(f"{quoted(field.name)}::VARCHAR" for field in of.public_fields)
    preview = duckdb.sql(f"SELECT {texts} FROM {literal(parquet)} LIMIT 10").fetchall()
    shown = release(manifest=manifest(rows=rows, distributions=(file,)), dataset=of, preview=tuple(preview))
    for language in LANGUAGES:
        page = public / layout.dataset_page("palu", of.id, language)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(dataset_page(city(), shown, (shown.manifest,), NOON.date(), language), encoding="utf-8")
    for path, content in {layout.style("palu"): stylesheet(), **_scripts()}.items():
        (public / path).parent.mkdir(parents=True, exist_ok=True)
        (public / path).write_bytes(content)
    return layout.dataset_page("palu", of.id)


def _scripts() -> dict[PurePosixPath, bytes]:
    return {layout.script("palu", name): content for name, content in scripts().items()}


@contextmanager
def served(public: Path) -> Iterator[str]:
    """The address under which `public` is served on loopback, while the block lasts."""
    socket = listening(0)
    server = uvicorn.Server(uvicorn.Config(application(public), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


def asked(public: Path, sql: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers about the release's Parquet, which the query calls `data`."""
    parquet = (
        public / layout.release("palu", made_dataset().id, RELEASE) / layout.data_file(made_dataset().id, "parquet")
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE VIEW data AS SELECT * FROM read_parquet({literal(parquet)}, file_row_number = true)"
        )
        return connection.execute(sql).fetchall()
