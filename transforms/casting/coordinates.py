"""Latitudes and longitudes as offices write them, in degrees of WGS 84, as SQL.

`-0.898583`, `-0,898583`, `0°53'55" LS`, `119° 51,5' BT`, `0.8985 S`. Nobody groups the digits of a degree, so a
comma or a point can only be the decimal sign. A hemisphere of the other axis, a sign beside a hemisphere and
degrees beyond the axis' end do not parse: nothing is swapped or turned round here.
"""

from schemas.contracts.field import Axis
from schemas.contracts.places import LIMITS
from transforms.reading.table import NUMBER_MARK

HEMISPHERES: dict[Axis, tuple[str, str]] = {
    "latitude": ("n|u|lu", "s|ls"),
    "longitude": ("e|t|bt", "w|b|bb"),
}
"""Of each axis: what counts above zero, what counts below (Indonesian and English initials)."""

_NUMBER = "[0-9]+(?:[.,][0-9]+)?"
_DEGREE = "(?: *(?:°|º|˚|d|der(?:ajat)?[.]?) *| +)"
_MINUTE = "(?: *(?:''|[\u2018\u2019\u2032]|menit|m) *| +|$)"
_SECOND = "(?: *(?:\"|[\u201c\u201d\u2033]|''''|\u2019\u2019|detik|d) *|$)"
_PARTS = f"^([0-9]{{1,3}}){_DEGREE}({_NUMBER}){_MINUTE}(?:({_NUMBER}){_SECOND})?$"


def coordinate(cell: str, axis: Axis) -> str:
    """The SQL that reads a trimmed cell as DOUBLE, NULL where it is no degree of this axis."""
    return within(degrees(cell, axis), axis)


def within(value: str, axis: Axis) -> str:
    """A DOUBLE, NULL where it lies beyond the axis' ends."""
    return f"CASE WHEN abs({value}) <= {LIMITS[axis]} THEN {value} END"


def degrees(cell: str, axis: Axis) -> str:
    """The same without a limit: what tells a swapped pair from other mistakes."""
    plain = f"regexp_full_match({cell}, '[-+]?[0-9]{{1,3}}([.][0-9]+)?')"
    stored = f"starts_with({cell}, '{NUMBER_MARK}')"
    return (
        f"CASE WHEN {plain} THEN TRY_CAST({cell} AS DOUBLE) "
        f"WHEN {stored} THEN TRY_CAST(substr({cell}, 2) AS DOUBLE) "
        f"ELSE {_written(cell, axis)} END"
    )


def _written(cell: str, axis: Axis) -> str:
    above, below = HEMISPHERES[axis]
    told = f"lower(translate({cell}, '\u2212\u2013\u00a0\u2009\u202f', '--   '))"
    ending = f"'^(.*[^a-z]) *({above}|{below})[.]?$'"
    hemisphere = f"regexp_extract({told}, {ending}, 2)"
    angle = f"trim(CASE WHEN {hemisphere} <> '' THEN regexp_extract({told}, {ending}, 1) ELSE {told} END)"
    sign = f"CASE WHEN starts_with({angle}, '-') OR regexp_full_match({hemisphere}, '{below}') THEN -1 ELSE 1 END"
    twice = f"{hemisphere} <> '' AND regexp_matches({angle}, '^[-+]')"
    bare = f"ltrim({angle}, '+-')"
    return f"CASE WHEN {twice} THEN NULL ELSE {sign} * {_angle(bare)} END"


def _angle(bare: str) -> str:
    """Degrees with decimals, or degrees, minutes and seconds."""
    whole, minutes, seconds = (f"regexp_extract({bare}, '{_PARTS}', {group})" for group in (1, 2, 3))
    minute, second = _decimal(minutes), _decimal(f"CASE WHEN {seconds} = '' THEN '0' ELSE {seconds} END")
    bare_degrees = f"rtrim({bare}, ' °º˚')"
    return (
        f"CASE WHEN regexp_full_match({bare}, '[0-9]{{1,3}}([.,][0-9]+)? *[°º˚]?') "
        f"THEN {_decimal(bare_degrees)} "
        f"WHEN {minute} < 60 AND {second} < 60 "
        f"THEN (TRY_CAST({whole} AS DOUBLE) * 3600 + {minute} * 60 + {second}) / 3600 END"
    )


def _decimal(text: str) -> str:
    return f"TRY_CAST(replace({text}, ',', '.') AS DOUBLE)"
