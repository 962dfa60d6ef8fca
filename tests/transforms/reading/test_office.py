"""What offices put around and between the rows of a table is left out, each row with its reason."""

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from schemas.contracts import CsvLayout, SpreadsheetLayout
from schemas.errors import SupplierError
from transforms.reading import Wanted

from .books import book, of, rows
from .conftest import Read, fields, places_of, rows_of

LAYOUT = SpreadsheetLayout(kind="spreadsheet")
HEADER = ("No", "Kelurahan", "Luas", "Penduduk")
WANTED = fields("Kelurahan", "Luas", "Penduduk", required=("Kelurahan", "Penduduk"))
FIRST, SECOND = (1, "Besusu", 3, 10), (2, "Lolu", 4, 20)


def layout(**stated: object) -> SpreadsheetLayout:
    return SpreadsheetLayout.model_validate({"kind": "spreadsheet", **stated})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param((None, None, "(Ha)", "(jiwa)"), "units", id="units in brackets"),
        pytest.param((None, None, None, "(jiwa)"), "units", id="one unit in brackets"),
        pytest.param((None, "Nama", "Ha", "jiwa"), None, id="a word that is no unit"),
        pytest.param((None, None, "Ha", "Jiwa"), "units", id="units as plain words"),
        pytest.param(("(1)", "(2)", "(3)", "(4)=(2)/(3)"), "numbering", id="numbers of columns, one computed"),
        pytest.param((1, 2, 3, 4), "numbering", id="numbers of columns without brackets"),
        pytest.param(HEADER, "repeated", id="the header again"),
        pytest.param(("NO.", "KELURAHAN", "LUAS", "PENDUDUK"), "repeated", id="the header again in capitals"),
    ],
)
def test_a_row_under_the_header_that_belongs_to_it_is_no_data(
    read_bytes: Read, row: tuple[object, ...], reason: str | None
) -> None:
    table = read_bytes(of(HEADER, row, FIRST, SECOND), LAYOUT, WANTED)
    assert table.skipped == ({reason: 1} if reason else {})
    assert table.rows == (2 if reason else 3)


def test_units_and_numbers_may_follow_each_other_in_either_order_and_after_a_blank_row(read_bytes: Read) -> None:
    units, numbers, blank = (None, None, "(Ha)", "(jiwa)"), (1, 2, 3, 4), (None,)
    for between in ((units, numbers), (numbers, units), (blank, units, numbers)):
        table = read_bytes(of(HEADER, *between, FIRST, SECOND), LAYOUT, WANTED)
        assert (table.rows, table.skipped["units"], table.skipped["numbering"]) == (2, 1, 1)


def test_a_row_of_units_between_the_data_stays(read_bytes: Read) -> None:
    assert read_bytes(of(HEADER, FIRST, (None, None, "Ha", "jiwa"), SECOND), LAYOUT, WANTED).rows == 3


def test_a_header_of_two_rows_printed_on_each_page_is_left_out_with_its_column_numbers(read_bytes: Read) -> None:
    head = (("No", "Nama", "Luas", None), (None, None, "Tanah", "Gedung"), ("(1)", "(2)", "(3)", "(4)"))
    content = of(*head, (1, "A", 3, 4), *head, (2, "B", 5, 6))
    table = read_bytes(content, LAYOUT, fields("Nama", "Luas Tanah", "Luas Gedung", required=("Nama",)))
    assert [row[1:] for row in rows_of(table)] == [("A", "3", "4"), ("B", "5", "6")]
    assert table.skipped == {"numbering": 2, "repeated": 2}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("Sumber: BPS Kota Palu",), id="a source"),
        pytest.param(("Sumber Data : Disdukcapil",), id="a source of data"),
        pytest.param(("Catatan: angka sementara",), id="a note"),
        pytest.param((None, "Ket. : data per Juni"), id="a remark in the second column"),
        pytest.param(("*) angka sementara",), id="a starred note"),
    ],
)
def test_a_note_is_left_out_even_right_under_the_last_row(read_bytes: Read, row: tuple[object, ...]) -> None:
    table = read_bytes(of(HEADER, FIRST, SECOND, row), LAYOUT, WANTED)
    assert (table.rows, table.skipped) == (2, {"note": 1})


@pytest.mark.parametrize(
    "row",
    [
        pytest.param((None, "Palu, 2 Januari 2026"), id="place and date"),
        pytest.param((None, "Mengetahui,"), id="a word of witness"),
        pytest.param((None, "NIP. 19850101 201012 1 002"), id="an official's number"),
    ],
)
def test_a_signature_below_a_required_column_is_left_out(read_bytes: Read, row: tuple[object, ...]) -> None:
    table = read_bytes(of(HEADER, FIRST, SECOND, row), LAYOUT, WANTED)
    assert (table.rows, table.skipped) == (2, {"footer": 1})


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param((None, "Jumlah Kecamatan Palu Barat", 7, 30), "total", id="of a district"),
        pytest.param((None, "TOTAL KOTA PALU", 7, 30), "total", id="of the city"),
        pytest.param((None, "Jumlah Keseluruhan", 7, 30), "total", id="of everything"),
        pytest.param((3, "Total Persada", 7, 30), None, id="a name that begins so"),
    ],
)
def test_a_total_of_an_area_is_no_row_of_data(read_bytes: Read, row: tuple[object, ...], reason: str | None) -> None:
    table = read_bytes(of(HEADER, FIRST, SECOND, row), LAYOUT, WANTED)
    assert (table.rows, table.skipped) == ((2, {reason: 1}) if reason else (3, {}))


def districts(*, merged: bool, column: int = 1) -> bytes:
    """Two districts, each with a title row above its rows."""

    def fill(sheet: Worksheet) -> None:
        for row in (HEADER, (None,), FIRST, SECOND, (None,), (3, "Balaroa", 5, 30)):
            sheet.append(row)
        for row, title in ((2, "KECAMATAN PALU TIMUR"), (5, "KECAMATAN PALU BARAT")):
            sheet.cell(row, column, title)
            if merged:
                sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=4)

    return book(fill)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("column", [1, 2])
def test_a_title_inside_the_table_is_left_out(read_bytes: Read, merged: bool, column: int) -> None:
    table = read_bytes(districts(merged=merged, column=column), LAYOUT, WANTED)
    assert [row[1] for row in rows_of(table)] == ["Besusu", "Lolu", "Balaroa"]
    assert table.skipped == {"section": 2}


def test_a_field_may_take_the_title_above_its_row(read_bytes: Read) -> None:
    wanted = (*WANTED, Wanted(("@section", "kecamatan"), required=True))
    table = read_bytes(districts(merged=False), LAYOUT, wanted)
    found = [(row[1], row[4]) for row in rows_of(table)]
    east, west = "KECAMATAN PALU TIMUR", "KECAMATAN PALU BARAT"
    assert found == [("Besusu", east), ("Lolu", east), ("Balaroa", west)]
    assert table.columns[-1] == "@section"


def test_a_number_may_stand_before_a_title(read_bytes: Read) -> None:
    content = of(
        ("Kode", "Uraian", "Anggaran"), ("I", "PENDAPATAN", None), ("1.1", "Pajak", 5), ("1.2", "Retribusi", 6)
    )
    wanted = (*fields("Kode", "Uraian", "Anggaran"), Wanted(("@section", "kelompok"), required=False))
    table = read_bytes(content, LAYOUT, wanted)
    assert [row[3] for row in rows_of(table)] == ["I PENDAPATAN"] * 2


@pytest.mark.parametrize(
    "row",
    [
        pytest.param((None, "Tatura", None, None), id="a lone name, which may be a row with nothing else"),
        pytest.param((3, "Kelurahan Tatura", 5, None), id="a name beside a value"),
        pytest.param((3, "Kelurahan Tatura", None, 5), id="a title's word beside what is required"),
    ],
)
def test_a_row_that_may_be_data_is_no_title(read_bytes: Read, row: tuple[object, ...]) -> None:
    table = read_bytes(of(HEADER, FIRST, SECOND, row, (None, "Balaroa", 5, 30)), LAYOUT, WANTED)
    assert (table.rows, table.skipped) == (4, {})


def test_a_title_that_nothing_follows_is_a_footer(read_bytes: Read) -> None:
    table = read_bytes(of(HEADER, FIRST, SECOND, ("KECAMATAN ULUJADI",)), LAYOUT, WANTED)
    assert table.skipped == {"footer": 1}


def test_the_contract_may_skip_rows_and_say_where_the_table_ends(read_bytes: Read) -> None:
    content = of(
        HEADER, FIRST, ("x", "Contoh", 1, 1), ("x", "Contoh", 2, 2), SECOND, ("Lampiran II",), ("lain", "x", 1, 1)
    )
    table = read_bytes(content, layout(skip=["3-4"], stop="lampiran"), WANTED)
    assert [row[1] for row in rows_of(table)] == ["Besusu", "Lolu"]
    assert table.skipped == {"stated": 2, "below": 2}


def test_delimited_text_takes_the_same_bounds(read_bytes: Read) -> None:
    stated = CsvLayout.model_validate({"kind": "csv", "skip": "2", "stop": "Akhir"})
    table = read_bytes(b"Kode,Nama\nx,contoh\nA,B\nAkhir,\nC,D\n", stated, fields("Kode", "Nama"))
    assert (rows_of(table), table.skipped) == ([("A", "B")], {"stated": 1, "below": 2})


def test_an_end_that_the_file_lacks_is_an_error(read_bytes: Read) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(of(HEADER, FIRST), layout(stop="Akhir"), WANTED)
    assert (raised.value.code, raised.value.names) == ("stop_missing", {"file": "berkas", "stop": "Akhir"})


MONTHS = ("Januari", "Februari", "Catatan")


def months() -> bytes:
    """Two months with columns in another order, and a sheet of another kind."""
    first = rows(("JANUARI",), HEADER, FIRST, SECOND)
    second = rows(("No", "Penduduk", "Kelurahan", "Luas"), (1, 11, "Besusu", 3), ("Jumlah", 11, None, 3))
    return book(first, second, rows(("Isi", "Lain"), ("a", "b")), titles=MONTHS)


def test_several_sheets_are_read_as_one_table_with_their_names(read_bytes: Read) -> None:
    table = read_bytes(months(), layout(sheets="*uari"), (*WANTED, Wanted(("@sheet", "bulan"), required=True)))
    assert table.columns == ("Kelurahan", "Luas", "Penduduk", "@sheet")
    assert rows_of(table) == [
        ("Besusu", "3", "10", "Januari"),
        ("Lolu", "4", "20", "Januari"),
        ("Besusu", "3", "11", "Februari"),
    ]
    assert [number for number, _ in places_of(table)] == [3, 4, 2]
    assert (table.skipped, table.header_rows, table.sheets) == ({"preamble": 1, "total": 1}, 2, MONTHS[:2])


def test_a_sheet_that_lacks_a_column_is_an_error(read_bytes: Read) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(months(), layout(sheets="*"), WANTED)
    assert raised.value.code == "header_not_found"


def test_without_wanted_columns_all_sheets_must_have_those_of_the_first(read_bytes: Read) -> None:
    same = book(rows(("A", "B"), (1, 2)), rows(("B", "A"), (3, 4)))
    assert rows_of(read_bytes(same, layout(sheets="*"))) == [("1", "2", "Sheet"), ("4", "3", "Sheet1")]
    with pytest.raises(SupplierError) as raised:
        read_bytes(book(rows(("A", "B"), (1, 2)), rows(("A", "C"), (3, 4))), layout(sheets="*"))
    assert raised.value.code == "sheets_differ"


def test_a_pattern_that_no_sheet_fits_is_an_error(read_bytes: Read) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(months(), layout(sheets="Maret*"), WANTED)
    assert raised.value.code == "sheet_missing"


def test_a_surplus_column_of_a_later_sheet_is_unknown(read_bytes: Read) -> None:
    content = book(rows(HEADER, FIRST), rows((*HEADER, "Rahasia"), (*FIRST, "x")))
    with pytest.raises(SupplierError) as raised:
        read_bytes(content, layout(sheets="*"), WANTED)
    assert raised.value.code == "column_unknown"
