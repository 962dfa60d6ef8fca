"""How coarse a field is, in plain words and for machines."""

from typing import Any

import pytest

from catalog.coarseness import for_machines, in_words
from schemas.contracts import ContractField, Disclosure
from tests.making import EXEMPTION, exempt_field, open_field


def coarse(kind: str, to: str, size: object = None, unit: str | None = None) -> ContractField:
    form = {"to": to} if size is None else {"to": to, "size": size}
    ground = {**EXEMPTION, "method": "generalise", "generalise": form}
    return ContractField.model_validate(exempt_field("nilai", kind, unit=unit, exemption=ground))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (coarse("date", "month"), "Hanya bulan dan tahun yang ditampilkan."),
        (coarse("date", "year"), "Hanya tahun yang ditampilkan."),
        (coarse("integer", "band", 10, "tahun"), "Dikelompokkan per 10 tahun."),
        (coarse("integer", "band", 10), "Dikelompokkan per 10."),
        (coarse("integer", "rounded", 1000, "rupiah"), "Dibulatkan ke kelipatan 1.000 rupiah."),
        (
            coarse("number", "grid", "0.01", "derajat"),
            "Dipindahkan ke titik tengah kotak 0,01 derajat, sekitar 1,1 km.",
        ),
        (
            coarse("number", "grid", "0.005", "derajat (WGS 84)"),
            "Dipindahkan ke titik tengah kotak 0,005 derajat (WGS 84), sekitar 560 m.",
        ),
        (coarse("number", "grid", 500, "m"), "Dipindahkan ke titik tengah kotak 500 m."),
    ],
    ids=["month", "year", "band", "band of nothing", "rounded", "grid of degrees", "finer grid", "grid of metres"],
)
def test_a_coarser_form_is_told_in_plain_words(field: ContractField, said: str) -> None:
    assert in_words(field, Disclosure()) == (said,)


FURTHER: dict[str, Any] = {
    "quasi_identifiers": ["nilai"],
    "k": 5,
    "further": [{"field": "nilai", "to": "year"}, {"field": "lain", "to": "year"}],
}


def test_what_small_groups_are_shown_as_is_told_too() -> None:
    disclosure = Disclosure.model_validate(FURTHER)
    field = coarse("date", "month")
    assert in_words(field, disclosure, "en") == (
        "Only month and year are shown.",
        "In groups of fewer than 5 rows it is coarser still: only the year is shown.",
    )
    assert for_machines(field, disclosure) == {
        "generalised": {"to": "month"},
        "generalisedFurther": [{"to": "year"}],
        "groupsBelow": 5,
    }


def test_emptied_cells_are_told() -> None:
    ground = {**EXEMPTION, "method": "suppress"}
    field = ContractField.model_validate(exempt_field("nilai", exemption=ground))
    disclosure = Disclosure(quasi_identifiers=("lain",), k=5)
    assert in_words(field, disclosure) == ("Sel dikosongkan dalam kelompok yang kurang dari 5 baris.",)
    assert for_machines(field, disclosure) == {"emptied": True, "groupsBelow": 5}


def test_an_open_field_has_nothing_to_say() -> None:
    field = ContractField.model_validate(open_field("nilai"))
    assert (in_words(field, Disclosure()), for_machines(field, Disclosure())) == ((), {})
