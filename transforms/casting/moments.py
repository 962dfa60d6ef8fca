"""Dates and times as offices write them, as SQL. Day comes before month; month names are Indonesian or English."""

import re

from schemas.tables import literal
from transforms.casting.spelled import Order, any_date, on_its_weekday, with_month_numbers, without_weekday

CLOCKS = {
    "WIB": frozenset({"Asia/Jakarta", "Asia/Pontianak"}),
    "WITA": frozenset({"Asia/Makassar", "Asia/Ujung_Pandang"}),
    "WIT": frozenset({"Asia/Jayapura"}),
}
"""What Indonesians call the clocks of their time zones."""
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000
"""Excel's numbers of days from 1954 to 2064: what a date becomes that loses its format."""
FIRST_YEAR = 1000
"""`%Y` would take `26` for the year 26; nothing of a city is that old."""

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"


def date(cell: str, format_: str, order: Order = "day_first") -> str:
    """The SQL that reads a trimmed cell as DATE: ISO 8601 by default, else a strptime pattern or Excel's days.

    `order` is that of day and month in a column of `format: any`.
    """
    iso = (
        f"CASE WHEN length({cell}) = 10 AND {cell}[5] = '-' AND {cell}[8] = '-' THEN TRY_CAST({cell} AS DATE) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]00:00(:00([.]0+)?)?') "
        f"THEN TRY_CAST({cell}[:10] AS DATE) END"
    )
    if format_ == "default":
        return iso
    if format_ == "excel":
        return f"coalesce({iso}, CASE WHEN {is_serial(cell)} THEN DATE '1899-12-30' + TRY_CAST({cell} AS INTEGER) END)"
    read = any_date(cell, order) if format_ == "any" else f"TRY_CAST({_by_pattern(cell, format_)} AS DATE)"
    return f"coalesce({iso}, {read})"


def is_serial(cell: str) -> str:
    """Whether a cell is a day by Excel's number, counted from the end of 1899 as all its days since March 1900 are."""
    return f"(TRY_CAST({cell} AS INTEGER) BETWEEN {FIRST_SERIAL} AND {LAST_SERIAL} AND length({cell}) = 5)"


def datetime(cell: str, format_: str, timezone: str, order: Order = "day_first") -> str:
    """The SQL that reads a trimmed cell as TIMESTAMP on the clock of `timezone`.

    A zone that stands there by name is not ISO 8601, and is not passed over: such a cell does not parse, save
    with `format: any` that of the city's own clock.
    """
    plain = f"length({cell}) = 19 AND {cell}[5] = '-' AND {cell}[17] = ':'"
    iso = (
        f"CASE WHEN {plain} THEN TRY_CAST({cell} AS TIMESTAMP) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]{_CLOCK}') THEN TRY_CAST({cell} AS TIMESTAMP) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]{_CLOCK}{_OFFSET}') "
        f"THEN TRY_CAST({cell} AS TIMESTAMPTZ) AT TIME ZONE '{timezone}' END"
    )
    if format_ == "default":
        return iso
    if format_ == "any":
        return f"coalesce({iso}, {_any_moment(cell, timezone, order)})"
    stated = _by_pattern(cell, format_)
    local = f"{stated} AT TIME ZONE '{timezone}'" if "%z" in format_ else stated
    return f"coalesce({iso}, {local})"


def time(cell: str, timezone: str) -> str:
    """The SQL that reads `HH:MM`, `HH.MM`, `HH:MM:SS` or fractions of a second as TIME; a day ends before 24:00.

    The name of the city's own clock may stand behind it (`08.30 WITA` in Palu); another's may not.
    """
    bare = f"regexp_replace({cell}, ' *({_own_clock(timezone)})$', '')"
    colons = f"replace({bare}, '.', ':')"
    hours = "([01]?[0-9]|2[0-3])"
    return (
        f"CASE WHEN regexp_full_match({colons}, '{hours}:[0-9]{{2}}(:[0-9]{{2}})?') "
        f"THEN TRY_CAST(if(length({colons}) < 6, {colons} || ':00', {colons}) AS TIME) "
        f"WHEN regexp_full_match({cell}, '{hours}:[0-9]{{2}}:[0-9]{{2}}[.][0-9]+') THEN TRY_CAST({cell} AS TIME) END"
    )


def _own_clock(timezone: str) -> str:
    """The name of a clock as a pattern that matches nothing where it has none."""
    return next((name for name, zones in CLOCKS.items() if timezone in zones), "[^\\s\\S]")


def _any_moment(cell: str, timezone: str, order: Order) -> str:
    hours = f"[0-9]{{1,2}}[:.][0-9]{{2}}([:.][0-9]{{2}})?( *({_own_clock(timezone)}))?"
    parts = f"'^(.*[0-9])[ ,T]+((?i:pukul|jam|pkl[.]?) +)?({hours})$'"
    day, clock = (f"regexp_extract({cell}, {parts}, {group})" for group in (1, 3))
    return f"CASE WHEN regexp_matches({cell}, {parts}) THEN {date(day, 'any', order)} + {time(clock, timezone)} END"


def _by_pattern(cell: str, pattern: str) -> str:
    named = re.search("%[AaBb]", pattern)
    text = with_month_numbers(without_weekday(cell)) if named else f"lower({cell})"
    if named:
        pattern = re.sub("%[Bb]", "%m", re.sub("^%[Aa][, ]+", "", pattern))
    moment = f"try_strptime({text}, {literal(_lower_case(pattern))})"
    read = f"CASE WHEN year({moment}) >= {FIRST_YEAR} THEN {moment} END"
    return on_its_weekday(cell, read) if named else read


def _lower_case(pattern: str) -> str:
    """The pattern's own letters as the lower case of the text; its directives as they are."""
    return re.sub("%-?.|[^%]+", lambda part: part[0] if part[0].startswith("%") else part[0].lower(), pattern)
