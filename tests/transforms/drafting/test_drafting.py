"""What the columns of an unknown file seem to be, and what nobody may infer from them."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from schemas.contracts.drafting import DraftField
from schemas.errors import SupplierError
from transforms.drafting import Drafted, DraftJob, drafted, inside

ROWS = 12


def draft(folder: Path, content: bytes, name: str = "data.csv", sheet: str | None = None) -> Drafted:
    (folder / name).write_bytes(content)
    (folder / "work").mkdir()
    return drafted(DraftJob(folder / name, name, sheet, folder / "work", "Asia/Makassar"))


def column(folder: Path, header: str, *cells: str) -> DraftField:
    """The field of a column whose cells are repeated until there are some rows."""
    rows = [f"A{number:03};{cells[number % len(cells)]}" for number in range(ROWS)]
    return draft(folder, f"Kode;{header}\n{chr(10).join(rows)}\n".encode()).fields[1]


TYPES = [
    pytest.param("Kapasitas", ("12", "7", "1200"), "integer", {}, id="whole numbers"),
    pytest.param("Luas (Ha)", ("1,5", "12,75"), "number", {"decimalChar": ",", "groupChar": "."}, id="decimal commas"),
    pytest.param("Luas", ("1.5", "12.75"), "number", {"decimalChar": ".", "groupChar": ","}, id="decimal points"),
    pytest.param("Biaya", ("1.250.000", "750"), "integer", {"groupChar": "."}, id="grouped thousands"),
    pytest.param("Biaya (Rp)", ("1.250", "2.500"), "integer", {}, id="nobody counts thousandths of a rupiah"),
    pytest.param("Biaya", ("Rp 1.250,-", "Rp 2.500,-"), "integer", {}, id="dressed as money"),
    pytest.param("Tahun", ("2024", "2025"), "year", {}, id="years"),
    pytest.param("Nilai", ("5,3 juta", "8,6 juta"), "number", {"decimalChar": ",", "groupChar": "."}, id="millions"),
    pytest.param("Lintang", ("0°53'55\" LS", "0°54'1\" LS"), "number", {"format": "latitude"}, id="degrees, minutes"),
    pytest.param("Bujur", ("119,8707", "119,8791"), "number", {"format": "longitude"}, id="degrees with a comma"),
    pytest.param("Bulan", ("Agt-22", "Mei-22"), "yearmonth", {}, id="months in words"),
    pytest.param("Mulai", ("2026-03-01", "2026-03-14"), "date", {}, id="days in ISO 8601"),
    pytest.param("Mulai", ("17 Agustus 2022", "3 Mei 2021"), "date", {"format": "%d %B %Y"}, id="days in words"),
    pytest.param("Mulai", ("31/12/2025", "01/02/2026"), "date", {"format": "%d/%m/%Y"}, id="the day first"),
    pytest.param("Mulai", ("12/31/2025", "01/02/2026"), "date", {"format": "%m/%d/%Y"}, id="the month first"),
    pytest.param("Waktu", ("2026-03-01 07:30:00", "2026-03-02 08:00:10"), "datetime", {}, id="moments"),
    pytest.param("Bulan", ("2026-01", "2026-02"), "yearmonth", {}, id="months"),
    pytest.param("Jam Buka", ("07.30", "08.00"), "time", {}, id="a clock"),
    pytest.param("Aktif", ("Ya", "Tidak"), "boolean", {}, id="yes and no"),
    pytest.param("RT", ("001", "012"), "string", {}, id="leading zeros"),
    pytest.param("Wilayah", ("72.71.01", "72.71.02"), "string", {}, id="area codes"),
    pytest.param("Kode Pos", ("94111", "94112"), "string", {}, id="called a code"),
    pytest.param("Jumlah KK", ("94", "112"), "integer", {}, id="a count of what has codes"),
    pytest.param("Nomor Identitas", ("7271014708450001", "7271011203850002"), "string", {}, id="identity numbers"),
    pytest.param("Keterangan", ("12", "belum ada", "rusak"), "string", {}, id="words"),
    pytest.param("Kosong", ("",), "string", {}, id="nothing at all"),
]


@pytest.mark.parametrize(("header", "cells", "type_", "form"), TYPES)
def test_a_column_has_the_type_that_takes_all_its_cells(
    header: str, cells: tuple[str, ...], type_: str, form: dict[str, str], tmp_path: Path
) -> None:
    found = column(tmp_path, header, *cells)
    assert (found.type, found.form, found.is_ambiguous) == (type_, form, False)


@pytest.mark.parametrize(
    ("cells", "type_", "unit"),
    [
        pytest.param(("637,34 Ha", "1,5 Ha"), "number", "ha", id="an area"),
        pytest.param(("84,4 %", "9,1%"), "number", "persen", id="shares"),
        pytest.param(("Rp 1.250.000,-", "Rp 2.000,-"), "integer", "rupiah", id="money"),
        pytest.param(("5,3 juta rupiah", "8,6 juta rupiah"), "number", "juta rupiah", id="millions of it"),
        pytest.param(("12 A", "12 B"), "string", None, id="a house has none"),
        pytest.param(("12 Ha", "900 m2"), "string", None, id="two of them are none"),
        pytest.param(("12", "13"), "integer", None, id="none at all"),
    ],
)
def test_the_unit_behind_numbers_is_the_columns(
    cells: tuple[str, ...], type_: str, unit: str | None, tmp_path: Path
) -> None:
    found = column(tmp_path, "Besaran", *cells)
    assert (found.type, found.unit) == (type_, unit)


@pytest.mark.parametrize(
    ("header", "cells", "codes"),
    [
        pytest.param("Skor", ("1.250", "2.750"), ["ambiguous"], id="a thousand or a bit over one"),
        pytest.param("Mulai", ("03/04/2026", "05/06/2026"), ["day_first"], id="the day or the month first"),
        pytest.param("Kapasitas", (*(str(one) for one in range(10, 21)), "banyak"), ["faulty"], id="a cell of words"),
        pytest.param("Catatan", ("",), ["empty"], id="an empty column"),
        pytest.param("RR", ("0", "37,1", "8888"), ["noughts"], id="a mark for what was not measured"),
        pytest.param("RR", ("900", "1200", "9999"), [], id="a number among its like"),
    ],
)
def test_what_a_person_must_look_at_is_noted(
    header: str, cells: tuple[str, ...], codes: list[str], tmp_path: Path
) -> None:
    assert [code for code, _ in column(tmp_path, header, *cells).notes] == codes


@pytest.mark.parametrize(
    ("header", "cells", "words"),
    [
        pytest.param("NIK", ("x", "y"), ("nik",), id="called NIK"),
        pytest.param("Kolom Lain", ("7271014708450001", "7271011203850002"), ("nik",), id="NIK under another name"),
        pytest.param("Kontak", ("081234567890", "081298765432"), ("person", "phone"), id="telephone numbers"),
        pytest.param("Nama", ("Siti", "Budi"), ("person",), id="names"),
        pytest.param("Alamat Pemilik", ("Jalan A", "Jalan B"), ("address",), id="addresses"),
        pytest.param("Tanggal Lahir", ("2001-01-01", "1999-02-03"), ("birth",), id="birth dates"),
        pytest.param("No. Rekening", ("1234567", "2345678"), ("account",), id="accounts"),
        pytest.param("Keterangan", ("budi@contoh.id", "siti@contoh.id"), ("email",), id="addresses of e-mail"),
        pytest.param("Nama Jalan", ("Jalan A", "Jalan B"), (), id="a road is nobody"),
        pytest.param("Jumlah NIK", ("12", "13"), (), id="how many there are is nobody's"),
    ],
)
def test_candidates_for_exemption_are_told_by_name_and_by_content(
    header: str, cells: tuple[str, ...], words: tuple[str, ...], tmp_path: Path
) -> None:
    found = column(tmp_path, header, *cells)
    assert found.sensitive == words
    assert not words or (found.listed, found.pattern, found.unique) == ((), None, False)


@pytest.mark.parametrize(
    ("cells", "listed"),
    [
        pytest.param(("Baik", "Rusak"), ("Baik", "Rusak"), id="few that come back"),
        pytest.param(tuple(f"Jalan {one}" for one in range(ROWS)), (), id="each once"),
        pytest.param(("Baik",), (), id="one alone"),
        pytest.param(("Baik", "R" * 41), (), id="long ones"),
        pytest.param(("1", "2"), (), id="numbers"),
    ],
)
def test_a_closed_list_has_few_short_words(cells: tuple[str, ...], listed: tuple[str, ...], tmp_path: Path) -> None:
    found = column(tmp_path, "Kondisi", *cells)
    assert (found.listed, found.enum) == (listed, ())


def test_a_code_is_a_key_and_its_build_is_a_pattern_without_a_value(tmp_path: Path) -> None:
    rows = "".join(f"TP-{number:03};{number % 4}\n" for number in range(ROWS))
    found = draft(tmp_path, f"Kode Titik;Nilai\n{rows}".encode())
    assert found.key == ("kode_titik",)
    assert (found.fields[0].pattern, found.fields[0].unique, found.fields[0].required) == (
        "[A-Z]{2}-[0-9]{3}",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        pytest.param([(one, two) for one in "abcd" for two in "wxyz"], ("kelurahan", "bulan"), id="two together"),
        pytest.param([("a", "b")] * ROWS, (), id="none"),
        pytest.param([("a", "b"), ("c", "d")], (), id="none of two rows"),
    ],
)
def test_the_smallest_set_that_tells_rows_apart_is_the_key(
    rows: list[tuple[str, str]], key: tuple[str, ...], tmp_path: Path
) -> None:
    text = "".join(f"{one};{two}\n" for one, two in rows)
    assert draft(tmp_path, f"Kelurahan;Bulan\n{text}".encode()).key == key


def book(*rows: list[Any], sheets: tuple[str, ...] = ("Rekap",)) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for sheet in sheets:
        for row in rows:
            (made[sheet] if sheet in made.sheetnames else made.create_sheet(sheet)).append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def zipped(*names: str) -> bytes:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "Kode;Isi\nA;1\nB;2\n")
    return file.getvalue()


OFFICE = (
    ["PEMERINTAH KOTA PALU"],
    [],
    ["No", "Kode", "JUMLAH (Jiwa)", "Mulai"],
    *([one, f"K-{one:02}", one * 3, f"{one} Maret 2026"] for one in range(1, ROWS + 1)),
    ["Jumlah", None, 200],
    [],
    [None, None, None, "Palu, 2 Maret 2026"],
)


def test_a_workbook_as_offices_write_it_is_read_without_its_frame(tmp_path: Path) -> None:
    found = draft(tmp_path, book(*OFFICE), "rekap.xlsx")
    assert found.layout == {"kind": "spreadsheet", "sheet": "Rekap"}
    assert (found.rows, found.skipped) == (ROWS, {"preamble": 2, "total": 1, "blank": 1, "footer": 1})
    fields = [(one.name, one.column, one.title, one.unit, one.type) for one in found.fields]
    assert fields == [
        ("kode", "Kode", "Kode", None, "string"),
        ("jumlah", "JUMLAH (Jiwa)", "Jumlah", "jiwa", "integer"),
        ("mulai", "Mulai", "Mulai", None, "date"),
    ]


FEATURES = (
    b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates":'
    b' [119.87, -0.89]}, "properties": {"nama_taman": "A", "luas": 1.5}}]}'
)


@pytest.mark.parametrize(
    ("content", "name", "layout", "names"),
    [
        pytest.param(b'[{"kode": "A", "isi": 1}]', "a.json", {"kind": "json"}, ["kode", "isi"], id="a list of records"),
        pytest.param(
            b'{"jumlah": 1, "data": {"items": [{"kode": "A"}]}}',
            "a.json",
            {"kind": "json", "records": "data.items"},
            ["kode"],
            id="a list below an object",
        ),
        pytest.param(
            FEATURES,
            "a.json",
            {"kind": "geojson"},
            ["geometry", "longitude", "latitude", "nama_taman", "luas"],
            id="features under another suffix",
        ),
        pytest.param(b"kode\tisi\nA\t1\n", "a.tsv", {"kind": "csv"}, ["kode", "isi"], id="tabs"),
    ],
)
def test_every_kind_of_file_is_drafted(
    content: bytes, name: str, layout: dict[str, str], names: list[str], tmp_path: Path
) -> None:
    found = draft(tmp_path, content, name)
    assert (found.layout, [one.name for one in found.fields]) == (layout, names)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"Siti,7271014708450001\nBudi,7271011203850002\n", "a.csv", "header_of_data", id="no header"),
        pytest.param(zipped("word/document.xml", "[Content_Types].xml"), "a.docx", "kind_unknown", id="a document"),
        pytest.param(b"PK\x03\x04 broken", "a.xlsx", "file_unreadable", id="a broken workbook"),
        pytest.param(b'{"a": [{"x": 1}], "b": [{"x": 1}]}', "a.json", "records_many", id="several lists"),
        pytest.param(b"{", "a.json", "json_invalid", id="no JSON"),
        pytest.param(b"", "a.csv", "file_empty", id="nothing"),
    ],
)
def test_what_cannot_be_drafted_ends_in_one_error(content: bytes, name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(SupplierError) as caught:
        draft(tmp_path, content, name)
    assert caught.value.code == code


def test_columns_of_one_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(SupplierError) as caught:
        draft(tmp_path, b"Kode;Jumlah;Jumlah\nA;1;2\n")
    assert caught.value.code == "column_twice"


MERGED = (
    ["PEMERINTAH KOTA PALU"],
    [],
    ["No", "Puskesmas", "Kunjungan", None, "Anggaran"],
    [None, None, "L", "P", None],
    [None, None, "(orang)", "(orang)", "(Rp)"],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    *([one, f"Puskesmas {one}", one * 3, one * 5, f"{one}.250.000"] for one in range(1, ROWS + 1)),
    ["Jumlah", None, 234, 390, None],
)


def test_a_header_of_two_rows_is_joined_and_the_row_of_units_is_taken(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(*MERGED)))
    for span in ("A3:A4", "B3:B4", "C3:D3", "E3:E4"):
        made.worksheets[0].merge_cells(span)
    stream = io.BytesIO()
    made.save(stream)
    found = draft(tmp_path, stream.getvalue(), "rekap.xlsx")
    assert [(one.column, one.type, one.unit) for one in found.fields] == [
        ("Puskesmas", "string", None),
        ("Kunjungan L", "integer", "orang"),
        ("Kunjungan P", "integer", "orang"),
        ("Anggaran", "integer", "rupiah"),
    ]
    assert (found.rows, found.skipped["units"], found.skipped["numbering"]) == (ROWS, 1, 1)


def test_title_rows_become_a_column_and_their_sums_no_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["No", "Sekolah", "Status", "Siswa"]]
    for area in ("Ulujadi", "Tatanga"):
        rows.append([f"Kecamatan {area}"])
        rows += [[one, f"SDN {one} {area}", "Negeri", one] for one in range(1, 4)]
        rows.append([None, f"Jumlah {area}", None, 6])
    found = draft(tmp_path, book(*rows), "sekolah.xlsx")
    assert (found.rows, found.skipped) == (6, {"section": 2, "total": 2})
    assert [(one.name, one.column, one.listed) for one in found.fields][-1] == ("kecamatan", "@section", ())


MONTHLY = [["Lokasi", "Target"], *([f"Pasar {one}", one] for one in range(1, 6))]


def test_months_as_sheets_are_one_table_with_the_month_of_each_row(tmp_path: Path) -> None:
    found = draft(tmp_path, book(*MONTHLY, sheets=("Januari", "Februari")), "pasar.xlsx")
    assert found.layout == {"kind": "spreadsheet", "sheets": "*"}
    assert (found.rows, found.sheets, found.others) == (10, ("Januari", "Februari"), ("Januari", "Februari"))
    assert [(one.name, one.column) for one in found.fields][-1] == ("bulan", "@sheet")
    assert found.key == ("lokasi", "bulan")


def test_one_sheet_of_several_is_taken_when_asked_for(tmp_path: Path) -> None:
    found = draft(tmp_path, book(*MONTHLY, sheets=("Januari", "Februari")), "pasar.xlsx", sheet="Februari")
    assert (found.layout, found.rows) == ({"kind": "spreadsheet", "sheet": "Februari"}, 5)
    assert found.others == ("*", "Januari")


def test_sheets_of_different_columns_are_not_put_together(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(*MONTHLY, sheets=("Januari", "Februari"))))
    made["Februari"]["B1"] = "Realisasi"
    stream = io.BytesIO()
    made.save(stream)
    with pytest.raises(SupplierError) as caught:
        draft(tmp_path, stream.getvalue(), "pasar.xlsx")
    assert caught.value.code == "new_sheet"


TWO = (
    ["DAFTAR HALTE"],
    ["No", "Kode", "Nama", "Kursi"],
    *([one, f"H{one:02}", f"Halte {one}", one] for one in range(1, 8)),
    [],
    ["DAFTAR TRAYEK"],
    ["No", "Trayek", "Armada"],
    *([one, f"Trayek {one}", one] for one in range(1, 6)),
)


@pytest.mark.parametrize(
    ("place", "layout", "rows", "names"),
    [
        pytest.param(None, {"stop": "DAFTAR TRAYEK"}, 7, ["kode", "nama", "kursi"], id="the larger"),
        pytest.param("Rekap (2)", {"header": 12}, 5, ["trayek", "armada"], id="the one below"),
    ],
)
def test_of_two_tables_on_a_sheet_the_contract_says_where_its_own_stands(
    place: str | None, layout: dict[str, Any], rows: int, names: list[str], tmp_path: Path
) -> None:
    found = draft(tmp_path, book(*TWO), "halte.xlsx", sheet=place)
    assert found.layout == {"kind": "spreadsheet", "sheet": "Rekap", **layout}
    assert (found.rows, [one.name for one in found.fields]) == (rows, names)


def test_a_column_with_data_and_no_header_is_told(tmp_path: Path) -> None:
    rows = [["Kode", "Isi", None], *([f"A{one}", one, f"catatan {one}"] for one in range(5))]
    with pytest.raises(SupplierError) as caught:
        draft(tmp_path, book(*rows), "a.xlsx")
    assert (caught.value.code, caught.value.names["positions"]) == ("columns_nameless", "3")


def test_what_is_hidden_is_counted_for_the_officer(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(*MONTHLY)))
    made.worksheets[0].row_dimensions[3].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    found = draft(tmp_path, stream.getvalue(), "pasar.xlsx")
    assert (found.rows, found.remarks) == (4, (("rows_hidden", 1, ""),))


def packed(**files: bytes) -> bytes:
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, inside in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), inside)
    return content.getvalue()


SCHOOLS = b"kode;siswa\nA1;120\nA2;130\n"


@pytest.mark.parametrize(
    ("files", "member"),
    [
        pytest.param({"sekolah_csv": SCHOOLS}, "sekolah.csv", id="the only file"),
        pytest.param({"ekspor__sekolah_csv": SCHOOLS}, "ekspor/sekolah.csv", id="in a folder"),
        pytest.param(
            {"sekolah_csv": SCHOOLS, "surat_pdf": b"%PDF"}, "sekolah.csv", id="the only one that may be a table"
        ),
        pytest.param({"data_dat": SCHOOLS}, "data.dat", id="whatever its name is"),
    ],
)
def test_an_archive_of_one_table_is_drafted_with_its_member(
    files: dict[str, bytes], member: str, tmp_path: Path
) -> None:
    found = draft(tmp_path, packed(**files), "kiriman.zip")
    assert (found.layout, found.rows) == ({"kind": "csv", "member": member}, 2)


def test_an_archive_of_several_tables_waits_for_whoever_says_which_one(tmp_path: Path) -> None:
    content = packed(sekolah_csv=SCHOOLS, guru_csv=b"kode;guru\nA1;7\n")
    with pytest.raises(SupplierError) as raised:
        draft(tmp_path, content, "kiriman.zip")
    assert (raised.value.code, raised.value.names["files"]) == ("archive_many", "guru.csv, sekolah.csv")
    job = DraftJob(tmp_path / "kiriman.zip", "kiriman.zip", None, tmp_path / "work", "Asia/Makassar")
    assert inside(job) == ("guru.csv", "sekolah.csv")
    assert drafted(replace(job, member="guru.csv")).fields[1].title == "Guru"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(packed(_sembunyi=b"x"), "archive_lacks", id="nothing but a hidden file"),
        pytest.param(packed(isi_csv=packed(x_csv=SCHOOLS)), "archive_nested", id="another archive"),
    ],
)
def test_an_archive_without_a_table_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(SupplierError) as raised:
        draft(tmp_path, content, "kiriman.zip")
    assert raised.value.code == code


def test_a_file_that_is_no_archive_holds_no_files(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(SCHOOLS)
    assert inside(DraftJob(tmp_path / "data.csv", "data.csv", None, tmp_path, "Asia/Makassar")) == ()
