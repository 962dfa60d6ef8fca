"""Headers as offices write them -> names, titles and units of fields. Knows headers only, never a cell."""

import re
import unicodedata

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
}
"""What stands in brackets behind a title, in lower case, and the unit as a contract states it."""
_BRACKETED = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")


def title_and_unit(header: str) -> tuple[str, str | None]:
    """`LUAS (Ha)` -> ("Luas", "ha"); brackets that hold no unit stay in the title."""
    found = _BRACKETED.match(header)
    unit = UNITS.get(found[2].casefold()) if found else None
    return _title(found[1] if found and unit else header), unit


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
