"""Headers as offices write them -> names, titles and units of fields. Knows headers only, never a cell."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST = 63
ACRONYMS = frozenset(
    {"nik", "kk", "npwp", "nip", "nisn", "npsn", "rt", "rw", "hp", "wa", "opd", "apbd", "pbb", "umkm", "pkl"}
)
_PLAIN_UNITS = """
ha hektar m m2 m² m3 m³ km km2 km² cm mm kg ton kuintal liter jiwa orang kk unit buah ekor paket titik
lembar jam menit hari bulan tahun derajat °c ℃ volt watt kwh kva lumen km/jam liter/detik
"""
UNITS = {
    "rp": "rupiah",
    "rp.": "rupiah",
    "rupiah": "rupiah",
    "juta rp": "juta rupiah",
    "juta rupiah": "juta rupiah",
    "%": "persen",
    "persen": "persen",
    **{unit: unit for unit in _PLAIN_UNITS.split()},
    "°c": "°C",
    "℃": "°C",
    "µg/m³": "µg/m³",
    "μg/m³": "µg/m³",
    "jiwa/km2": "jiwa/km2",
    "jiwa/km²": "jiwa/km2",
}
"""What stands in brackets behind a title, in lower case, and the unit as a contract states it."""
_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember"
MONTHS = frozenset(_MONTHS.split())
_AREAS = {
    "kec": "Kecamatan",
    "kecamatan": "Kecamatan",
    "kel": "Kelurahan",
    "kelurahan": "Kelurahan",
    "desa": "Desa",
    "kab": "Kabupaten",
    "kabupaten": "Kabupaten",
    "bulan": "Bulan",
    "triwulan": "Triwulan",
    "tahun": "Tahun",
}
_BRACKETED = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")


def title_and_unit(header: str) -> tuple[str, str | None]:
    """`LUAS (Ha)` -> ("Luas", "ha"); brackets that hold no unit stay in the title."""
    found = _BRACKETED.match(header)
    unit = UNITS.get(found[2].casefold()) if found else None
    return _title(found[1] if found and unit else header), unit


def unit_of(cell: str) -> str | None:
    """The unit that a cell of a units row names: `(Rp)`, `Ha`."""
    return UNITS.get(cell.strip().strip("()[]").strip().casefold())


def of_sheets(sheets: Iterable[str]) -> str:
    """What the names of sheets are: months, or only sheets."""
    return "Bulan" if all(MONTHS & set(sheet.casefold().split()) for sheet in sheets) else "Lembar"


def of_sections(titles: Sequence[str]) -> str:
    """What the rows that title a part of a table name: the word that all of them begin with, such as `Kecamatan`."""
    first = {title.split()[0].strip(".:").casefold() for title in titles if title.split()}
    word = next(iter(first)) if len(first) == 1 and len(set(titles)) > 1 else ""
    return _AREAS.get(word, "Kelompok")


def field_name(title: str, taken: set[str]) -> str:
    """A name for a column: lower case and underscores, of its own among `taken`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not name[:1].isalpha():
        name = f"kolom_{name}".strip("_")
    name = name[:LONGEST].strip("_")
    number, first = 2, name
    while name in taken:
        name = f"{first[: LONGEST - 4]}_{number}"
        number += 1
    return name


def identifier(text: str) -> str:
    """The name of a dataset, as it stands in an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    name = name if name[:1].isalpha() else f"data-{name}".strip("-")
    return name[:80].strip("-")


def _title(header: str) -> str:
    """A header without shouting and underscores."""
    text = " ".join(header.replace("_", " ").split())
    if text != text.upper() and text != text.lower():
        return text
    words = [word.upper() if word.casefold() in ACRONYMS else word.lower() for word in text.split(" ")]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]
