"""What a field is in the public table: as it is, in a coarser form, or not there (law 1)."""

from .disclosure import Aggregate, Disclosure
from .field import Constraints, ContractField, FieldType
from .generalisation import Coarse

_TYPE_OF: dict[Coarse, FieldType] = {"month": "yearmonth", "year": "year", "band": "string"}


def published_form(field: ContractField, disclosure: Disclosure) -> ContractField | None:
    """The field as the public table has it; None for one that does not leave.

    A month that may become a year in small groups is text: ISO 8601 in reduced precision, `2026-03` or `2026`.
    """
    if field.access == "open":
        return field
    ground = field.exemption
    if ground is None or ground.method not in ("generalise", "suppress"):
        return None
    if ground.generalise is None:
        return field.model_copy(update={"constraints": Constraints()})
    mixed = any(step.field == field.name and step.to != ground.generalise.to for step in disclosure.further)
    kind = "string" if mixed else _TYPE_OF.get(ground.generalise.to, field.type)
    return field.model_copy(update={"type": kind, "format": "default", "constraints": Constraints()})


def published_groups(groups: tuple[ContractField, ...], aggregate: Aggregate) -> tuple[ContractField, ...]:
    """The columns of a table of groups: what it groups by, the count, the sums."""
    count = ContractField(
        name=aggregate.name,
        title=aggregate.title,
        description=aggregate.description,
        type="integer",
        unit=aggregate.unit,
        access="open",
    )
    sums = (
        ContractField(
            name=one.name, title=one.title, description=one.description, type="number", unit=one.unit, access="open"
        )
        for one in aggregate.sums
    )
    return (*(field.model_copy(update={"constraints": Constraints()}) for field in groups), count, *sums)
