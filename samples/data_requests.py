"""What people have asked the city for, as the PPID's register of requests is exported: commas, UTF-8.

Every request, answer and name is invented.
"""

import csv
import io
from pathlib import Path
from random import Random

from samples.people import name

HEADER = (
    "Nomor", "Tanggal Permintaan", "Nama Pemohon", "Data yang Diminta", "Status", "Tanggal Tanggapan", "Tanggapan",
    "Dasar Penolakan",
)  # fmt: skip
REQUESTS = (
    ("2026-08-03", "Jadwal dan rute angkutan umum dalam kota", "dipenuhi", "2026-08-12",
     "Disiapkan sebagai dataset baru oleh Dinas Perhubungan.", ""),
    ("2026-08-10", "Titik lampu jalan yang padam menurut kelurahan", "diproses", "2026-08-21",
     "Diperpanjang 7 hari kerja; data sedang dihimpun.", ""),
    ("2026-08-19", "Daftar nama dan alamat penerima bantuan sosial", "ditolak", "2026-08-31",
     "Jumlah penerima menurut kelurahan dapat diterbitkan sebagai gantinya.", "UU 14/2008 Pasal 17 huruf h"),
    ("2026-09-02", "Realisasi anggaran pemeliharaan jalan tahun 2025", "dipenuhi", "2026-09-14",
     "Dikirim kepada pemohon dan masuk rencana penerbitan.", ""),
    ("2026-09-15", "Hasil uji kualitas air sungai Palu lima tahun terakhir", "diproses", "2026-09-28",
     "Sedang diminta kepada Dinas Lingkungan Hidup.", ""),
    ("2026-09-24", "Rekaman kamera pengawas di simpang jalan", "ditolak", "2026-10-06",
     "Rekaman memuat wajah dan nomor kendaraan orang.", "UU 27/2022 Pasal 4 dan UU 14/2008 Pasal 17 huruf h"),
    ("2026-10-05", "Jumlah murid dan guru menurut sekolah", "dipenuhi", "2026-10-16",
     "Tautan ke data Dinas Pendidikan diberikan.", ""),
    ("2026-10-13", "Zona rawan likuefaksi dalam bentuk peta", "diproses", "2026-10-26",
     "Menunggu izin penerbitan dari pemilik peta.", ""),
    ("2026-11-02", "Lokasi tempat pembuangan sampah sementara", "diterima", "", "", ""),
    ("2026-11-11", "Harga bahan pokok harian di pasar Masomba", "diterima", "", "", ""),
)  # fmt: skip


def write(path: Path, random: Random) -> None:
    """Writes the CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for number, (asked, data, status, answered, answer, ground) in enumerate(REQUESTS, start=1):
        writer.writerow([f"PI-2026-{number:03}", asked, name(random), data, status, answered, answer, ground])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
