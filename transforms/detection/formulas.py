"""Text that a spreadsheet would run (OWASP "CSV Injection"): reported, never changed.

Not told as formulas: a signed number, signs without anything behind them, a remark that begins with a dash and a
space, and an account's name after an at sign, unless something in them calls or points elsewhere.
"""

import re
from collections.abc import Iterator

from schemas.contracts.clearance import Kind

from .strength import Strength

_FULL_WIDTH = str.maketrans("\uff1d\uff0b\uff0d\uff20", "=+-@")
_UNSEEN = "\t\r\n"
_HARMLESS = re.compile(
    r"""(?x)
      [+-]\ ?[0-9.,\ ]*[0-9](?:[eE][+-]?[0-9]+)?\ ?%?     # a signed number
    | [+-]\ ?(?:Rp|IDR|USD)\.?\ ?[0-9.,]+                  # signed money
    | \+[0-9][0-9\ ().-]*                                  # a phone number
    | [+-][0-9][0-9.,]*\ ?(?:[^\W\d]|°|%|/|\ )*            # a signed number and its unit
    | [=+@-][^\w(|!"'$]*                                   # signs alone
    | =\ ?[<>=]\ ?[^(|!]*                                  # a comparison
    | --?>?\ [^(|!=]*(?:\ \([^|!=]*)?                      # a remark in a list
    """
)
_ACCOUNT = re.compile(r"@[\w.]{2,}")


def formulas(text: str) -> Iterator[tuple[Kind, Strength]]:
    """Whether `text`, as it stands in the cell, would be run."""
    if text[:1] in ("\t", "\r"):
        yield "formula", Strength.CERTAIN
        return
    shown = text.translate(_FULL_WIDTH).lstrip(" \u00a0\ufeff\u200b")
    if shown[:1] not in ("=", "+", "-", "@") or _HARMLESS.fullmatch(shown):
        return
    yield "formula", Strength.OFFICIAL if _ACCOUNT.fullmatch(shown) else Strength.CERTAIN
