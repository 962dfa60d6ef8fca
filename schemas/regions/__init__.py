"""The official list of Indonesia's administrative areas: codes and names of the Ministry of Home Affairs.

`SOURCE.md` beside the list says under which decree it stands, who compiled it and under which licence (ODbL 1.0).
"""

import gzip
import re
from functools import cache
from importlib import resources
from typing import Literal

Level = Literal["provinsi", "kabupaten", "kecamatan", "kelurahan"]
Ignored = Literal["case", "spaces", "prefix", "dots"]

DECREE = "Keputusan Menteri Dalam Negeri Nomor 100.1.1-6117 Tahun 2022"
DECREED = "2022-11-09"

CODE_LENGTHS: dict[Level, int] = {"provinsi": 2, "kabupaten": 5, "kecamatan": 8, "kelurahan": 13}
"""How many characters a code of each level has, dots included: `72`, `72.71`, `72.71.08`, `72.71.08.1002`."""

PREFIXES: dict[Level, str] = {
    "provinsi": "prov[.]?|provinsi",
    "kabupaten": "",
    "kecamatan": "kec[.]?|kecamatan|distrik",
    "kelurahan": "kel[.]?/desa|desa/kel[.]?|kelurahan/desa|desa/kelurahan|kelurahan|kel[.]?|desa|ds[.]?",
}
"""What may stand before a name and say no more than its level. A kabupaten and a kota of one name are two regions."""


@cache
def regions(level: Level, within: str) -> dict[str, str]:
    """The names of the regions of a level by their codes; below the region whose code is `within`, or all (`""`)."""
    length, above = CODE_LENGTHS[level], f"{within}." if within else ""
    return {code: name for code, name in _all() if len(code) == length and code.startswith(above)}


def is_a_region(code: str) -> bool:
    """Whether the list knows a region of this code."""
    return any(code == known for known, _ in _all())


def folded(text: str, level: Level, ignored: frozenset[Ignored]) -> str:
    """A spelling without what a contract says to ignore: two spellings of one name fold to the same text."""
    if "spaces" in ignored:
        text = " ".join(text.split())
    if "dots" in ignored:
        text = text.replace(".", "")
    if "prefix" in ignored:
        text = _without_prefix(text, level)
    return text.lower() if "case" in ignored else text


def _without_prefix(text: str, level: Level) -> str:
    if level == "kabupaten":
        return re.sub(r"^(kab[.]|kab\b(?!upaten)) *", "KABUPATEN ", text, flags=re.IGNORECASE)
    return re.sub(rf"^({PREFIXES[level]})(?<=[.])\s*|^({PREFIXES[level]})\s+", "", text, flags=re.IGNORECASE)


@cache
def _all() -> tuple[tuple[str, str], ...]:
    packed = resources.files(__package__).joinpath("wilayah.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()[1:]
    return tuple((code, name) for code, _, name in (line.partition("\t") for line in lines))
