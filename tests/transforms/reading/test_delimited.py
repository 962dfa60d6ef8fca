import csv
import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.contracts import CsvLayout
from schemas.errors import AuthorError, SupplierError
from transforms.reading import RawTable, Wanted, read, read_slowly, untouched
from transforms.reading.dialect import found_dialect
from transforms.reading.quoting import records
from transforms.reading.untouched import has_rows_to_skip, table_in_place

from .conftest import Read, fields, places_of, rows_of

LAYOUT = CsvLayout(kind="csv")
WANTED = fields("Kode", "Nama", "Nilai", required=("Kode",))
SOUND = [("A", "Pasar", "1"), ("B", "Taman", "2")]


@pytest.mark.parametrize(
    ("content", "layout"),
    [
        pytest.param(b"Kode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n", LAYOUT, id="commas"),
        pytest.param(b"Kode;Nama;Nilai\r\nA;Pasar;1\r\nB;Taman;2\r\n", LAYOUT, id="semicolons, Windows lines"),
        pytest.param(b"Kode\tNama\tNilai\nA\tPasar\t1\nB\tTaman\t2", LAYOUT, id="tabs, no last line end"),
        pytest.param(b"Kode|Nama|Nilai\rA|Pasar|1\rB|Taman|2\r", LAYOUT, id="bars, old Macintosh lines"),
        pytest.param(b"sep=;\nKode;Nama;Nilai\nA;Pasar;1\nB;Taman;2\n", LAYOUT, id="Excel's separator line"),
        pytest.param(b"\xef\xbb\xbfKode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n", LAYOUT, id="UTF-8 with a mark"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n".encode("utf-16"), LAYOUT, id="UTF-16"),
        pytest.param(b'Kode,Nama,Nilai\n"A","Pasar","1"\n"B","Taman","2"\n', LAYOUT, id="quoted"),
        pytest.param(b"Kode,Nama,Nilai,,\nA,Pasar,1,,\nB,Taman,2\n", LAYOUT, id="empty columns at the end"),
        pytest.param(
            b"DINAS PERHUBUNGAN\n\nKode;Nama;Nilai\nA;Pasar;1\nB;Taman;2\n",
            LAYOUT,
            id="lines above the header",
        ),
        pytest.param(
            b"Kode,Nama,Nilai\nA,lama,0\nKode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n",
            CsvLayout(kind="csv", header=3),
            id="a stated header line",
        ),
        pytest.param(
            b"Kode:Nama:Nilai\nA:Pasar:1\nB:Taman:2\n",
            CsvLayout(kind="csv", delimiter=":"),
            id="a stated delimiter",
        ),
    ],
)
def test_delimited_text_is_read_however_it_was_written(read_bytes: Read, content: bytes, layout: CsvLayout) -> None:
    table = read_bytes(content, layout, WANTED)
    assert (rows_of(table), table.ragged) == (SOUND, 0)


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        pytest.param("cp1252", None, id="found"),
        pytest.param("cp1252", "windows-1252", id="stated"),
        pytest.param("utf-8", None, id="UTF-8"),
    ],
)
def test_letters_beyond_ascii_survive(read_bytes: Read, encoding: str, stated: str | None) -> None:
    text = "Kode;Nama;Nilai\nA;Kafé “Señorita” \N{EN DASH} Palu;1\nB;Jum\N{RIGHT SINGLE QUOTATION MARK}at;2\n"
    table = read_bytes(text.encode(encoding), CsvLayout(kind="csv", encoding=stated), WANTED)
    assert [row[1] for row in rows_of(table)] == [
        "Kafé “Señorita” \N{EN DASH} Palu",
        "Jum\N{RIGHT SINGLE QUOTATION MARK}at",
    ]


def test_a_single_column_may_hold_other_delimiters(read_bytes: Read) -> None:
    assert rows_of(read_bytes(b"Nama\na;b\nc;d\n", LAYOUT, fields("Nama"))) == [("a;b",), ("c;d",)]


def test_letters_that_are_not_utf8_are_found_however_late_they_stand(read_bytes: Read) -> None:
    text = "Kode;Nama;Nilai\n" + "A;Pasar;1\n" * 150_000 + "B;Kafé;2\n"
    assert rows_of(read_bytes(text.encode("cp1252"), LAYOUT, WANTED))[-1] == ("B", "Kafé", "2")


@pytest.mark.parametrize(
    ("last", "skipped"),
    [
        pytest.param("Jumlah,,3\n", {"total": 1}, id="a total"),
        pytest.param("Total\n", {"total": 1}, id="a total of one cell"),
        pytest.param("\n\n", {"blank": 2}, id="blank lines"),
        pytest.param(",,\n", {"blank": 1}, id="delimiters alone"),
        pytest.param(",Palu 2026,\n,Kepala Dinas,\n", {"footer": 2}, id="a signature"),
    ],
)
def test_what_stands_below_the_rows_is_left_out_and_counted(
    read_bytes: Read, last: str, skipped: dict[str, int]
) -> None:
    table = read_bytes(f"Kode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n{last}".encode(), LAYOUT, WANTED)
    assert (rows_of(table), table.skipped) == (SOUND, skipped)


def test_a_ragged_row_is_kept_and_marked_with_the_number_of_its_cells(read_bytes: Read) -> None:
    table = read_bytes(b"Kode,Nama,Nilai\nA,Pasar,1\nB,Jl. A, No. 5,2\nC,Taman\n", LAYOUT, WANTED)
    assert places_of(table) == [(2, None), (3, 4), (4, 2)]
    assert (table.rows, table.ragged) == (3, 2)


@pytest.mark.parametrize(
    ("content", "layout", "kind", "code"),
    [
        pytest.param(b"", LAYOUT, SupplierError, "file_empty", id="no byte"),
        pytest.param(b"\n\n \n", LAYOUT, SupplierError, "file_empty", id="blank lines alone"),
        pytest.param(b"PK\x03\x04\x00\x00", LAYOUT, SupplierError, "file_not_text", id="a workbook"),
        pytest.param(
            b"Kode,Nama,Nilai\nA,\xe9,1\n",
            CsvLayout(kind="csv", encoding="utf-8"),
            SupplierError,
            "encoding_wrong",
            id="not the stated encoding",
        ),
        pytest.param(
            b"Kode\n",
            CsvLayout(kind="csv", encoding="utf-88"),
            AuthorError,
            "encoding_unknown",
            id="an encoding that does not exist",
        ),
        pytest.param(
            b"Kode\n", CsvLayout(kind="csv", encoding="hex"), AuthorError, "encoding_unknown", id="an encoding of bytes"
        ),
        pytest.param(b"Kode,Nama\nA,B\n", LAYOUT, SupplierError, "column_missing", id="a column too few"),
        pytest.param(
            b"Kode,Nama,Nilai" + b",x" * 16_384, LAYOUT, SupplierError, "file_too_wide", id="too many columns"
        ),
    ],
)
def test_text_that_is_no_table_ends_in_a_clear_error(
    read_bytes: Read, content: bytes, layout: CsvLayout, kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind) as raised:
        read_bytes(content, layout, WANTED)
    assert raised.value.args[0] == code


@pytest.mark.parametrize(
    ("content", "places"),
    [
        pytest.param(b'A,"Pasar,1\nB,x,2\n', [(2, 3), (3, None)], id="a quotation that does not end"),
        pytest.param(b'A,"Pa"sar,1\nB,x,2\n', [(2, 3), (3, None)], id="a quotation that ends early"),
        pytest.param(b'A,Pa"sar, baru",1\nB,x,2\n', [(2, 4), (3, None)], id="one that begins in the middle"),
        pytest.param(b'A,"Pasar,1\nB,x,2\nC,y",3\n', [(2, 3)], id="two lost marks with a row between them"),
        pytest.param(b"A,,Pasar,1\nB,x,2\nC,y,3\n", [(2, 4), (3, None), (4, None)], id="a delimiter too many"),
        pytest.param(b"A,Pasar,1\nB,,x,\nC,y,2\n", [(2, None), (3, 4), (4, None)], id="cells pushed aside"),
        pytest.param(b"A,Pasar,1,\nB,x,2,\n", [(2, None), (3, None)], id="a delimiter at the end of each row"),
        pytest.param(b'A,"Pasar\nbaru",1\nB,x,2\n', [(2, None), (3, None)], id="a cell of two lines"),
    ],
)
def test_one_damaged_row_is_held_back_and_the_others_are_read(
    read_bytes: Read, content: bytes, places: list[tuple[int, int | None]]
) -> None:
    assert places_of(read_bytes(b"Kode,Nama,Nilai\n" + content, LAYOUT, WANTED)) == places


def test_an_unending_quotation_costs_one_row_of_a_long_file(read_bytes: Read) -> None:
    table = read_bytes(b'Kode,Nama,Nilai\nA,x,1\nB,"y,2\n' + b"C,z,3\n" * 10_000, LAYOUT, WANTED)
    assert (table.rows, table.ragged) == (10_002, 1)


@pytest.mark.parametrize(
    ("content", "row"),
    [
        pytest.param("Kode,Nama,Nilai\nA,'Pasar, baru',1\nB,'x',2\n", ("A", "Pasar, baru", "1"), id="apostrophes"),
        pytest.param('Kode,Nama,Nilai\nA,"Pasar \\"baru\\"",1\n', ("A", 'Pasar "baru"', "1"), id="marks behind \\"),
        pytest.param("Kode,Nama,Nilai\nA,Jum'at,1\nB,Ma'ruf,2\n", ("A", "Jum'at", "1"), id="apostrophes in words"),
    ],
)
def test_cells_are_quoted_in_several_ways(read_bytes: Read, content: str, row: tuple[str, ...]) -> None:
    table = read_bytes(content.encode(), LAYOUT, WANTED)
    assert (rows_of(table)[0], table.ragged) == (row, 0)


TWICE = b"Kode,Nama,Nilai\nA,Pasar,1\nKode,Nama,Nilai\nB,Taman,2\n"


def test_a_header_that_comes_again_is_left_out_and_counted(read_bytes: Read) -> None:
    table = read_bytes(TWICE, LAYOUT, WANTED)
    assert (rows_of(table), table.skipped) == (SOUND, {"repeated": 1})


def test_a_file_with_its_header_twice_is_not_read_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(TWICE)
    assert has_rows_to_skip(tmp_path / "source", LAYOUT, WANTED, "berkas")


CELLS = st.lists(st.sampled_from(["a", "1", " ", "", '"', '""', "'", "\\", ",", ";", "\n", "\r\n", "\r"]), max_size=40)


@given(pieces=CELLS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_rows_of_a_text_are_read_held_back_or_left_out(read_bytes: Read, pieces: list[str]) -> None:
    content = "Kode,Nama,Nilai\nA,b,1\n" + "".join(pieces)
    table = read_bytes(content.encode(), CsvLayout(kind="csv", delimiter=","), WANTED)
    found = found_dialect(content, WANTED, ",")
    in_the_file = sum(1 for _ in records(io.StringIO(content, newline=""), found))
    assert (table.rows or 0) + table.header_rows + sum(table.skipped.values()) == in_the_file


def in_place(path: Path, wanted: tuple[Wanted, ...] = WANTED, layout: CsvLayout = LAYOUT) -> RawTable | None:
    return table_in_place(path, layout, wanted, "berkas", at_least_bytes=1)


@pytest.mark.parametrize(
    ("content", "lies_in_place"),
    [
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\n", True, id="regular"),
        pytest.param("\ufeffKode,Nama,Nilai\r\nA,Pasar,1\r\n", True, id="a mark and Windows lines"),
        pytest.param("Dinas\n\nKode,Nama,Nilai\nA,Pasar,1\n", True, id="lines above the header"),
        pytest.param('Kode,Nama,Nilai\nA,"dua\nbaris, ""kutip""",1\n', True, id="a quoted line end"),
        pytest.param("No,Kode,Nama,Nilai\n1,A,Pasar,1\n2,B,Taman,1\n", True, id="running numbers"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\nTotal Persada,x,1\n", True, id="a name like a total"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\n\nB,Taman,2\n", False, id="a blank line"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\n,,\nB,Taman,2\n", False, id="delimiters alone"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\nJumlah,,1\n", False, id="a total"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar,1\n,Kepala Dinas,\n", False, id="a footer"),
        pytest.param("Kode,Nama,Nilai\nA,Pasar\n", False, id="a ragged row"),
        pytest.param('Kode,"Nama",Nilai\nA, "Pasar",1\n', False, id="a blank before a quotation"),
        pytest.param('"Kode\nTitik",Nama,Nilai\nA,Pasar,1\n', False, id="a header over two lines"),
        pytest.param("Kode,Nama,Nilai\rA,Pasar,1\r", False, id="old Macintosh lines"),
    ],
)
def test_only_a_regular_file_is_read_where_it_lies(tmp_path: Path, content: str, lies_in_place: bool) -> None:
    path = tmp_path / "isi.csv"
    path.write_bytes(content.encode())
    wanted = fields("Kode|Kode Titik", "Nama", "Nilai", required=("Kode|Kode Titik",))
    assert (in_place(path, wanted) is not None) == lies_in_place


ROWS = "".join(f"A{number},Pasar,1\n" for number in range(50_000))


@pytest.mark.parametrize(
    "irregular",
    ["\n", "\r\n", ",,\n", "Jumlah,,7\n", "JUMLAH,,7\n", '"Total",,7\n', ",Total,7\n", "Kode,Nama,Nilai\n"],
    ids=lambda line: repr(line),
)
@pytest.mark.parametrize("block", [50, 1 << 22], ids=["small blocks", "one block"])
def test_a_row_to_leave_out_is_found_in_the_middle_of_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, irregular: str, block: int
) -> None:
    monkeypatch.setattr(untouched, "BLOCK_BYTES", block)
    path = tmp_path / "isi.csv"
    path.write_bytes(f"Kode,Nama,Nilai\n{ROWS}{irregular}{ROWS}".encode())
    assert in_place(path) is not None
    assert has_rows_to_skip(path, LAYOUT, WANTED, "berkas")
    assert sum(read(path, LAYOUT, WANTED, tmp_path, "berkas").skipped.values()) == 1


@pytest.mark.parametrize("regular", ["Toko,Pasar,1\n", "Total Persada,x,1\n", "Susu,Jumlah,1\n", "J\n", '" A",x,1\n'])
def test_a_row_that_only_looks_like_one_stays_in_its_place(tmp_path: Path, regular: str) -> None:
    path = tmp_path / "isi.csv"
    path.write_text(f"Kode,Nama,Nilai\n{ROWS}{regular}{ROWS}")
    assert not has_rows_to_skip(path, LAYOUT, WANTED, "berkas")


def test_a_file_in_place_tells_where_its_rows_begin(tmp_path: Path) -> None:
    path = tmp_path / "isi [1] * a=b.csv"
    path.write_text("Dinas\n\nKode,Nama,Nilai\nA,Pasar,1\nB,Taman,2\n")
    table = in_place(path)
    assert table is not None
    assert (table.first_row, table.rows, table.skipped) == (4, None, {"preamble": 2})
    assert rows_of(table) == SOUND


def test_a_ragged_row_in_the_middle_fails_in_place_and_is_marked_when_read_slowly(tmp_path: Path) -> None:
    path = tmp_path / "isi.csv"
    body = "".join(f"A{number},Pasar,1\n" for number in range(50_000))
    path.write_text(f"Kode,Nama,Nilai\n{body}B,Taman\n{body}")
    table = in_place(path)
    assert table is not None
    with pytest.raises(duckdb.Error):
        rows_of(table)
    slow = read_slowly(path, LAYOUT, WANTED, tmp_path, "berkas")
    assert (slow.rows, slow.ragged) == (100_001, 1)


@pytest.mark.parametrize("small", [1 << 10, 1 << 22])
def test_a_small_file_is_read_row_by_row(tmp_path: Path, small: int) -> None:
    path = tmp_path / "isi.csv"
    path.write_text("Kode,Nama,Nilai\n" + "A,Pasar,1\n" * (small // 10))
    table = read(path, LAYOUT, WANTED, tmp_path, "berkas")
    assert (table.rows is None) == (small > 4_000_000)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)
FOLDERS = itertools.count()


def in_place_or_slowly(path: Path, wanted: tuple[Wanted, ...], workspace: Path) -> RawTable:
    return in_place(path, wanted) or slowly(path, wanted, workspace)


def slowly(path: Path, wanted: tuple[Wanted, ...], workspace: Path) -> RawTable:
    return read_slowly(path, LAYOUT, wanted, workspace, "berkas")


@pytest.mark.parametrize("reading", [slowly, in_place_or_slowly])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(rows=TABLES)
def test_what_csv_writer_writes_is_read_back(
    tmp_path: Path,
    reading: Callable[[Path, tuple[Wanted, ...], Path], RawTable],
    rows: list[list[str]],
) -> None:
    header = [f"kolom {letter}" for letter in "abcd"[: len(rows[0])]]
    workspace = tmp_path / str(next(FOLDERS))
    workspace.mkdir()
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    (workspace / "isi.csv").write_bytes(text.getvalue().encode())
    expected = [tuple(cell or None for cell in row) for row in rows if any(cell.strip() for cell in row)]
    assert rows_of(reading(workspace / "isi.csv", (), workspace)) == expected


@pytest.mark.parametrize(
    "name",
    ["comma_in_quotes", "escaped_quotes", "json", "newlines", "newlines_crlf", "quotes_and_newlines", "utf8"],
)
def test_the_spectrum_of_csv_is_read_as_its_oracle_says(corpus: Path, tmp_path: Path, name: str) -> None:
    path = corpus / "csv-spectrum" / "csvs" / f"{name}.csv"
    oracle = json.loads((corpus / "csv-spectrum" / "json" / f"{name}.json").read_text(encoding="utf-8"))
    table = read(path, LAYOUT, (), tmp_path, path.name)
    found = [dict(zip(table.columns, row, strict=True)) for row in rows_of(table)]
    assert found == [{key: value or None for key, value in record.items()} for record in oracle]
