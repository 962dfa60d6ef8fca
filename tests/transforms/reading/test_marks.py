"""What a file tells beside its cells: hidden rows and columns, filters, formulas, formats that change a number."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from odf import number, opendocument, style, table, text
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook

from schemas.contracts import SpreadsheetLayout
from schemas.errors import SupplierError
from transforms.reading.marks import sheet_marks
from transforms.reading.marks.formats import Form, form_of
from transforms.reading.table import ERROR_TEXT, NUMBER_MARK, Remark

from .books import book, rows, saved
from .conftest import Read, fields, rows_of

HEADER, FIRST, SECOND = ("Kode", "Nama", "Nilai"), ("A", "x", 1), ("B", "y", 2)
WANTED = fields(*HEADER, required=("Kode",))


def layout(**stated: object) -> SpreadsheetLayout:
    return SpreadsheetLayout.model_validate({"kind": "spreadsheet", **stated})


@pytest.mark.parametrize(
    ("code", "factor"),
    [
        ("0%", 100),
        ("0.00 %", 100),
        ("#,##0,", Decimal("0.001")),
        ("#,##0.0,,", Decimal("0.000001")),
        ('0".000"', 1000),
        ('#,##0".000.000"', 1_000_000),
        ("0\\.\\0\\0\\0", 1000),
        ('0" juta"', 1_000_000),
        ('0.0,," jt"', None),
        ('0".5"', "unknown"),
        ('"2026-"000', "unknown"),
        ('#,##0" m2"', None),
        ('"Rp"#,##0', None),
        ("[$Rp-421]#,##0;[Red]-0%", None),
        ("_-* #,##0.00_-;-* #,##0.00_-", None),
        ("dd/mm/yyyy", None),
        ('[h]:mm" jam"', None),
        ("General", None),
        ("@", None),
        ("", None),
    ],
)
def test_a_format_says_how_much_more_it_shows_than_is_stored(code: str, factor: object) -> None:
    form = form_of(code)
    if factor is None:
        assert form is None
    else:
        assert form == Form(None if factor == "unknown" else Decimal(str(factor)), 0)


@pytest.mark.parametrize(("code", "digits"), [("00000", 5), ("00", 2), ('00"."00', 4), ("0", None), ("000.00", None)])
def test_a_format_of_zeros_fills_a_code(code: str, digits: int | None) -> None:
    assert form_of(code) == (Form(Decimal(1), digits) if digits else None)


def formatted(code: str, *values: float) -> bytes:
    """A sheet whose last column has a number format."""

    def fill(sheet: Worksheet) -> None:
        rows(HEADER, *((f"K{at}", "x", value) for at, value in enumerate(values)))(sheet)
        for at in range(2, len(values) + 2):
            sheet.cell(at, 3).number_format = code

    return book(fill)


@pytest.mark.parametrize(
    ("code", "value", "numbers", "expected"),
    [
        pytest.param("00000", 57, None, "00057", id="a code keeps its zeros"),
        pytest.param("00000", 57.5, None, f"{NUMBER_MARK}57.5", id="a fraction is no code"),
        pytest.param("0%", 0.57, "shown", "57", id="per cent as shown"),
        pytest.param("0%", 0.57, "stored", f"{NUMBER_MARK}0.57", id="per cent as stored"),
        pytest.param('0".000"', 57, "shown", "57000", id="thousands written behind"),
        pytest.param("#,##0,", 57500, "shown", f"{NUMBER_MARK}57.5", id="thousands left out"),
        pytest.param("#,##0", 57500, None, "57500", id="grouping alone"),
    ],
)
def test_a_number_is_read_as_its_format_and_the_contract_say(
    read_bytes: Read, code: str, value: float, numbers: str | None, expected: str
) -> None:
    found = read_bytes(formatted(code, value), layout(numbers=numbers), WANTED)
    assert [row[2] for row in rows_of(found)] == [expected]
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        pytest.param("0%", None, id="the contract is silent"),
        pytest.param('0".5"', "shown", id="no factor says what is shown"),
    ],
)
def test_a_number_shown_as_another_is_told_with_its_column(read_bytes: Read, code: str, numbers: str | None) -> None:
    found = read_bytes(formatted(code, 0.5, 0.6), layout(numbers=numbers), WANTED)
    assert found.remarks == (Remark("format_ambiguous", 2, "Nilai"),)


def hiding(rows_: tuple[int, ...] = (), columns: str = "", filtered: bool = False) -> bytes:
    """Rows and columns of a sheet hidden by hand, or by a filter."""

    def fill(sheet: Worksheet) -> None:
        rows(HEADER, FIRST, SECOND, ("C", "z", 3))(sheet)
        for at in rows_:
            sheet.row_dimensions[at].hidden = True
        for letter in columns:
            sheet.column_dimensions[letter].hidden = True
        if filtered:
            sheet.auto_filter.ref = "A1:C4"
            sheet.auto_filter.add_filter_column(0, ["B"])

    return book(fill)


@pytest.mark.parametrize(
    ("filtered", "stated", "kept", "remarks"),
    [
        pytest.param(False, None, 2, (Remark("rows_hidden", 1),), id="by hand, the contract is silent"),
        pytest.param(True, None, 2, (Remark("rows_filtered", 1),), id="by a filter, the contract is silent"),
        pytest.param(True, "skip", 2, (), id="the contract skips them"),
        pytest.param(True, "read", 3, (), id="the contract reads them"),
    ],
)
def test_hidden_rows_are_read_only_if_the_contract_says_so(
    read_bytes: Read, filtered: bool, stated: str | None, kept: int, remarks: tuple[Remark, ...]
) -> None:
    found = read_bytes(hiding((3,), filtered=filtered), layout(hidden=stated), WANTED)
    assert (found.rows, found.remarks) == (kept, remarks)
    assert found.skipped == ({"hidden": 1} if kept == 2 else {})


def test_a_hidden_column_that_nobody_wants_is_not_read_and_told(read_bytes: Read) -> None:
    found = read_bytes(hiding(columns="B"), layout(), fields("Kode", "Nilai"))
    assert (found.columns, rows_of(found)[0]) == (("Kode", "Nilai"), ("A", "1"))
    assert found.remarks == (Remark("columns_hidden", 1),)


def test_a_hidden_column_that_the_contract_reads_is_a_column_like_any_other(read_bytes: Read) -> None:
    assert rows_of(read_bytes(hiding(columns="B"), layout(hidden="read"), WANTED))[0] == ("A", "x", "1")
    with pytest.raises(SupplierError) as raised:
        read_bytes(hiding(columns="B"), layout(hidden="read"), fields("Kode", "Nilai"))
    assert raised.value.code == "column_unknown"


@pytest.mark.parametrize("stated", [None, "skip"])
def test_a_hidden_column_that_a_field_wants_holds_the_file_back(read_bytes: Read, stated: str | None) -> None:
    with pytest.raises(SupplierError) as raised:
        read_bytes(hiding(columns="B"), layout(hidden=stated), WANTED)
    assert (raised.value.code, raised.value.names["columns"]) == ("columns_hidden", "Nama")


def with_hidden_sheet() -> bytes:
    workbook = openpyxl.Workbook()
    for at, title in enumerate(("Jan", "Feb", "Mar")):
        rows(HEADER, FIRST)(workbook.create_sheet(title))
        workbook[title].sheet_state = "hidden" if at else "visible"
    workbook.remove(workbook.worksheets[0])
    return saved(workbook)


def test_hidden_sheets_are_told_and_read_only_if_the_contract_says_so(read_bytes: Read) -> None:
    visible = read_bytes(with_hidden_sheet(), layout(sheets="*"), WANTED)
    assert (visible.sheets, visible.remarks) == (("Jan",), (Remark("sheets_hidden", 2),))
    everything = read_bytes(with_hidden_sheet(), layout(sheets="*", hidden="read"), WANTED)
    assert (everything.sheets, everything.remarks) == (("Jan", "Feb", "Mar"), ())


def test_a_formula_without_a_result_is_no_blank(read_bytes: Read) -> None:
    found = read_bytes(book(rows(HEADER, FIRST, ("B", "y", "=1+1"))), layout(), WANTED)
    assert [row[2] for row in rows_of(found)] == ["1", ERROR_TEXT]
    assert found.remarks == (Remark("formulas_uncalculated", 1, "Nilai"),)


def test_a_formula_in_a_row_that_is_left_out_is_not_told(read_bytes: Read) -> None:
    found = read_bytes(book(rows(HEADER, FIRST, ("Jumlah", None, "=SUM(C2:C2)"))), layout(), WANTED)
    assert (found.remarks, found.skipped) == ((), {"total": 1})


def dated_from_1904(sheet: Worksheet) -> None:
    rows(HEADER, ("A", "x", 0))(sheet)
    sheet["C2"].number_format = "yyyy-mm-dd"


def test_a_book_that_counts_days_from_1904_keeps_its_dates(read_bytes: Read) -> None:
    workbook = openpyxl.Workbook()
    dated_from_1904(workbook.worksheets[0])
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.worksheets[0]["C2"].value = 44_561
    assert rows_of(read_bytes(saved(workbook), layout(), WANTED)) == [("A", "x", "2026-01-01")]


def opendocument_sheet(cells: Any) -> bytes:
    """An ods with a percentage, a code of five digits, a hidden row and a filtered one."""
    import io

    document = opendocument.OpenDocumentSpreadsheet()
    percent = number.PercentageStyle(name="N1")
    percent.addElement(number.Number(decimalplaces="0", minintegerdigits="1"))
    percent.addElement(number.Text(text="%"))
    code = number.NumberStyle(name="N2")
    code.addElement(number.Number(decimalplaces="0", minintegerdigits="5"))
    for format_ in (percent, code):
        document.automaticstyles.addElement(format_)
    for name, data in (("ce1", "N1"), ("ce2", "N2")):
        document.automaticstyles.addElement(style.Style(name=name, family="table-cell", datastylename=data))
    sheet = table.Table(name="Data")
    sheet.addElement(table.TableColumn(numbercolumnsrepeated="3"))
    for row, visibility in cells:
        line = table.TableRow(**({"visibility": visibility} if visibility else {}))
        for value, style_name in row:
            line.addElement(_ods_cell(value, style_name))
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def _ods_cell(value: object, style_name: str | None) -> Any:
    named = {"stylename": style_name} if style_name else {}
    if isinstance(value, str):
        cell = table.TableCell(valuetype="string", **named)
        cell.addElement(text.P(text=value))
        return cell
    return table.TableCell(valuetype="percentage" if style_name == "ce1" else "float", value=str(value), **named)


def test_an_opendocument_sheet_tells_the_same(read_bytes: Read) -> None:
    def plain(*values: object) -> list[tuple[object, None]]:
        return [(value, None) for value in values]

    content = opendocument_sheet(
        [
            (plain("Kode", "Nama", "Nilai"), None),
            ([(57, "ce2"), ("x", None), (0.57, "ce1")], None),
            (plain("00058", "tersembunyi", 1), "collapse"),
            (plain("00059", "tersaring", 1), "filter"),
        ]
    )
    found = read_bytes(content, layout(numbers="shown"), WANTED)
    assert rows_of(found) == [("00057", "x", "57")]
    assert found.remarks == (Remark("rows_filtered", 2),)


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        pytest.param("AutoFilter", "One Cond", id="a filter"),
        pytest.param("comments_stress_test", "Sheet2", id="a hidden row and column"),
        pytest.param("xlsx-stream-d-date-cell", "Sheet1", id="percentages"),
        pytest.param("formula_stress_test", "Information", id="failed formulas"),
    ],
)
def test_the_same_book_tells_the_same_in_every_format(corpus: Path, name: str, sheet: str) -> None:
    told = []
    for kind in ("xls", "xlsx", "xlsb", "ods"):
        path = corpus / "workbooks" / f"{name}.{kind}"
        if path.exists():
            with load_workbook(path) as workbook:
                titles = workbook.sheet_names
            title = next(title for title in titles if title.replace("_", " ") == sheet)
            marks = sheet_marks(path, title, titles.index(title))
            cells = {
                (row, at, marks.form(mark) or mark)
                for at, column in marks.cells.items()
                for row, mark in enumerate(column)
                if mark
            }
            told.append((marks.hidden_rows, marks.hidden_columns, marks.filtered, cells))
    assert len(told) > 2
    assert told == [told[0]] * len(told)
    assert told[0] != (frozenset(), frozenset(), False, set())


def test_a_filter_of_a_table_inside_the_sheet_counts_as_well(read_bytes: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        from openpyxl.worksheet.filters import AutoFilter
        from openpyxl.worksheet.table import Table

        rows(HEADER, FIRST, SECOND)(sheet)
        listed = Table(displayName="Daftar", ref="A1:C3", autoFilter=AutoFilter(ref="A1:C3"))
        listed.autoFilter.add_filter_column(0, ["B"])
        sheet.add_table(listed)
        sheet.row_dimensions[2].hidden = True

    assert read_bytes(book(fill), layout(), WANTED).remarks == (Remark("rows_filtered", 1),)
