"""Dates and times as offices write them, as SQL. Day comes before month; month names are Indonesian or English."""

import re

from schemas.tables import literal

MONTHS = {
    "01": "januari|january|jan",
    "02": "februari|pebruari|february|feb|peb",
    "03": "maret|march|mar",
    "04": "april|apr",
    "05": "mei|may",
    "06": "juni|june|jun",
    "07": "juli|july|jul",
    "08": "agustus|august|agt|agu|ags|aug",
    "09": "september|sept|sep",
    "10": "oktober|october|okt|oct",
    "11": "november|nopember|nov|nop",
    "12": "desember|december|des|dec",
}
WEEKDAYS = (
    "senin|selasa|rabu|kamis|jumat|jum.at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
ANY_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y")
"""The formats of `format: any`, each day first."""
FIRST_YEAR = 1000
"""`%Y` would take `26` for the year 26; nothing of a city is that old."""

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"


def date(cell: str, format_: str) -> str:
    """The SQL that reads a trimmed cell as DATE: ISO 8601 by default, else a strptime pattern."""
    iso = (
        f"CASE WHEN length({cell}) = 10 AND {cell}[5] = '-' AND {cell}[8] = '-' THEN TRY_CAST({cell} AS DATE) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]00:00(:00([.]0+)?)?') "
        f"THEN TRY_CAST({cell}[:10] AS DATE) END"
    )
    if format_ == "default":
        return iso
    formats = ANY_DATE if format_ == "any" else (format_,)
    read = ", ".join(f"TRY_CAST({_by_pattern(cell, pattern)} AS DATE)" for pattern in formats)
    return f"coalesce({iso}, {read})"


def datetime(cell: str, format_: str, timezone: str) -> str:
    """The SQL that reads a trimmed cell as TIMESTAMP on the clock of `timezone`.

    A zone that stands there by name is not ISO 8601, and is not passed over: such a cell does not parse.
    """
    plain = f"length({cell}) = 19 AND {cell}[5] = '-' AND {cell}[17] = ':'"
    iso = (
        f"CASE WHEN {plain} THEN TRY_CAST({cell} AS TIMESTAMP) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]{_CLOCK}') THEN TRY_CAST({cell} AS TIMESTAMP) "
        f"WHEN regexp_full_match({cell}, '{_DAY}[T ]{_CLOCK}{_OFFSET}') "
        f"THEN TRY_CAST({cell} AS TIMESTAMPTZ) AT TIME ZONE '{timezone}' END"
    )
    if format_ in ("default", "any"):
        return iso
    stated = _by_pattern(cell, format_)
    local = f"{stated} AT TIME ZONE '{timezone}'" if "%z" in format_ else stated
    return f"coalesce({iso}, {local})"


def time(cell: str) -> str:
    """The SQL that reads `HH:MM`, `HH.MM`, `HH:MM:SS` or fractions of a second as TIME; a day ends before 24:00."""
    colons = f"replace({cell}, '.', ':')"
    hours = "([01]?[0-9]|2[0-3])"
    return (
        f"CASE WHEN regexp_full_match({colons}, '{hours}:[0-9]{{2}}(:[0-9]{{2}})?') "
        f"THEN TRY_CAST(if(length({colons}) < 6, {colons} || ':00', {colons}) AS TIME) "
        f"WHEN regexp_full_match({cell}, '{hours}:[0-9]{{2}}:[0-9]{{2}}[.][0-9]+') THEN TRY_CAST({cell} AS TIME) END"
    )


def _by_pattern(cell: str, pattern: str) -> str:
    text = f"lower({cell})"
    if re.search("%[AaBb]", pattern):
        text = f"regexp_replace({text}, '^({WEEKDAYS})[, ]+', '')"
        for digits, names in MONTHS.items():
            text = f"regexp_replace({text}, '\\b({names})\\b[.]?', '{digits}')"
        pattern = re.sub("%[Bb]", "%m", re.sub("^%[Aa][, ]+", "", pattern))
    moment = f"try_strptime({text}, {literal(_lower_case(pattern))})"
    return f"CASE WHEN year({moment}) >= {FIRST_YEAR} THEN {moment} END"


def _lower_case(pattern: str) -> str:
    """The pattern's own letters as the lower case of the text; its directives as they are."""
    return re.sub("%-?.|[^%]+", lambda part: part[0] if part[0].startswith("%") else part[0].lower(), pattern)
