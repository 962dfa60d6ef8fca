"""What it costs to publish one dataset into a large catalog, and what a reader's search of it costs.

    python -m benchmarks.catalog [--datasets 10000] [--folder /tmp] [--browser]

Makes up a catalog (release folders with their own documents, no data), draws what speaks of the whole city once, and
then publishes a new dataset, a new release of an old one, and one more beside a register of withheld fields that
changed: from the move of the pointer to the last page, in both languages. With --browser, Chromium then searches it.
"""

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from catalog import layout, register, store
from catalog.drawing import city_pages
from catalog.manifest import Distribution, Entry, Format, Inputs, Manifest, Pointer, ReleaseReference, digest, document
from catalog.metadata import joined
from catalog.renewal import Last, renewed
from catalog.shelf import Release, read_pointer
from flows.draw import draw_catalog, draw_dataset, drawing
from schemas.contracts import City, Contract, Dataset
from schemas.findings import Report, RowAccount
from schemas.register import REGISTER, register_contract

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
INPUTS = Inputs(snapshot_sha256="a" * 64, contract_sha256="b" * 64, code_version="1")
THEMES = ("AGRI", "ECON", "EDUC", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI", "TRAN")
KINDS = [
    "jumlah",
    "daftar",
    "rekapitulasi",
    "realisasi",
    "persentase",
    "luas",
    "anggaran",
    "lokasi",
    "sebaran",
    "indeks",
    "capaian",
    "data",
]
SUBJECTS = [
    "penduduk",
    "sekolah",
    "guru",
    "murid",
    "puskesmas",
    "dokter",
    "perawat",
    "pasien",
    "imunisasi",
    "gizi",
    "parkir",
    "terminal",
    "halte",
    "jalan",
    "jembatan",
    "drainase",
    "sampah",
    "taman",
    "pohon",
    "sungai",
    "banjir",
    "gempa",
    "pengungsi",
    "rumah",
    "bangunan",
    "izin",
    "usaha",
    "koperasi",
    "pasar",
    "pedagang",
    "harga",
    "beras",
    "ikan",
    "ternak",
    "kebun",
    "sawah",
    "irigasi",
    "listrik",
    "air",
    "internet",
    "menara",
    "perpustakaan",
    "museum",
    "hotel",
    "wisatawan",
    "restoran",
    "pajak",
    "retribusi",
    "aset",
    "pegawai",
    "pelatihan",
    "pengaduan",
    "kebakaran",
    "kecelakaan",
    "pelanggaran",
    "perkawinan",
    "kelahiran",
    "kematian",
]
ENGLISH = [
    "population",
    "schools",
    "teachers",
    "pupils",
    "clinics",
    "doctors",
    "nurses",
    "patients",
    "vaccination",
    "nutrition",
    "parking",
    "terminals",
    "stops",
    "roads",
    "bridges",
    "drains",
    "waste",
    "parks",
    "trees",
    "rivers",
    "floods",
    "earthquakes",
    "refugees",
    "houses",
    "buildings",
    "permits",
    "businesses",
]
WAYS = [
    "menurut",
    "per",
    "kecamatan",
    "kelurahan",
    "bulanan",
    "triwulan",
    "tahunan",
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
    "jenis",
    "kelamin",
    "umur",
    "status",
]
COLUMNS = [
    "tahun",
    "bulan",
    "kecamatan",
    "kelurahan",
    "kode",
    "nama",
    "jumlah",
    "satuan",
    "alamat",
    "lintang",
    "bujur",
    "status",
    "jenis",
    "kategori",
    "keterangan",
    "luas",
    "panjang",
    "lebar",
    "kapasitas",
    "tarif",
    "tanggal",
    "jam",
    "persen",
    "target",
    "capaian",
    "anggaran",
    "sumber",
    "nomor",
    "golongan",
    "pangkat",
]
SYLLABLES = [
    "ba",
    "bi",
    "bu",
    "da",
    "di",
    "ga",
    "gu",
    "ka",
    "ke",
    "ki",
    "la",
    "le",
    "lo",
    "ma",
    "mo",
    "na",
    "nu",
    "pa",
    "po",
    "ra",
    "ri",
    "sa",
    "se",
    "si",
    "ta",
    "te",
    "to",
    "tu",
    "wa",
    "wi",
    "ya",
    "yo",
]
QUERIES = ("parkir", "parkri", "pend", "pendudk kecamatan", "jumlah sekolah kelurahan 2024", "population")

CITY = City.model_validate(
    {
        "id": "palu",
        "name": "Kota Palu",
        "title": {"id": "Data Kota Palu", "en": "Palu City Data"},
        "timezone": "Asia/Makassar",
        "publisher": "Pemerintah Kota Palu",
        "contact": {"name": "PPID"},
        "departments": {f"dinas-{number}": f"Dinas {SUBJECTS[number].title()}" for number in range(40)},
    }
)


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--datasets", type=int, default=10_000)
    arguments.add_argument("--folder", default=None)
    arguments.add_argument("--browser", action="store_true")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        public = Path(scratch) / "public"
        print(f"{asked.datasets} datasets", flush=True)
        with timed("  made up"):
            found(public, asked.datasets)
        with timed("  drawn once, from all releases"):
            draw_once(public)
        weigh(public)
        for number in range(2):
            publish(public, f"a new dataset ({number + 1})", f"dataset-baru-{number}", seed=-number - 1)
        publish(public, "a new release of an old one", "dataset-00007", seed=7, rows=99)
        publish(public, "the same, described otherwise", "dataset-00007", seed=8, rows=99)
        publish_register(public, asked.datasets)
        if asked.browser:
            search(public)


@contextmanager
def timed(label: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{label:40} {time.perf_counter() - began:7.2f} s", flush=True)


def found(public: Path, datasets: int) -> None:
    """A catalog of so many datasets, and its register."""
    entries = {
        f"dataset-{number:05}": placed(public, described(number, f"dataset-{number:05}")) for number in range(datasets)
    }
    entries[REGISTER] = placed_register(public, datasets, NOW)
    pointer = Pointer(city=CITY, updated=NOW, datasets=dict(sorted(entries.items())))
    put(public / layout.pointer(CITY.id), document(pointer))


def described(seed: int, name: str) -> Dataset:
    """A dataset with texts of its own: a few words that many share, and one that nobody else has."""
    draw = random.Random(seed)
    own = "".join(draw.choices(SYLLABLES, k=3))
    subject = draw.choice(SUBJECTS)
    described = " ".join(draw.choices((*SUBJECTS, *WAYS, *KINDS, *COLUMNS), k=14)).capitalize()
    title = f"{draw.choice(KINDS)} {subject} {' '.join(draw.sample(WAYS, 3))} {own}".capitalize()
    columns = [(column, draw.choice(SUBJECTS)) for column in draw.sample(COLUMNS, 10)]
    fields = [open_field(f"{column}_{of}", f"{column} {of}".title()) for column, of in columns]
    withheld = [{"name": "catatan_petugas", "title": "Catatan petugas", "type": "string"}] if seed % 2 else []
    said = {
        "id": name,
        "department": f"dinas-{draw.randrange(40)}",
        "title": {"id": title, "en": f"{draw.choice(ENGLISH)} {own}".title()},
        "description": {
            "id": f"{described}. Satu baris satu {subject}.",
            "en": f"About {' '.join(draw.choices(ENGLISH, k=8))}.",
        },
        "theme": draw.choice(THEMES),
        "keywords": {"id": draw.sample(SUBJECTS, 3), "en": draw.sample(ENGLISH, 2)},
        "license": "CC-BY-4.0",
        "origin": "sample",
        "source": {"kind": "csv", "location": "contoh.csv"},
        "fields": [*fields, *withheld],
    }
    return Contract.model_validate(said).described()


def open_field(name: str, title: str) -> dict[str, str]:
    return {"name": name, "title": title, "type": "string", "access": "open"}


def placed(
    public: Path, dataset: Dataset, at: datetime = NOW, rows: int = 100, previous: ReleaseReference | None = None
) -> Entry:
    """A release of a dataset, put where it belongs: its documents, and data files of a few bytes."""
    described = document(dataset)
    release = f"{at:%Y-%m-%d}-{digest(described + str(rows).encode())[:8]}"
    formats: tuple[Format, ...] = ("csv", "parquet", "json") if dataset.id == REGISTER else ("csv", "parquet")
    manifest = Manifest(
        city=CITY.id,
        dataset=dataset.id,
        release=release,
        issued=at,
        rows=rows,
        inputs=INPUTS,
        distributions=tuple(
            Distribution(path=f"{dataset.id}.{one}", format=one, bytes=6, sha256="0" * 64) for one in formats
        ),
        documents=(),
        previous=previous,
    )
    account = RowAccount(read=rows, quarantined=0, staged=rows, published=rows)
    report = Report(city=CITY.id, dataset=dataset.id, contract="b" * 64, rows=account, findings=())
    contents = {
        layout.CONTRACT: described,
        layout.VALIDATION: document(report),
        layout.PREVIEW: json.dumps({"rows": [["contoh"] * len(dataset.public_fields)] * 20}).encode(),
        layout.MANIFEST: document(manifest),
        **{file.path: b"contoh" for file in manifest.distributions},
    }
    for name, content in contents.items():
        put(public / layout.release(CITY.id, dataset.id, release) / name, content)
    whole = Release(manifest, dataset, report, ())
    for syntax in joined.SYNTAXES:  # what the catalog's own DCAT is joined from
        told = joined.dataset_document(CITY, whole, syntax)
        put(public / layout.dcat_dataset(CITY.id, dataset.id, syntax), told.encode())
    return Entry(current=store.reference(manifest))


def placed_register(public: Path, datasets: int, at: datetime) -> Entry:
    """The register of what every second dataset withholds."""
    listed = register.rows(CITY, (described(number, f"dataset-{number:05}") for number in range(datasets)), at.date())
    entry = placed(public, register_contract(CITY, "sample").described(), at, len(listed))
    assert entry.current is not None
    folder = public / layout.release(CITY.id, REGISTER, entry.current.release)
    (folder / layout.data_file(REGISTER, "json")).write_bytes(register.document(listed))
    return entry


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def draw_once(public: Path) -> None:
    """What speaks of the whole city; the pages of its datasets are left out, since nobody reads them here."""
    pointer = pointer_of(public)
    for path, content in city_pages(public, pointer, renewed(public, pointer, Last())).items():
        put(public / path, content)
    with store.drawing(public, CITY.id, drawing(pointer)):
        pass


def pointer_of(public: Path) -> Pointer:
    pointer = read_pointer(public, CITY.id)
    assert pointer is not None
    return pointer


WRITTEN: list[Path] = []


def note_a_rename(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "os.rename":
        WRITTEN.append(Path(arguments[1]))


def publish(public: Path, label: str, name: str, seed: int, rows: int = 100) -> None:
    """Publish a dataset as `flows.release` does, and print what that took."""
    before = pointer_of(public).datasets.get(name, Entry())
    at = NOW + timedelta(days=1, seconds=seed)
    move(public, label, name, placed(public, described(seed, name), at, rows, before.current), at)


def publish_register(public: Path, datasets: int) -> None:
    """A register that lists one dataset less."""
    at = NOW + timedelta(days=2)
    move(public, "a register that changed", REGISTER, placed_register(public, datasets - 1, at), at)


def move(public: Path, label: str, name: str, entry: Entry, at: datetime) -> None:
    """Move the pointer and draw, timed; what was renamed into the public zone was written."""
    WRITTEN.clear()
    moments = [(time.perf_counter(), time.process_time())]
    pointer = pointer_of(public).moved(name, entry, at)
    store.move_pointer(public, pointer)
    moments.append((time.perf_counter(), time.process_time()))
    draw_dataset(public, pointer, name)
    moments.append((time.perf_counter(), time.process_time()))
    draw_catalog(public, pointer)
    moments.append((time.perf_counter(), time.process_time()))
    steps = zip(("pointer", "its pages", "the catalog"), pairwise(moments), strict=True)
    told = ", ".join(f"{step} {after[1] - before[1]:.2f}" for step, (before, after) in steps)
    (began, _), (ended, _) = moments[0], moments[-1]
    written = [path for path in WRITTEN if path.is_relative_to(public)]
    size = sum(path.stat().st_size for path in written)
    print(
        f"  {label:32} {ended - began:6.2f} s (processor: {told}); {len(written)} files, {size / 1e6:.1f} MB",
        flush=True,
    )


def weigh(public: Path) -> None:
    """The sizes of what a reader's search loads, as a server sends it, and of the longest pages."""
    index, lists = public / layout.search_index(CITY.id), public / layout.city(CITY.id)
    for label, files in (
        ("vocabulary", index.glob("vocabulary.js")),
        ("terms, a part", index.glob("terms-*.js")),
        ("cards, a part", index.glob("cards-*.js")),
        ("home", [public / layout.city_page(CITY.id)]),
        ("lists by letter", lists.glob("datasets/*.html")),
        ("lists by theme", lists.glob("themes/*/index.html")),
        ("lists by department", lists.glob("departments/*/index.html")),
        ("all cards", [public / layout.cards(CITY.id)]),
    ):
        sizes = sorted((len(gzip.compress(path.read_bytes())), path.stat().st_size) for path in files)
        packed, plain = sizes[len(sizes) // 2]
        told = f"median {packed / 1e3:.1f} kB ({plain / 1e3:.0f} kB), largest {sizes[-1][0] / 1e3:.1f} kB"
        print(f"  {label:20} {len(sizes):4} files, {told}", flush=True)


def search(public: Path) -> None:
    """Seconds of a query in Chromium, from the folder, the first one and the same again."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for query in QUERIES:
            page = browser.new_page()
            page.goto((public / layout.search_page(CITY.id)).as_uri())
            (first, hits), (again, _) = (page.evaluate(TIMED, query) for _ in range(2))
            print(f"  {query!r:34} first {first:4.0f} ms, again {again:4.0f} ms, {hits} datasets", flush=True)
        browser.close()


TIMED = """async (query) => {
  const began = performance.now();
  const { hits } = await paluSearch.find(query);
  return [performance.now() - began, hits.length];
}"""


if __name__ == "__main__":
    sys.addaudithook(note_a_rename)
    main()
