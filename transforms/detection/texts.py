"""One text cell: what is in it. And the pattern by which DuckDB leaves out the cells that hold nothing at all."""

from schemas.contracts.clearance import Kind

from .emails import emails
from .formulas import formulas
from .numbers import numbers
from .phones import phones
from .plates import plates
from .runs import plain
from .strength import Strength

_DETECTORS = (numbers, phones, emails, plates)

_SPACE = r" \x{a0}\x{ad}\x{2000}-\x{2015}\x{202f}\x{2060}\x{feff}\x{2212}"
_WIDE = r"\x{ff10}-\x{ff19}"
_DIGIT = rf"[0-9{_WIDE}xX*#\x{{2022}}\x{{25cf}}\x{{2219}}\x{{22c5}}\x{{b7}}\x{{25a0}}\x{{2588}}]"
_LETTER_GAP = rf"[{_SPACE}.,_-]{{0,3}}"
_PIECES = (
    rf"(?:{_DIGIT}[{_SPACE}.,'\x{{2019}}_-]{{0,3}}){{12}}{_DIGIT}",
    rf"[8\x{{ff18}}](?:[{_SPACE}().-]{{0,3}}{_DIGIT}){{7}}",
    rf"[0-9{_WIDE}][.,][0-9{_WIDE}]+[eE]\+?1[0-7]",
    r"\(0[2-9]|\+62|(?:^|[^0-9A-Za-z])0[2-79][0-9]{1,2}-[0-9]|0451[ .-]?[0-9]{3}",
    r"[@\x{ff20}]|[ \[({][aA][tT][ \])}]",
    rf"(?:^|[^A-Za-z0-9])[A-Za-z]{{1,2}}{_LETTER_GAP}[1-9*][0-9*xX., ]{{0,4}}{_LETTER_GAP}[A-Za-z]{{1,3}}"
    r"(?:$|[^A-Za-z0-9])",
    r"^[ \x{a0}\x{feff}]*[=+\-@\t\r\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]",
)
PREFILTER = "|".join(f"(?:{piece})" for piece in _PIECES)
"""RE2 goes over a cell once. It lets through whatever a detector may want, and most else it does not."""
NO_IDENTIFIER = r"[+-]?[0-9]{1,8}[.,][0-9]*"
"""A decimal number as a whole cell: columns are full of them, and none is an identifier or a formula."""

PEERS: dict[Kind, str] = {
    "nik": r"(?:^|[^0-9.,])[0-9]{16}(?:[^0-9]|$)",
    "npwp": r"(?:^|[^0-9.,])[0-9]{14,15}(?:[^0-9]|$)",
    "nip": r"(?:^|[^0-9.,])[0-9]{18}(?:[^0-9]|$)",
    "phone": r"(?:^|[^0-9.,])[1-9][0-9]{8,12}(?:[^0-9]|$)",
}
"""What looks the same from afar: of these, most must pass where one in ten passes by chance."""


def sightings(text: str) -> dict[Kind, Strength]:
    """The strongest sighting of each kind in one cell. Nothing of the text is kept."""
    found: dict[Kind, Strength] = {}
    shown = plain(text)
    for kind, strength in (*formulas(text), *(one for detector in _DETECTORS for one in detector(shown))):
        found[kind] = max(strength, found.get(kind, strength))
    return found
