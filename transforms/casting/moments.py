"""Dates and times as offices write them, as SQL. Day comes before month; month names are Indonesian or English."""

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
WEEKDAYS = "senin|selasa|rabu|kamis|jumat|jum.at|sabtu|minggu|ahad"
ANY_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y")
"""The formats of `format: any`, each day first."""


def date(cell: str, format_: str) -> str:
    """The SQL that reads a trimmed cell as DATE: ISO 8601 by default, else a strptime pattern."""
    iso = (
        f"CASE WHEN length({cell}) = 10 AND {cell}[5] = '-' AND {cell}[8] = '-' THEN TRY_CAST({cell} AS DATE) "
        f"WHEN regexp_full_match({cell}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]00:00(:00([.]0+)?)?') "
        f"THEN TRY_CAST({cell}[:10] AS DATE) END"
    )
    if format_ == "default":
        return iso
    formats = ANY_DATE if format_ == "any" else (format_,)
    read = ", ".join(f"TRY_CAST({_by_pattern(cell, pattern)} AS DATE)" for pattern in formats)
    return f"coalesce({iso}, {read})"


def datetime(cell: str, format_: str, timezone: str) -> str:
    """The SQL that reads a trimmed cell as TIMESTAMP on the clock of `timezone`."""
    zoned = f"TRY_CAST({cell} AS TIMESTAMPTZ) AT TIME ZONE '{timezone}'"
    shaped = f"regexp_matches({cell}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-9]{{2}}:[0-9]{{2}}')"
    iso = (
        f"CASE WHEN NOT {shaped} THEN NULL WHEN length({cell}) <= 19 THEN TRY_CAST({cell} AS TIMESTAMP) "
        f"WHEN regexp_matches({cell}, '(Z|[+-][0-9]{{2}}:?[0-9]{{2}})$') THEN {zoned} "
        f"ELSE TRY_CAST({cell} AS TIMESTAMP) END"
    )
    return iso if format_ in ("default", "any") else f"coalesce({iso}, {_by_pattern(cell, format_)})"


def time(cell: str) -> str:
    """The SQL that reads `HH:MM`, `HH.MM` or `HH:MM:SS` as TIME."""
    colons = f"replace({cell}, '.', ':')"
    return (
        f"CASE WHEN regexp_full_match({colons}, '[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}})?') "
        f"THEN TRY_CAST(if(length({colons}) < 6, {colons} || ':00', {colons}) AS TIME) END"
    )


def _by_pattern(cell: str, pattern: str) -> str:
    text = f"lower({cell})"
    if "%B" in pattern or "%b" in pattern:
        text = f"regexp_replace({text}, '^({WEEKDAYS})[, ]+', '')"
        for digits, names in MONTHS.items():
            text = f"regexp_replace({text}, '\\b({names})\\b[.]?', '{digits}')"
        pattern = pattern.replace("%B", "%m").replace("%b", "%m")
    quoted = pattern.replace("'", "''")
    return f"try_strptime({text}, '{quoted}')"
