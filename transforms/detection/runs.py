"""Digits as people and programs write them: one number cut up by separators, in floats, masked, in longer text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_SPECIAL = str.maketrans(
    {
        **dict.fromkeys(map(chr, (0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF)), ""),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2022\u25cf\u2219\u22c5\u00b7\u25a0\u2588", "*"),
        **dict.fromkeys("\u2018\u2019\u02bc`\u00b4", "'"),
    }
)
_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile(r" {1,2}|[.,_'-]| - ")
_LETTERS_AFTER_DIGIT = re.compile(r"[0-9][A-Za-z]+$")
_LETTERS_BEFORE_DIGIT = re.compile(r"[A-Za-z]+[0-9]")
_SCIENTIFIC = re.compile(r"(?<![0-9A-Za-z.,])([1-9])(?:[.,]([0-9]{1,17}))?[eE]\+?(1[0-7])(?![0-9])")
_MASKED = re.compile(r"(?<![0-9A-Za-z*#.])[0-9*xX#](?:[ .-]?[0-9*xX#]){7,22}(?![0-9A-Za-z*#])")

_LONGEST_INTEGER_PART = 8

LONGEST = 18
THOUSANDS = {length: ((length % 3 or 3), *[3] * ((length - 1) // 3)) for length in range(9, LONGEST + 1)}


def plain(text: str) -> str:
    """Full-width digits, no-break spaces, other dashes, bullets and unseen characters as ASCII writes them."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_SPECIAL)).translate(_SPECIAL)


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that may be one number: `groups` are the lengths between `separators`."""

    digits: str
    groups: tuple[int, ...]
    separators: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Written without a separator."""
        return len(self.groups) == 1

    @property
    def is_cut_in_thousands(self) -> bool:
        """As spreadsheets write a large number, and as everybody writes money."""
        return self.groups == THOUSANDS[len(self.digits)] and set(self.separators) in ({"."}, {","}, {"'"}, {" "})


def runs(text: str, lengths: frozenset[int]) -> Iterator[Run]:
    """Every way to read neighbouring groups of digits as one number of one of these lengths."""
    for groups, separators in _sequences(text):
        for first in range(len(groups)):
            if not (first and _is_a_fraction(groups[first - 1], separators[first - 1])):
                yield from _from(first, groups, separators, lengths)


def scientific(text: str) -> Iterator[tuple[str, int]]:
    """What a spreadsheet wrote with an exponent: the number's digits, zeros for those it lost, and how many it kept."""
    for lead, fraction, exponent in _SCIENTIFIC.findall(text):
        length = int(exponent) + 1
        if len(fraction) < length:
            yield (lead + fraction).ljust(length, "0"), 1 + len(fraction)


def masked(text: str) -> Iterator[str]:
    """Numbers of which some digits are hidden, each hidden one as `*`."""
    for found in _MASKED.findall(text):
        bare = re.sub(r"[ .-]", "", found).translate(str.maketrans("xX#", "***"))
        if "**" in bare and any(letter.isdigit() for letter in bare):
            yield bare


def _from(first: int, groups: list[str], separators: list[str], lengths: frozenset[int]) -> Iterator[Run]:
    length = 0
    for last in range(first, len(groups)):
        length += len(groups[last])
        if length > LONGEST:
            return
        if length in lengths:
            chosen = groups[first : last + 1]
            yield Run("".join(chosen), tuple(map(len, chosen)), tuple(separators[first:last]))


def _is_a_fraction(before: str, separator: str) -> bool:
    """What stands behind a decimal point; a comma also parts the numbers of a list, which are longer."""
    return separator == "." or (separator == "," and len(before) <= _LONGEST_INTEGER_PART)


def _sequences(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Groups of digits with nothing but one separator between each two; parts of a longer code are left out."""
    groups: list[str] = []
    separators: list[str] = []
    end = -1
    for found in _GROUP.finditer(text):
        gap = text[end : found.start()] if groups else ""
        if groups and _GAP.fullmatch(gap):
            separators.append(gap.strip() or " ")
        elif groups:
            yield groups, separators
            groups, separators = [], []
        if _is_part_of_a_code(text, found.start(), found.end()):
            if groups:
                yield groups, separators[: len(groups) - 1]
            groups, separators = [], []
        else:
            groups.append(found.group())
        end = found.end()
    if groups:
        yield groups, separators


def _is_part_of_a_code(text: str, start: int, end: int) -> bool:
    """Digits between letters that have digits on their other side, as in a hash or a UUID."""
    return bool(
        (start and text[start - 1].isalpha() and _LETTERS_AFTER_DIGIT.search(text[:start]))
        or (end < len(text) and text[end].isalpha() and _LETTERS_BEFORE_DIGIT.match(text[end:]))
    )
