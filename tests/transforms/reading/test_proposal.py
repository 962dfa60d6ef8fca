"""What is proposed where no contract says what to look for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.headers import Merge
from transforms.reading.proposal import ProposedTable, proposed_tables
from transforms.reading.rows import Row


def numbered(*lines: str) -> list[Row]:
    """Rows written as text, cells parted by `|`."""
    return [(at, [cell.strip() for cell in line.split("|")]) for at, line in enumerate(lines, start=1)]


def data(table: ProposedTable) -> list[list[str]]:
    return [list(cells) for _, cells in table.rows]


def reasons(table: ProposedTable) -> dict[int, str]:
    return {one.row[0]: one.reason for one in table.skipped}


OFFICE = (
    "PEMERINTAH KOTA PALU|||",
    "Data Penduduk per Kelurahan|||",
    "|||",
    "No|Kelurahan|Luas|Penduduk",
    "||(Ha)|(jiwa)",
    "(1)|(2)|(3)|(4)",
    "KECAMATAN PALU TIMUR|||",
    "1|Besusu|3|10",
    "2|Lolu|4|20",
    "Jumlah||7|30",
    "KECAMATAN PALU BARAT|||",
    "1|Balaroa|5|30",
    "|||",
    "Sumber: Disdukcapil|||",
    "|||Palu, 2 Januari 2026",
    "|||Kepala Dinas",
)


def test_a_sheet_as_offices_write_it_is_one_table_and_every_other_row_has_its_reason() -> None:
    [table] = proposed_tables(numbered(*OFFICE), ())
    assert (table.header_first, table.header_height) == (4, 1)
    assert table.names == ("No", "Kelurahan", "Luas", "Penduduk")
    assert [row[1] for row in data(table)] == ["Besusu", "Lolu", "Balaroa"]
    assert reasons(table) == {
        1: "preamble",
        2: "preamble",
        3: "blank",
        5: "units",
        6: "numbering",
        7: "section",
        10: "total",
        11: "section",
        13: "blank",
        14: "note",
        15: "footer",
        16: "footer",
    }


@pytest.mark.parametrize(
    ("head", "merges", "names"),
    [
        pytest.param(
            ("No|Nama|Kapasitas|", "||Mobil|Motor"),
            (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3))),
            ("No", "Nama", "Kapasitas Mobil", "Kapasitas Motor"),
            id="two rows, merged",
        ),
        pytest.param(
            ("No|Nama|Kapasitas|", "||Mobil|Motor"),
            (),
            ("No", "Nama", "Kapasitas Mobil", "Kapasitas Motor"),
            id="two rows that nobody merged",
        ),
        pytest.param(("No|Nama|2024|2025",), (), ("No", "Nama", "2024", "2025"), id="years that name columns"),
        pytest.param(("No|Nama|Jan-25|Agt-25",), (), ("No", "Nama", "Jan-25", "Agt-25"), id="months that name columns"),
    ],
)
def test_the_header_is_as_high_as_it_is_written(
    head: tuple[str, ...], merges: tuple[Merge, ...], names: tuple[str, ...]
) -> None:
    [table] = proposed_tables(numbered(*head, "1|Pasar|10|20", "2|Taman|5|6"), merges)
    assert (table.header_height, table.names, len(table.rows)) == (len(head), names, 2)


def test_tables_below_each_other_are_parted_where_the_next_header_stands() -> None:
    first, second = proposed_tables(
        numbered(
            "Tabel 1|||",
            "Nama|Luas|Isi|",
            "A|1|2|",
            "B|3|4|",
            "|||",
            "Tabel 2. Pegawai|||",
            "Bidang|Uraian|Kepala|Jumlah",
            "Parkir|x|Budi|4",
        ),
        (),
    )
    assert (first.names, len(first.rows)) == (("Nama", "Luas", "Isi"), 2)
    assert (second.names, second.header_first) == (("Bidang", "Uraian", "Kepala", "Jumlah"), 7)
    assert reasons(second) == {6: "preamble"}


def test_tables_side_by_side_are_parted_where_each_counts_its_own_rows() -> None:
    first, second = proposed_tables(numbered("No|Nama||No|Nilai", "1|A||1|10", "2|B||2|20", "3|C|||"), ())
    assert (first.positions, data(first)) == ((0, 1), [["1", "A"], ["2", "B"], ["3", "C"]])
    assert (second.positions, data(second)) == ((3, 4), [["1", "10"], ["2", "20"]])


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    [table] = proposed_tables(numbered("Kode|Nama||Nilai", "A|x||1", "B|y||2"), ())
    assert (table.names, table.positions) == (("Kode", "Nama", "Nilai"), (0, 1, 3))


def test_a_header_printed_on_each_page_begins_no_new_table() -> None:
    [table] = proposed_tables(numbered("Kode|Nilai", "A|1", "|", "Kode|Nilai", "B|2"), ())
    assert (data(table), reasons(table)) == ([["A", "1"], ["B", "2"]], {3: "blank", 4: "repeated"})


def test_rows_without_a_header_are_a_table_without_names() -> None:
    [table] = proposed_tables(numbered("4|7|9", "4|5|6"), ())
    assert (table.header_height, table.names, data(table)) == (0, ("", "", ""), [["4", "7", "9"], ["4", "5", "6"]])


CELLS = st.sampled_from(
    ["", "", "No", "Nama", "Jumlah", "(Rp)", "1", "2", "12,5", "Besusu", "Sumber: x", "2025", "*) x"]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=14))
def test_no_row_is_lost_and_none_is_told_twice(lines: list[list[str]]) -> None:
    rows: list[Row] = list(enumerate(lines, start=1))
    tables = proposed_tables(rows, ())
    headers = {number for one in tables for number in range(one.header_first, one.header_first + one.header_height)}
    accounted = [{number for number, _ in one.rows} | {left.row[0] for left in one.skipped} for one in tables]
    seen = headers.union(*accounted)
    assert not headers.intersection(*accounted) if accounted else True
    assert {number for number, cells in rows if tables and len([cell for cell in cells if cell]) > 1} <= seen
    for one in tables:
        numbers = [number for number, _ in one.rows] + [left.row[0] for left in one.skipped]
        assert len(numbers) == len(set(numbers))


def test_a_single_row_of_stored_fractions_is_data_and_no_part_of_the_header() -> None:
    merges: list[Merge] = [((0, 0), (1, 0)), ((0, 1), (0, 2))]
    [table] = proposed_tables(numbered("Tahun|Kondisi (Km)|", "|Baik|Rusak", "2022|\ue000162.657|\ue00026.755"), merges)
    assert table.names == ("Tahun", "Kondisi (Km) Baik", "Kondisi (Km) Rusak")
    assert data(table) == [["2022", "\ue000162.657", "\ue00026.755"]]


def test_a_row_of_stored_fractions_below_a_blank_one_begins_no_other_table() -> None:
    lines = ("Uraian|Satuan|2022|2023", "Usaha|Unit|8|9", "|||", "Investasi|Milyar Rp|\ue0001.5|\ue0002.5")
    [table] = proposed_tables(numbered(*lines), ())
    assert [row[0] for row in data(table)] == ["Usaha", "Investasi"]


SIDE_BY_SIDE = (
    "A.|ASN menurut pendidikan|||B.|ASN menurut umur||",
    "|||||||",
    "|PENDIDIKAN|PRIA|WANITA||UMUR|PRIA|",
    "|SD|5|4||20 - 25|3|",
    "|SMA|6|7||26 - 30|8|",
    "|JUMLAH|11|11||JUMLAH|11|",
    "|||||||",
    "C.|ASN menurut golongan dan umur||||||",
    "|||||||",
    "|GOLONGAN|62|20 - 25|26 - 30|31 - 35|36 - 40|JUMLAH",
    "|I/a|||1|||1",
    "|||||||",
    "|KODE|PRIA|WANITA||||",
    "|I/a|1|2||||",
)


def test_titles_side_by_side_are_no_header_and_rows_of_other_columns_are_no_data_of_the_table_above() -> None:
    merges: list[Merge] = [((0, 1), (0, 3)), ((0, 5), (0, 6))]
    education, age, grade = proposed_tables(numbered(*SIDE_BY_SIDE), merges)
    assert [row[0] for row in data(education)] == ["SD", "SMA"]
    assert [row[0] for row in data(age)] == ["20 - 25", "26 - 30"]
    assert data(grade) == [["I/a", "1", "2"]]
    assert reasons(education)[1] == "preamble"
    assert {number: reasons(grade)[number] for number in (10, 11)} == {10: "preamble", 11: "preamble"}


def test_rows_of_other_columns_at_the_end_are_left_out_with_a_reason() -> None:
    [first] = proposed_tables(
        numbered("Nama|Luas|Isi|Guru||", "Lolu|4|5|6||", "|||||", "x|1|2|3|4|7", "y|5|6|7|8|9"), ()
    )
    assert data(first) == [["Lolu", "4", "5", "6"]]
    assert reasons(first) == {3: "blank", 4: "footer", 5: "footer"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("1|2|4|5|6", "numbering", id="column numbers with one taken out"),
        pytest.param("Jumlah / Total|7|7|7|7", "total", id="a total in two languages"),
        pytest.param("JUMLAH (TOTAL)|7|7|7|7", "total", id="a total and its translation in brackets"),
    ],
)
def test_what_offices_put_below_a_header_in_other_words_is_no_data(line: str, reason: str) -> None:
    [table] = proposed_tables(numbered("Uraian|Satuan|2021|2022|2023", line, "Usaha|Unit|8|9|9"), ())
    assert reasons(table) == {2: reason}
    assert [row[0] for row in data(table)] == ["Usaha"]


@pytest.mark.parametrize("line", ["1|2|4|5", "1|3|7|9|12", "2|3|5|6|7"])
def test_numbers_that_count_no_columns_are_data(line: str) -> None:
    names = ["Uraian", "Baik", "Sedang", "Rusak", "Jumlah"][: line.count("|") + 1]
    [table] = proposed_tables(numbered("|".join(names), line), ())
    assert data(table) == [line.split("|")]
