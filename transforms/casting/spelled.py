"""Dates in words and in figures without a stated form (`format: any`), and months of a year. As SQL.

In figures the day comes before the month, as Indonesians write it, unless the whole column proves the other
order; where a column shows both orders, a cell that could be either does not parse. A year of two digits is
taken only beside the name of a month, where no figure can be mistaken for it.
"""

from collections.abc import Mapping
from typing import Literal

from schemas.tables import literal

Order = Literal["day_first", "month_first", "mixed"]
Sign = Literal["day_first", "month_first", "unclear"]

PIVOT = 69
"""Two digits below it are of the years 2000 to 2068, the others of 1969 to 1999: as POSIX reads `%y`."""

MONTHS = {
    "01": "januari|january|jan",
    "02": "februari|pebruari|february|febuari|feb|peb",
    "03": "maret|march|mar|mrt",
    "04": "april|apr",
    "05": "mei|may",
    "06": "juni|june|jun",
    "07": "juli|july|jul",
    "08": "agustus|august|agust|agt|agu|ags|agst|aug",
    "09": "september|sept|sep",
    "10": "oktober|october|okt|oct",
    "11": "november|nopember|nov|nop",
    "12": "desember|december|des|dec",
}
WEEKDAYS = {
    1: "senin|monday",
    2: "selasa|tuesday",
    3: "rabu|wednesday",
    4: "kamis|thursday",
    5: "jumat|jum.?at|friday",
    6: "sabtu|saturday",
    7: "minggu|ahad|sunday",
}
ANY_WEEKDAY = "|".join(WEEKDAYS.values())

_MONTH = "|".join(MONTHS.values())
_GAP = "[ ./,-]*"
_LATER = "1[3-9]|2[0-9]|3[01]"
_EARLY = "0?[1-9]|1[0-2]"
_BEFORE = f"(?i)(({ANY_WEEKDAY})[,. ]+)?"


def any_date(cell: str, order: Order) -> str:
    """The SQL that reads a trimmed cell as DATE where it is one in words or figures; NULL where it is none."""
    text = without_weekday(cell)
    worded = f"regexp_full_match({text}, '[0-9]{{1,2}}{_GAP}({_MONTH})[.]?{_GAP}([0-9]{{4}}|''?[0-9]{{2}})')"
    day = f"regexp_extract({text}, '^[0-9]+')"
    date = f"TRY_CAST({_iso(_year(text), _month(text), day)} AS DATE)"
    other = f"coalesce({_figures(text, order)}, CASE WHEN {worded} THEN {date} END)"
    return f"coalesce({_figures(cell, order)}, {on_its_weekday(cell, other)})"


def year_and_month(cell: str) -> str:
    """The SQL that reads `2022-08`, `Agustus 2022`, `Agt-22`, `08/2022` or the first day of a month as `2022-08`."""
    text = f"lower({cell})"
    figures = f"regexp_full_match({cell}, '({_EARLY})[/-][0-9]{{4}}')"
    first = f"regexp_full_match({cell}, '[0-9]{{4}}-(0[1-9]|1[0-2])-01([T ]00:00(:00([.]0+)?)?)?')"
    worded = f"regexp_full_match({text}, '({_MONTH})[.]?{_GAP}([0-9]{{4}}|''?[0-9]{{2}})')"
    return (
        f"CASE WHEN regexp_full_match({cell}, '[0-9]{{4}}-(0[1-9]|1[0-2])') THEN {cell} "
        f"WHEN {first} THEN {cell}[:7] "
        f"WHEN {figures} THEN {cell}[-4:] || '-' || lpad(regexp_extract({cell}, '^[0-9]+'), 2, '0') "
        f"WHEN {worded} THEN {_year(text)} || '-' || {_month(text)} END"
    )


def without_weekday(cell: str) -> str:
    """The lower case of a cell without the weekday before its date."""
    return f"regexp_replace(lower({cell}), '^({ANY_WEEKDAY})[,. ]+', '')"


def on_its_weekday(cell: str, value: str) -> str:
    """The date or moment; NULL where the cell names a weekday on which it does not fall."""
    named = f"regexp_extract(lower({cell}), '^({ANY_WEEKDAY})[,. ]', 1)"
    numbers = " ".join(f"WHEN regexp_full_match({named}, '{names}') THEN {day}" for day, names in WEEKDAYS.items())
    wrong = f"{cell} > ':' AND {named} <> '' AND isodow({value}) <> CASE {numbers} END"
    return f"CASE WHEN {wrong} THEN NULL ELSE {value} END"


def with_month_numbers(text: str) -> str:
    """A text in lower case with the number of each month in place of its name."""
    for digits, names in MONTHS.items():
        text = f"regexp_replace({text}, '\\b({names})\\b[.]?', '{digits}')"
    return text


def order_counts(cell: str) -> dict[Sign, str]:
    """The SQL aggregates that count what the cells of a column say of its order."""
    forms: dict[Sign, str] = {
        "day_first": _figures_of(_LATER, _EARLY),
        "month_first": _figures_of(_EARLY, _LATER),
        "unclear": _figures_of(_EARLY, _EARLY),
    }
    return {sign: f"count(*) FILTER (regexp_matches({cell}, {literal(form)}))" for sign, form in forms.items()}


def decided_order(signs: Mapping[Sign, int]) -> Order:
    """The order of a column from how many cells say what."""
    if not signs.get("month_first"):
        return "day_first"
    return "mixed" if signs.get("day_first") else "month_first"


def _figures_of(first: str, second: str) -> str:
    forms = "|".join(f"({first})[{sign}]({second})[{sign}][0-9]{{4}}" for sign in "/.-")
    return f"^{_BEFORE}({forms})([ T,]|$)"


def _figures(text: str, order: Order) -> str:
    """Two figures and a year of four, with one sign between them, as DATE."""
    first, second = ("%m", "%d") if order == "month_first" else ("%d", "%m")
    forms = ", ".join(f"'{first}{sign}{second}{sign}%Y'" for sign in "/-.")
    moment = f"try_strptime({text}, [{forms}])"
    sound = f"year({moment}) BETWEEN 1000 AND 9999"
    if order == "mixed":
        sound += f" AND (day({moment}) > 12 OR day({moment}) = month({moment}))"
    return f"CASE WHEN {sound} THEN CAST({moment} AS DATE) END"


def _iso(year: str, month: str, day: str) -> str:
    return f"{year} || '-' || lpad({month}, 2, '0') || '-' || lpad({day}, 2, '0')"


def _month(text: str) -> str:
    name = f"regexp_extract({text}, '[a-z]+')"
    return "CASE " + " ".join(f"WHEN regexp_full_match({name}, '{n}') THEN '{d}'" for d, n in MONTHS.items()) + " END"


def _year(text: str) -> str:
    digits = f"regexp_extract({text}, '[0-9]+$')"
    century = f"CASE WHEN {digits} < '{PIVOT}' THEN '20' ELSE '19' END"
    return f"CASE WHEN length({digits}) = 2 THEN {century} || {digits} ELSE {digits} END"
