"""A contract's template, filled as a department fills it, is read back by that contract without a finding."""

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from flows.desk.template import GUIDE, LISTS, write_template
from schemas.contracts import Contract, FieldType
from schemas.errors import AuthorError
from schemas.template import SHEET, template
from tests.making import Field, Row, contract, open_field
from tests.transforms.preparing import Outcome, prepared

SOURCE = {"kind": "spreadsheet", "location": "data.xlsx", "sheet": SHEET}
SENTENCES = st.text("abcdefghij 0123456789-/.,()&'\u00e9", min_size=1, max_size=12).map(str.strip).filter(bool)
VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    "string": st.one_of(SENTENCES, st.just("0072"), st.just("=1+1"), st.just("7271014708450001")),
    "integer": st.integers(-(2**53) + 1, 2**53 - 1),
    "number": st.integers(-(10**12), 10**12).map(lambda one: one / 1000),  # Excel keeps 15 digits
    "boolean": st.booleans(),
    "date": st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    "datetime": st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)).map(
        lambda one: one.replace(microsecond=0, minute=one.minute or 1)  # at midnight a spreadsheet has but a day
    ),
    "time": st.times().map(lambda one: one.replace(microsecond=0)),
    "year": st.integers(1000, 9999),
    "yearmonth": st.dates(date(1950, 1, 1)).map(lambda one: f"{one:%Y-%m}"),
    "geojson": st.just('{"type":"Point","coordinates":[119.8,-0.9]}'),
}
WORDS = ("Jalan", "Luas (Ha)", "Tarif", "Kelas *", "Tanggal Mulai", "=Rumus", "Jumlah (Rp)", "Catatan")


def laid_out(of: Contract, file: Path) -> Path:
    write_template(template(of, "id"), "id", file)
    return file


def filled(of: Contract, rows: list[Row], folder: Path) -> Outcome:
    """The template with these rows typed into it, read back through the contract."""
    file = laid_out(of, folder / "templat.xlsx")
    book = load_workbook(file)
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = book[SHEET].cell(number, at, _typed(value))
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(file)
    return prepared(folder / "work", of, file.read_bytes())


def _typed(value: Any) -> Any:
    return {True: "Ya", False: "Tidak"}[value] if isinstance(value, bool) else value


@st.composite
def contracts_and_rows(draw: st.DrawFn) -> tuple[Contract, list[Row]]:
    """A code that every row has, and some fields of any type, some of them required, some with a closed list."""
    fields, cells = [open_field("kode", column=["Kode"], constraints={"required": True, "unique": True})], []
    for number, word in enumerate(draw(st.lists(st.sampled_from(WORDS), unique=True, max_size=6))):
        kind = draw(st.sampled_from(sorted(VALUES)))
        required = draw(st.booleans())
        cell = VALUES[kind]
        stated: Field = {"required": required}
        if kind in ("string", "integer") and draw(st.booleans()):
            stated["enum"] = draw(st.lists(cell.map(str), min_size=1, max_size=40, unique=True))
            cell = st.sampled_from([int(one) if kind == "integer" else one for one in stated["enum"]])
        fields.append(open_field(f"k{number}", kind, column=[word], constraints=stated))
        cells.append(cell if required else st.one_of(st.none(), cell))
    count = draw(st.integers(1, 5))
    rows = [(f"K-{number}", *(draw(cell) for cell in cells)) for number in range(count)]
    return contract(*fields, source=SOURCE, primaryKey=["kode"]), rows


@settings(deadline=None, max_examples=60)
@given(contracts_and_rows())
def test_what_is_typed_into_a_template_is_staged_as_it_was_typed(case: tuple[Contract, list[Row]]) -> None:
    of, rows = case
    with tempfile.TemporaryDirectory() as folder:
        outcome = filled(of, rows, Path(folder))
        assert outcome.staged(*(field.name for field in of.fields)) == rows
        assert (outcome.prepared.staging.faulty, outcome.prepared.account.skipped) == (0, {})


def sheet_of(of: Contract, tmp_path: Path, name: str = SHEET) -> Worksheet:
    return load_workbook(laid_out(of, tmp_path / "templat.xlsx"))[name]


def test_a_template_holds_its_headers_and_not_a_row(tmp_path: Path) -> None:
    of = contract(open_field("kode", column=["Kode", "KODE"]), open_field("nama"), source=SOURCE)
    sheet = sheet_of(of, tmp_path)
    assert list(sheet.values) == [("Kode", "nama")]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].comment is not None and "angka nol di depan tidak hilang" in sheet["A1"].comment.text


@pytest.mark.parametrize(
    ("field", "format_", "validation"),
    [
        pytest.param({}, "@", (None, None, None), id="a text keeps its zeros"),
        pytest.param({"constraints": {"maxLength": 5}}, "@", ("textLength", "0", "5"), id="a length"),
        pytest.param(
            {"type": "integer", "constraints": {"minimum": "0"}}, "0", ("whole", "0", str(2**53 - 1)), id="a count"
        ),
        pytest.param({"type": "number"}, "General", ("decimal", "-1E+300", "1E+300"), id="a number"),
        pytest.param(
            {"type": "date", "constraints": {"minimum": "2020-01-31"}},
            "dd/mm/yyyy",
            ("date", "DATE(2020,1,31)", "DATE(9999,12,31)"),
            id="a day",
        ),
        pytest.param({"type": "year"}, "0", ("whole", "1000", "9999"), id="a year"),
        pytest.param(
            {"constraints": {"enum": ["Baik", "Rusak"]}}, "@", ("list", f"'{LISTS}'!$A$2:$A$3", None), id="a list"
        ),
        pytest.param(
            {"type": "boolean", "trueValues": ["Ada"], "falseValues": ["Tidak ada"]},
            "@",
            ("list", f"'{LISTS}'!$A$2:$A$3", None),
            id="yes or no",
        ),
    ],
)
def test_a_column_takes_what_its_field_takes(
    field: Field, format_: str, validation: tuple[str | None, ...], tmp_path: Path
) -> None:
    of = contract({**open_field("kolom"), **field}, source=SOURCE)
    sheet = sheet_of(of, tmp_path)
    [found] = sheet.data_validations.dataValidation
    assert sheet.column_dimensions["A"].number_format == format_
    assert (found.type, found.formula1, found.formula2) == validation
    assert str(found.sqref) == "A2:A1048576"


@pytest.mark.parametrize(
    ("stated", "hidden"),
    [({"sheet": "Rekap"}, []), ({}, [LISTS, GUIDE])],
    ids=["all sheets are shown where the contract names its own", "else only the one that is read"],
)
def test_a_reader_finds_the_sheet(stated: Field, hidden: list[str], tmp_path: Path) -> None:
    source = {"kind": "spreadsheet", "location": "data.xlsx", **stated}
    of = contract(open_field("kode", constraints={"enum": ["A"]}), source=source)
    book = load_workbook(laid_out(of, tmp_path / "templat.xlsx"))
    assert book.sheetnames == [stated.get("sheet", SHEET), LISTS, GUIDE]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == hidden


def test_what_must_be_filled_is_said_and_shown(tmp_path: Path) -> None:
    of = contract(
        open_field("kode", unit="buah", description="Nomor urut titik."), open_field("nama"), source=SOURCE,
        primaryKey=["kode"],
    )  # fmt: skip
    sheet = sheet_of(of, tmp_path)
    assert sheet["A1"].fill.fgColor != sheet["B1"].fill.fgColor
    guide = [row for row in sheet_of(of, tmp_path, GUIDE).values if row[0] in ("kode", "nama")]
    assert [row[1] for row in guide] == ["ya", "tidak"]
    assert "Nomor urut titik." in str(guide[0][3]) and "Satuan: buah." in str(guide[0][3])


def test_a_module_that_makes_the_columns_leaves_none_to_fill() -> None:
    with pytest.raises(AuthorError) as caught:
        template(contract(open_field("kode"), source=SOURCE, module="penduduk_dan_pdrb"), "id")
    assert caught.value.code == "template_of_module"


def test_what_reading_adds_is_no_column_to_fill(tmp_path: Path) -> None:
    of = contract(
        open_field("lokasi", column="Lokasi"),
        open_field("target", "integer", column="Target"),
        open_field("bulan", column="@sheet"),
        open_field("kecamatan", column="@section"),
        source={"kind": "spreadsheet", "location": "data.xlsx", "sheets": "*"},
    )
    book = load_workbook(laid_out(of, tmp_path / "templat.xlsx"))
    guide = " ".join(str(cell.value) for row in book[GUIDE].iter_rows() for cell in row)
    assert list(book[SHEET].values) == [("Lokasi", "Target")]
    assert "diambil dari nama lembar" in guide and "diambil dari baris judul kelompok" in guide
    (tmp_path / "isi").mkdir()
    read = filled(of, [("Kecamatan Ulujadi", None), ("Pasar", 5)], tmp_path / "isi")
    assert read.staged("lokasi", "bulan", "kecamatan") == [("Pasar", SHEET, "Kecamatan Ulujadi")]
