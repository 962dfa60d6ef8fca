import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from schemas.contracts import SpreadsheetLayout
from schemas.errors import SupplierError
from transforms.reading import NUMBER_MARK, Wanted, read
from transforms.reading.marks import ERROR, Marks, sheet_marks
from transforms.reading.table import ERROR_TEXT

from .conftest import Read, fields, places_of, rows_of

LAYOUT = SpreadsheetLayout(kind="spreadsheet")
WANTED = fields("Kode Titik", "Nama Lokasi", "Kapasitas Mobil", "Kapasitas Motor", required=("Kode Titik",))
HEADER_ROWS = 2


def book(fill: object) -> bytes:
    """A workbook whose only sheet `fill` writes."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)  # type: ignore[operator]
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def of(*rows: tuple[object, ...]) -> bytes:
    """A workbook of these rows."""
    return book(lambda sheet: [sheet.append(row) for row in rows])


def office_sheet(sheet: Worksheet) -> None:
    """Letterhead, merged header of two rows, numbered columns, a total, a signature block."""
    sheet["A1"], sheet["A2"] = "PEMERINTAH KOTA PALU", "DINAS PERHUBUNGAN"
    sheet.merge_cells("A1:E1")
    sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = "No", "Kode Titik", "Nama Lokasi", "Kapasitas"
    sheet["D5"], sheet["E5"] = "Mobil", "Motor"
    for merged in ("A4:A5", "B4:B5", "C4:C5", "D4:E4"):
        sheet.merge_cells(merged)
    rows: tuple[tuple[object, ...], ...] = (
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "TP-001", "Pasar Inpres", 10, 20.5),
        (2, "TP-002", "Jl. Hasanuddin", 4, None),
        (None, None, None, None, None),
        (3, "TP-003", "Taman Ria", 7, 8),
        ("JUMLAH", None, None, 21, 28.5),
        (None, None, None, None, None),
        (None, None, None, "Palu, 2 Januari 2026", None),
        (None, None, None, "Kepala Dinas", None),
        ("Catatan: data sementara", None, None, None, None),
    )
    for row in rows:
        sheet.append(row)


def test_a_sheet_as_offices_write_it_gives_its_rows_and_accounts_for_every_other(read_bytes: Read) -> None:
    table = read_bytes(book(office_sheet), LAYOUT, WANTED)
    assert table.columns == ("No", "Kode Titik", "Nama Lokasi", "Kapasitas Mobil", "Kapasitas Motor")
    assert [row[1:] for row in rows_of(table)] == [
        ("TP-001", "Pasar Inpres", "10", f"{NUMBER_MARK}20.5"),
        ("TP-002", "Jl. Hasanuddin", "4", None),
        ("TP-003", "Taman Ria", "7", "8"),
    ]
    assert table.skipped == {"preamble": 3, "numbering": 1, "blank": 2, "total": 1, "footer": 2, "note": 1}
    assert table.rows is not None
    assert table.rows + table.header_rows + sum(table.skipped.values()) == 15
    assert table.computed == {"No"}


def test_row_numbers_are_those_that_the_spreadsheet_shows(read_bytes: Read) -> None:
    table = read_bytes(book(office_sheet), LAYOUT, WANTED)
    assert places_of(table) == [(7, None), (8, None), (10, None)]


def test_a_table_that_starts_far_from_the_first_cell_keeps_its_row_numbers(read_bytes: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D5"], sheet["C6"], sheet["D6"] = "Kode", "Nama", "A", "B"

    table = read_bytes(book(fill), LAYOUT, fields("Kode", "Nama"))
    assert (rows_of(table), places_of(table)) == ([("A", "B")], [(6, None)])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(" 007 ", " 007 ", id="text keeps its zeros and blanks"),
        pytest.param(2000, "2000", id="whole number"),
        pytest.param(2000.0, "2000", id="whole number stored as a fraction"),
        pytest.param(-0.8917, f"{NUMBER_MARK}-0.8917", id="fraction"),
        pytest.param(1.985010120100112e17, f"{NUMBER_MARK}1.985010120100112e+17", id="digits that are lost"),
        pytest.param(date(2026, 1, 2), "2026-01-02", id="date"),
        pytest.param(datetime(2026, 1, 2, 8, 30), "2026-01-02T08:30:00", id="date and time"),
        pytest.param(time(8, 30), "08:30:00", id="time"),
        pytest.param(timedelta(hours=30, minutes=5), "30:05:00", id="duration"),
        pytest.param(True, "true", id="true"),
        pytest.param(False, "false", id="false"),
    ],
)
def test_a_cell_becomes_text_without_losing_anything(read_bytes: Read, value: object, expected: str) -> None:
    assert rows_of(read_bytes(of(("Isi", "Nama"), (value, "x")), LAYOUT, fields("Isi", "Nama"))) == [(expected, "x")]


def test_a_failed_formula_is_no_blank(read_bytes: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(("Kode", "Nilai"))
        sheet.append(("A", "#N/A"))
        sheet["B2"].data_type = "e"

    assert rows_of(read_bytes(book(fill), LAYOUT, fields("Kode", "Nilai"))) == [("A", ERROR_TEXT)]


@pytest.mark.parametrize(
    ("rows", "wanted", "expected"),
    [
        pytest.param(
            [("Laporan",), ("Kode", "Nama"), ("A", "B")],
            fields("Kode", "Nama"),
            [("A", "B")],
            id="below a title",
        ),
        pytest.param(
            [("Kode", "Luas", None), (None, "L", "P"), ("A", "1", "2")],
            fields("Kode", "Luas L", "Luas P"),
            [("A", "1", "2")],
            id="a group over two columns that nobody merged",
        ),
        pytest.param(
            [("Kode", "Luas", None), (None, "L", "P"), ("A", "1", "2")],
            fields("Kode", "L", "P"),
            [("A", "1", "2")],
            id="called by the lowest part alone",
        ),
        pytest.param(
            [("Kode\nTitik", "Nama  Jalan"), ("A", "B")],
            fields("Kode Titik", "Nama Jalan"),
            [("A", "B")],
            id="broken over lines",
        ),
    ],
)
def test_the_header_is_found_by_the_columns_that_are_wanted(
    read_bytes: Read,
    rows: list[tuple[object, ...]],
    wanted: tuple[Wanted, ...],
    expected: list[tuple[str, ...]],
) -> None:
    assert rows_of(read_bytes(of(*rows), LAYOUT, wanted)) == expected


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("Jumlah", None, "5"), "total", id="jumlah"),
        pytest.param(("TOTAL :", "x", "5"), "total", id="total with punctuation"),
        pytest.param((None, "Rata-rata", "5"), "total", id="an average after a blank"),
        pytest.param(("Total Persada", "x", "5"), None, id="a name that begins so"),
        pytest.param((None, "Total keseluruhan", "5"), "total", id="begins so and lacks what is required"),
        pytest.param((None, None, None), "blank", id="blank"),
        pytest.param((" ", None, "\u00a0"), "blank", id="white space alone"),
    ],
)
def test_a_row_below_the_header_is_left_out_for_a_reason(
    read_bytes: Read, row: tuple[str | None, ...], reason: str | None
) -> None:
    content = of(("Kode", "Nama", "Nilai"), ("A", "B", "1"), row, ("C", "D", "2"))
    table = read_bytes(content, LAYOUT, fields("Kode", "Nama", "Nilai", required=("Kode",)))
    assert table.skipped == ({reason: 1} if reason else {})
    assert table.rows == (2 if reason else 3)


def test_rows_that_lack_what_is_required_are_kept_where_data_follows(read_bytes: Read) -> None:
    content = of(("Kode", "Nama", "Nilai"), ("A", "B", "1"), (None, "B", None), ("C", "D", "2"))
    assert read_bytes(content, LAYOUT, fields("Kode", "Nama", "Nilai", required=("Kode",))).rows == 3


def test_without_a_required_field_a_sparse_last_row_is_data_unless_a_gap_precedes_it(
    read_bytes: Read,
) -> None:
    wanted = fields("Kode", "Nama", "Nilai")
    together = of(("Kode", "Nama", "Nilai"), ("A", "B", "1"), ("C", None, None))
    apart = of(("Kode", "Nama", "Nilai"), ("A", "B", "1"), (None,), ("Catatan", None, None))
    assert read_bytes(together, LAYOUT, wanted).rows == 2
    assert read_bytes(apart, LAYOUT, wanted).skipped == {"blank": 1, "footer": 1}


def test_a_column_called_no_that_holds_no_running_number_is_unknown(read_bytes: Read) -> None:
    content = of(("No", "Nama"), ("1", "A"), ("7", "B"))
    with pytest.raises(SupplierError) as raised:
        read_bytes(content, LAYOUT, fields("Nama"))
    assert (raised.value.code, raised.value.names["positions"]) == ("column_unknown", "1")


def test_running_numbers_may_begin_again_in_each_group(read_bytes: Read) -> None:
    content = of(("No.", "Nama"), ("1.", "A"), ("2.", "B"), (None, "C"), ("1.", "D"))
    assert read_bytes(content, LAYOUT, fields("Nama")).computed == {"No."}


def test_cells_below_no_header_are_an_unknown_column(read_bytes: Read) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(of(("Kode", None, "Nama"), ("A", "rahasia", "B")), LAYOUT, fields("Kode", "Nama"))
    assert (raised.value.code, raised.value.names["positions"]) == ("column_unknown", "2")
    assert "rahasia" not in str(raised.value)


def test_a_column_without_header_and_cells_does_not_count(read_bytes: Read) -> None:
    table = read_bytes(of(("Kode", None, "Nama"), ("A", None, "B")), LAYOUT, fields("Kode", "Nama"))
    assert table.columns == ("Kode", "Nama")


def test_a_file_of_other_columns_is_refused_without_saying_what_it_holds(read_bytes: Read) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(of(("Budi Santoso", "Lolu"), ("Siti", "Besusu")), LAYOUT, fields("Kode", "Nama"))
    assert (raised.value.code, raised.value.names) == (
        "header_not_found",
        {"file": "berkas", "expected": "Kode, Nama"},
    )


def test_a_stated_header_row_is_taken(read_bytes: Read) -> None:
    content = of(("Kode", "Nama"), ("lama", "x"), ("Kode", "Nama"), ("baru", "y"))
    layout = SpreadsheetLayout(kind="spreadsheet", header=3)
    table = read_bytes(content, layout, fields("Kode", "Nama"))
    assert (rows_of(table), table.skipped) == ([("baru", "y")], {"preamble": 2})


def test_without_wanted_columns_the_first_full_row_names_them(read_bytes: Read) -> None:
    table = read_bytes(of(("PDRB",), ("Nama", 2000, 2000, None), ("Palu", 1, 2, 3), ("Total", 1, 2, 3)), LAYOUT)
    assert table.columns == ("Nama", "2000", "2000 (2)", "kolom_4")
    assert rows_of(table) == [("Palu", "1", "2", "3"), ("Total", "1", "2", "3")]


def several_sheets() -> bytes:
    workbook = openpyxl.Workbook()
    for title, state in (("Rekap", "visible"), ("Data", "visible"), ("Bantu", "hidden")):
        sheet = workbook.create_sheet(title)
        sheet.append(("Kode", "Nama"))
        sheet.append((title, "x"))
        sheet.sheet_state = state
    workbook.remove(workbook.worksheets[0])
    return saved(workbook)


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        pytest.param(None, "sheet_ambiguous", id="not stated"),
        pytest.param("Rekp", "sheet_missing", id="misspelt"),
    ],
)
def test_a_sheet_that_cannot_be_told_is_refused_with_those_that_exist(
    read_bytes: Read, sheet: str | None, code: str
) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(several_sheets(), SpreadsheetLayout(kind="spreadsheet", sheet=sheet), fields("Kode", "Nama"))
    assert (raised.value.code, raised.value.names["sheets"]) == (code, "Rekap, Data, Bantu")


def test_a_stated_sheet_is_read(read_bytes: Read) -> None:
    layout = SpreadsheetLayout(kind="spreadsheet", sheet="Data")
    assert rows_of(read_bytes(several_sheets(), layout, fields("Kode", "Nama"))) == [("Data", "x")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "file_unreadable", id="no byte"),
        pytest.param(b"bukan buku kerja", "file_unreadable", id="text"),
        pytest.param(of(("Kode", "Nama"))[:-200], "file_unreadable", id="cut"),
        pytest.param(of(), "file_empty", id="no cell"),
    ],
)
def test_a_file_that_is_no_workbook_ends_in_a_clear_error(read_bytes: Read, content: bytes, code: str) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(content, LAYOUT, fields("Kode", "Nama"))
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        pytest.param("sushi", None, id="sushi"),
        pytest.param("ErrorTypes", None, id="errors"),
        pytest.param("merge_cells", None, id="merged cells"),
        pytest.param("text_and_numbers", "Sheet1", id="text and numbers"),
        pytest.param("RkNumber", None, id="packed numbers"),
    ],
)
def test_the_same_book_reads_the_same_in_every_format(
    corpus: Path, tmp_path: Path, name: str, sheet: str | None
) -> None:
    layout = SpreadsheetLayout(kind="spreadsheet", sheet=sheet)
    tables = []
    for path in sorted((corpus / "workbooks").glob(f"{name}.*")):
        if path.suffix in (".xls", ".xlsx", ".xlsb", ".ods"):
            workspace = tmp_path / path.suffix
            workspace.mkdir()
            tables.append(rows_of(read(path, layout, (), workspace, path.name)))
    assert len(tables) > 1
    assert all(table == tables[0] for table in tables)


def errors_of(marks: Marks) -> set[tuple[int, int]]:
    """Row from 1 and column from 0 of each failed formula."""
    return {(row, at) for at, rows in marks.cells.items() for row, mark in enumerate(rows) if mark == ERROR}


def test_failed_formulas_stand_in_the_same_places_in_every_format(corpus: Path) -> None:
    books = [corpus / "workbooks" / f"formula_stress_test.{kind}" for kind in ("xls", "xlsx", "xlsb", "ods")]
    found = [errors_of(sheet_marks(path, "Information", 4)) for path in books]
    assert found == [{(2, 2), (9, 2), (16, 1)}] * len(books)


def test_every_book_of_the_corpus_is_read_or_refused_with_our_error(corpus: Path, tmp_path: Path) -> None:
    outcomes = {"read": 0, "refused": 0}
    for number, path in enumerate(sorted((corpus / "workbooks").iterdir())):
        workspace = tmp_path / str(number)
        workspace.mkdir()
        try:
            read(path, LAYOUT, (), workspace, path.name)
            outcomes["read"] += 1
        except SupplierError:
            outcomes["refused"] += 1
    assert outcomes["read"] > 50
    assert outcomes["refused"] > 10


def test_an_encrypted_book_says_so(corpus: Path, tmp_path: Path) -> None:
    path = corpus / "workbooks" / "password_2002_128_strong.xls"
    with pytest.raises(SupplierError) as raised:
        read(path, LAYOUT, (), tmp_path, path.name)
    assert raised.value.code == "file_encrypted"


@pytest.mark.parametrize("removed", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_without_one_of_its_parts_is_refused(read_bytes: Read, removed: str) -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(of(("Kode", "Nama"), ("A", "B")))) as whole,
        zipfile.ZipFile(content, "w") as rest,
    ):
        for part in whole.namelist():
            if part != removed:
                rest.writestr(part, whole.read(part))
    with pytest.raises(SupplierError) as raised:
        read_bytes(content.getvalue(), LAYOUT, fields("Kode", "Nama"))
    assert raised.value.code == "file_unreadable"
