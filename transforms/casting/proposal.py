"""Which type a column of text seems to have: a proposal for a person, never a decision.

Codes are text, always: leading zeros, `72.71.01`, 16 digits. What can be read in two ways is said to be ambiguous.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.reading.table import NUMBER_MARK

from .cells import BLANKS
from .numbers import FORMS
from .spelled import ANY_WEEKDAY, MONTHS

ProposedType = Literal[
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "coordinate", "empty"
]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A type, how its cells are written, and how sure that is.

    `form` is a number's style (`indonesian`, `english`, `whole`) or a date's strptime format, empty where there
    is nothing to say; `share` is the part of the filled cells that are of this type, 0 to 1; `ambiguous` says that
    the cells can be read in two ways (`1.234`, `03/04/2025`), so that a person must choose.
    """

    type: ProposedType
    form: str = ""
    share: float = 1.0
    ambiguous: bool = False


MISSING = frozenset({"", "-", "--", "n/a", "na", "null", "none", "tad", "t.a.d", "...", "…", "#n/a"})
"""What offices write where they have nothing; it says nothing of a column's type."""
SURE_ENOUGH = 0.9
"""Below it a column is text: its other cells are many more than slips."""
BOOLEANS = frozenset({"ya", "tidak", "true", "false", "benar", "salah", "yes", "no"})
LONGEST_NUMBER = 14
"""Longer runs of digits are identity numbers, accounts, codes."""
DEGREES_AT_MOST = 180
DECIMALS_OF_A_PLACE = 4

_CODE = re.compile(rf"0[0-9]+|[0-9]{{2}}([.][0-9]{{2}}){{2}}([.][0-9]{{4}})?|[0-9]{{{LONGEST_NUMBER + 1},}}")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DRESS = re.compile(r"^[(]?\s*([-+]?)\s*(?:rp|idr|usd|[$])?[.]?\s*(.*?)(?:,-+|\s*%)?[)]?$", re.IGNORECASE)
_NUMBER_FORMS = {name: re.compile(pattern) for name, pattern in FORMS.items()}
_MONEY = re.compile(r"^[(-]?(?:rp|idr)|,-+[)]?$")
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.][0-9]+)?)?"
_MONTH = "(?:" + "|".join(MONTHS.values()) + ")[.]?"
_DAY, _TWO, _FOUR = "[0-9]{1,2}", "[0-9]{2}", "[0-9]{4}"
_DATES = {
    "%Y-%m-%d": f"{_FOUR}-{_TWO}-{_TWO}",
    "%d/%m/%Y": f"{_DAY}/{_DAY}/{_FOUR}",
    "%d-%m-%Y": f"{_DAY}-{_DAY}-{_FOUR}",
    "%d.%m.%Y": f"{_DAY}[.]{_DAY}[.]{_FOUR}",
    "%d/%m/%y": f"{_DAY}/{_DAY}/{_TWO}",
    "%d-%m-%y": f"{_DAY}-{_DAY}-{_TWO}",
    "%d %B %Y": f"{_DAY} {_MONTH} {_FOUR}",
    "%d-%b-%Y": f"{_DAY}-{_MONTH}-{_FOUR}",
    "%d-%b-%y": f"{_DAY}-{_MONTH}-{_TWO}",
}
_MOMENTS: tuple[tuple[ProposedType, str, re.Pattern[str]], ...] = (
    *(("date", form, re.compile(pattern)) for form, pattern in _DATES.items()),
    *(("date", f"%A, {form}", re.compile(f"(?:{ANY_WEEKDAY}),? +{pattern}")) for form, pattern in _DATES.items()),
    *(("datetime", f"{form} %H:%M", re.compile(f"{pattern}[t ]+{_CLOCK}z?")) for form, pattern in _DATES.items()),
    ("yearmonth", "%Y-%m", re.compile(f"{_FOUR}-(?:0[1-9]|1[0-2])")),
    ("yearmonth", "%b-%y", re.compile(f"{_MONTH}[- ]{_TWO}")),
    ("yearmonth", "%B %Y", re.compile(f"{_MONTH}[- ]{_FOUR}")),
    ("time", "%H:%M", re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")),
)
_DEGREES = re.compile(r"""[0-9]{1,3}\s*°.*[0-9].*""", re.DOTALL)
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]")


def proposed_type(texts: Iterable[str]) -> Proposal:
    """The type that nearly all filled cells of a column share; text where there is none."""
    cells = [cell.casefold() for text in texts if (cell := text.strip(BLANKS)).casefold() not in MISSING]
    if not cells:
        return Proposal("empty")
    if any(_CODE.fullmatch(cell) for cell in cells):
        return Proposal("string")
    for read in (_moment, _number, _boolean, _degrees):
        found = read(cells)
        if found and found.share >= SURE_ENOUGH:
            return found
    return Proposal("string")


def _moment(cells: Sequence[str]) -> Proposal | None:
    """The one format that fits most cells; several formats of one type are `any`."""
    found = Counter(reading for cell in cells if (reading := _moment_of(cell)))
    if not found:
        return None
    kind = found.most_common(1)[0][0][0]
    forms = {form: count for (one, form), count in found.items() if one == kind}
    share = sum(forms.values()) / len(cells)
    form = next(iter(forms)) if len(forms) == 1 else "any"
    return _day_first(kind, form, share, cells) if kind in ("date", "datetime") else Proposal(kind, form, share)


def _moment_of(cell: str) -> tuple[ProposedType, str] | None:
    return next(((kind, form) for kind, form, pattern in _MOMENTS if pattern.fullmatch(cell)), None)


def _day_first(kind: ProposedType, form: str, share: float, cells: Sequence[str]) -> Proposal:
    """Day before month, unless a cell can only be the other way; where neither is proven, a person must say."""
    parts = [(int(match[1]), int(match[2])) for cell in cells if (match := _DAY_AND_MONTH.search(cell))]
    days, months = any(first > 12 for first, _ in parts), any(second > 12 for _, second in parts)
    if not parts or form.startswith("%Y"):
        return Proposal(kind, form, share)
    if months and not days:
        form = form.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m")
    return Proposal(kind, form, share, ambiguous=days == months)


def _number(cells: Sequence[str]) -> Proposal | None:
    bare = [_undressed(cell) for cell in cells]
    read = [_form_of(number, cell) for number, cell in zip(bare, cells, strict=True)]
    forms = Counter(form for form in read if form)
    share = sum(forms.values()) / len(cells)
    if not share:
        return None
    if all(map(_YEAR.fullmatch, cells)):
        return Proposal("year", share=share)
    numbers = [number for number, form in zip(bare, read, strict=True) if form]
    style = "indonesian" if forms["indonesian"] else "english" if forms["english"] else ""
    torn = bool(forms["indonesian"] and forms["english"]) or (not style and bool(forms["ambiguous"]))
    if not torn and _are_places(numbers):
        return Proposal("coordinate", style, share)
    fractions = torn or bool(forms["stored"]) or any(_has_fraction(number, style) for number in numbers)
    return Proposal("number" if fractions else "integer", "" if torn else style or "whole", share, torn)


def _undressed(cell: str) -> str:
    """A number without its currency, percent sign, brackets and blanks."""
    match = _DRESS.match(cell.lstrip(NUMBER_MARK))
    return re.sub(r"(?<=[0-9])[\u00a0\u202f ](?=[0-9]{3})", "", match[1] + match[2]) if match else cell


def _form_of(number: str, cell: str) -> str | None:
    """What a cell says of its column. Money is written `Rp 2.000`; a fraction that a file stores has no style."""
    if cell.startswith(NUMBER_MARK):
        return "stored"
    if _WHOLE.fullmatch(number):
        return "whole"
    form = next((name for name, pattern in _NUMBER_FORMS.items() if pattern.fullmatch(number)), None)
    return "indonesian" if form == "ambiguous" and _MONEY.search(cell) and "." in number else form


def _has_fraction(cell: str, style: str) -> bool:
    """Whether the last separator is the decimal one."""
    return ("," if style == "indonesian" else ".") in cell if style else False


def _are_places(numbers: Sequence[str]) -> bool:
    """Degrees: small numbers, nearly all with many decimals."""
    plain = [number.replace(",", ".") for number in numbers if number.count(",") + number.count(".") == 1]
    precise = sum(1 for number in plain if len(number.partition(".")[2]) >= DECIMALS_OF_A_PLACE)
    return precise >= SURE_ENOUGH * len(numbers) and all(abs(float(number)) <= DEGREES_AT_MOST for number in plain)


def _boolean(cells: Sequence[str]) -> Proposal | None:
    return Proposal("boolean", share=sum(cell in BOOLEANS for cell in cells) / len(cells))


def _degrees(cells: Sequence[str]) -> Proposal | None:
    return Proposal("coordinate", "degrees", sum(bool(_DEGREES.fullmatch(cell)) for cell in cells) / len(cells))
