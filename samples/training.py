"""Participants of BKPSDM's digital training, as its application exports them: semicolons, cp1252, CRLF.

Faults on purpose: typographic dashes and quotes, spaces inside NIP and around departments, decimal commas,
a semicolon inside a quoted remark, an empty last line.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from random import Random

from samples.people import employee_number, name

TRAININGS = (
    "Literasi Digital \N{EN DASH} Dasar",
    "“Satu Data” untuk Produsen Data",
    "Keamanan Informasi",
    "Analisis Data",
)
GRADES = ("II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a")


@dataclass(frozen=True, slots=True)
class TrainingExport:
    """A city's header, and how many of each department took part; three departments are small on purpose."""

    header: tuple[str, ...]
    participants: dict[str, int]


PALU = TrainingExport(
    (
        "No",
        "NIP",
        "Nama Lengkap",
        "Unit Kerja",
        "Golongan",
        "Nama Pelatihan",
        "Tanggal Mulai",
        "Nilai",
        "Keterangan",
    ),
    {
        "Dinas Komunikasi dan Informatika": 19,
        "Dinas Pendidikan dan Kebudayaan": 14,
        "Dinas Kesehatan": 13,
        "Badan Kepegawaian dan Pengembangan SDM Daerah": 11,
        "Sekretariat Daerah": 10,
        "Badan Perencanaan Pembangunan Daerah \N{EN DASH} Litbang": 9,
        "Dinas Perhubungan": 8,
        "Dinas Pekerjaan Umum dan Penataan Ruang": 7,
        "Dinas Kependudukan dan Pencatatan Sipil": 6,
        "Dinas Lingkungan Hidup": 5,
        "Inspektorat Daerah": 4,
        "Dinas Sosial": 3,
        "Satuan Polisi Pamong Praja": 2,
    },
)
JAMBI = TrainingExport(
    (
        "No",
        "NIP",
        "Nama Pegawai",
        "Perangkat Daerah",
        "Gol.",
        "Pelatihan",
        "Tgl Mulai",
        "Nilai Akhir",
        "Catatan",
    ),
    {
        "Dinas Komunikasi dan Informatika": 18,
        "Dinas Pendidikan": 15,
        "Dinas Kesehatan": 13,
        "Badan Kepegawaian dan Pengembangan SDM Daerah": 11,
        "Sekretariat Daerah": 10,
        "Badan Perencanaan Pembangunan Daerah \N{EN DASH} Litbang": 9,
        "Dinas Perhubungan": 9,
        "Dinas Pekerjaan Umum dan Penataan Ruang": 8,
        "Dinas Kependudukan dan Pencatatan Sipil": 6,
        "Dinas Pariwisata dan Kebudayaan": 5,
        "Inspektorat": 4,
        "Dinas Ketahanan Pangan": 3,
        "Dinas Perpustakaan dan Arsip": 1,
    },
)


def write(path: Path, random: Random, export: TrainingExport) -> None:
    """Writes the CSV of a city."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(export.header)
    writer.writerows(_rows(random, export.participants))
    writer.writerow([""] * len(export.header))
    path.write_bytes(text.getvalue().encode("cp1252"))


def _rows(random: Random, participants: dict[str, int]) -> list[list[str]]:
    departments = [department for department, count in participants.items() for _ in range(count)]
    random.shuffle(departments)
    numbers = _employee_numbers(random, len(departments))
    return [
        [
            str(row),
            _spaced(number) if row % 9 == 0 else number,
            name(random),
            f"{department} " if row % 7 == 0 else department,
            random.choice(GRADES),
            random.choice(TRAININGS),
            f"{random.randint(2, 27):02}/{random.randint(1, 3):02}/2026",
            f"{random.randint(120, 199) / 2:.1f}".replace(".", ","),
            f"izin satu hari; tugas susulan nomor {row}" if row % 11 == 0 else "",
        ]
        for row, (department, number) in enumerate(zip(departments, numbers, strict=True), start=1)
    ]


def _employee_numbers(random: Random, count: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[employee_number(random)] = None
    return tuple(found)


def _spaced(number: str) -> str:
    return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
