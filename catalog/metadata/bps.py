"""Drafts of BPS' three forms of statistical metadata (Peraturan BPS 5/2020): MS-Keg, MS-Var and MS-Ind.

From the contract and the manifest alone, for the department to complete and hand in: a file that a spreadsheet
opens, marked as a draft. Nothing is guessed: what neither says stays empty, and is listed as such. The items are the
forms' own, in their words and order.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.shelf import Release
from schemas.contracts import City, ContractField, Coverage, Dataset
from schemas.messages import wording

from .addresses import contact_of, e_mail

FORMS = ("ms-keg", "ms-var", "ms-ind")
DRAFT, EMPTY = "Rancangan", "Belum terisi: dilengkapi oleh produsen data"

Row = Mapping[str, str | None]

ACTIVITY: tuple[tuple[str, str], ...] = (
    ("", "Judul Kegiatan"),
    ("", "Tahun Kegiatan"),
    ("", "Cara Pengumpulan Data"),
    ("", "Sektor Kegiatan"),
    ("", "Jenis Kegiatan Statistik"),
    ("", "Identitas Rekomendasi"),
    ("1.1", "Instansi Penyelenggara"),
    ("1.2", "Alamat Lengkap Instansi Penyelenggara"),
    ("1.2", "Telepon"),
    ("1.2", "Faksimile"),
    ("1.2", "E-mail"),
    ("2.1", "Unit Eselon 1 Penanggung Jawab"),
    ("2.1", "Unit Eselon 2 Penanggung Jawab"),
    ("2.2", "Penanggung Jawab Teknis: Jabatan"),
    ("2.2", "Penanggung Jawab Teknis: Alamat"),
    ("2.2", "Penanggung Jawab Teknis: Telepon"),
    ("2.2", "Penanggung Jawab Teknis: E-mail"),
    ("3.1", "Latar Belakang Kegiatan"),
    ("3.2", "Tujuan Kegiatan"),
    ("3.3", "Jadwal: Perencanaan Kegiatan"),
    ("3.3", "Jadwal: Desain"),
    ("3.3", "Jadwal: Pengumpulan Data"),
    ("3.3", "Jadwal: Pengolahan Data"),
    ("3.3", "Jadwal: Analisis"),
    ("3.3", "Jadwal: Diseminasi Hasil"),
    ("3.3", "Jadwal: Evaluasi"),
    ("3.4", "Variabel (Karakteristik) yang Dikumpulkan"),
    ("4.1", "Kegiatan Ini Dilakukan"),
    ("4.2", "Frekuensi Penyelenggaraan"),
    ("4.3", "Tipe Pengumpulan Data"),
    ("4.4", "Cakupan Wilayah Pengumpulan Data"),
    ("4.5", "Wilayah Kegiatan"),
    ("4.6", "Metode Pengumpulan Data"),
    ("4.7", "Sarana Pengumpulan Data"),
    ("4.8", "Unit Pengumpulan Data"),
    ("5.1", "Jenis Rancangan Sampel (khusus survei)"),
    ("5.2", "Metode Pemilihan Sampel Tahap Terakhir (khusus survei)"),
    ("5.3", "Metode yang Digunakan (khusus survei)"),
    ("5.4", "Kerangka Sampel Tahap Terakhir (khusus survei)"),
    ("5.5", "Fraksi Sampel Keseluruhan (khusus survei)"),
    ("5.6", "Nilai Perkiraan Sampling Error Variabel Utama (khusus survei)"),
    ("5.7", "Unit Sampel (khusus survei)"),
    ("5.8", "Unit Observasi (khusus survei)"),
    ("6.1", "Apakah Melakukan Uji Coba (Pilot Survey)?"),
    ("6.2", "Metode Pemeriksaan Kualitas Pengumpulan Data"),
    ("6.3", "Apakah Melakukan Penyesuaian Nonrespon?"),
    ("6.4", "Petugas Pengumpulan Data"),
    ("6.5", "Persyaratan Pendidikan Terendah Petugas Pengumpulan Data"),
    ("6.6", "Jumlah Petugas: Supervisor/Penyelia/Pengawas"),
    ("6.6", "Jumlah Petugas: Pengumpul Data/Enumerator"),
    ("6.7", "Apakah Melakukan Pelatihan Petugas?"),
    ("7.1", "Tahapan Pengolahan Data"),
    ("7.2", "Metode Analisis"),
    ("7.3", "Unit Analisis"),
    ("7.4", "Tingkat Penyajian Hasil Analisis"),
    ("8.1", "Ketersediaan Produk untuk Umum: Tercetak"),
    ("8.1", "Ketersediaan Produk untuk Umum: Digital"),
    ("8.1", "Ketersediaan Produk untuk Umum: Data Mikro"),
    ("8.2", "Rencana Rilis: Tercetak"),
    ("8.2", "Rencana Rilis: Digital"),
    ("8.2", "Rencana Rilis: Data Mikro"),
)
"""Number and wording of every item of MS-Keg."""
VARIABLE = (
    "Nama Variabel",
    "Alias",
    "Konsep",
    "Definisi",
    "Referensi Pemilihan",
    "Referensi Waktu",
    "Tipe Data",
    "Klasifikasi Isian",
    "Aturan Validasi",
    "Kalimat Pertanyaan",
    "Apakah Variabel Dapat Diakses Umum?",
)
INDICATOR = (
    "Nama Indikator",
    "Konsep",
    "Definisi",
    "Interpretasi",
    "Metode/Rumus Penghitungan",
    "Ukuran",
    "Satuan",
    "Klasifikasi Penyajian",
    "Indikator Komposit?",
    "Indikator Pembangun: Publikasi Ketersediaan",
    "Indikator Pembangun: Nama",
    "Variabel Pembangun: Kegiatan Penghasil",
    "Variabel Pembangun: Kode Kegiatan",
    "Variabel Pembangun: Nama",
    "Level Estimasi",
    "Apakah Indikator Dapat Diakses Umum?",
)

_FREQUENCIES = {
    "DAILY": "Harian",
    "WEEKLY": "Mingguan",
    "MONTHLY": "Bulanan",
    "QUARTERLY": "Triwulanan",
    "ANNUAL_2": "Semesteran",
    "ANNUAL": "Tahunan",
}
_SECTORS = {
    "AGRI": "Pertanian dan Perikanan",
    "EDUC": "Pendidikan dan Pelatihan",
    "ENVI": "Lingkungan",
    "HEAL": "Kesehatan",
    "TRAN": "Transportasi",
}
"""The form's sectors that mean what a data theme means; the others are the department's to choose."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet begins a formula."""


def drafts(city: City, release: Release) -> dict[str, bytes]:
    """The three files, by the form they are drafts of."""
    dataset = release.dataset
    filled = _activity(city, release)
    variables = (_variable(field, dataset.coverage) for field in dataset.fields)
    indicators = (_indicator(field, dataset) for field in dataset.public_fields if _is_measured(field))
    return {
        "ms-keg": _form([name for _, name in ACTIVITY], filled),
        "ms-var": _table(VARIABLE, variables),
        "ms-ind": _table(INDICATOR, indicators),
    }


def withdrawn() -> dict[str, bytes]:
    """What stands in their place where nothing of the dataset is published any more: the empty forms."""
    return {"ms-keg": _form([], {}), "ms-var": _table(VARIABLE, ()), "ms-ind": _table(INDICATOR, ())}


def _activity(city: City, release: Release) -> Row:
    dataset, manifest = release.dataset, release.manifest
    department = city.departments.get(dataset.department)
    day = manifest.issued.date()
    frequency = dataset.update.frequency if dataset.update else None
    return {
        "Judul Kegiatan": dataset.title.id,
        "Tahun Kegiatan": str(day.year),
        "Sektor Kegiatan": _SECTORS.get(dataset.theme),
        "Instansi Penyelenggara": department.id if department else None,
        "E-mail": e_mail(contact_of(dataset, city)),
        "Variabel (Karakteristik) yang Dikumpulkan": "; ".join(field.title.id for field in dataset.fields),
        "Kegiatan Ini Dilakukan": _repeated(frequency),
        "Frekuensi Penyelenggaraan": _FREQUENCIES.get(frequency or ""),
        "Wilayah Kegiatan": _place(city, dataset.coverage),
        "Ketersediaan Produk untuk Umum: Digital": "Ya",
        "Ketersediaan Produk untuk Umum: Data Mikro": "Tidak" if dataset.disclosure.aggregate else "Ya",
        "Rencana Rilis: Digital": day.isoformat(),
    }


def _repeated(frequency: str | None) -> str | None:
    if frequency is None:
        return None
    return "Hanya sekali" if frequency == "NEVER" else "Berulang"


def _place(city: City, coverage: Coverage | None) -> str:
    return coverage.place.id if coverage and coverage.place else city.name


def _variable(field: ContractField, coverage: Coverage | None) -> Row:
    definition = field.definition or field.description
    is_open = field.access == "open"
    return {
        "Nama Variabel": field.title.id,
        "Alias": field.name,
        "Konsep": field.concept.id if field.concept else None,
        "Definisi": definition.id if definition else None,
        "Referensi Waktu": _period(coverage),
        "Tipe Data": wording(f"type.{field.type}", "id"),
        "Klasifikasi Isian": _classification(field),
        "Aturan Validasi": "; ".join(_demands(field)) if is_open else None,
        "Apakah Variabel Dapat Diakses Umum?": "Ya" if is_open else "Tidak",
    }


def _indicator(field: ContractField, dataset: Dataset) -> Row:
    definition = field.definition or field.description
    aggregate = dataset.disclosure.aggregate
    by = [dataset.field(name).title.id for name in aggregate.by] if aggregate else []
    return {
        "Nama Indikator": field.title.id,
        "Konsep": field.concept.id if field.concept else None,
        "Definisi": definition.id if definition else None,
        "Ukuran": field.measure.id if field.measure else None,
        "Satuan": field.unit,
        "Klasifikasi Penyajian": "; ".join(by) or (field.classification.id if field.classification else None),
        "Variabel Pembangun: Kegiatan Penghasil": dataset.title.id,
        "Apakah Indikator Dapat Diakses Umum?": "Ya",
    }


def _is_measured(field: ContractField) -> bool:
    """Whether a column says how much of something there is: a number with a measure or a unit, and no coordinate."""
    return field.type in ("integer", "number") and bool(field.measure or field.unit) and field.axis is None


def _classification(field: ContractField) -> str | None:
    if field.classification:
        return field.classification.id
    listed = field.constraints.enum if field.access == "open" else None
    return "; ".join(listed) if listed else None


def _demands(field: ContractField) -> Iterator[str]:
    """What the contract demands of the values, in words; a list of values is the classification's."""
    for name, value in field.constraints.model_dump(exclude_defaults=True, exclude={"enum"}).items():
        yield wording(f"constraint.{name}", "id", value="" if value is True else value)


def _period(coverage: Coverage | None) -> str | None:
    days = (coverage.start, coverage.end) if coverage else ()
    return " s.d. ".join(day.isoformat() for day in days if day) or None


def _form(items: Iterable[str], filled: Row) -> bytes:
    numbers = {name: number for number, name in ACTIVITY}
    rows = [(DRAFT, numbers[name], name, filled.get(name) or "", "" if filled.get(name) else EMPTY) for name in items]
    return _written(("Status", "Nomor", "Rincian", "Isian", "Keterangan"), rows)


def _table(items: tuple[str, ...], rows: Iterable[Row]) -> bytes:
    header = ("Status", *items, "Belum terisi (dilengkapi oleh produsen data)")
    return _written(header, ((DRAFT, *(row.get(name) or "" for name in items), _left(items, row)) for row in rows))


def _left(items: tuple[str, ...], row: Row) -> str:
    return "; ".join(name for name in items if not row.get(name))


def _written(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> bytes:
    """CSV as Excel opens it by a double click: a byte order mark, and no text that it would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(tuple(_plain(cell) for cell in row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
