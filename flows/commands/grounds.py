"""The questions about a field that is exempt: ground, decision, period, both sides of the consequence test, method."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from string import ascii_lowercase
from typing import Any

from flows.commands.asking import Unfit, ask, choice, day, line
from flows.settings import language
from schemas.contracts import Contract, ContractField
from schemas.contracts.generalisation import COARSER_TYPES, SIZED
from schemas.messages import wording

LETTERS = ascii_lowercase[:10]
ARTICLE = "UU 14/2008 Pasal 17 huruf"
"""The grounds on which a public body may withhold information: letters a to j."""
YEARS = 5
"""How long a decision lasts unless the official says otherwise."""


@dataclass(slots=True)
class Usual:
    """What an official most likely answers again for the next field."""

    today: date
    decision: str = ""
    office: str = ""
    law: str = ""
    if_opened: str = ""
    if_closed: str = ""


def ground(field: ContractField, contract: Contract, usual: Usual) -> dict[str, Any]:
    """The answers as a contract's `exemption` writes them; what was decided before is offered again."""
    before = field.exemption
    law = _law(before.law if before else usual.law)
    decision = line("decide.decision", before.decision if before else usual.decision)
    office = line("ask.office", (before.office if before else None) or usual.office)
    decided = day("decide.decided", usual.today)
    until = day("decide.until", _years_after(decided), after=decided)
    said: dict[str, Any] = {
        "law": law,
        "decision": decision,
        "decided": decided,
        "until": until,
        "office": office,
        "reason": _text("decide.reason", before.reason if before else None, _usual_reason(law)),
        "if_opened": _text("decide.if_opened", before.if_opened if before else None, usual.if_opened),
        "if_closed": _text("decide.if_closed", before.if_closed if before else None, usual.if_closed),
        **_method(field, contract),
    }
    usual.decision, usual.office, usual.law = decision, office, law
    usual.if_opened, usual.if_closed = (_indonesian(said[side]) for side in ("if_opened", "if_closed"))
    if before is not None and before.earlier_releases is not None:
        said["earlier_releases"] = before.earlier_releases.model_dump(mode="json", exclude_none=True)
    return said


def _indonesian(text: Any) -> str:
    return str(text["id"] if isinstance(text, dict) else text)


def _law(usual: str) -> str:
    spoken = language(None)
    offered = [f"{ARTICLE} {letter}: {wording(f'article17.{letter}', spoken)}" for letter in LETTERS]
    laws = [f"{ARTICLE} {letter}" for letter in LETTERS]
    known = laws.index(usual) + 1 if usual in laws else 0
    chosen = choice("decide.law", [*offered, wording("decide.other_law", spoken)], default=known)
    return laws[chosen] if chosen < len(laws) else line("decide.other_law_text", usual)


def _usual_reason(law: str) -> str:
    return "Rahasia pribadi" if law == f"{ARTICLE} h" else ""


def _text(question: str, before: Any, usual: str = "") -> Any:
    """A text in Indonesian; the English beside it stays only where the Indonesian stays."""
    said = line(question, before.id if before else usual)
    if before is not None and before.en and said == before.id:
        return {"id": before.id, "en": before.en}
    return said


def _years_after(decided: date) -> date:
    day_of_month = 28 if (decided.month, decided.day) == (2, 29) else decided.day
    return decided.replace(year=decided.year + YEARS, day=day_of_month)


def _method(field: ContractField, contract: Contract) -> dict[str, Any]:
    ways = list(_ways(field, contract))
    chosen = ways[choice("decide.method", [wording(f"choice.{way}", language(None)) for way in ways], default=1)]
    if chosen not in COARSER_TYPES:
        return {"method": chosen}
    return {"method": "generalise", "generalise": {"to": chosen, **(_size() if chosen in SIZED else {})}}


def _ways(field: ContractField, contract: Contract) -> Iterator[str]:
    """What the field's type and the contract's disclosure rules allow."""
    yield "drop"
    yield from (way for way, types in COARSER_TYPES.items() if field.type in types)
    if contract.disclosure.k is not None:
        yield "suppress"
    if contract.disclosure.aggregate is not None:
        yield "aggregate"


def _size() -> dict[str, int | float]:
    size = ask("decide.size", _above_zero)
    return {"size": int(size) if size == int(size) else float(size)}


def _above_zero(text: str) -> Decimal:
    try:
        size = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise Unfit("ask.size") from None
    if not size.is_finite() or size <= 0:
        raise Unfit("ask.size")
    return size
