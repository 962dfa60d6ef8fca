"""A decision of the PPID about one field: into the contract's file, and into the ledger, or into neither.

The new text is loaded strictly, and must say nothing else than the old one but for that field, before it takes the
old one's place.
"""

import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalog.ledger import Decision, ledger, record_decision
from flows import private
from flows.settings import Places, ledger_address
from schemas.contracts import Access, City, Contract, Exemption
from schemas.contracts.amending import Said, amended
from schemas.contracts.loading import load
from schemas.errors import AuthorError, OperatorError


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about a field; `exemption` as the contract writes it, where the field is exempt."""

    field: str
    access: Access
    exemption: Said | None
    by: str


def keep(places: Places, city: City, file: Path, decided: Decided, now: datetime) -> Contract:
    """Write a decision down; the contract as it is now.

    Raises ContractError where the contract would be none with it, OperatorError where it cannot be written.
    """
    before, after, text = _amended(file, decided)
    with private.disk_faults(places), ledger(ledger_address(places.private)) as session:
        record_decision(session, _record(city, before, after, decided, now))
        session.flush()
        replace(file, text)
    return after


def _amended(file: Path, decided: Decided) -> tuple[Contract, Contract, str]:
    try:
        old = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise AuthorError("contract_unreadable", file=file.name) from None
    before = load(old, file.name, Contract)
    try:
        text = amended(old, decided.field, decided.access, decided.exemption)
    except (KeyError, TypeError, AttributeError):
        raise AuthorError("contract_changed", field=decided.field, file=file.name) from None
    after = load(text, file.name, Contract)
    if _elsewhere(before, decided.field) != _elsewhere(after, decided.field) or not _says(after, decided):
        raise AuthorError("contract_changed", field=decided.field, file=file.name)
    return before, after, text


def _elsewhere(contract: Contract, field: str) -> Contract:
    """The contract but for what can be decided about a field."""
    undecided = {"access": "undetermined", "exemption": None}
    fields = tuple(one.model_copy(update=undecided) if one.name == field else one for one in contract.fields)
    return contract.model_copy(update={"fields": fields})


def _says(contract: Contract, decided: Decided) -> bool:
    field = contract.field(decided.field)
    ground = None if decided.exemption is None else Exemption.model_validate(decided.exemption)
    return field.access == decided.access and field.exemption == ground


def _record(city: City, before: Contract, after: Contract, decided: Decided, now: datetime) -> Decision:
    ground = after.field(decided.field).exemption
    return Decision(
        city=city.id,
        dataset=after.id,
        field=decided.field,
        at=now.astimezone(UTC),
        access=decided.access,
        law=ground.law if ground else None,
        decision=ground.decision if ground else None,
        office=ground.office if ground else None,
        until=ground.until if ground else None,
        by=decided.by,
        contract_before=before.digest,
        contract_after=after.digest,
    )


def replace(file: Path, text: str) -> None:
    """Put `text` in the place of a file, at once and for good; OperatorError where that is refused."""
    target = file.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _refused(file, error) from None
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode())
            new.flush()
            os.fchmod(new.fileno(), stat.S_IMODE(target.stat().st_mode))
            os.fsync(new.fileno())
        Path(name).replace(target)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise _refused(file, error) from None


def require_writable(file: Path) -> None:
    """OperatorError where a contract cannot be replaced: told before anybody has answered anything."""
    target = file.resolve()
    for place in (target, target.parent):
        if not os.access(place, os.W_OK):
            raise OperatorError("contract_not_writable", file=file.name, reason="W_OK")


def _refused(file: Path, error: OSError) -> OperatorError:
    return OperatorError("contract_not_writable", file=file.name, reason=os.strerror(error.errno or 0))
