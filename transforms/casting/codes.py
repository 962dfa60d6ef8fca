"""Codes are text. What shows that a spreadsheet took one for a number and lost digits of it, as SQL."""

from transforms.reading.table import NUMBER_MARK

EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number; of a longer code it stores zeros in place of the last."""


def lost_digits(cell: str) -> str:
    """Whether the cell of a text field is a number that lost digits: `7.27E+15`, or stored with more than 15.

    A search for two letters is cheap, a regular expression over every text is not; a comparison is cheaper still.
    """
    power = f"contains({cell}, 'E+') AND regexp_full_match({cell}, '[-+]?[1-9]([.,][0-9]+)?E[+][0-9]+')"
    marked = f"{cell} > '~' AND starts_with({cell}, '{NUMBER_MARK}')"
    stored = f"{marked} AND abs(TRY_CAST(substr({cell}, 2) AS DOUBLE)) >= 1e{EXACT_DIGITS}"
    return f"(({power}) OR ({stored}))"
