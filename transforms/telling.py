"""What staging decided and met, as findings: counts only, and the hint of what to do (law 2).

Nothing is said of a column that needed no decision.
"""

from collections.abc import Iterator, Mapping

from schemas.contracts import Contract, ContractField
from schemas.findings import Actor, Finding, Outcome
from schemas.messages import wording
from transforms.casting.causes import Cause, coordinate_pair
from transforms.casting.numbers import Style, declared_style
from transforms.casting.places import How
from transforms.casting.spelled import Sign, decided_order


def told_styles(contract: Contract, styles: Mapping[str, Style], rows: int) -> Iterator[Finding]:
    """Which decimal sign each column was found to have, where the contract states none."""
    for field in contract.staged_fields:
        style = styles.get(field.name, "whole")
        if style != "whole" and declared_style(field) is None:
            yield _finding(f"numbers_{style}", (field.name,), rows, 0, "passed")


def told_orders(contract: Contract, signs: Mapping[str, Mapping[Sign, int]], rows: int) -> Iterator[Finding]:
    """The columns whose order of day and month is a convention, not a proof."""
    for field in contract.staged_fields:
        found = signs.get(field.name, {})
        if decided_order(found) == "mixed":
            yield _finding("date_order", (field.name,), rows, found["unclear"], "failed", "date_order_mixed")
        elif found.get("unclear") and not (found["day_first"] or found["month_first"]):
            yield _finding("date_order", (field.name,), rows, found["unclear"], "failed", "date_order")


def told_mappings(mappings: Mapping[str, Mapping[How, int]], rows: int) -> Iterator[Finding]:
    """How many rows were mapped to the official list of regions, by which declaration."""
    for name, counts in mappings.items():
        for how, count in counts.items():
            yield _finding(how, (name,), rows, 0, "passed", mapped=count)


def told_causes(contract: Contract, counts: Mapping[str, Mapping[Cause, int]], rows: int) -> Iterator[Finding]:
    """Why cells did not parse, where a cause can be named."""
    for field in contract.staged_fields:
        for cause, count in counts.get(field.name, {}).items():
            if count:
                pair = coordinate_pair(contract) if cause == "coordinates_swapped" else None
                yield _finding(cause, pair or (field.name,), rows, count, "failed", *_hint(cause, field))


def told_geometries(counts: Mapping[str, Mapping[str, int]], rows: int) -> Iterator[Finding]:
    """What the department should know of its geometries, though it stops nothing."""
    for name, remarks in counts.items():
        for remark, count in remarks.items():
            yield _finding(remark, (name,), rows, count, "failed" if count else "passed")


def _hint(cause: Cause, field: ContractField) -> tuple[str, str]:
    if cause == "unit_differs" and field.unit is None:
        return "unit_missing", ""
    return cause, field.unit or ""


def _finding(
    rule: str,
    fields: tuple[str, ...],
    rows: int,
    failing: int,
    outcome: Outcome,
    hint: str = "",
    unit: str = "",
    mapped: int | None = None,
) -> Finding:
    actor: Actor = "author" if rule == "date_order" else "supplier"
    because = wording(f"finding.{hint}", "id", unit=unit) if hint else None
    return Finding(
        code=f"{rule}:{','.join(fields)}",
        rule=rule,
        fields=fields,
        because=because,
        severity="warning",
        outcome=outcome,
        checked=rows if mapped is None else mapped,
        failing=failing,
        actor=actor,
    )
