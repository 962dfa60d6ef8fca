"""Citizens' reports, as the complaints application's interface answers: nested JSON, records below `data`.

Faults on purpose: dates that do not exist or are words, stray spaces, reports that nobody has closed yet.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from samples.people import name, telephone
from samples.places import kelurahan_of_palu

REPORTS = 600
BROKEN_DATES = (
    "2026-02-30", "kemarin", "32/03/2026", "0000-00-00", "2026-13-01", "awal Maret", "2026-03-", "?",
    "03-2026",
)  # fmt: skip
SUBJECTS = {
    "Lampu jalan": "Lampu jalan padam di depan rumah saya",
    "Jalan rusak": "Jalan berlubang di dekat rumah saya",
    "Sampah": "Sampah belum diangkut dari depan rumah saya",
    "Drainase": "Selokan tersumbat di samping rumah saya",
    "Air bersih": "Air tidak mengalir di rumah saya",
}
DEPARTMENTS = {
    "Lampu jalan": "Dinas Perhubungan",
    "Jalan rusak": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "Sampah": "Dinas Lingkungan Hidup",
    "Drainase": "Dinas Pekerjaan Umum dan Penataan Ruang",
    "Air bersih": "Dinas Pekerjaan Umum dan Penataan Ruang",
}
FIRST_DAY = date(2026, 1, 1)


def write(path: Path, random: Random) -> None:
    """Writes the answer of the interface as a JSON file."""
    places = tuple(kelurahan for kelurahan, _ in kelurahan_of_palu())
    broken = dict(zip(random.sample(range(1, REPORTS + 1), len(BROKEN_DATES)), BROKEN_DATES, strict=True))
    reports = [_report(random, number, places, broken.get(number)) for number in range(1, REPORTS + 1)]
    answer = {"status": "ok", "jumlah": REPORTS, "data": reports}
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _report(random: Random, number: int, places: tuple[str, ...], broken_date: str | None) -> dict[str, Any]:
    subject = random.choice(tuple(SUBJECTS))
    received = FIRST_DAY + timedelta(days=random.randint(0, 89))
    is_closed = random.random() < 0.7
    reporter = _reporter(random, number)
    return {
        "nomor": f"LW-2026-{number:05}",
        "tanggal": broken_date or received.isoformat(),
        "kategori": f"{subject} " if number % 19 == 0 else subject,
        "isi": _text(subject, reporter, number),
        "lokasi": {
            "kelurahan": random.choice(places),
            "alamat": f"Jalan Contoh Lorong {number} Nomor {random.randint(1, 99)}",
        },
        "pelapor": reporter,
        "perangkat_daerah": DEPARTMENTS[subject],
        "status": "Selesai" if is_closed else random.choice(("Diterima", "Diproses")),
        "selesai": (received + timedelta(days=random.randint(0, 20))).isoformat() if is_closed else None,
    }


def _text(subject: str, reporter: dict[str, str], number: int) -> str:
    return f"{SUBJECTS[subject]}, hubungi {reporter['nama']} di {reporter['telepon']}. Laporan ke-{number}."


def _reporter(random: Random, number: int) -> dict[str, str]:
    return {
        "nama": name(random),
        "telepon": telephone(random),
        "email": f"pelapor.{number:04}@warga.example",
    }
