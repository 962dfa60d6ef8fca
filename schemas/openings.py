"""What a contract lets out, form by form, and which of it was not let out before.

Pure and closed: it knows contracts, no data and no ledger. A form is compared by what can be learnt from it:
whatever follows from a form that was let out before is nothing new. Neither the source's query nor a dataset's
own module is a form: a name that is filled from elsewhere by those is seen in the released contract's hash alone.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from schemas.contracts import ContractField, Dataset, Promise
from schemas.contracts.clearance import Kind
from schemas.contracts.generalisation import Further, Generalise
from schemas.contracts.publication import published_form

ROWS = "@rows"
"""How the dataset leaves as a whole; no field can have this name."""


class Column(Promise):
    """A field as it is, from the source's headers."""

    form: Literal["open"] = "open"
    headers: tuple[str, ...]


class Coarser(Promise):
    """A field in a coarser form."""

    form: Literal["generalise"] = "generalise"
    headers: tuple[str, ...]
    to: Generalise


class Suppressed(Promise):
    """A field whose cells are emptied in small groups."""

    form: Literal["suppress"] = "suppress"
    headers: tuple[str, ...]


class Summed(Promise):
    """A column of sums per group."""

    form: Literal["sum"] = "sum"
    of: str
    headers: tuple[str, ...]


class Guard(Promise):
    """Which groups are too small to leave, and what becomes of them."""

    quasi_identifiers: tuple[str, ...] = ()
    k: int = 1
    further: tuple[Further, ...] = ()

    def lets_out_more_than(self, before: "Guard") -> bool:
        """Whether a smaller group may leave than `before`, or a finer one.

        More quasi-identifiers split people into smaller groups, of which more fall below k. A further step lets
        out, in a coarser form, rows that were suppressed.
        """
        fewer = not set(self.quasi_identifiers) >= set(before.quasi_identifiers)
        return fewer or self.k < before.k or self.further not in (before.further, ())


class Rows(Promise):
    """Row by row."""

    form: Literal["rows"] = "rows"
    guard: Guard


class Groups(Promise):
    """A table of counts per group, small ones withheld."""

    form: Literal["groups"] = "groups"
    by: tuple[str, ...]
    at_least: int
    guard: Guard


class Cleared(Promise):
    """What a detector found in a field and a decision lets out."""

    form: Literal["cleared"] = "cleared"
    field: str
    kind: Kind


Form = Annotated[Column | Coarser | Suppressed | Summed | Rows | Groups | Cleared, Field(discriminator="form")]
Forms = Mapping[str, Form]


class Openings(Promise):
    """Forms by name, as the ledger keeps them with an approval."""

    forms: dict[str, Form]


def forms(dataset: Dataset) -> dict[str, Form]:
    """Everything that leaves by this contract: its public fields by name, `ROWS`, and each clearance."""
    aggregate = dataset.disclosure.aggregate
    named = aggregate.by if aggregate else tuple(field.name for field in dataset.fields)
    leaving = [field for field in map(dataset.field, named) if published_form(field, dataset.disclosure)]
    summed = {one.name: dataset.field(one.of) for one in (aggregate.sums if aggregate else ())}
    return {
        **{field.name: _form(field) for field in leaving},
        **{name: Summed(of=field.name, headers=_headers(field)) for name, field in summed.items()},
        ROWS: _whole(dataset),
        **{f"@{one.kind}:{one.field}": Cleared(field=one.field, kind=one.kind) for one in dataset.clearances},
    }


def opened(now: Forms, before: Forms) -> dict[str, Form]:
    """The forms of `now` that do not follow from those of the same name `before`."""
    return {name: form for name, form in now.items() if name not in before or not follows(form, before[name])}


def follows(form: Form, before: Form) -> bool:
    """Whether who has `before` learns nothing new from `form`."""
    if form == before:
        return True
    if isinstance(form, Rows) and isinstance(before, Rows):
        return not form.guard.lets_out_more_than(before.guard)
    if isinstance(form, Groups) and isinstance(before, Groups):
        as_many = set(form.by) == set(before.by) and form.at_least >= before.at_least
        return as_many and not form.guard.lets_out_more_than(before.guard)
    if isinstance(form, Column | Coarser | Suppressed) and isinstance(before, Column | Coarser | Suppressed):
        return set(form.headers) <= set(before.headers) and _no_finer(form, before)
    return False


def _no_finer(form: Column | Coarser | Suppressed, before: Column | Coarser | Suppressed) -> bool:
    if isinstance(form, Coarser) and isinstance(before, Coarser):
        return form.to == before.to or form.to.is_coarser_than(before.to)
    return isinstance(before, Column) or (isinstance(form, Suppressed) and isinstance(before, Suppressed))


def _form(field: ContractField) -> Form:
    ground = field.exemption
    if ground is None:
        return Column(headers=_headers(field))
    if ground.generalise is None:
        return Suppressed(headers=_headers(field))
    return Coarser(headers=_headers(field), to=ground.generalise)


def _whole(dataset: Dataset) -> Form:
    stated = dataset.disclosure
    guard = Guard(quasi_identifiers=stated.quasi_identifiers, k=stated.k or 1, further=stated.further)
    if stated.aggregate is None:
        return Rows(guard=guard)
    return Groups(by=stated.aggregate.by, at_least=stated.aggregate.at_least, guard=guard)


def _headers(field: ContractField) -> tuple[str, ...]:
    return tuple(sorted(set(field.columns)))
