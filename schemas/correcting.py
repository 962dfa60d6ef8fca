"""What a contract's corrections amount to on a day: how many cells for which reason, and which have run out. Pure."""

from collections import Counter
from datetime import date, timedelta

from pydantic import Field

from schemas.contracts import Contract, Correction, Promise
from schemas.findings import Finding

NOTICE = timedelta(days=30)
"""How long before its last day a correction is announced as due: a department needs weeks to mend its source."""


class Corrected(Promise):
    """How many cells of a field were corrected, and why: what a release says of its corrections."""

    field: str
    cells: int = Field(ge=1)
    because: str


def notes(contract: Contract) -> tuple[Corrected, ...]:
    """The corrections by field and reason. Each corrects one cell, or the run ends."""
    counted = Counter((one.field, one.because) for one in _all(contract))
    return tuple(Corrected(field=field, cells=cells, because=because) for (field, because), cells in counted.items())


def has_expired(contract: Contract, day: date) -> bool:
    """Whether a correction's last day is over."""
    return any(one.until < day for one in _all(contract))


def findings(contract: Contract, day: date) -> tuple[Finding, ...]:
    """A note a field and reason; a blocker for what has run out, a warning for what soon will."""
    everything = _all(contract)
    expired = [one for one in everything if one.until < day]
    due = [one for one in everything if one.until >= day and one.until - day <= NOTICE]
    return (
        *(_note(number, note) for number, note in enumerate(notes(contract), start=1)),
        *([_of_period("correction_expired", expired, len(everything))] if expired else []),
        *([_of_period("correction_due", due, len(everything))] if due else []),
    )


def _all(contract: Contract) -> tuple[Correction, ...]:
    return contract.corrections.corrections if contract.corrections else ()


def _note(number: int, note: Corrected) -> Finding:
    return Finding(
        code=f"corrected:{number}",
        rule="corrected",
        fields=(note.field,),
        because=note.because,
        severity="warning",
        outcome="passed",
        checked=note.cells,
        failing=0,
        actor="supplier",
    )


def _of_period(rule: str, ones: list[Correction], checked: int) -> Finding:
    """`checked` and `failing` count corrections."""
    return Finding(
        code=rule,
        rule=rule,
        fields=tuple(dict.fromkeys(one.field for one in ones)),
        severity="blocker" if rule == "correction_expired" else "warning",
        outcome="failed",
        checked=checked,
        failing=len(ones),
        actor="author",
    )
