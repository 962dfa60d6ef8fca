"""Licence plates in one text: an area's letters, 1 to 4 digits, 1 to 3 letters (Perpol 7/2021)."""

import re
from collections.abc import Iterator

from schemas.contracts.clearance import Kind

from .strength import Strength

_AREAS = "A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGST]?|R|S|T|W|Z"
_GAP = r" ?[ .,_-]? ?"
_PLATE = re.compile(
    rf"(?i)(?<![A-Za-z0-9])(?P<area>{_AREAS}){_GAP}"
    rf"(?P<number>[1-9*][0-9*xX]{{0,3}}|[1-9][., ][0-9]{{3}}){_GAP}(?P<letters>[A-Za-z]{{1,3}})(?![A-Za-z0-9])"
    r"(?P<after> [0-9])?"
)
_WORD = re.compile(r"(?i)\b(?:plat|pelat|nopol|no\. ?pol|nomor polisi|tnkb|motor|mobil|kendaraan|angkot|truk)\b")
_NEAR = 40
_HOME = "DN"
_UNITS = re.compile(
    "[CKM]?M|IN|INC|[KM]?G|GR|CC|LT?|ML|HA|[KM]?W|WP|K?V|K?VA|HZ|PK|HP|P[NU]|MPA|BAR|ATM|C|K"
    "|SCH|PE|PVC|GIP?|DIP?|CI|PPR|BSP"
)
_PIPES = frozenset({6, 8, 10, 15, 20, 25, 32, 40, 50, 65, 80, 100, 125, 150, 200, 250, 300, 350, 400, 450, 500})
_PIPE_WORDS = re.compile("M|MM|CM|IN|INC|PN|SCH|PE|PVC|GIP?|DIP?|CI|PPR|BSP")


def plates(text: str) -> Iterator[tuple[Kind, Strength]]:
    """Every plate in `text`, which `runs.plain` has been over."""
    for found in _PLATE.finditer(text):
        if strength := _strength(found, text):
            yield "plate", strength


def _strength(found: re.Match[str], text: str) -> Strength | None:
    number = re.sub(r"[., ]", "", found["number"])
    if not number.strip("*xX"):
        return Strength.FAINT
    if _is_a_measure(found["area"].upper(), number, found["letters"].upper(), found["after"]):
        return Strength.FAINT
    if _WORD.search(text[max(0, found.start() - _NEAR) : found.start()]):
        return Strength.CERTAIN
    is_written_large = (found["area"] + found["letters"]).isupper()
    is_whole_cell = found.start() == 0 and found.end() == len(text.rstrip())
    if found["area"].upper() == _HOME:
        return Strength.CERTAIN if is_written_large or is_whole_cell or len(number) >= 3 else Strength.FAINT
    is_long = len(number) >= 3 and len(found["area"] + found["letters"]) >= 3
    if not is_long or not (is_written_large or is_whole_cell):
        return Strength.FAINT
    return Strength.CERTAIN if is_whole_cell or len(number) == 4 else Strength.FAINT


def _is_a_measure(area: str, number: str, letters: str, after: str | None) -> bool:
    """`DN 150 PN 10` is a pipe, `B 2500 CC` an engine, `DN 200 M` a length."""
    if letters in ("PN", "SCH", "PE") and after is not None:
        return True
    if area == _HOME:
        return number.isdigit() and int(number) in _PIPES and bool(_PIPE_WORDS.fullmatch(letters))
    return bool(_UNITS.fullmatch(letters)) and (number.endswith("0") or len(number) < 3)
