"""How a field that leaves coarser than it was recorded is described, in words and for machines.

Derived from the contract alone (law 6); knows no cell. An open field has nothing to say.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from schemas.contracts import ContractField, Disclosure
from schemas.contracts.base import Language
from schemas.contracts.field import DEGREES
from schemas.contracts.generalisation import Generalise
from schemas.messages import wording

KM_PER_DEGREE = Decimal("111.2")
"""Of latitude, and of longitude at the equator, where these cities lie (mean radius of the earth: 6,371 km)."""


def in_words(field: ContractField, disclosure: Disclosure, language: Language = "id") -> tuple[str, ...]:
    """What a reader of the public table must know of the field's detail, a sentence each."""
    return tuple(_sentences(field, disclosure, language))


def for_machines(field: ContractField, disclosure: Disclosure) -> dict[str, Any]:
    """The same as properties that a data dictionary states beside the field; empty for an open field."""
    if field.exemption is None:
        return {}
    form = field.exemption.generalise
    said: dict[str, Any] = {"generalised": _stated(form)} if form else {}
    if further := [_stated(step) for step in _further(field, disclosure)]:
        said |= {"generalisedFurther": further, "groupsBelow": disclosure.k}
    if field.exemption.method == "suppress":
        said |= {"emptied": True, "groupsBelow": disclosure.k}
    return said


def _sentences(field: ContractField, disclosure: Disclosure, language: Language) -> Iterator[str]:
    if field.exemption is None:
        return
    if field.exemption.generalise:
        yield _form(field, field.exemption.generalise, language)
    for step in _further(field, disclosure):
        form = _form(field, step, language)
        yield wording("coarser.further", language, k=disclosure.k, form=form[0].lower() + form[1:])
    if field.exemption.method == "suppress":
        yield wording("coarser.emptied", language, k=disclosure.k)


def _further(field: ContractField, disclosure: Disclosure) -> tuple[Generalise, ...]:
    """A table of groups takes no further steps: it withholds small counts."""
    if disclosure.aggregate is not None:
        return ()
    return tuple(step for step in disclosure.further if step.field == field.name)


def _stated(form: Generalise) -> dict[str, Any]:
    size = {} if form.size is None else {"size": float(form.size)}
    return {"to": form.to, **size}


def _form(field: ContractField, form: Generalise, language: Language) -> str:
    return wording(f"coarser.{form.to}", language, size=_size(field, form, language))


def _size(field: ContractField, form: Generalise, language: Language) -> str:
    """`10 tahun`; `0,01 derajat, sekitar 1,1 km`."""
    if form.size is None:
        return ""
    size = " ".join(filter(None, (_number(form.size, language), field.unit)))
    if form.to != "grid" or field.unit is None or not field.unit.startswith(DEGREES):
        return size
    kilometres = form.size * KM_PER_DEGREE
    unit, distance = ("km", kilometres) if kilometres >= 1 else ("m", kilometres * 1000)
    return wording("coarser.distance", language, size=size, distance=f"{_two_figures(distance, language)} {unit}")


def _two_figures(amount: Decimal, language: Language) -> str:
    return _number(Decimal(f"{amount:.2g}"), language)


def _number(amount: Decimal, language: Language) -> str:
    return str(format_decimal(amount, format="#,##0.############", locale=language))
