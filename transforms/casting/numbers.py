"""Numbers as offices write them: which style a column speaks, and the SQL that reads it.

`1.234` is a thousand and more in Indonesian and a bit over one in English. So the style is decided per column
from the forms of all its cells; a cell whose form stays ambiguous does not parse, and is never guessed.
"""

from collections.abc import Mapping
from typing import Literal

from schemas.contracts import ContractField
from transforms.casting.dress import number_part, power_part
from transforms.reading.table import NUMBER_MARK

Style = Literal["whole", "english", "indonesian", "self_evident"]
Form = Literal["indonesian", "english", "ambiguous", "dressed"]

NUMERIC_TYPES = ("integer", "number")
EXACT_BELOW = 2**53
"""Above it a number that a file stores as a float has lost digits, so it is not taken for a whole one."""

_SPACES = "[ \u00a0\u202f]"
_DOTS = "[1-9][0-9]{0,2}([.][0-9]{3})+"
_COMMAS = "[1-9][0-9]{0,2}(,[0-9]{3})+"
_POWER = "[eE][-+]?[0-9]+"
_WHOLE = f"[-+]?[0-9]+({_POWER})?"
_ENGLISH = f"[-+]?(([0-9]+|{_COMMAS})([.][0-9]+)?|[0-9]+([.][0-9]+)?{_POWER})"
_INDONESIAN = f"[-+]?(([0-9]+|{_DOTS})(,[0-9]+)?|[0-9]+(,[0-9]+)?{_POWER})"

FORMS: dict[Form, str] = {
    # a comma after dots, two dots and more, a comma that cannot group, or one before a power of ten
    "indonesian": (
        rf"[-+]?({_DOTS},[0-9]+|[1-9][0-9]{{0,2}}([.][0-9]{{3}}){{2,}}"
        rf"|[0-9]+,([0-9]{{1,2}}|[0-9]{{4,}})|0[0-9]*,[0-9]+|[0-9]{{4,}},[0-9]+|[0-9]+,[0-9]+{_POWER})"
    ),
    # the same with the two signs exchanged
    "english": (
        rf"[-+]?({_COMMAS}[.][0-9]+|[1-9][0-9]{{0,2}}(,[0-9]{{3}}){{2,}}"
        rf"|[0-9]+[.]([0-9]{{1,2}}|[0-9]{{4,}})|0[0-9]*[.][0-9]+|[0-9]{{4,}}[.][0-9]+|[0-9]+[.][0-9]+{_POWER})"
    ),
    "ambiguous": r"[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}",
}
"""What the form of one cell says about its column. A cell of either style's form never parses in the other."""


def declared_style(field: ContractField) -> Style | None:
    """The style that the contract states, if it states one. A blank that groups says nothing of the decimals."""
    if field.decimalChar is None and field.groupChar in (None, " "):
        return None
    return "indonesian" if field.decimalChar == "," or field.groupChar == "." else "english"


def decided_style(forms: Mapping[Form, int]) -> Style:
    """The style of a column from how many cells have which form."""
    indonesian, english = forms.get("indonesian", 0), forms.get("english", 0)
    if indonesian and english:
        return "self_evident"
    if indonesian or english:
        return "indonesian" if indonesian else "english"
    return "self_evident" if forms.get("ambiguous", 0) or forms.get("dressed", 0) else "whole"


def form_counts(cell: str) -> dict[Form, str]:
    """The SQL aggregates that count the forms of a column's trimmed cells."""
    cell = number_part(cell)
    plain = _prepared(cell)
    counts: dict[Form, str] = {
        form: f"count(*) FILTER (regexp_full_match({plain}, '{pattern}'))" for form, pattern in FORMS.items()
    }
    counts["dressed"] = f"count(*) FILTER ({plain} <> {cell} OR regexp_full_match({cell}, '[-+]?[0-9]+{_POWER}'))"
    return counts


def ungrouped(cell: str, field: ContractField) -> str:
    """A trimmed cell without the blanks between its thousands, where the contract says that they stand there."""
    if field.groupChar != " ":
        return cell
    grouped = f"regexp_matches({cell}, '^[^0-9]*[1-9][0-9]{{0,2}}({_SPACES}[0-9]{{3}})+([.,][0-9]+)?[^0-9]*$')"
    return f"CASE WHEN {grouped} THEN regexp_replace({cell}, '{_SPACES}', '', 'g') ELSE {cell} END"


def number(cell: str, style: Style, power: str = "") -> str:
    """The SQL that reads a trimmed cell as DOUBLE, NULL where it does not parse or is not finite.

    `power` is the SQL of the power of ten that a word behind the number stands for, an empty text where none does.
    """
    value = f"CASE WHEN {_is_marked(cell)} THEN {_marked(cell)} ELSE {_in_style(cell, style, power)} END"
    return finite(value)


def finite(value: str) -> str:
    """A DOUBLE, NULL where it is not finite."""
    return f"CASE WHEN isfinite({value}) THEN {value} END"


def dressed_number(cell: str, style: Style) -> str:
    """The same of a cell that `dress` took apart."""
    return number(number_part(cell), style, power_part(cell))


def dressed_integer(cell: str, style: Style) -> str:
    """A cell that `dress` took apart as BIGINT: `2,5 juta` is whole, `1.250 juta` as the style of its column says."""
    value = _in_style(number_part(cell), style, power_part(cell))
    whole = f"CASE WHEN trunc({value}) = {value} AND abs({value}) < {EXACT_BELOW} THEN CAST({value} AS BIGINT) END"
    return f"CASE WHEN {power_part(cell)} <> '' THEN {whole} ELSE {integer(number_part(cell), style)} END"


def integer(cell: str, style: Style) -> str:
    """The SQL that reads a trimmed cell as BIGINT, NULL where it does not parse or has a fraction.

    In a column of whole numbers `1.234` and `1,234` can only be grouped thousands.
    """
    quick = f"TRY_CAST({cell} AS BIGINT)"
    stored = _marked(cell)
    exact = f"trunc({stored}) = {stored} AND abs({stored}) < {EXACT_BELOW}"
    zeros = f"{_COMMAS}[.]0{{1,2}}|[0-9]+[.]0{{1,2}}"
    if style != "english":
        zeros += f"|{_DOTS},0{{1,2}}|[0-9]+,0{{1,2}}"
    plain = _prepared(cell)
    digits = f"regexp_replace(regexp_replace({plain}, '[.,]0{{1,2}}$', ''), '[.,]', '', 'g')"
    return (
        f"CASE WHEN CAST({quick} AS VARCHAR) = {cell} THEN {quick} "
        f"WHEN {_is_marked(cell)} THEN CASE WHEN {exact} THEN CAST({stored} AS BIGINT) END "
        f"WHEN regexp_full_match({plain}, '[-+]?([0-9]+|{_DOTS}|{_COMMAS}|{zeros})') "
        f"THEN TRY_CAST({digits} AS BIGINT) END"
    )


def _is_marked(cell: str) -> str:
    """A comparison, which most cells fail, is three times as cheap."""
    return f"({cell} > '~' AND starts_with({cell}, '{NUMBER_MARK}'))"


def _marked(cell: str) -> str:
    """A fraction that the file stores as a number."""
    return f"TRY_CAST(substr({cell}, 2) AS DOUBLE)"


def _in_style(cell: str, style: Style, power: str) -> str:
    plain = _prepared(cell)
    times = f" || if({power} = '', '', 'e' || {power})" if power else ""  # as text: 1.1 * 1e6 is not 1100000
    english = f"TRY_CAST(replace({plain}, ',', ''){times} AS DOUBLE)"
    indonesian = f"TRY_CAST(replace(replace({plain}, '.', ''), ',', '.'){times} AS DOUBLE)"
    match style:
        case "whole":
            return f"CASE WHEN regexp_full_match({cell}, '[-+]?[0-9]+') THEN TRY_CAST({cell}{times} AS DOUBLE) END"
        case "english":
            quick = f"regexp_full_match({cell}, '[-+]?[0-9]+([.][0-9]+)?')"
            return (
                f"CASE WHEN {quick} THEN TRY_CAST({cell}{times} AS DOUBLE) "
                f"WHEN regexp_full_match({plain}, '{_ENGLISH}') THEN {english} END"
            )
        case "indonesian":
            return f"CASE WHEN regexp_full_match({plain}, '{_INDONESIAN}') THEN {indonesian} END"
        case "self_evident":
            return (
                f"CASE WHEN regexp_full_match({plain}, '{_WHOLE}|{FORMS['english']}') THEN {english} "
                f"WHEN regexp_full_match({plain}, '{FORMS['indonesian']}') THEN {indonesian} END"
            )


def _prepared(cell: str) -> str:
    """A bracketed number as a negative one, without `Rp`, without the `,-` of whole rupiah.

    Nobody counts thousandths of a rupiah: `Rp 1.234` and `Rp 1,234` are thousands in whichever style. Only a
    cell with such dress is taken apart, for regular expressions are dear.
    """
    signed = f"regexp_replace({cell}, '^[(](.*)[)]$', '-\\1')"
    bare = f"regexp_replace({signed}, '(?i)^(-?)(rp|idr)[.]?{_SPACES}*', '\\1')"
    bare = f"regexp_replace({bare}, ',-+$', '')"
    thousands = f"regexp_replace({bare}, '^([-+]?[1-9][0-9]{{0,2}})[.,]([0-9]{{3}})$', '\\1\\2')"
    money = f"regexp_matches({cell}, '(?i)^[(-]?(rp|idr)|,-+[)]?$')"
    dressed = f"{cell} > ':' OR {cell} < '+' OR {cell}[2] > ':' OR ends_with({cell}, '-')"
    return f"CASE WHEN {dressed} THEN CASE WHEN {money} THEN {thousands} ELSE {bare} END ELSE {cell} END"
