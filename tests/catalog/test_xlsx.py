"""The Excel file: what a spreadsheet program finds in it, the same bytes every time, and the proof of its rows."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalog.encoding import csv, parquet, xlsx
from catalog.verification import prove_same_rows
from schemas.contracts import Dataset
from schemas.errors import ProgrammerError
from schemas.tables import STORED_TYPES, PublicTable, literal
from tests.making import CITY, contract, exempt_field, open_field

DAY = date(2026, 11, 21)
KINDS = ("string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth")
EVERY = contract(*(open_field(kind, kind) for kind in KINDS), exempt_field("nik")).described()
ROW: dict[str, Any] = {
    "string": "00120",
    "integer": 35,
    "number": 0.1 + 0.2,
    "boolean": True,
    "date": date(2026, 3, 1),
    "datetime": datetime(2026, 3, 1, 13, 5, 59),
    "time": time(7, 30),
    "year": 2026,
    "yearmonth": "2026-03",
}
TYPES = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "TIME": pa.time64("us"),
}


def table(folder: Path, rows: list[dict[str, Any]], dataset: Dataset = EVERY) -> PublicTable:
    """A public table of these rows; a field that a row does not name is missing."""
    fields = [(field.name, TYPES[STORED_TYPES[field.type]]) for field in dataset.public_fields]
    columns = [pa.array([row.get(name) for row in rows], kind) for name, kind in fields]
    path = folder / "public.parquet"
    pq.write_table(pa.Table.from_arrays(columns, names=[name for name, _ in fields]), path)
    return PublicTable(path, dataset, len(rows))


def written(folder: Path, rows: list[dict[str, Any]], dataset: Dataset = EVERY) -> Path:
    """A release's folder with the workbook of these rows, its CSV and its Parquet."""
    made, into = table(folder, rows, dataset), folder / "release"
    into.mkdir(exist_ok=True)
    csv.write(made, into / "contoh.csv")
    (into / "contoh.parquet").unlink(missing_ok=True)
    parquet.write(made, into / "contoh.parquet")
    xlsx.write(made, into / "contoh.xlsx", CITY, DAY)
    return into


def proven(folder: Path, rows: int, dataset: Dataset = EVERY) -> None:
    prove_same_rows(folder, dataset, rows, ("csv", "parquet", "xlsx"))


def sheet(folder: Path, name: str = "Data") -> Worksheet:
    found = load_workbook(folder / "contoh.xlsx")[name]
    assert isinstance(found, Worksheet)
    return found


def only_cell(folder: Path, kind: str) -> Any:
    """The one cell of a kind below the header."""
    return sheet(folder).cell(2, KINDS.index(kind) + 1)


def test_a_spreadsheet_program_finds_each_value_as_its_type(tmp_path: Path) -> None:
    header, row = sheet(written(tmp_path, [ROW])).iter_rows(values_only=True)
    assert header == KINDS
    assert row == tuple({**ROW, "date": datetime(2026, 3, 1)}.values())


@pytest.mark.parametrize(
    ("kind", "value", "shown", "how"),
    [
        pytest.param("string", "0012", "0012", "@", id="a code keeps its zeros"),
        pytest.param("string", "7271014708450001", "7271014708450001", "@", id="a long code keeps its digits"),
        pytest.param("string", "=1+1", "=1+1", "@", id="a formula is a text"),
        pytest.param("string", "1E5", "1E5", "@", id="what looks like a number is a text"),
        pytest.param("integer", 999_999_999_999_999, 999_999_999_999_999, "0", id="fifteen digits are a number"),
        pytest.param("integer", 1_000_000_000_000_000, "1000000000000000", "@", id="sixteen digits are a text"),
        pytest.param("integer", -1_000_000_000_000_000, "-1000000000000000", "@", id="sixteen negative ones too"),
        pytest.param("number", 1 / 3, 1 / 3, "General", id="every digit of a fraction"),
        pytest.param("number", float("inf"), "inf", "@", id="what is no number is a text"),
        pytest.param("date", date(1900, 2, 28), "1900-02-28", "@", id="a day before Excel's calendar is right"),
        pytest.param("date", date(1900, 3, 1), datetime(1900, 3, 1), "mm-dd-yy", id="the first day that is"),
        pytest.param("date", date(1837, 5, 9), "1837-05-09", "@", id="a day before Excel's calendar"),
        pytest.param(
            "datetime",
            datetime(2026, 3, 1, 0, 0, 0, 1),
            "2026-03-01 00:00:00.000001",
            "@",
            id="a part of a second",
        ),
        pytest.param("time", time(0, 0, 0, 5), "00:00:00.000005", "@", id="a part of a second without a day"),
        pytest.param("boolean", False, False, "General", id="a truth value"),
    ],
)
def test_what_excel_cannot_hold_is_text(kind: str, value: Any, shown: Any, how: str, tmp_path: Path) -> None:
    folder = written(tmp_path, [{kind: value}])
    cell = only_cell(folder, kind)
    assert (cell.value, cell.number_format) == (shown, how)
    assert cell.data_type != "f"
    proven(folder, 1)


def test_one_value_that_excel_cannot_hold_makes_its_whole_column_text(tmp_path: Path) -> None:
    folder = written(tmp_path, [{"date": date(2026, 3, 1)}, {"date": date(1899, 1, 1)}, {}])
    column = [cell.value for cell in sheet(folder)["E"]]
    assert column == ["date", "2026-03-01", "1899-01-01", None]
    told = [cell.value for row in sheet(folder, "Keterangan").iter_rows() for cell in row if cell.value]
    assert any("Excel sebagai angka atau tanggal: date." in str(text) for text in told)


def test_the_header_stays_in_sight_and_filters(tmp_path: Path) -> None:
    found = sheet(written(tmp_path, [ROW, ROW]))
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:I3"
    assert all(
        found.column_dimensions[letter].width >= len(kind) + 4 for letter, kind in zip("ABC", KINDS[:3], strict=True)
    )
    assert found.column_dimensions["A"].number_format == "@"


def test_the_workbook_tells_what_its_rows_are_in_both_languages(tmp_path: Path) -> None:
    folder = written(tmp_path, [ROW])
    told = "\n".join(str(c.value) for row in sheet(folder, "Keterangan").iter_rows() for c in row if c.value)
    for expected in (
        "Data contoh, bukan data resmi.",
        "Sample data, not official data.",
        "Lisensi / Licence",
        "CC-BY-4.0",
        "Dinas Perhubungan, Pemerintah Kota Palu: Contoh (2026-11-21).",
        "Tanggal rilis / Day of release\n2026-11-21",
        "Zona waktu / Time zone\nAsia/Makassar",
        "UU 14/2008 Pasal 17 huruf h",
        "Bilangan desimal / Decimal number",
    ):
        assert expected in told


@pytest.mark.parametrize("origin", ["official", "sample"])
def test_only_sample_data_are_called_so(origin: str, tmp_path: Path) -> None:
    dataset = contract(open_field("kode"), origin=origin).described()
    folder = written(tmp_path, [{"kode": "1"}], dataset)
    told = [c.value for row in sheet(folder, "Keterangan").iter_rows() for c in row]
    assert ("Data contoh, bukan data resmi." in told) is (origin == "sample")


def test_the_same_rows_give_the_same_bytes_and_no_clock_stands_in_them(tmp_path: Path) -> None:
    first = (written(tmp_path, [ROW] * 3) / "contoh.xlsx").read_bytes()
    second = (written(tmp_path, [ROW] * 3) / "contoh.xlsx").read_bytes()
    assert first == second
    with zipfile.ZipFile(tmp_path / "release" / "contoh.xlsx") as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-21T00:00:00Z" in packed.read("docProps/core.xml")


TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"), max_size=12
) | st.sampled_from(["_x0041_", "__x005F_", "\r\n", "\t", " ", "'=1", "\x00", "\x1f", "]]>", "&amp;", "\u2028"])
VALUES = {
    "string": TEXT,
    "integer": st.integers(-(2**63), 2**63 - 1) | st.integers(-9, 9),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes() | st.datetimes().map(lambda moment: moment.replace(microsecond=0)),
    "time": st.times() | st.times().map(lambda moment: moment.replace(microsecond=0)),
    "year": st.integers(1, 9999),
    "yearmonth": st.just("2026-03"),
}
ROWS = st.lists(st.fixed_dictionaries({}, optional=VALUES), min_size=1, max_size=25)


@given(ROWS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_rows_hold_they_are_read_back_as_they_were(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    folder = written(tmp_path, rows)
    proven(folder, len(rows))


def test_rows_without_a_value_are_counted(tmp_path: Path) -> None:
    folder = written(tmp_path, [{}, ROW, {}, {}])
    proven(folder, 4)


def a_changed_number(text: str) -> str:
    return text.replace("<v>35</v>", "<v>36</v>")


def a_code_that_lost_its_zeros(text: str) -> str:
    return text.replace('t="inlineStr"><is><t xml:space="preserve">00120</t></is></c>', "><v>120</v></c>", 1)


def a_fraction_in_a_column_of_whole_numbers(text: str) -> str:
    return text.replace("<v>35</v>", "<v>35.2</v>")


def a_lost_row(text: str) -> str:
    start = text.index('<row r="3">')
    return text[:start] + text[text.index("</sheetData>") :]


def a_row_too_many(text: str) -> str:
    start = text.index('<row r="3">')
    extra = text[start : text.index("</sheetData>")].replace('r="3"', 'r="4"').replace('3" s=', '4" s=')
    return text.replace("</sheetData>", f"{extra}</sheetData>")


def another_header(text: str) -> str:
    return text.replace(">string<", ">kode<")


@pytest.mark.parametrize(
    "change",
    [
        a_changed_number,
        a_code_that_lost_its_zeros,
        a_fraction_in_a_column_of_whole_numbers,
        a_lost_row,
        a_row_too_many,
        another_header,
    ],
    ids=lambda change: change.__name__.replace("_", " "),
)
def test_a_workbook_that_differs_is_refused(change: Callable[[str], str], tmp_path: Path) -> None:
    folder = written(tmp_path, [ROW, ROW])
    proven(folder, 2)
    _rewritten(folder / "contoh.xlsx", change)
    with pytest.raises(ProgrammerError) as caught:
        proven(folder, 2)
    assert caught.value.code == "rows_differ"


def _rewritten(file: Path, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert change(parts[xlsx.ROWS_PART]) != parts[xlsx.ROWS_PART]
    parts[xlsx.ROWS_PART] = change(parts[xlsx.ROWS_PART])
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)


KODE = contract(open_field("kode")).described()


@pytest.mark.parametrize(
    ("length", "rows", "fits"),
    [
        pytest.param(32_767, 1, True, id="the longest text that Excel holds"),
        pytest.param(32_768, 1, False, id="a longer text"),
        pytest.param(1, xlsx.MOST_ROWS, True, id="as many rows as we put there"),
        pytest.param(1, xlsx.MOST_ROWS + 1, False, id="more rows"),
        pytest.param(0, 0, True, id="no row at all"),
    ],
)
def test_a_table_that_no_workbook_holds_is_not_made_one(length: int, rows: int, fits: bool, tmp_path: Path) -> None:
    path = tmp_path / "public.parquet"
    query = f"SELECT repeat('x', {length}) AS kode FROM range({rows})"
    duckdb.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")
    assert xlsx.fits(PublicTable(path, KODE, rows)) is fits


def test_a_mark_that_xml_cannot_spell_keeps_a_table_from_being_a_workbook(tmp_path: Path) -> None:
    assert not xlsx.fits(table(tmp_path, [{"kode": "a\ufffeb"}], KODE))


def test_a_column_beyond_z_has_a_name() -> None:
    from catalog.encoding.workbook import letters

    assert [letters(number) for number in (1, 26, 27, 52, 702, 703, 16_384)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_the_rows_of_the_json_are_typed_as_table_schema_has_them(tmp_path: Path) -> None:
    from catalog.encoding import json as json_records

    made = table(tmp_path, [ROW, {}])
    json_records.write(made, tmp_path / "contoh.json")
    first, second = json.loads((tmp_path / "contoh.json").read_bytes())
    assert [type(first[kind]).__name__ for kind in KINDS] == [
        *("str", "int", "float", "bool", "str", "str", "str", "int", "str"),
    ]
    assert set(second.values()) == {None}
