import pytest

from schemas.errors import SupplierError
from transforms.reading import Wanted, matched
from transforms.reading.columns import HIDDEN, distinct, folded, shown

from .conftest import fields

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("columns", "wanted", "expected"),
    [
        pytest.param(("Kode Titik", "Nama"), fields("Nama", "Kode Titik"), ("Nama", "Kode Titik"), id="other order"),
        pytest.param(("KODE_TITIK.",), fields("kode titik"), ("KODE_TITIK.",), id="case and punctuation"),
        pytest.param((" Kode\u00a0 Titik",), fields("Kode Titik"), (" Kode\u00a0 Titik",), id="white space"),
        pytest.param(("KODE",), fields("Kode Titik|KODE"), ("KODE",), id="a known variant"),
        pytest.param(
            ("Nama Petugas", "Nama"),
            fields("Nama Petugas|nama", "Nama|nama_titik"),
            ("Nama Petugas", "Nama"),
            id="a later variant takes no other field's header",
        ),
        pytest.param(("Nama", ""), fields("Nama"), ("Nama",), id="a column without a header"),
        pytest.param(("%", "#"), fields("#", "%"), ("#", "%"), id="headers of signs alone"),
    ],
)
def test_each_field_finds_the_column_that_means_it(
    columns: tuple[str, ...], wanted: tuple[Wanted, ...], expected: tuple[str, ...]
) -> None:
    assert matched(columns, NONE, wanted) == expected


@pytest.mark.parametrize(
    ("columns", "wanted", "code", "names"),
    [
        pytest.param(
            ("Nama",),
            fields("Nama", "Nama Jalan"),
            "column_missing",
            {"expected": "Nama Jalan", "nearest": "Nama"},
            id="one is missing",
        ),
        pytest.param(
            ("Nama", "Catatan"),
            fields("Nama"),
            "column_unknown",
            {"columns": "Catatan", "positions": "2"},
            id="one is unknown",
        ),
        pytest.param(
            ("Nama", "Alamat baru"),
            fields("Nama", "Alamat"),
            "columns_differ",
            {"expected": "Alamat", "columns": "Alamat baru", "positions": "2"},
            id="one was renamed",
        ),
        pytest.param(
            ("Nama", "NAMA"),
            fields("Nama"),
            "column_twice",
            {"columns": "Nama, NAMA", "positions": "1, 2"},
            id="one stands twice",
        ),
        pytest.param(
            ("Kode", "Kode Titik"),
            fields("Kode Titik|Kode"),
            "column_twice",
            {"columns": "Kode, Kode Titik", "positions": "1, 2"},
            id="two variants of one field",
        ),
        pytest.param(
            ("Nama", "7271014708450001"),
            fields("Nama"),
            "column_unknown",
            {"columns": HIDDEN, "positions": "2"},
            id="a header that may be somebody's number",
        ),
        pytest.param(
            ("Nama", "Budi Hartono", "nama_ibu", "Tgl. Lahir"),
            fields("Nama"),
            "column_unknown",
            {"columns": f"{HIDDEN}, nama_ibu, Tgl. Lahir", "positions": "2, 3, 4"},
            id="a header that may be somebody's name",
        ),
    ],
)
def test_columns_that_differ_are_named(
    columns: tuple[str, ...], wanted: tuple[Wanted, ...], code: str, names: dict[str, str]
) -> None:
    with pytest.raises(SupplierError) as raised:
        matched(columns, NONE, wanted)
    assert (raised.value.code, raised.value.names) == (code, names)


def test_computed_columns_need_no_field() -> None:
    assert matched(("Nama", "longitude"), frozenset({"longitude"}), fields("Nama")) == ("Nama",)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("x" * 61, id="long"),
        pytest.param("NIK 727101", id="six digits"),
        pytest.param("0812-345 678", id="digits with separators"),
        pytest.param("warga@example.org", id="an address"),
        pytest.param("a\x1b[31m", id="a control character"),
    ],
)
def test_a_header_that_may_be_a_value_is_not_shown(header: str) -> None:
    assert shown(header) == HIDDEN


def test_names_become_distinct_for_a_database_that_ignores_case() -> None:
    names = distinct(("Nama", "NAMA", "", "_row", "nama"), ("_row",))
    assert names == ("Nama", "NAMA (2)", "kolom_3", "_row_", "nama (3)")
    assert folded("_row_") == folded("_row")
