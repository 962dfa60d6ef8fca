"""Numbers as offices write them: which style a column speaks, and the SQL that reads it.

`1.234` is a thousand and more in Indonesian and a bit over one in English. So the style is decided per column
from the forms of all its cells; a cell whose form stays ambiguous does not parse, and is never guessed.
"""

from collections.abc import Mapping
from typing import Literal

from schemas.contracts import ContractField
from transforms.reading.table import NUMBER_MARK

Style = Literal["whole", "english", "indonesian", "self_evident"]
Form = Literal["indonesian", "english", "ambiguous", "grouped"]

NUMERIC_TYPES = ("integer", "number")

_WHOLE = "[-+]?[0-9]+"
_ENGLISH = "[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?([eE][-+]?[0-9]+)?"
_INDONESIAN = "[-+]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]+)?"

FORMS: dict[Form, str] = {
    # a comma after dots, two dots and more, or a comma that cannot group
    "indonesian": (
        r"[-+]?([0-9]{1,3}([.][0-9]{3})+,[0-9]+|[0-9]{1,3}([.][0-9]{3}){2,}"
        r"|([0-9]+,([0-9]{1,2}|[0-9]{4,})|0[0-9]*,[0-9]+|[0-9]{4,},[0-9]+))"
    ),
    # the same with the two signs exchanged
    "english": (
        r"[-+]?([0-9]{1,3}(,[0-9]{3})+[.][0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}"
        r"|([0-9]+[.]([0-9]{1,2}|[0-9]{4,})|0[0-9]*[.][0-9]+|[0-9]{4,}[.][0-9]+))"
    ),
    "ambiguous": r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}",
}
"""What the form of one cell says about its column. Digits alone say nothing."""


def declared_style(field: ContractField) -> Style | None:
    """The style that the contract states, if it states one."""
    if field.decimalChar is None and field.groupChar is None:
        return None
    return "indonesian" if field.decimalChar == "," or field.groupChar == "." else "english"


def decided_style(forms: Mapping[Form, int]) -> Style:
    """The style of a column from how many cells have which form."""
    indonesian, english = forms.get("indonesian", 0), forms.get("english", 0)
    if indonesian and english:
        return "self_evident"
    if indonesian or english:
        return "indonesian" if indonesian else "english"
    return "self_evident" if forms.get("ambiguous", 0) else "whole"


def form_counts(cell: str) -> dict[Form, str]:
    """The SQL aggregates that count the forms of a text column."""
    plain = _prepared(cell)
    rupiah = f"regexp_matches({cell}, '(?i)^rp|,-+$')"
    counts: dict[Form, str] = {
        form: f"count(*) FILTER (regexp_full_match({plain}, '{pattern}'))" for form, pattern in FORMS.items()
    }
    counts["indonesian"] += f" + count(*) FILTER ({rupiah})"
    return counts


def number(cell: str, style: Style) -> str:
    """The SQL that reads a trimmed cell as DOUBLE, NULL where it does not parse."""
    marked = f"TRY_CAST(substr({cell}, 2) AS DOUBLE)"
    return f"CASE WHEN starts_with({cell}, '{NUMBER_MARK}') THEN {marked} ELSE {_in_style(cell, style)} END"


def integer(cell: str, style: Style) -> str:
    """The SQL that reads a trimmed cell as BIGINT, NULL where it does not parse or has a fraction.

    In a column of whole numbers `1.234` and `1,234` can only be grouped thousands.
    """
    quick = f"TRY_CAST({cell} AS BIGINT)"
    plain = _prepared(cell)
    grouped = f"regexp_full_match({plain}, '[-+]?([0-9]+|[0-9]{{1,3}}([.][0-9]{{3}})+|[0-9]{{1,3}}(,[0-9]{{3}})+)')"
    decimal = "[.]" if style == "english" else "[.,]"
    zeros = f"regexp_replace({plain}, '{decimal}0{{1,2}}$', '')"
    whole = f"TRY_CAST(regexp_replace({plain}, '[.,]', '', 'g') AS BIGINT)"
    return (
        f"CASE WHEN CAST({quick} AS VARCHAR) = {cell} THEN {quick} WHEN {grouped} THEN {whole} "
        f"WHEN regexp_full_match({zeros}, '{_WHOLE}') THEN TRY_CAST({zeros} AS BIGINT) END"
    )


def _in_style(cell: str, style: Style) -> str:
    if style == "whole":
        return f"CASE WHEN regexp_full_match({cell}, '{_WHOLE}') THEN TRY_CAST({cell} AS DOUBLE) END"
    plain = _prepared(cell)
    english = f"TRY_CAST(replace({plain}, ',', '') AS DOUBLE)"
    indonesian = f"TRY_CAST(replace(replace({plain}, '.', ''), ',', '.') AS DOUBLE)"
    if style == "english":
        quick = f"regexp_full_match({cell}, '[-+]?[0-9]+([.][0-9]+)?')"
        return (
            f"CASE WHEN {quick} THEN TRY_CAST({cell} AS DOUBLE) "
            f"WHEN regexp_full_match({plain}, '{_ENGLISH}') THEN {english} END"
        )
    if style == "indonesian":
        return f"CASE WHEN regexp_full_match({plain}, '{_INDONESIAN}') THEN {indonesian} END"
    return (
        f"CASE WHEN regexp_full_match({plain}, '{_WHOLE}|{FORMS['english']}') THEN {english} "
        f"WHEN regexp_full_match({plain}, '{FORMS['indonesian']}') THEN {indonesian} END"
    )


def _prepared(cell: str) -> str:
    """Without `Rp`, without the `,-` of whole rupiah, a bracketed number as a negative one."""
    bare = f"regexp_replace(regexp_replace({cell}, '(?i)^(rp|idr)[.]?\\s*', ''), ',-+$', '')"
    return f"regexp_replace({bare}, '^[(](.*)[)]$', '-\\1')"
