"""What a release changed against the one before it, in counts, and why: a part of its manifest.

Pure: `comparison.py` counts. No value stands here, and no row: counts and names of columns alone.
"""

from typing import Literal

from pydantic import Field

from schemas.contracts import Language, Promise
from schemas.messages import wording

Cause = Literal["data", "contract", "corrections", "program"]
CAUSES: dict[str, Cause] = {
    "snapshot_sha256": "data",
    "contract_sha256": "contract",
    "corrections_sha256": "corrections",
    "code_version": "program",
}
"""By what a release is made from (`manifest.Inputs`): why it differs from the one before it."""


class Changes(Promise):
    """What is new since the release `since`. The counts of rows are absent where they were not compared.

    `changed` counts rows that stand in both under the same key and say something else; without a key it is absent,
    and such a row counts as one removed and one added. Columns that only one release has are not compared.
    """

    since: str
    because: tuple[Cause, ...] = ()
    added: int | None = Field(None, ge=0)
    changed: int | None = Field(None, ge=0)
    removed: int | None = Field(None, ge=0)
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()


def in_words(changes: Changes, language: Language = "id") -> str:
    """The changes as one sentence without its full stop: `12 baris baru, 3 diubah; kolom x ditambahkan`."""
    rows = ", ".join(_rows(changes, language))
    columns = "; ".join(_columns(changes, language))
    said = "; ".join(filter(None, (rows, columns)))
    if said:
        return said
    return wording("changes.not_compared" if changes.added is None else "changes.none", language)


def causes_in_words(changes: Changes, language: Language = "id") -> str:
    """Why, as a list of words; empty where nobody knows."""
    return ", ".join(wording(f"changes.because.{cause}", language) for cause in changes.because)


def _rows(changes: Changes, language: Language) -> list[str]:
    counts = {"added": changes.added, _name_of_changed(changes): changes.changed, "removed": changes.removed}
    return [_counted(code, count, language) for code, count in counts.items() if count]


def _name_of_changed(changes: Changes) -> str:
    """The department's data say something else of the same things; what only we set right was wrong before."""
    return "corrected" if "corrections" in changes.because and "data" not in changes.because else "changed"


def _counted(code: str, count: int, language: Language) -> str:
    from babel.numbers import format_decimal

    number = format_decimal(count, locale=language)
    return wording(f"changes.{code}.{'one' if count == 1 else 'many'}", language, n=number)


def _columns(changes: Changes, language: Language) -> list[str]:
    named = {
        "columns_added": changes.columns_added,
        "columns_removed": changes.columns_removed,
        "columns_retyped": changes.columns_retyped,
    }
    return [wording(f"changes.{code}", language, names=", ".join(names)) for code, names in named.items() if names]
