"""Number formats that change what a number says (ECMA-376 part 1, 18.8.31): `57` shown as `57.000`, `0,57` as `57 %`.

Formats that only dress a number (currency, grouping, colours, decimals) and those of dates mean nothing here.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS_AT_MOST = 32

_TOKENS = re.compile(r'"([^"]*)"?|\\(.)|[_*](?:.)|\[[^\]]*\]|(.)', re.DOTALL)
_MOMENT_OR_TEXT = re.compile(r"[ymdhsbe@]|general", re.IGNORECASE)
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_THOUSANDS_WRITTEN = re.compile(r"(?:[.,\s]?000)+")
_DIGIT_OF_ITS_OWN = re.compile(r"(?<![A-Za-z^])[0-9]")
_WORDS = {
    r"ribu|rb|thousand": 3,
    r"juta|jt|million|mio": 6,
    r"miliar|milyar|mlyr|billion": 9,
    r"triliun|trilyun|trillion": 12,
}
LITERAL = "\1"


@dataclass(frozen=True, slots=True)
class Form:
    """How a format shows a number: times `factor` (None where no factor says it), or filled with zeros to `digits`."""

    factor: Decimal | None
    digits: int


@lru_cache(maxsize=4096)
def form_of(code: str) -> Form | None:
    """The form that a format code gives its numbers; None for one that leaves their meaning alone."""
    pattern, literals = _taken_apart(code)
    if not re.search("[0#?]", pattern) or _MOMENT_OR_TEXT.search(pattern):
        return None
    digits = pattern.replace(LITERAL, "")
    if re.fullmatch("0{2,}", digits) and len(digits) <= DIGITS_AT_MOST and not _has_digits(literals):
        return Form(Decimal(1), len(digits))
    factor = _factor(pattern, literals)
    return None if factor == 1 else Form(factor, 0)


def _taken_apart(code: str) -> tuple[str, list[str]]:
    """The first section without its literal texts, each of which leaves `LITERAL` behind; and those texts."""
    pattern, literals = "", [""]
    for match in _TOKENS.finditer(code):
        quoted, escaped, plain = match.groups()
        if plain == ";":
            break
        text = quoted if quoted is not None else escaped
        if text is not None:
            literals[-1:] = [literals[-1] + text] if pattern.endswith(LITERAL) else [literals[-1], text]
            pattern += "" if pattern.endswith(LITERAL) else LITERAL
        elif plain is not None:
            pattern += plain
    return pattern, literals[1:]


def _factor(pattern: str, literals: list[str]) -> Decimal | None:
    """What the number is multiplied with before it is shown; None where a literal digit says something else."""
    factor = Decimal(100) ** pattern.count("%")
    if scaled := _SCALED.search(pattern):
        factor /= Decimal(1000) ** min(len(scaled[1]), 8)
    text = " ".join(literals)
    for words, power in _WORDS.items():
        if re.search(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", text, re.IGNORECASE):
            factor *= Decimal(10) ** power
    if not _has_digits(literals):
        return factor
    behind = re.search(rf"[0#?]{LITERAL}", pattern)
    written = literals[pattern[: behind.end() - 1].count(LITERAL)] if behind else ""
    if not _THOUSANDS_WRITTEN.fullmatch(written) or sum(map(bool, map(_DIGIT_OF_ITS_OWN.search, literals))) > 1:
        return None
    return factor * Decimal(10) ** written.count("0")


def _has_digits(literals: list[str]) -> bool:
    return any(_DIGIT_OF_ITS_OWN.search(text) for text in literals)
