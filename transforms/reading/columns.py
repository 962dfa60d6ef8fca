"""Which column of a source means which field. Knows headers only, never a cell.

A header stands in an error only where it cannot be somebody's data: what was taken for a header may be a row.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from schemas.errors import SupplierError

from .table import SECTION_COLUMN, SHEET_COLUMN

SHOWN_LENGTH = 60
NUMBERING_HEADERS = frozenset({"no", "nomor", "no urut", "nomor urut"})
HIDDEN = "…"
_HEADING_TEXT = """
no nomor kode id nik nip kk npwp nisn nama jenis kelamin tempat tanggal tgl lahir bulan tahun waktu jam hari
alamat rt rw kelurahan desa kecamatan kabupaten kota provinsi telepon telp hp wa email surel catatan
keterangan ket status jumlah total nilai harga tarif biaya satuan luas panjang lebar lintang bujur koordinat
latitude longitude lokasi jabatan golongan pangkat unit kerja instansi dinas pekerjaan pendidikan agama umur
usia foto file daya tampung kapasitas merek merk tipe model ukuran berat volume suhu kelas kategori uraian kegiatan
program anggaran realisasi pagu sumber dana pendapatan retribusi setoran target capaian persentase persen rata awal
akhir mulai selesai masuk keluar petugas penanggung jawab pemilik pengelola kondisi laki perempuan semester triwulan
baru lama hasil jarak kecepatan frekuensi banyak banyaknya besar rincian indikator periode tanda tangan
"""
HEADING_WORDS = frozenset(_HEADING_TEXT.split())
"""What headers are made of in offices' files, and people's names are not."""
KINSHIP = 0.65
"""How like a heading of the contract a misspelt or renamed one is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field as reading needs it: the headers that mean it, best first, and whether no row may lack it."""

    variants: tuple[str, ...]
    required: bool


@lru_cache(maxsize=65_536)
def folded(header: str) -> str:
    """A header without what offices vary: case, punctuation, white space. `@` marks the columns that reading adds."""
    if header in (SHEET_COLUMN, SECTION_COLUMN):
        return header
    plain = unicodedata.normalize("NFKC", header).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip() or plain.strip()


def shown(header: str) -> str:
    """The header, or `HIDDEN` where it might be a value: long, many digits in a row, an address."""
    digits = re.search(r"\d{6}", re.sub(r"[\s.,/'-]", "", header))
    if len(header) > SHOWN_LENGTH or digits or "@" in header or not header.isprintable():
        return HIDDEN
    return header


def told(header: str, wanted: Iterable[Wanted]) -> str:
    """The header where it is plainly one: made of heading words, or akin to a heading of the contract.

    Anything else may be a cell: a file without a header, or one whose columns are called after people.
    """
    name, headings = folded(header), [folded(variant) for field in wanted for variant in field.variants]
    known = HEADING_WORDS.union(*(heading.split() for heading in headings))
    plain = set(name.split()) <= known or get_close_matches(name, headings, n=1, cutoff=KINSHIP)
    return shown(header) if header and plain else HIDDEN


def matched(columns: tuple[str, ...], computed: frozenset[str], wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
    """For each field its column. Empty names are columns without a header: they count in positions only.

    SupplierError: `column_missing`, `column_unknown`, both at once as `columns_differ`, `column_twice`.
    """
    found = assigned(columns, wanted)
    claimed = set(found.values())
    free = [at for at, name in enumerate(columns) if name and at not in claimed]
    _refuse_twice(columns, [at for at in free if columns[at] not in computed], wanted, found)
    missing = [field for number, field in enumerate(wanted) if number not in found]
    _refuse_difference(columns, [at for at in free if columns[at] not in computed], missing, wanted)
    return tuple(columns[found[number]] for number in range(len(wanted)))


def assigned(columns: Sequence[str], wanted: tuple[Wanted, ...]) -> dict[int, int]:
    """Field number -> column position. First variants choose first: no later one takes their column away."""
    positions: dict[str, int] = {}
    for at, name in enumerate(columns):
        if name:
            positions.setdefault(folded(name), at)
    found: dict[int, int] = {}
    ranked = sorted(
        (rank, number, folded(variant))
        for number, field in enumerate(wanted)
        for rank, variant in enumerate(field.variants)
    )
    for _, number, name in ranked:
        if number not in found and name in positions:
            found[number] = positions.pop(name)
    return found


def numbering_columns(columns: Sequence[str], wanted: tuple[Wanted, ...]) -> tuple[int, ...]:
    """Positions of running-number columns that no field wants: nearly every office has one."""
    claimed = set(assigned(columns, wanted).values())
    return tuple(at for at, name in enumerate(columns) if at not in claimed and folded(name) in NUMBERING_HEADERS)


def expected_headers(wanted: Iterable[Wanted]) -> str:
    """The headers that a file should have, as a message lists them."""
    return ", ".join(field.variants[0] for field in wanted)


def unknown(columns: Sequence[str], positions: Sequence[int], wanted: Sequence[Wanted]) -> SupplierError:
    """The error that names columns which no field knows."""
    return SupplierError("column_unknown", **_named(columns, positions, wanted))


def distinct(columns: Sequence[str], reserved: Sequence[str] = ()) -> tuple[str, ...]:
    """The same names, each usable beside the others in a database, which ignores case."""
    used = {name.casefold() for name in reserved}
    names = []
    for at, name in enumerate(columns):
        plain = f"{name}_" if name.casefold() in reserved else name or f"kolom_{at + 1}"
        name, number = plain, 1
        while name.casefold() in used:
            number += 1
            name = f"{plain} ({number})"
        used.add(name.casefold())
        names.append(name)
    return tuple(names)


def _named(columns: Sequence[str], positions: Sequence[int], wanted: Sequence[Wanted]) -> dict[str, str]:
    return {
        "columns": ", ".join(told(columns[at], wanted) for at in positions),
        "positions": ", ".join(str(at + 1) for at in positions),
    }


def _refuse_twice(
    columns: Sequence[str], free: Sequence[int], wanted: tuple[Wanted, ...], found: dict[int, int]
) -> None:
    for number, position in found.items():
        meanings = {folded(variant) for variant in wanted[number].variants}
        again = [at for at in free if folded(columns[at]) in meanings]
        if again:
            raise SupplierError("column_twice", **_named(columns, sorted((position, *again)), wanted))


def _refuse_difference(
    columns: Sequence[str], surplus: Sequence[int], missing: Sequence[Wanted], wanted: Sequence[Wanted]
) -> None:
    expected = expected_headers(missing)
    if missing and surplus:
        raise SupplierError("columns_differ", expected=expected, **_named(columns, surplus, wanted))
    if surplus:
        raise unknown(columns, surplus, wanted)
    if missing:
        raise SupplierError("column_missing", expected=expected, nearest=_nearest(columns, missing, wanted))


def _nearest(columns: Sequence[str], missing: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    headers = {folded(name): name for name in columns if told(name, wanted) != HIDDEN}
    near = [
        headers[name]
        for field in missing
        for name in get_close_matches(folded(field.variants[0]), headers, n=1, cutoff=0.3)
    ]
    return ", ".join(dict.fromkeys(near)) or HIDDEN
