"""What may be added up, grouped by or measured is told by the contract; in doubt nothing is added up."""

from typing import Any

import pytest

from catalog.charts.roles import adds_up, categories, measures, names, times
from schemas.contracts import ContractField
from tests.catalog.charts.making import dataset, field


@pytest.mark.parametrize(
    ("more", "is_added_up"),
    [
        pytest.param({"unit": "orang"}, True, id="people"),
        pytest.param({"unit": "juta rupiah"}, True, id="money in millions"),
        pytest.param({"unit": "m²"}, True, id="an area"),
        pytest.param({"unit": "satuan ruang parkir", "measure": "Jumlah"}, True, id="whatever the measure says is a count"),
        pytest.param({}, False, id="nothing said"),
        pytest.param({"unit": "%"}, False, id="a percentage"),
        pytest.param({"unit": "persen", "measure": "Jumlah"}, False, id="a percentage that calls itself a count"),
        pytest.param({"unit": "ribu rupiah per jiwa"}, False, id="so much per head"),
        pytest.param({"unit": "rupiah/kg"}, False, id="so much a kilogram"),
        pytest.param({"unit": "rupiah sekali parkir"}, False, id="so much a time"),
        pytest.param({"unit": "rupiah", "title": "Harga beras"}, False, id="a price"),
        pytest.param({"unit": "orang", "measure": "Rasio"}, False, id="a ratio"),
        pytest.param({"unit": "tahun"}, False, id="an age"),
        pytest.param({"unit": "menit"}, False, id="a duration"),
        pytest.param({"unit": "indeks"}, False, id="an index"),
    ],
)  # fmt: skip
def test_a_number_is_added_up_where_the_contract_says_that_it_counts(more: dict[str, Any], is_added_up: bool) -> None:
    assert adds_up(ContractField.model_validate(field("angka", "number", **more))) is is_added_up


def test_coordinates_codes_and_keys_are_no_measures() -> None:
    of = dataset(
        field("nomor_urut", "integer"),
        field("kode_pos", "integer"),
        field("lintang", "number", unit="derajat"),
        field("luas", "number", unit="ha"),
        field("bujur", "number", unit="derajat"),
        field("nilai", "integer", constraints={"unique": True}),
        field("baris", "integer"),
        primaryKey=["baris"],
    )
    assert names(measures(of)) == ("luas",)


def test_numbers_that_add_up_come_before_those_that_do_not() -> None:
    of = dataset(field("umur", "integer", unit="tahun"), field("warga", "integer", unit="jiwa"))
    assert names(measures(of)) == ("warga", "umur")


def test_listed_values_come_first_among_categories_and_codes_last() -> None:
    of = dataset(
        field("id_baris", "string"),
        field("kode_kelas", "string"),
        field("jalan", "string"),
        field("kelurahan", "string", region={"level": "kelurahan", "within": "72.71"}),
        field("status", "string", constraints={"enum": ["a", "b"]}),
        field("nama", "string", constraints={"unique": True}),
        primaryKey=["id_baris"],
    )
    assert names(categories(of)) == ("status", "kelurahan", "jalan", "kode_kelas")


def test_a_time_of_the_key_comes_before_one_that_may_be_missing() -> None:
    of = dataset(field("dicatat", "date"), field("tahun", "year"), primaryKey=["tahun"])
    assert names(times(of)) == ("tahun", "dicatat")


def test_what_is_withheld_has_no_role() -> None:
    of = dataset(field("terbuka", "string"), {"name": "rahasia", "title": "Rahasia", "type": "string"})
    assert names(categories(of)) == ("terbuka",)
