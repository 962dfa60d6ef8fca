"""What offices write around a number: units, `juta`, minus signs behind it, foreign digits. As SQL.

Only columns that show such dress pay for it: it is looked for on a sample, and proven as styles are. A unit
that is not the field's own is left standing, so its cell does not parse: nothing is ever converted.
"""

import re

from schemas.contracts import ContractField
from schemas.tables import literal
from schemas.units import SCALES, counts_money, scale_of, spellings
from transforms.reading.table import NUMBER_MARK

SCALE_MARK = "\ue001"
"""Stands between a number and the power of ten that a word behind it (`juta`) stands for."""

_BLANK = "[ \u00a0\u2007\u2009\u202f]"
_FOREIGN = "\u2212\u2013\uff0d\uff0c\uff0e" + "".join(chr(0xFF10 + digit) for digit in range(10))
_PLAIN = "---,.0123456789"
_MONEY = f"^([(-]?)(rp|idr)[.]?{_BLANK}*"
_QUICK = "[-+(]?[0-9][0-9.,]*[)]?"


def is_dressed(cell: str) -> str:
    """Whether a trimmed cell holds a digit and more than a plain number; stored numbers are plain."""
    return (
        f"({cell} IS NOT NULL AND NOT starts_with({cell}, '{NUMBER_MARK}') "
        f"AND NOT regexp_full_match({cell}, '{_QUICK}') AND regexp_matches({cell}, '[0-9\uff10-\uff19]'))"
    )


def undressed(cell: str, field: ContractField) -> str:
    """A trimmed cell as a plain number, the power of `juta` behind `SCALE_MARK`; as it stands where it is none.

    `cell` should be the name of a column: each step wraps the one before, and the cell stands in it three times.
    """
    told = f"trim(translate({cell}, {literal(_FOREIGN)}, {literal(_PLAIN)}), ' ')"
    bare = f"regexp_replace({told}, '^''+([-+]?[0-9])', '\\1')"
    signed = f"regexp_replace({bare}, '^([0-9][0-9.,]*[0-9]|[0-9]){_BLANK}*-$', '-\\1')"
    return f"CASE WHEN {is_dressed(cell)} THEN {_scaled(_without_unit(signed, field), field)} ELSE {cell} END"


def number_part(cell: str) -> str:
    """The number of an undressed cell."""
    return f"split_part({cell}, '{SCALE_MARK}', 1)"


def power_part(cell: str) -> str:
    """The power of ten of an undressed cell, empty where no word multiplies it."""
    return f"split_part({cell}, '{SCALE_MARK}', 2)"


def refused_money(cell: str, field: ContractField) -> str:
    """A cell in rupiah keeps its sign from being read where the field counts something else.

    Every cell that begins with a letter is larger than a colon, so plain numbers pay for two comparisons.
    """
    if field.unit is None or counts_money(field.unit):
        return cell
    looks = f"({cell} > ':' OR {cell}[2] > ':') AND regexp_matches({cell}, '(?i){_MONEY}')"
    return f"CASE WHEN {looks} THEN '?' || {cell} ELSE {cell} END"


def _without_unit(cell: str, field: ContractField) -> str:
    """`12 m2` without the field's own unit, `(12,5%)` too."""
    own = _any_of(spellings(field.unit))
    return f"regexp_replace({cell}, '(?i)([0-9)]){_BLANK}*({own})[.]?([)]?)$', '\\1\\3')" if own else cell


def _scaled(cell: str, field: ContractField) -> str:
    """`2,5 juta` in two parts; a unit that counts in millions itself takes no word that multiplies.

    `Rp` goes with the word: thousandths of a million rupiah are written, so the style of the column must say
    what `Rp 1.250 juta` means.
    """
    if scale_of(field.unit):
        return cell
    money = f"(?:(?:rp|idr)[.]?{_BLANK}*)?" if counts_money(field.unit) else ""
    for power in sorted(set(SCALES.values())):
        words = _any_of(frozenset(word for word, its_power in SCALES.items() if its_power == power))
        form = f"(?i)^([(-]?){money}([-+]?[0-9][0-9.,]*){_BLANK}*(?:{words})[.]?([)]?)$"
        cell = f"regexp_replace({cell}, '{form}', '\\1\\2\\3{SCALE_MARK}{power}')"
    return cell


def _any_of(words: frozenset[str]) -> str:
    """The words as one pattern in an SQL literal, the longest first; blanks in a unit may be any."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace("\\ ", f"{_BLANK}+") for word in ordered).replace("'", "''")
