"""Corrections that a department cannot make yet: a file beside the contract, `<dataset>.corrections.yaml`.

Each names one cell of one row, by open fields alone: the file stands among the contracts, which are no place for an
exempt value. It ends by itself: past `until`, or once the source has it right, the dataset is held back until the
correction is taken out or decided anew.
"""

import difflib
import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationInfo, model_validator

from .base import FieldName, Line, Promise, Wrong, faults, wrong
from .exemption import Day

if TYPE_CHECKING:
    from .contract import Contract

MOST_CORRECTIONS = 500
"""A department that needs more needs another export."""


class Correction(Promise):
    """One cell: in the row of which `where` states the key, `field` says `from` and is read as `to`.

    All three are text as the source writes it, without the blanks around it; an empty text is an empty cell.
    `because` and the count are published, so `because` says why, never what.
    """

    where: Annotated[dict[FieldName, str], Field(min_length=1)]
    field: FieldName
    from_: Annotated[str, Field(alias="from")]
    to: str
    because: Line
    decided_by: Line
    until: Day

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that the correction names: the key's, then the corrected one."""
        return (*self.where, self.field)

    @model_validator(mode="after")
    def _of_the_contract(self, info: ValidationInfo) -> "Correction":
        contract: Contract | None = (info.context or {}).get("contract")
        found = [*_changes_something(self), *(_open_fields(self, contract) if contract else ())]
        if found:
            raise faults(found)
        return self


def _changes_something(correction: Correction) -> Iterator[Wrong]:
    if correction.from_.strip() == correction.to.strip():
        yield wrong("correction_of_nothing", field=correction.field)


def _open_fields(correction: Correction, contract: "Contract") -> Iterator[Wrong]:
    known = {field.name: field for field in contract.fields}
    for name in dict.fromkeys(correction.fields):
        if name not in known:
            nearest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)[0]
            yield wrong("field_unknown", field=name, reader="corrections", nearest=nearest)
        elif known[name].access != "open":
            yield wrong("correction_closed", field=name)
    if missing := [name for name in contract.primaryKey if name not in correction.where]:
        yield wrong("correction_without_key", fields=", ".join(missing))


class Corrections(Promise):
    """A file of corrections. They are applied together, to the source's rows before they are given types."""

    corrections: Annotated[tuple[Correction, ...], Field(min_length=1, max_length=MOST_CORRECTIONS)]

    @property
    def digest(self) -> str:
        """SHA-256 of what the file says; comments and layout do not count."""
        said = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    @model_validator(mode="after")
    def _each_cell_once(self) -> "Corrections":
        cells = [(sorted(one.where.items()), one.field) for one in self.corrections]
        twice = [number for number, cell in enumerate(cells, start=1) if cells.index(cell) < number - 1]
        if twice:
            raise faults([wrong("correction_twice", number=number) for number in twice])
        return self
