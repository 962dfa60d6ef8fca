import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.errors import AuthorError, SupplierError
from transforms.reading.glance import SeenTable, kind_of, look

Look = Callable[..., tuple[SeenTable, ...]]
ROWS = "1;Pasar;2,5\n2;Taman;3\n"


@pytest.fixture
def look_at(tmp_path: Path) -> Look:
    """Looks at bytes, each time in a workspace of its own."""
    numbers = itertools.count()

    def looking(content: str | bytes, name: str = "berkas") -> tuple[SeenTable, ...]:
        workspace = tmp_path / str(next(numbers))
        workspace.mkdir()
        path = workspace / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return look(path, workspace, name)

    return looking


def cells_of(table: SeenTable) -> list[tuple[str | None, ...]]:
    rows = duckdb.execute(f"SELECT * FROM '{table.at_rest}'").fetchall()
    return [row[2:] for row in rows]


def notes_of(table: SeenTable) -> set[str]:
    return {note.code for note in table.notes} - {"dialect"}


@pytest.mark.parametrize(
    ("above", "first", "height", "columns"),
    [
        pytest.param("Kode;Nama;Nilai\n", 1, 1, ("Kode", "Nama", "Nilai"), id="a header"),
        pytest.param("DINAS PASAR;;\n;;\nKode;Nama;Nilai\n", 3, 1, ("Kode", "Nama", "Nilai"), id="below a letterhead"),
        pytest.param("Laporan\n\nKode;Nama;Nilai\n", 3, 1, ("Kode", "Nama", "Nilai"), id="below a title"),
        pytest.param("Data;;Besar\nKode;Nama;Nilai\n", 1, 2, ("Data Kode", "Data Nama", "Besar Nilai"), id="two rows"),
        pytest.param("2020;2021;2022\n", 1, 0, ("", "", ""), id="no header, for the years stand over no years"),
        pytest.param("Jan-25;3\nFeb-25;4\nMar-25;5\n", 1, 0, ("", ""), id="no header, for months stand over months"),
        pytest.param("Kode;;Nama;Nilai\n", 1, 1, ("Kode", "Nama", "Nilai"), id="an empty cell too many"),
        pytest.param("Kode;Nama\n", 1, 1, ("Kode", "Nama", ""), id="a cell too few"),
    ],
)
def test_the_header_is_found_by_its_form(
    look_at: Look, above: str, first: int, height: int, columns: tuple[str, ...]
) -> None:
    (table,) = look_at(above + ROWS)
    if height:
        assert (table.header_first, table.header_height, table.columns) == (first, height, columns)
        assert cells_of(table) == [("1", "Pasar", "2,5"), ("2", "Taman", "3")]


def test_rows_without_a_header_are_all_data_and_their_columns_have_no_names(look_at: Look) -> None:
    (table,) = look_at("28/01/2018;07:00;5\n29/01/2018;08:00;6\n")
    assert (table.header_height, table.columns, table.rows, notes_of(table)) == (0, ("", "", ""), 2, {"no_header"})
    assert table.names == ("kolom_1", "kolom_2", "kolom_3")


def test_years_are_names_above_other_numbers(look_at: Look) -> None:
    (table,) = look_at("Kecamatan,2020,2021\nTatanga,51234,52001\nUlujadi,33012,33500\n")
    assert table.columns == ("Kecamatan", "2020", "2021")


@pytest.mark.parametrize(
    ("header", "second"),
    [
        pytest.param("Kode;Nama;Nilai", ("Kode", "Nama", "Nilai"), id="the same columns"),
        pytest.param("Kode;Nama", ("Kode", "Nama"), id="fewer columns"),
        pytest.param("Kode;Nama;Nilai;Ket", ("Kode", "Nama", "Nilai", "Ket"), id="more columns"),
    ],
)
def test_a_second_table_begins_with_its_header(look_at: Look, header: str, second: tuple[str, ...]) -> None:
    below = "".join(";".join(str(number) for number in range(len(second))) + "\n" for _ in range(3))
    tables = look_at(f"Kode;Nama;Nilai\n{ROWS}{header}\n{below}")
    assert [(one.place, one.rows, one.columns) for one in tables] == [
        ("1", 2, ("Kode", "Nama", "Nilai")),
        ("2", 3, second),
    ]
    assert tables[1].header_first == 4


def test_what_is_left_out_is_told_row_by_row_with_its_cells(look_at: Look) -> None:
    (table,) = look_at("Laporan;;\nKode;Nama;Nilai\n(1);(2);(3)\n1;Pasar;5\n;;\n2;Taman;6;x\n3;Toko;7\nSumber: Dinas\n")
    assert [(row.number, row.reason, row.cells) for row in table.skipped] == [
        (1, "preamble", ("Laporan", "", "")),
        (3, "numbering", ("(1)", "(2)", "(3)")),
        (5, "blank", ("", "", "")),
        (6, "surplus", ("2", "Taman", "6", "x")),
        (8, "footer", ("Sumber: Dinas",)),
    ]
    assert table.rows == 2


@pytest.mark.parametrize("nothing", ["", "\n", " \n\t\n", ";;\n;;\n"])
def test_a_file_of_blanks_has_no_table(look_at: Look, nothing: str) -> None:
    assert look_at(nothing) == ()


PIECES = st.lists(
    st.sampled_from(["Kode", "Nama", "12", "a", " ", '"', "'", ",", ",", ";", "\n", "\r\n", "\n"]), max_size=60
)


@given(pieces=PIECES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_stands_in_one_place(look_at: Look, pieces: list[str]) -> None:
    numbers: list[int] = []
    for table in look_at("".join(pieces)):
        header = range(table.header_first, table.header_first + table.header_height)
        rows = pq.read_table(table.at_rest).column(0).to_pylist()
        numbers += [*rows, *header, *(row.number for row in table.skipped)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


WRITTEN = st.lists(st.tuples(*[st.text("ab1,;\"'| \u00e9", max_size=8)] * 3), min_size=2, max_size=12)


@given(rows=WRITTEN)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_python_writes_fully_quoted_is_seen_as_it_was(look_at: Look, rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    around = ("7", "8", "9")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("Kode", "Nama", "Nilai"), around, *rows, around])
    table = look_at(text.getvalue())[0]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [tuple(cell or "" for cell in row) for row in cells_of(table)] == [around, *kept, around]


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"Kode;Nama\n", "csv", id="text"),
        pytest.param(b"", "csv", id="nothing"),
        pytest.param(b"[1];[2]\n", "csv", id="text that begins with a bracket"),
        pytest.param(b'\xef\xbb\xbf [{"a": 1}]', "json", id="JSON behind a mark and a blank"),
        pytest.param(b'{"type": "FeatureCollection", "features": []}', "geojson", id="GeoJSON"),
        pytest.param(archive("xl/workbook.xml"), "spreadsheet", id="xlsx"),
        pytest.param(archive("content.xml"), "spreadsheet", id="ods"),
        pytest.param(b"PK\x03\x04broken", "spreadsheet", id="a damaged archive"),
        pytest.param(b"\xd0\xcf\x11\xe0", "spreadsheet", id="xls"),
    ],
)
def test_the_bytes_say_what_a_file_is(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "berkas").write_bytes(content)
    assert kind_of(tmp_path / "berkas", "berkas") == kind


def test_an_archive_that_is_no_workbook_is_refused(look_at: Look) -> None:
    with pytest.raises(AuthorError) as raised:
        look_at(archive("data.csv"))
    assert (raised.value.code, raised.value.names["members"]) == ("look_archive", "data.csv")


def test_a_decimal_comma_in_every_row_parts_nothing(look_at: Look) -> None:
    [table] = look_at(b"Kode;Nama;Nilai;Satuan\n" + b"A;Pasar;1,5;ton\n" * 99)
    assert (table.columns, table.rows) == (("Kode", "Nama", "Nilai", "Satuan"), 99)


def test_a_document_is_no_workbook(look_at: Look) -> None:
    with pytest.raises(SupplierError) as raised:
        look_at(archive("[Content_Types].xml", "word/document.xml"))
    assert raised.value.code == "kind_unknown"


def test_a_dump_says_what_it_is(look_at: Look) -> None:
    with pytest.raises(AuthorError) as raised:
        look_at(b"-- MySQL dump 10.13\nCREATE TABLE a (x int);\n")
    assert raised.value.code == "look_dump"


@pytest.mark.parametrize(
    ("document", "place"),
    [
        pytest.param([{"a": 1, "b": "x"}], "1", id="a list"),
        pytest.param({"data": {"items": [{"a": 1, "b": "x"}]}, "total": [1]}, "data.items", id="a list inside"),
    ],
)
def test_records_are_found_in_a_json_document(look_at: Look, document: object, place: str) -> None:
    (table,) = look_at(json.dumps(document))
    assert (table.place, table.columns, cells_of(table)) == (place, ("a", "b"), [("1", "x")])


def test_a_workbook_is_seen_sheet_by_sheet(tmp_path: Path, corpus: Path) -> None:
    tables = look(corpus / "workbooks" / "Attendance.xlsx", tmp_path, "buku")
    assert len(tables) >= 1
    assert all(table.columns and table.at_rest.is_file() for table in tables)
