"""NIK, KK, NIP and NPWP in one text, whole or damaged."""

import re
from collections.abc import Iterator

from schemas.contracts.clearance import Kind

from .areas import REGENCIES
from .identity import JUDGES, nik, nip, npwp
from .runs import Run, masked, runs, scientific
from .strength import Strength

Sighting = tuple[Kind, Strength]

_LENGTHS = frozenset(JUDGES)
_NPWP_AS_PRINTED = ((2, 3, 3, 1, 3, 3), (2, 3, 3, 1, 6))
_MOST_GROUPS = 8
_KEPT_BY_GENERAL = 4
"""Excel's General format keeps 6 digits, fewer where the last ones are zeros: enough for province and regency."""
_NPWP_MASKED = re.compile(r"(?<![0-9*])[0-9*xX#]{2}\.[0-9*xX#]{3}\.[0-9*xX#]{3}\.[0-9*xX#]-[0-9*xX#]{3}\.[0-9*xX#]{3}")
_HIDDEN = re.compile(r"\*{3,}")


def numbers(text: str) -> Iterator[Sighting]:
    """Every identity number in `text`, which `runs.plain` has been over."""
    for run in runs(text, _LENGTHS):
        yield from _of_run(run)
    for digits, kept in scientific(text):
        yield from _of_scientific(digits, kept)
    if any(mark in text for mark in "*xX#"):
        yield from _of_masked(text)


def _of_run(run: Run) -> Iterator[Sighting]:
    if run.groups in _NPWP_AS_PRINTED:
        yield "npwp", Strength.CERTAIN
        return
    for kind, judge in JUDGES[len(run.digits)]:
        strength = judge(run.digits)
        if strength is not None and (run.is_whole or _is_cut_by_hand(run) or run.is_cut_in_thousands):
            yield kind, strength if run.is_whole or strength == Strength.CERTAIN else Strength.FAINT


def _is_cut_by_hand(run: Run) -> bool:
    """Into a few groups by one and the same separator, or digit by digit; a decimal point makes no group."""
    if len(set(run.separators)) != 1:
        return False
    if run.separators[0] in ".," and len(run.groups) == 2:
        return False
    return len(run.groups) <= _MOST_GROUPS or set(run.groups) == {1}


def _of_scientific(digits: str, kept: int) -> Iterator[Sighting]:
    """With ten digits and more the dates are there; with fewer only the area, or the month of birth."""
    if len(digits) == 16 and kept >= 10 and (strength := nik(digits)):
        yield "nik", strength
    elif len(digits) == 16 and _KEPT_BY_GENERAL < kept < 10 and digits[:4] in REGENCIES and "00" < digits[4:6] <= "60":
        yield "nik", Strength.CERTAIN
    elif len(digits) == 18 and kept >= 14 and (strength := nip(digits)):
        yield "nip", strength
    elif len(digits) == 18 and 5 <= kept < 14 and "1940" <= digits[:4] <= "2010" and "01" <= digits[4:6] <= "12":
        yield "nip", Strength.CERTAIN
    elif len(digits) in (14, 15):
        yield "npwp", Strength.FAINT


def _of_masked(text: str) -> Iterator[Sighting]:
    if any(sum(letter.isdigit() for letter in found) >= 5 for found in _NPWP_MASKED.findall(text)):
        yield "npwp", Strength.CERTAIN
    for bare in masked(text):
        for kind, length, judge in (("nik", 16, _nik_behind), ("nip", 18, _nip_behind), ("npwp", 15, _npwp_behind)):
            whole = _stretched(bare, length)
            if whole and judge(whole):
                yield kind, Strength.CERTAIN  # type: ignore[misc]


def _stretched(bare: str, length: int) -> str | None:
    """`bare` with its hidden digits brought to the length of the whole; people type any number of stars."""
    missing = length - len(bare)
    if missing == 0:
        return bare
    hidden = _HIDDEN.findall(bare)
    if len(hidden) != 1 or abs(missing) > len(hidden[0]) or len(hidden[0]) + missing < 1:
        return None
    return bare.replace(hidden[0], "*" * (len(hidden[0]) + missing))


def _known(masked_digits: str) -> int:
    return sum(letter.isdigit() for letter in masked_digits)


def _nik_behind(whole: str) -> bool:
    """What is still seen fits a NIK, and is enough: an area and two digits more, or the date with the serial."""
    area, date = whole[:4], whole[6:10]
    if area.isdigit() and area not in REGENCIES:
        return False
    if date.isdigit() and not nik("727101" + date + "000001"):
        return False
    return _known(whole) >= 6 and (area.isdigit() or (date.isdigit() and _known(whole) >= 8))


def _nip_behind(whole: str) -> bool:
    year, month = whole[:4], whole[4:6]
    seen = year.isdigit() and "1940" <= year <= "2010" and (not month.isdigit() or "01" <= month <= "12")
    return seen and _known(whole) >= 6


def _npwp_behind(whole: str) -> bool:
    return whole[:9].isdigit() and bool(npwp(whole[:9] + "000000"))
