"""What offices put between the rows of a sheet's table: units, column numbers, printed headers, title rows, remarks.

Text alone says it, so nothing of a file's format stands here. Delimited text is an export and has none of it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .columns import folded
from .rows import Cells, Row, Shape, Skipped, begins_as_total, counts_columns, filled, first_text, less_than_half

_UNITS = """
rp idr rupiah ribu juta miliar milyar jt rb % persen jiwa orang org kk rt rw ha hektar hektare km km2 km² m m2 m²
m3 m³ cm mm kg gram g ton kw kuintal liter lt l unit buah bh ekor batang pohon lembar paket kali hari bulan tahun
jam menit detik titik lokasi desa kelurahan kecamatan kwh kva mw watt celcius °c c derajat ° mdpl mg/l µg/m³ ppm
dokumen kegiatan laporan kasus jiwa/km2 jiwa/km² kw/ha ton/ha sekolah kelas siswa guru
"""
UNIT_WORDS = frozenset(_UNITS.split())
_BRACKETED = re.compile(r"[(\[][^()\[\]0-9]{1,30}[)\]]")
_NOTE = re.compile(
    r"(?:sumber(?:\s+data)?|catatan|keterangan|ket|cat|note|source|nb)\s*[.]?\s*:|\*+\s*\)?\s*\S|\d\)\s+\D|r\)|x\)",
    re.I,
)
_SIGNATURE = re.compile(
    r"mengetahui\b|menyetujui\b|kepala\s+(?:dinas|badan|bidang|seksi|sub)\b.*,$|nip[\s.:]*\d{6}"
    r"|[^\W\d]+(?:\s[^\W\d]+)?,\s+(?:\d{1,2}|[.…_\s]+)\s*[^\W\d]+\s+\d{4}$",
    re.IGNORECASE,
)
_AREA_TOTAL = re.compile(
    r"(?:sub\s*)?(?:jumlah|total)\s+(?:kec|kecamatan|kel|kelurahan|desa|kab|kabupaten|kota|prov|provinsi|keseluruhan"
    r"|seluruh(?:nya)?|umum|akhir|i{1,3}|iv|vi{0,3}|ix|x|[a-h])\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:[ivxlc]{1,6}|[a-z]|\d{1,3}(?:\.\d{1,3})*)\s*[.)]?", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:kec|kecamatan|kel|kelurahan|desa|kab|kabupaten|kota|prov|provinsi|wilayah|zona|bagian|bidang|seksi|kelompok"
    r"|dinas|badan|kantor|upt|uptd|bulan|triwulan|semester|tahun)\b\.?\s*\S|(?:[ivxlc]{1,6}|[a-z])\s*[.)]\s*\S",
    re.IGNORECASE,
)
LONGEST_REMARK = 200
"""Letters. What is longer titles nothing and signs nothing, and of a note its beginning tells."""
SECTIONS_AT_MOST = 20
"""Title rows one below the other; more are rows of another kind."""


@dataclass(frozen=True, slots=True)
class Sections:
    """Where title rows may stand, and whether the contract asks for them."""

    shape: Shape
    spanned: frozenset[int]
    asked: bool


def furniture(rows: Iterable[Row], window: Sequence[Row], skipped: Skipped) -> Iterator[Row]:
    """The rows without what belongs to a header: units and column numbers under it, and the header printed again."""
    below_header = True
    printed = 0
    header = [[folded(cell) for cell in cells if cell.strip()] for _, cells in window]
    for row in rows:
        if printed < len(header) and _repeats(row[1], header[printed], printed):
            skipped["repeated"] += 1
            printed, below_header = printed + 1, True
            continue
        printed = 0
        if below_header and counts_columns(row[1]):
            skipped["numbering"] += 1
        elif below_header and is_units(row[1]):
            skipped["units"] += 1
        else:
            below_header = below_header and not any(cell.strip() for cell in row[1])
            yield row


def is_note(cells: Cells) -> bool:
    """Whether a row's first text begins as a note or a source does."""
    return bool(_NOTE.match(first_text(cells)[:LONGEST_REMARK]))


def is_units(cells: Cells) -> bool:
    """Whether every filled cell names a unit: `(Rp)`, `Ha`, `%`. One alone must stand in brackets."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    if not texts or not all(_BRACKETED.fullmatch(text) or folded_unit(text) in UNIT_WORDS for text in texts):
        return False
    return len(texts) > 1 or (bool(_BRACKETED.fullmatch(texts[0])) and folded_unit(texts[0][1:-1]) in UNIT_WORDS)


def folded_unit(text: str) -> str:
    """A unit as the list writes it."""
    return text.strip("()[] .").casefold()


def without_remarks(rows: Iterable[Row], shape: Shape, skipped: Skipped) -> Iterator[Row]:
    """The rows without notes, signatures and totals of an area, wherever they stand."""
    for row in rows:
        first = first_text(row[1])[:LONGEST_REMARK]
        if first and _is_subtotal(first, row[1], shape) and _alone_among_texts(row[1]):
            skipped["total"] += 1
        elif first and _is_sparse(row[1], shape) and is_note(row[1]):
            skipped["note"] += 1
        elif first and _is_sparse(row[1], shape) and _is_signature(row[1]):
            skipped["footer"] += 1
        else:
            yield row


def without_sections(
    rows: Iterable[Row], sections: Sections, skipped: Skipped, carried: Callable[[Row, str], Row]
) -> Iterator[Row]:
    """The rows without those that title what follows; `carried` gives a row the title above it.

    A title is one only where data follows: otherwise the row goes on, to be judged as any other.
    """
    title = ""
    pending: list[Row] = []
    for row in rows:
        blank = not any(cell and not cell.isspace() for cell in row[1])
        if len(pending) < SECTIONS_AT_MOST and (is_section(row, sections) or (blank and pending)):
            pending.append(row)
            continue
        titles = [] if less_than_half(row[1], sections.shape.wanted) else [one for one in pending if any(one[1])]
        for one in pending:
            if one in titles:
                skipped["section"] += 1
                title = _title(one[1])
            else:
                yield carried(one, title)
        pending = []
        yield carried(row, title)
    yield from (carried(one, title) for one in pending)


def is_section(row: Row, sections: Sections) -> bool:
    """Whether a row holds one text alone that titles what follows; a number such as `I.` may stand before it.

    Where the contract asks for titles, a lone text at the left is one. Otherwise it must be merged over the table,
    stand where no field is, or lack what is required and begin as titles do: a lone cell may be a row's only value.
    """
    shape = sections.shape
    found = filled(row[1], at_most=3)
    if not 1 <= len(found) <= 2 or len(shape.wanted) < 2:
        return False
    text, left = row[1][found[-1]].strip(), min(shape.wanted)
    if (
        len(text) > LONGEST_REMARK
        or sum(map(str.isalpha, text)) < 2
        or (len(found) == 2 and not _counts(row[1][found[0]], text))
    ):
        return False
    if row[0] in sections.spanned or found[-1] < left:
        return True
    if sections.asked:
        return found[0] <= left
    return found[0] <= left and any(at not in found for at in shape.required) and bool(_TITLED.match(text))


def _counts(cell: str, title: str) -> bool:
    """Whether a cell numbers a title: `I.`, `A`; a plain number does so only where the title begins as titles do."""
    ordinal = cell.strip()
    return bool(_ORDINAL.fullmatch(ordinal)) and (not ordinal[:1].isdigit() or bool(_TITLED.match(title)))


def spanned_rows(merges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> frozenset[int]:
    """The rows, from 1, that are merged over three columns or more: no value is written so."""
    return frozenset(first[0] + 1 for first, last in merges if first[0] == last[0] and last[1] - first[1] >= 2)


def _title(cells: Cells) -> str:
    return " ".join(" ".join(cell.split()) for cell in cells if cell.strip())


def _repeats(cells: Cells, header: Sequence[str], position: int) -> bool:
    if not header or (position == 0 and len(header) < 2):
        return False
    texts = [cell for cell in cells if cell and not cell.isspace()]
    return len(texts) == len(header) and all(folded(text) == name for text, name in zip(texts, header, strict=True))


def _is_subtotal(first: str, cells: Cells, shape: Shape) -> bool:
    """`Jumlah Kec. Ulujadi`, or any sum that lacks what no row of data lacks: `Jumlah siswa` alone may be a datum."""
    if _AREA_TOTAL.match(first):
        return True
    return begins_as_total(first) and any(at >= len(cells) or not cells[at].strip() for at in shape.required)


def _alone_among_texts(cells: Cells) -> bool:
    """Whether the first filled cell is the only one with letters: the others are the sums."""
    return sum(1 for cell in cells if any(map(str.isalpha, cell))) == 1


def _is_sparse(cells: Cells, shape: Shape) -> bool:
    """Whether a row holds a single cell, or less than half of what is wanted, where more than one column is."""
    return len(shape.wanted) > 1 and (len(filled(cells, at_most=2)) == 1 or less_than_half(cells, shape.wanted))


def _is_signature(cells: Cells) -> bool:
    return any(_SIGNATURE.match(cell.strip()) for cell in cells if cell and len(cell) <= LONGEST_REMARK)
