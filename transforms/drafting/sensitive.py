"""Columns that may hold what the law exempts, by their header and by their cells: a hint for the PPID, no decision."""

import re

from schemas.contracts import LocalText
from schemas.tables import repeating
from transforms.detection.columns import tallies_of_texts
from transforms.detection.tally import TELLING, is_telling, of_text

from .facts import PLAIN, Table
from .types import QUANTITIES

PERSONS = (
    "pemilik|penanggung jawab|ketua|petugas|pegawai|siswa|murid|pasien|ibu|ayah|anak|orang tua|wali|peserta|kepala"
    "|pengurus|juru|penerima|pemohon|kontak|pelapor|pengelola|direktur|pimpinan|penyewa|pedagang|korban|saksi"
)
WORDS: dict[str, str] = {
    "person": rf"^nama$|^nama lengkap$|^nama ({PERSONS})|({PERSONS}) nama|^({PERSONS})$|^nama orang",
    "birth": r"lahir|umur|usia",
    "address": r"alamat|domisili|tempat tinggal",
    "account": r"rekening|no rek|norek",
    "health": r"penyakit|diagnosa|diagnosis|disabilitas|difabel|riwayat|hiv|status gizi",
    "belief": r"agama|suku|etnis",
    "income": r"gaji|penghasilan|pendapatan keluarga|tunjangan",
    "family": r"status kawin|status perkawinan|status pernikahan",
    "likeness": r"foto|sidik jari|tanda tangan|ttd",
}
"""What a header says of its cells; the numbers and addresses that name a person, the detectors' own words tell."""


def sensitive(table: Table, column: str, title: str) -> tuple[str, ...]:
    """The closed words of what a column may hold: those of `WORDS`, and the detectors' kinds."""
    plain = " ".join(re.findall(r"\w+", title.lower()))
    by_name = [word for word, pattern in WORDS.items() if re.search(pattern, plain)]
    named = PLAIN.model_copy(update={"title": LocalText(id=title)})
    counts = bool(set(plain.split()) & QUANTITIES)
    telling = [kind for kind in TELLING if not counts and is_telling(named, kind)]
    repeated = repeating(table.connection, table.path, [column])
    tallies = tallies_of_texts(table.connection, table.path, column, repeated)
    found = [tally.kind for tally in tallies if of_text(tally, telling)]
    return tuple(dict.fromkeys((*by_name, *(kind for kind in (*telling, *found) if kind != "formula"))))
