"""Identity numbers by their digits: NIK and KK, NIP, NPWP. Digits in, how sure we are out.

None of them but the NPWP has a check digit; what tells them is the dates and areas inside (FACTS "Identifiers").
`stdnum.id.nik` is not used: it rejects five provinces and takes days 81-99, district 00 and future dates.
"""

from collections.abc import Callable

from schemas.contracts.clearance import Kind

from .areas import PROVINCES, REGENCIES
from .strength import Strength

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MOST_DISTRICTS = 60
"""The district codes of 2024 end at 55."""
_WOMAN = 40


def nik(digits: str) -> Strength | None:
    """16 digits: province, regency, district, DDMMYY (women: day + 40), serial. A KK looks the same.

    The serial is not judged: Excel keeps 15 digits and writes zeros after them.
    """
    day = int(digits[6:8])
    if not _is_day(day - _WOMAN if day > _WOMAN else day, int(digits[8:10])):
        return None
    if digits[:4] in REGENCIES and 0 < int(digits[4:6]) <= _MOST_DISTRICTS:
        return Strength.CERTAIN
    return Strength.LIKELY if digits[:2] in PROVINCES and digits[4:6] != "00" else None


def nip(digits: str) -> Strength | None:
    """18 digits: birth YYYYMMDD, appointment YYYYMM, sex, serial; the PPPK's month is a count of contracts.

    The serial is not judged, and the sex may be one too low: a float64 rounds to multiples of 32. 0 of 300,000
    random ones pass.
    """
    born, appointed = int(digits[:4]), int(digits[8:12])
    sound = 1930 <= born <= 2015 and born + 14 <= appointed <= min(born + 70, 2060)
    if not sound or not _is_day(int(digits[6:8]), int(digits[4:6])) or digits[12:14] == "00":
        return None
    return Strength.CERTAIN if digits[14] in "012" else Strength.LIKELY


def npwp(digits: str) -> Strength | None:
    """15 digits, Luhn on the first 9; 16 since 2024 with a leading zero; 14 where that zero was lost.

    One random number in ten passes. The national format is stronger evidence, and is judged by its caller.
    """
    if len(digits) == 16:
        digits = digits[1:] if digits[0] == "0" else "1"
    digits = digits.rjust(15, "0")
    if digits[:8] == "0" * 8 or not _luhn(digits[:9]):
        return None
    return Strength.LIKELY


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _luhn(digits: str) -> bool:
    weighed = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in weighed) % 10 == 0


JUDGES: dict[int, tuple[tuple[Kind, Callable[[str], Strength | None]], ...]] = {
    14: (("npwp", npwp),),
    15: (("npwp", npwp),),
    16: (("nik", nik), ("npwp", npwp)),
    18: (("nip", nip),),
}
"""Who judges a run of so many digits."""
