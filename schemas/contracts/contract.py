"""A contract: one dataset's promise, the only copy of the truth about its columns (law 6)."""

import difflib
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from .base import FieldName, Identifier, Line, Promise, Text, WebAddress, Wrong, fault, faults, wrong
from .city import Contact
from .disclosure import Disclosure
from .field import Constraints, ContractField, one_or_many
from .licences import LicenceId
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
    """What a contract promises of its dataset: everything that may be read in public, so no word of its source."""

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

    @property
    def staged_fields(self) -> tuple[ContractField, ...]:
        """The fields that are open, or that a check reads. Nothing else is ever taken from the source's rows."""
        read = {name for rule in self.rules for name in rule.fields}
        read.update(self.primaryKey, self.disclosure.quasi_identifiers)
        return tuple(
            field
            for field in self.fields
            if field.access == "open" or field.name in read or field.constraints.are_stated
        )

    @property
    def public_fields(self) -> tuple[ContractField, ...]:
        """The allow-list (law 1): the columns of the public table, in their order."""
        aggregate = self.disclosure.aggregate
        if aggregate is None:
            return tuple(field for field in self.fields if field.access == "open")
        count = ContractField(
            name=aggregate.name,
            title=aggregate.title,
            description=aggregate.description,
            type="integer",
            unit=aggregate.unit,
            access="open",
        )
        return (
            *(self.field(name).model_copy(update={"constraints": Constraints()}) for name in aggregate.by),
            count,
        )

    @property
    def withheld_fields(self) -> tuple[ContractField, ...]:
        """The exempt and the undetermined fields."""
        return tuple(field for field in self.fields if field.access != "open")

    def field(self, name: str) -> ContractField:
        """The field called `name`; KeyError where there is none."""
        return {field.name: field for field in self.fields}[name]

    @model_validator(mode="after")
    def _holds_together(self) -> "Dataset":
        found = [wrong for check in CHECKS for wrong in check(self)]
        if found:
            raise faults(found)
        return self


def _names_once(dataset: Dataset) -> Iterator[Wrong]:
    names = [field.name for field in dataset.fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield wrong("field_twice", field=name)


def _references_that_exist(dataset: Dataset) -> Iterator[Wrong]:
    known = {field.name for field in dataset.fields}
    aggregate = dataset.disclosure.aggregate
    named = [
        *((name, "primaryKey") for name in dataset.primaryKey),
        *((name, rule.expect) for rule in dataset.rules for name in rule.fields),
        *((name, "quasi_identifiers") for name in dataset.disclosure.quasi_identifiers),
        *((name, "aggregate") for name in (aggregate.by if aggregate else ())),
    ]
    for name, reader in named:
        if name not in known:
            nearest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)[0]
            yield wrong("field_unknown", field=name, reader=reader, nearest=nearest)


def _values_of_the_fields_type(dataset: Dataset) -> Iterator[Wrong]:
    """Limits and lists of a rule are compared with the field, so they must be what the field is."""
    types = {field.name: field for field in dataset.fields}
    for rule in dataset.rules:
        column = rule.arguments.get("column")
        field = types.get(str(column))
        for name, value in rule.values.items():
            if field is not None and not field.takes(value):
                yield wrong("rule_value_type", name=name, rule=rule.expect, field=field.name, type=field.type)


def _count_beside_its_groups(dataset: Dataset) -> Iterator[Wrong]:
    aggregate = dataset.disclosure.aggregate
    if aggregate and aggregate.name in aggregate.by:
        yield wrong("field_twice", field=aggregate.name)


def _something_to_publish(dataset: Dataset) -> Iterator[Wrong]:
    if not any(field.access == "open" for field in dataset.fields):
        yield wrong("nothing_open")


def _groups_of_open_fields(dataset: Dataset) -> Iterator[Wrong]:
    groups = dataset.disclosure.aggregate.by if dataset.disclosure.aggregate else ()
    for field in dataset.fields:
        if field.name in groups and field.access != "open":
            yield wrong("aggregate_by_withheld", field=field.name)


def _counted_only_where_counts_are_published(dataset: Dataset) -> Iterator[Wrong]:
    for field in dataset.withheld_fields:
        if field.exemption and field.exemption.method == "aggregate" and not dataset.disclosure.aggregate:
            yield wrong("aggregate_missing", field=field.name)


def _credit_for_what_others_made(dataset: Dataset) -> Iterator[Wrong]:
    if dataset.origin == "open" and not dataset.sources:
        yield wrong("sources_missing")


CHECKS = (
    _names_once,
    _references_that_exist,
    _values_of_the_fields_type,
    _count_beside_its_groups,
    _something_to_publish,
    _groups_of_open_fields,
    _counted_only_where_counts_are_published,
    _credit_for_what_others_made,
)


class Contract(Dataset):
    """A dataset's promise, and where its rows come from. `module` names a module of `transforms/datasets`."""

    source: Source
    module: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")] | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what the contract says; comments and layout do not count."""
        said = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def described(self) -> Dataset:
        """What the public may read of this contract: it is published with every release."""
        return Dataset.model_validate(self.model_dump(exclude={"source", "module"}, by_alias=True))
