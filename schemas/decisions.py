"""What the PPID's decisions amount to on a day: in force, due for a re-test, past their period, missing.

Pure: contracts and a day come in, standings and findings go out. Nothing here opens a field: one whose decision
has run out stays withheld until somebody decides again (UU 14/2008 Pasal 19-20).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from schemas.contracts import ContractField, Dataset
from schemas.contracts.generalisation import Generalise
from schemas.findings import Finding

Standing = Literal["in_force", "due", "expired", "incomplete", "undetermined"]
NOTICE = timedelta(days=90)
"""How long before its last day a decision is announced as due: a consequence test takes the PPID weeks."""
FINDING_OF: dict[Standing, str] = {
    "expired": "exemption_expired",
    "due": "exemption_due",
    "incomplete": "exemption_incomplete",
    "undetermined": "undetermined",
}
"""The rule under which each standing that owes something joins the report."""


def standing(field: ContractField, day: date) -> Standing:
    """How the decision about a withheld field stands on a day; the gravest that is true of it."""
    ground = field.exemption
    if ground is None:
        return "undetermined"
    if ground.until < day:
        return "expired"
    if ground.until - day <= NOTICE:
        return "due"
    return "in_force" if ground.is_complete else "incomplete"


def is_incomplete(field: ContractField) -> bool:
    """Whether a decision lacks its office or a side of the consequence test, however long it holds."""
    return field.exemption is not None and not field.exemption.is_complete


@dataclass(frozen=True, slots=True)
class Owing:
    """What a dataset owes the PPID: fields that need a decision now, and the next day on which one ends."""

    fields: int
    next_test: date | None


def owing(dataset: Dataset, day: date) -> Owing:
    """A line of the officer's list. A decision that has run out counts among the fields, not as the next."""
    withheld = dataset.withheld_fields
    ends = [field.exemption.until for field in withheld if field.exemption and field.exemption.until >= day]
    return Owing(
        fields=sum(standing(field, day) != "in_force" for field in withheld),
        next_test=min(ends, default=None),
    )


def findings(dataset: Dataset, day: date) -> tuple[Finding, ...]:
    """A warning a kind of debt: `checked` and `failing` count fields."""
    withheld = dataset.withheld_fields
    owed: dict[Standing, list[str]] = {
        "expired": [field.name for field in withheld if standing(field, day) == "expired"],
        "due": [field.name for field in withheld if standing(field, day) == "due"],
        "incomplete": [field.name for field in withheld if is_incomplete(field)],
        "undetermined": [field.name for field in withheld if standing(field, day) == "undetermined"],
    }
    return tuple(_warning(FINDING_OF[kind], names, len(withheld)) for kind, names in owed.items() if names)


def _warning(rule: str, fields: list[str], checked: int) -> Finding:
    return Finding(
        code=rule,
        rule=rule,
        fields=tuple(fields),
        severity="warning",
        outcome="failed",
        checked=checked,
        failing=len(fields),
        actor="ppid",
    )


def published_before(dataset: Dataset, standing_releases: Sequence[Dataset]) -> Iterator[Finding]:
    """Withheld fields that releases which still stand carry: a blocker until a decision says what becomes of those.

    `standing_releases` are the contracts that were published with them; `checked` and `failing` count releases.
    """
    for field in dataset.withheld_fields:
        carrying = sum(carries(release, dataset, field.name) for release in standing_releases)
        if carrying:
            yield _carried(field, carrying, len(standing_releases))


def carries(release: Dataset, now: Dataset, name: str) -> bool:
    """Whether a release's public table shows more of a field than the contract lets leave now.

    Sums over a field are no part of it: they were released as sums, by a decision of their own.
    """
    then, today = _form(release, name), _form(now, name)
    if then is None or then == today:
        return False
    return today is None or not _is_coarser(then, today)


def shows(release: Dataset, now: Dataset, name: str) -> bool:
    """Whether a release is one to withdraw for what it shows of a field: at all, while the contract has it open."""
    if _form(release, name) is None:
        return False
    return _form(now, name) == _Form() or carries(release, now, name)


def _carried(field: ContractField, carrying: int, releases: int) -> Finding:
    stay = field.exemption.earlier_releases if field.exemption else None
    return Finding(
        code=f"published_before:{field.name}",
        rule="published_before",
        fields=(field.name,),
        because=f"{stay.stay.id} ({stay.decision}, {stay.decided.isoformat()})" if stay else None,
        severity="warning" if stay else "blocker",
        outcome="failed",
        checked=releases,
        failing=carrying,
        actor="ppid",
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """How a field stands in a public table: as it is, emptied in groups smaller than `k`, or coarser."""

    k: int = 0
    generalised: Generalise | None = None


def _form(dataset: Dataset, name: str) -> _Form | None:
    """None where the field is not in the public table."""
    known = {field.name: field for field in dataset.fields}
    if name not in known or name not in {field.name for field in dataset.public_fields}:
        return None
    ground = known[name].exemption
    if ground is None:
        return _Form()
    k = dataset.disclosure.k or 0
    return _Form(k if ground.method == "suppress" else 0, ground.generalise)


def _is_coarser(one: _Form, other: _Form) -> bool:
    """Whether all that `one` shows follows from `other`. Forms that do not nest are told apart: neither is."""
    if one.generalised and other.generalised:
        return one.generalised.is_coarser_than(other.generalised)
    if one.generalised or other.generalised:
        return one.generalised is not None
    return one.k > other.k
