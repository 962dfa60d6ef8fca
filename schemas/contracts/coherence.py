"""What must fit together between the parts of a contract: each check yields all that it finds wrong."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .base import Wrong, wrong
from .generalisation import COARSER_TYPES, Generalise
from .publication import published_form

if TYPE_CHECKING:
    from .contract import Dataset


def incoherences(dataset: "Dataset") -> list[Wrong]:
    """All that does not fit together."""
    return [wrong for check in CHECKS for wrong in check(dataset)]


def _names_once(dataset: "Dataset") -> Iterator[Wrong]:
    names = [field.name for field in dataset.fields]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield wrong("field_twice", field=name)


def _references_that_exist(dataset: "Dataset") -> Iterator[Wrong]:
    known = {field.name for field in dataset.fields}
    aggregate = dataset.disclosure.aggregate
    named = [
        *((name, "primaryKey") for name in dataset.primaryKey),
        *((name, rule.expect) for rule in dataset.rules for name in rule.fields),
        *((name, "quasi_identifiers") for name in dataset.disclosure.quasi_identifiers),
        *((step.field, "further") for step in dataset.disclosure.further),
        *((clearance.field, "clearances") for clearance in dataset.clearances),
        *((name, "aggregate") for name in (aggregate.by if aggregate else ())),
        *((one.of, "sums") for one in (aggregate.sums if aggregate else ())),
    ]
    for name, reader in named:
        if name not in known:
            nearest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0)[0]
            yield wrong("field_unknown", field=name, reader=reader, nearest=nearest)


def _values_of_the_fields_type(dataset: "Dataset") -> Iterator[Wrong]:
    """Limits and lists of a rule are compared with the field, so they must be what the field is."""
    types = {field.name: field for field in dataset.fields}
    for rule in dataset.rules:
        column = rule.arguments.get("column")
        field = types.get(str(column))
        for name, value in rule.values.items():
            if field is not None and not field.takes(value):
                yield wrong("rule_value_type", name=name, rule=rule.expect, field=field.name, type=field.type)


def _count_beside_its_groups(dataset: "Dataset") -> Iterator[Wrong]:
    aggregate = dataset.disclosure.aggregate
    if aggregate:
        names = [*aggregate.by, aggregate.name, *(one.name for one in aggregate.sums)]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield wrong("field_twice", field=name)


def _something_to_publish(dataset: "Dataset") -> Iterator[Wrong]:
    """A draft may stand with nothing open, as long as somebody has yet to decide about a field."""
    undecided = any(field.access == "undetermined" for field in dataset.fields)
    if not undecided and not any(published_form(field, dataset.disclosure) for field in dataset.fields):
        yield wrong("nothing_open")


def _groups_of_open_fields(dataset: "Dataset") -> Iterator[Wrong]:
    groups = dataset.disclosure.aggregate.by if dataset.disclosure.aggregate else ()
    for field in dataset.fields:
        if field.name in groups and not published_form(field, dataset.disclosure):
            yield wrong("aggregate_by_withheld", field=field.name)


def _counted_only_where_counts_are_published(dataset: "Dataset") -> Iterator[Wrong]:
    for field in dataset.withheld_fields:
        if field.exemption and field.exemption.method == "aggregate" and not dataset.disclosure.aggregate:
            yield wrong("aggregate_missing", field=field.name)


def _coarser_as_its_type_allows(dataset: "Dataset") -> Iterator[Wrong]:
    for field in dataset.fields:
        form = field.exemption.generalise if field.exemption else None
        if form and field.type not in COARSER_TYPES[form.to]:
            yield wrong("generalise_type", field=field.name, to=form.to, type=field.type)


def _further_than_before(dataset: "Dataset") -> Iterator[Wrong]:
    """Each step must follow from the one before: then no row is described in two ways that do not nest."""
    forms: dict[str, Generalise] = {
        field.name: field.exemption.generalise
        for field in dataset.fields
        if field.exemption and field.exemption.generalise and field.name in dataset.disclosure.quasi_identifiers
    }
    for step in dataset.disclosure.further:
        if step.field not in forms or not step.is_coarser_than(forms[step.field]):
            yield wrong("further_not_coarser", field=step.field, to=step.to)
        forms[step.field] = step


def _small_groups_where_cells_are_suppressed(dataset: "Dataset") -> Iterator[Wrong]:
    for field in dataset.withheld_fields:
        if field.exemption and field.exemption.method == "suppress" and dataset.disclosure.k is None:
            yield wrong("suppress_without_k", field=field.name)


def _sums_of_numbers_that_may_be_summed(dataset: "Dataset") -> Iterator[Wrong]:
    aggregate = dataset.disclosure.aggregate
    summed = {one.of for one in aggregate.sums} if aggregate else set()
    for field in dataset.fields:
        method = field.exemption.method if field.exemption else None
        if field.name in summed and (
            field.type not in ("integer", "number") or (field.access != "open" and method != "aggregate")
        ):
            yield wrong("sum_of", field=field.name)


def _credit_for_what_others_made(dataset: "Dataset") -> Iterator[Wrong]:
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
    _coarser_as_its_type_allows,
    _further_than_before,
    _small_groups_where_cells_are_suppressed,
    _sums_of_numbers_that_may_be_summed,
    _credit_for_what_others_made,
)
