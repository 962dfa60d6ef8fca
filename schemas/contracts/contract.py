"""A contract: one dataset's promise, the only copy of the truth about its columns (law 6)."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, StringConstraints, model_validator

from .base import FieldName, Identifier, Line, Promise, Text, WebAddress, fault, faults, one_or_many
from .city import Contact
from .clearance import Clearance
from .coherence import incoherences
from .corrections import Corrections
from .coverage import Coverage
from .disclosure import Disclosure
from .field import Constraints, ContractField
from .licences import LicenceId
from .places import Place, place_of
from .publication import published_form, published_groups
from .rules import Rule
from .source import Source

Theme = Literal["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"]
"""EU Vocabularies' data themes, which DCAT-AP prescribes."""
Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL_2", "ANNUAL", "IRREG", "NEVER"]
"""EU Vocabularies' frequencies, which DCAT-AP prescribes."""
Origin = Literal["official", "open", "sample"]


def _valid_cron(text: str) -> str:
    try:
        next(CronSim(text, datetime(2026, 1, 1)))
    except (CronSimError, ValueError, StopIteration):
        raise fault("cron", text=text) from None
    return text


def _share(value: object) -> object:
    if isinstance(value, str) and value.strip().endswith("%"):
        try:
            return Decimal(value.strip().removesuffix("%").strip().replace(",", ".")) / 100
        except InvalidOperation:
            raise fault("number") from None
    return value


Cron = Annotated[str, AfterValidator(_valid_cron)]
ShareText = Annotated[str, StringConstraints(pattern=r"^ *[0-9]+([.,][0-9]+)? *% *$")]
Share = Annotated[
    Decimal,
    BeforeValidator(_share, json_schema_input_type=Annotated[float, Field(ge=0, le=1)] | ShareText),
    Field(ge=0, le=1),
]
Period = Annotated[str, StringConstraints(pattern=r"^P[1-9][0-9]{0,4}D$")]


class Update(Promise):
    """The officer's calendar: when the dataset is due, in the city's time zone."""

    cron: Cron
    frequency: Frequency

    def next_after(self, moment: datetime) -> datetime:
        """The next time of the calendar after a moment that is told on the city's clock."""
        return next(CronSim(self.cron, moment))


class Retention(Promise):
    """How long private copies are kept, in days (ISO 8601)."""

    snapshots: Period


class Quarantine(Promise):
    """The share of rows that may be held back because a cell does not parse, and why that many."""

    at_most: Share
    because: Line


class Keywords(Promise):
    """Words that people search for."""

    id: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()


class DataSource(Promise):
    """Another publisher's open data, credited (Data Package v2 `sources`)."""

    title: Line
    path: WebAddress | None = None
    version: Line | None = None


class Dataset(Promise):
    """What a contract promises of its dataset: everything that may be read in public, so no word of its source.

    `coverage` says which time and place the rows speak of.
    """

    id: Identifier
    department: Identifier
    title: Text
    description: Text
    theme: Theme = "GOVE"
    keywords: Keywords = Keywords()
    license: LicenceId
    origin: Origin
    sources: tuple[DataSource, ...] = ()
    contact: Contact | None = None
    update: Update | None = None
    missingValues: tuple[str, ...] = ("",)
    retention: Retention = Retention(snapshots="P90D")
    quarantine: Quarantine = Quarantine(at_most=Decimal(0), because="Kontrak tidak mengizinkan karantina.")
    fields: Annotated[tuple[ContractField, ...], Field(min_length=1)]
    primaryKey: Annotated[tuple[FieldName, ...], one_or_many(FieldName)] = ()
    rules: tuple[Rule, ...] = ()
    disclosure: Disclosure = Disclosure()
    clearances: tuple[Clearance, ...] = ()
    coverage: Coverage | None = None

    @property
    def staged_fields(self) -> tuple[ContractField, ...]:
        """The fields that leave in some form, or that a check reads. No other is ever taken from the source's rows."""
        read = {name for rule in self.rules for name in rule.fields}
        read.update(self.primaryKey, self.disclosure.quasi_identifiers)
        read.update(one.of for one in (self.disclosure.aggregate.sums if self.disclosure.aggregate else ()))
        return tuple(
            field
            for field in self.fields
            if published_form(field, self.disclosure) or field.name in read or field.constraints.are_stated
        )

    @property
    def public_fields(self) -> tuple[ContractField, ...]:
        """The allow-list (law 1): the columns of the public table, in their order."""
        forms = (published_form(field, self.disclosure) for field in self.fields)
        leaving = {field.name: field for field in forms if field}
        aggregate = self.disclosure.aggregate
        if aggregate is None:
            return tuple(leaving.values())
        return published_groups(tuple(leaving[name] for name in aggregate.by), aggregate)

    @property
    def public_key(self) -> tuple[str, ...]:
        """The fields that tell the rows of the public table apart; none where the key does not leave as it is."""
        as_it_is = {field.name for field in self.public_fields if field.access == "open"}
        keyed = self.disclosure.aggregate is None and as_it_is.issuperset(self.primaryKey)
        return self.primaryKey if keyed else ()

    @property
    def place(self) -> Place | None:
        """Where the rows of the public table lie, if it says so: what is withheld or coarser is so here too."""
        return place_of(self.public_fields)

    @property
    def withheld_fields(self) -> tuple[ContractField, ...]:
        """The exempt and the undetermined fields, those that leave in a coarser form among them."""
        return tuple(field for field in self.fields if field.access != "open")

    def clearance(self, field: str, kind: str) -> Clearance | None:
        """The decision that lets out what a detector of this kind finds in a field, if there is one."""
        return next((one for one in self.clearances if (one.field, one.kind) == (field, kind)), None)

    def field(self, name: str) -> ContractField:
        """The field called `name`; KeyError where there is none."""
        return {field.name: field for field in self.fields}[name]

    def public_field(self, name: str) -> ContractField:
        """A column of the public table as it is published; KeyError where there is none."""
        return {field.name: field for field in self.public_fields}[name]

    @model_validator(mode="after")
    def _holds_together(self) -> "Dataset":
        if found := incoherences(self):
            raise faults(found)
        return self


class Contract(Dataset):
    """A dataset's promise, and where its rows come from. `module` names a module of `transforms/datasets`."""

    source: Source
    module: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] | None = None

    _corrections: Corrections | None = PrivateAttr(None)

    @property
    def corrections(self) -> Corrections | None:
        """What is corrected in the source's rows, by a file of its own with a hash of its own; None without it."""
        return self._corrections

    def corrected_by(self, corrections: Corrections) -> "Contract":
        """The same contract with its corrections beside it."""
        beside = self.model_copy()
        beside._corrections = corrections
        return beside

    @property
    def digest(self) -> str:
        """SHA-256 of what the contract says; comments and layout do not count."""
        said = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def described(self) -> Dataset:
        """What the public may read of this contract: it is published with every release.

        Lists and limits of a field that nobody decided about stay behind with it: they may come from its cells.
        """
        dataset = Dataset.model_validate(self.model_dump(exclude={"source", "module"}, by_alias=True))
        plain = {"constraints": Constraints()}
        fields = (one.model_copy(update=plain) if one.access == "undetermined" else one for one in dataset.fields)
        return dataset.model_copy(update={"fields": tuple(fields)})
