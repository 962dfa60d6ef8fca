"""OpenDocument sheets: what calamine hands on otherwise than of Excel's formats, or not at all."""

import io
import zipfile

import pytest

from schemas.contracts import SpreadsheetLayout
from transforms.reading.headers import spread
from transforms.reading.spreadsheets import cell_text

from .conftest import Read, fields, rows_of

LAYOUT = SpreadsheetLayout(kind="spreadsheet")
CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
COVERED = "<table:covered-table-cell/>"


def sheet(*rows: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    lines = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr("mimetype", MIMETYPE)
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", CONTENT.format(rows=lines))
    return stream.getvalue()


def said(text: str, across: int = 1, down: int = 1) -> str:
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    return f'<table:table-cell office:value-type="string" {spans}><text:p>{text}</text:p></table:table-cell>'


def of_type(kind: str, value: str) -> str:
    name = "value" if kind == "float" else f"{kind}-value"
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>x</text:p></table:table-cell>'


def test_a_merged_header_names_all_the_columns_below_it(read_bytes: Read) -> None:
    content = sheet(
        (said("Kode", down=2), said("Laki-laki", across=2), COVERED, said("")),
        (COVERED, said("Baru"), said("Lama"), said("Baru")),
        (said("A"), of_type("float", "1"), of_type("float", "2"), of_type("float", "3")),
    )
    found = read_bytes(content, LAYOUT, fields("Kode", "Laki-laki Baru", "Laki-laki Lama", "Baru"))
    assert (found.header_rows, rows_of(found)) == (2, [("A", "1", "2", "3")])


def test_without_the_merge_the_last_column_would_take_its_neighbour_s_name() -> None:
    window = [(1, ["Kode", "Laki-laki", "", ""]), (2, ["", "Baru", "Lama", "Luas"])]
    assert spread(window, ())[0] == ["Kode", "Laki-laki", "Laki-laki", "Laki-laki"]
    assert spread(window, [((0, 1), (0, 2))])[0] == ["Kode", "Laki-laki", "Laki-laki", ""]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        pytest.param("date", "2026-01-31", "2026-01-31", id="a day"),
        pytest.param("date", "2026-01-31T00:00:00", "2026-01-31", id="midnight"),
        pytest.param("date", "2026-01-31T08:30:00", "2026-01-31T08:30:00", id="a moment"),
        pytest.param("time", "PT08H30M00S", "08:30:00", id="an hour"),
        pytest.param("time", "PT36H00M05S", "36:00:05", id="more than a day"),
        pytest.param("time", "PT16H17M36.960000000S", "16:17:36.960000", id="a fraction of a second"),
    ],
)
def test_days_and_hours_are_written_as_those_of_excel_are(read_bytes: Read, kind: str, value: str, text: str) -> None:
    content = sheet((said("Kode"), said("Waktu")), (said("A"), of_type(kind, value)))
    assert rows_of(read_bytes(content, LAYOUT, fields("Kode", "Waktu"))) == [("A", text)]


@pytest.mark.parametrize("text", ["PT Telkom", "PT08H", "PT", "PT08H30M00S, 5 orang"])
def test_a_company_is_no_hour(text: str) -> None:
    assert cell_text(text) == text


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_a_line_inside_a_cell_ends_in_one_way(ends: str) -> None:
    assert cell_text(f"satu{ends}{ends}dua") == "satu\n\ndua"
