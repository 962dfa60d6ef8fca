"""The coarser form of a field, as an SQL expression over its typed column.

Holds no row and decides nothing: which form a field takes stands in the contract. What is empty stays empty.
A number that a form cannot place exactly (beyond 2^52 of the form's smallest digit, infinite, no number) becomes
empty as well: nothing leaves finer than it was promised, and no failing cast names a value.

Numbers are doubles, and `floor(0.3 / 0.1)` is 2. Each border is therefore made as one division of two whole
numbers, which IEEE 754 rounds to the double nearest to the decimal border: the very double that the text of it,
`0.3`, was read as. Comparing with the borders places every value as its decimal text says.
"""

from collections.abc import Sequence
from decimal import Decimal

from schemas.contracts import ContractField, Dataset, FieldType
from schemas.contracts.generalisation import Generalise
from schemas.tables import quoted

EXACT = 2**52
"""Up to here a double holds every whole number and the one half above it."""

WHOLE_TYPES: frozenset[FieldType] = frozenset({"integer", "year"})


def published(field: ContractField, of: Dataset) -> str:
    """The SQL expression of a public field over the staged column of its name, as the dataset publishes it at first.

    The groups that are smaller than k may have to go further: that is redaction's business.
    """
    if field.exemption is None or field.exemption.generalise is None:
        return quoted(field.name)
    return coarser(field, (field.exemption.generalise,), public_type(field, of))


def public_type(field: ContractField, of: Dataset) -> FieldType:
    """The type under which a field that leaves is published."""
    return next((one.type for one in of.public_fields if one.name == field.name), field.type)


def coarser(field: ContractField, forms: Sequence[Generalise], kind: FieldType) -> str:
    """The SQL expression of `field` in the last of `forms`, of the type `kind`.

    `forms` are the steps from the first to the last. A rounded value is rounded on from the step before (49 to
    tens is 50, then to hundreds 100), since the nearest multiples of two sizes do not nest; every other form is
    the same whether it is taken from the value or from the finer form.
    """
    value, last = quoted(field.name), forms[-1]
    if last.to == "month":
        return f"CASE WHEN isfinite({value}) THEN strftime({value}, '%Y-%m') END"
    if last.to == "year":
        return _year(field, kind)
    if last.to == "band":
        return _band_of(field, _size(last))
    if last.to == "grid":
        return _grid(value, _size(last))
    for form in forms:
        value = _rounded_of(field, value, _size(form))
    return value


def _band_of(field: ContractField, size: Decimal) -> str:
    if field.type in WHOLE_TYPES and size == int(size):
        return _whole_band(quoted(field.name), int(size))
    return _band(quoted(field.name), size)


def _rounded_of(field: ContractField, value: str, size: Decimal) -> str:
    if field.type not in WHOLE_TYPES:
        return _rounded(value, size)
    if size == int(size):
        return _whole_rounded(value, int(size))
    return f"TRY_CAST(round({_rounded(value, size)}) AS BIGINT)"


def _size(form: Generalise) -> Decimal:
    return Decimal(0) if form.size is None else form.size


def _year(field: ContractField, kind: FieldType) -> str:
    """A year is a number; beside months it is text, ISO 8601 in reduced precision."""
    value = quoted(field.name)
    text = f"CASE WHEN isfinite({value}) THEN strftime({value}, '%Y') END"
    if field.type == "yearmonth":
        text = f"split_part({value}, '-', 1)"
    return text if kind == "string" else f"TRY_CAST({text} AS BIGINT)"


def _whole_band(value: str, size: int) -> str:
    """`20 s.d. 29`: both ends are in it.

    Not `10-19`, which spreadsheets read as a date. A negative end stands in brackets, `(-20) s.d. (-11)`: a
    spreadsheet takes a cell that begins with a sign for a formula. HUGEINT, since the band of the largest
    BIGINT ends beyond it.
    """
    low = f"({value}::HUGEINT - (({value}::HUGEINT % {size}) + {size}) % {size})"
    return f"{_signed(low)} || ' s.d. ' || {_signed(f'({low} + {size - 1})')}"


def _band(value: str, size: Decimal) -> str:
    """`0.5 s.d. <1.0`: the upper end is not in it; both have as many decimals as the size."""
    cell, digits = _cell(value, size), _digits(size)
    low, high = (f"TRY_CAST({_border(f'({cell} + {step})', size)} AS DECIMAL(38, {digits}))" for step in (0, 1))
    return f"{_signed(low)} || ' s.d. <' || {_signed(high)}"


def _signed(number: str) -> str:
    return f"CASE WHEN {number} < 0 THEN '(' || {number}::VARCHAR || ')' ELSE {number}::VARCHAR END"


def _grid(value: str, size: Decimal) -> str:
    """The centre of the cell; cells are counted from 0, and a value on a border belongs to the cell above it."""
    return _border(f"({_cell(value, size)} + 0.5::DOUBLE)", size)


def _whole_rounded(value: str, size: int) -> str:
    """The nearest multiple, halves away from zero."""
    amount = f"(2 * abs({value}::HUGEINT) + {size}) // {2 * size} * {size}"
    return f"TRY_CAST(CASE WHEN {value} < 0 THEN -({amount}) ELSE {amount} END AS BIGINT)"


def _rounded(value: str, size: Decimal) -> str:
    """The nearest multiple, halves away from zero, and no negative zero."""
    far = f"abs({value}::DOUBLE)"
    near = f"floor({far} / {_double(size)} + 0.5)"
    amount = _border(_placed(near, far, size, "0.5::DOUBLE"), size)
    return f"CASE WHEN {amount} = 0 THEN 0::DOUBLE WHEN {value} < 0 THEN -({amount}) ELSE {amount} END"


def _cell(value: str, size: Decimal) -> str:
    """How many whole sizes fit below the value: a whole number as DOUBLE."""
    near = f"floor({value}::DOUBLE / {_double(size)})"
    return _placed(near, f"{value}::DOUBLE", size, "0::DOUBLE")


def _placed(near: str, value: str, size: Decimal, shift: str) -> str:
    """The count `near`, put right where its division strayed over a border; NULL where that cannot be told.

    The count n holds the values from (n - shift) sizes on, up to but without (n + 1 - shift) sizes.
    """
    low, high = _border(f"({near} - {shift})", size), _border(f"({near} + 1 - {shift})", size)
    return (
        f"CASE WHEN NOT {_small_enough(value, size)} THEN NULL WHEN {value} >= {high} THEN {near} + 1 "
        f"WHEN {value} < {low} THEN {near} - 1 ELSE {near} END"
    )


def _border(count: str, size: Decimal) -> str:
    """`count` sizes as the nearest double; `count` is a multiple of one half."""
    scale = 10 ** _digits(size)
    return f"(2 * ({count}) * {_double(size * scale)} / {_double(Decimal(2 * scale))})"


def _small_enough(value: str, size: Decimal) -> str:
    return f"coalesce(abs({value}) < {_double(Decimal(EXACT) / (2 * 10 ** _digits(size)))}, false)"


def _digits(size: Decimal) -> int:
    """How many digits the size has behind its point."""
    exponent = size.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _double(number: Decimal) -> str:
    """A DOUBLE literal: a bare `0.1` would be a DECIMAL."""
    return f"'{float(number)!r}'::DOUBLE"
