"""Mobile numbers in one text, and offices' landlines, which are public."""

import re
from collections.abc import Iterator

from schemas.contracts.clearance import Kind

from .areas import REGENCIES
from .runs import THOUSANDS, runs, scientific
from .strength import Strength

_OPERATOR = r"8(?:1[1-9]|2[1-38]|3[1-38]|5[1-9]|68|7[7-9]|8[1-9]|9[4-9])"
_GAP = r"[ ().-]{0,3}"
_MOBILE = re.compile(
    r"(?P<before>[0-9][ .,_-])?(?<![0-9A-Za-z+])(?<![A-Za-z][-_])"
    rf"(?P<number>[(]?(?:\+ ?6 ?2[.]?|6 ?2|0)[ ()-]{{0,3}}(?:0[ ()-]{{0,3}})?8(?:{_GAP}[0-9*xX]){{7,11}})(?![0-9*])"
)
_AFTER_LETTERS = re.compile(r"(?i)(?:hp|wa|telp|tel|no|phone|hub|cp)(?P<number>(?:\+?62|0)8[0-9]{8,11})(?![0-9])")
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.,-])(?:(?:\(0[2-9][0-9]{1,2}\)|\+62[ -]?[2-79][0-9]{1,2}) ?-?|0[2-79][0-9]{1,2}-|0451[ .-]?)"
    r" ?[0-9]{3,4}[ .-]?[0-9]{2,4}(?![0-9])"
)
_NATIONAL = re.compile(rf"{_OPERATOR}[0-9]{{5,9}}")
_AS_SPOKEN = {(3, *rest) for rest in ((4, 4), (4, 3), (3, 4), (4, 5), (3, 3), (3, 5))}
_BARE = frozenset(range(9, 13))
_INTERNATIONAL = frozenset(range(11, 15))
_LENGTH_OF_A_VILLAGE_CODE = 10


def phones(text: str) -> Iterator[tuple[Kind, Strength]]:
    """Every phone number in `text`, which `runs.plain` has been over."""
    for found in (*_MOBILE.finditer(text), *_AFTER_LETTERS.finditer(text)):
        if _is_mobile(found["number"]) and not _continues_a_number(found):
            yield "phone", Strength.CERTAIN
    for run in runs(text, _BARE | _INTERNATIONAL):
        if strength := bare(run.digits, run.groups):
            yield "phone", strength
    for digits, _ in scientific(text):
        if _NATIONAL.fullmatch(digits.removeprefix("62")):
            yield "phone", Strength.FAINT
    if _LANDLINE.search(text):
        yield "phone", Strength.OFFICIAL


def bare(digits: str, groups: tuple[int, ...]) -> Strength | None:
    """A number whose leading zero a spreadsheet took; ten digits may as well be a village's code in the Moluccas."""
    national = digits.removeprefix("62")
    if not _NATIONAL.fullmatch(national):
        return None
    if len(national) == _LENGTH_OF_A_VILLAGE_CODE == len(digits) and national[:4] in REGENCIES:
        return Strength.FAINT
    if len(groups) > 1 and groups == THOUSANDS[len(digits)]:
        return Strength.FAINT
    return Strength.LIKELY if groups in _AS_SPOKEN or len(groups) == 1 else None


def _is_mobile(number: str) -> bool:
    """`number` after its country code; what is masked must leave half of it to be seen."""
    kept = re.sub(r"[^0-9*xX]", "", number).replace("x", "*").replace("X", "*")
    national = re.sub(r"^(?:62)?0?", "", kept, count=1)
    hidden = national.count("*")
    if hidden:
        return 8 <= len(national) <= 12 and len(national) - hidden >= 4 and bool(re.match(r"8[1-35-9*]", national))
    return bool(_NATIONAL.fullmatch(national))


def _continues_a_number(found: re.Match[str]) -> bool:
    """Groups of digits before it make it the rest of a longer number, unless it is written in one piece."""
    before = found.groupdict().get("before")
    if before is None:
        return False
    return before[1] in ".," or not re.match(r"\+?[0-9]{9}", found["number"])
