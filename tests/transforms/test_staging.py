"""Every row of a source is staged in its place, and those that do not parse are listed for the officer."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.tables import FAULT_COLUMN
from tests.making import contract, exempt_field, open_field, rows_of
from tests.transforms.casting.reading_cells import read
from tests.transforms.preparing import prepared, workbook
from transforms import staging
from transforms.reading import NUMBER_MARK as MARK

FIELDS = (
    open_field("kode", constraints={"required": True}),
    open_field("jumlah", "integer"),
    open_field("tanggal", "date"),
    exempt_field("nik", constraints={"required": True}),
    exempt_field("umur", "integer", constraints={"minimum": "0"}),
)
HEADER = "kode,jumlah,tanggal,nik,umur"
SOUND = "A1,12,2026-01-31,7271014708450001,30"
SECRETS = ("7271014708450001", "tiga puluh")
LIST_HEADER = ["baris", "kolom_bermasalah", "kode", "jumlah", "tanggal"]
LARGE = 4_200_000
"""Above this a regular CSV file is read where it lies."""


def csv_of(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines, "")).encode()


def large(*lines: str) -> bytes:
    """These lines, then sound ones until the file is large."""
    return csv_of(*lines, *[SOUND] * ((LARGE - sum(map(len, lines))) // len(SOUND)))


@pytest.mark.parametrize(
    ("line", "fault", "opened"),
    [
        pytest.param("A2,dua belas,2026-01-31,1,30", "jumlah", ["A2", "dua belas", "2026-01-31"], id="one cell"),
        pytest.param("A2,x,y,1,30", "jumlah,tanggal", ["A2", "x", "y"], id="two cells"),
        pytest.param("A2,12,31/01/2026,1,tiga puluh", "tanggal,umur", ["A2", "12", "31/01/2026"], id="an exempt cell"),
        pytest.param("A2,12,2026-01-31", "(baris)", ["", "", ""], id="cells too few"),
        pytest.param("A2,x,2026-01-31,1,30,lebih", "(baris),jumlah", ["", "", ""], id="cells too many"),
        pytest.param("=1+1,x,,1,30", "jumlah", ["=1+1", "x", ""], id="cells as the source has them"),
    ],
)
def test_a_faulty_row_is_listed_by_number_fields_and_open_cells(
    tmp_path: Path, line: str, fault: str, opened: list[str]
) -> None:
    outcome = prepared(tmp_path, contract(*FIELDS), csv_of(SOUND, line, SOUND))
    assert outcome.quarantine() == [LIST_HEADER, ["3", fault, *opened]]
    assert outcome.prepared.staging.faulty == 1
    assert [row for row in outcome.staged(FAULT_COLUMN) if row[0]] == [(fault,)]
    assert not any(secret in str(rows_of(outcome.listed)) for secret in SECRETS)


def test_a_faulty_row_of_a_file_that_is_read_where_it_lies_is_listed_alike(tmp_path: Path) -> None:
    content = large(SOUND, "A2,x,31/01/2026,1,tiga puluh")
    outcome = prepared(tmp_path, contract(*FIELDS), content)
    assert outcome.prepared.staging.first_row == 2
    assert outcome.quarantine() == [LIST_HEADER, ["3", "jumlah,tanggal,umur", "A2", "x", "31/01/2026"]]


@pytest.mark.parametrize(
    ("content", "numbers", "in_place"),
    [
        pytest.param(csv_of(SOUND, SOUND), [2, 3], False, id="small"),
        pytest.param(csv_of(SOUND, "", ",,,,", SOUND), [2, 5], False, id="blank rows between"),
        pytest.param(b"Dinas Perhubungan\n\n" + csv_of(SOUND), [4], False, id="a letterhead"),
        pytest.param(csv_of('"A\n1",1,,1,1', SOUND), [2, 3], False, id="a line break in a cell"),
        pytest.param(large(), [2, 3, 4], True, id="large"),
        pytest.param(b"Dinas Perhubungan\n\n" + large(), [4, 5, 6], True, id="large, with a letterhead"),
        pytest.param(large(SOUND, ""), [2, 4, 5], False, id="large, with a blank row"),
    ],
)
def test_row_numbers_are_those_of_the_source(
    tmp_path: Path, content: bytes, numbers: list[int], in_place: bool
) -> None:
    outcome = prepared(tmp_path, contract(*FIELDS), content)
    assert outcome.row_numbers()[: len(numbers)] == numbers
    assert (outcome.prepared.staging.first_row is not None) == in_place


def test_the_row_numbers_of_a_workbook_are_those_that_excel_shows(tmp_path: Path) -> None:
    fields = open_field("kode", constraints={"required": True}), open_field("luas", "number"), exempt_field("nama")
    letterhead: list[Any] = [("PEMERINTAH KOTA PALU",), (), ("No", "kode", "luas", "nama")]
    rows = [(1, "A1", 1.5, "Siti"), (2, "A2", "luas sekali", "Budi"), ("Jumlah", None, 3.5, None)]
    of = contract(*fields, source={"kind": "spreadsheet", "location": "data.xlsx"})
    outcome = prepared(tmp_path, of, workbook(*letterhead, *rows, (3, "A3", 2.25, "Ani")))
    assert outcome.row_numbers() == [4, 5, 7]
    assert outcome.staged("luas") == [(1.5,), (None,), (2.25,)]
    header = ["baris", "kolom_bermasalah", "kode", "luas"]
    assert outcome.quarantine() == [header, ["5", "luas", "A2", "luas sekali"]]


def test_a_listed_cell_has_no_mark_of_ours(tmp_path: Path) -> None:
    of = contract(
        open_field("luas", "number"),
        open_field("jumlah", "integer"),
        source={"kind": "spreadsheet", "location": "data.xlsx"},
    )
    outcome = prepared(tmp_path, of, workbook(("luas", "jumlah"), (1.25, "x")))
    assert outcome.quarantine()[1:] == [["2", "jumlah", "1.25", "x"]]


def test_a_source_without_faults_has_no_list(tmp_path: Path) -> None:
    outcome = prepared(tmp_path, contract(*FIELDS), csv_of(SOUND))
    assert (outcome.prepared.staging.rows, outcome.prepared.staging.faulty, outcome.quarantine()) == (1, 0, [])


def test_rows_stay_in_their_order_however_many_there_are(tmp_path: Path) -> None:
    lines = (f"{number},{number},,1,{'x' if number % 50_000 == 7 else 1}{'':60}" for number in range(150_000))
    outcome = prepared(tmp_path, contract(*FIELDS), csv_of(*lines))
    assert outcome.prepared.staging.first_row == 2
    assert [row[0] for row in outcome.staged("jumlah")] == list(range(150_000))
    assert [row[:3] for row in outcome.quarantine()[1:]] == [[str(n + 2), "umur", str(n)] for n in (7, 50_007, 100_007)]


@pytest.mark.parametrize(
    ("last", "first", "value"),
    [
        pytest.param("1.234,5", "1.234", 1234, id="whole numbers, then Indonesian"),
        pytest.param("1,234.5", "1.234", 1.234, id="whole numbers, then English"),
        pytest.param("7", "1.234", None, id="nothing that tells"),
    ],
)
def test_evidence_beyond_the_sample_decides_the_whole_column(
    tmp_path: Path, last: str, first: str, value: float | None
) -> None:
    cells = [first, *["5"] * staging.SAMPLE_ROWS, last]
    content = "luas;x\n" + "".join(f"{cell};\n" for cell in cells)
    source = {"kind": "csv", "location": "data.csv", "delimiter": ";"}
    of = contract(open_field("luas", "number"), open_field("x"), source=source)
    outcome = prepared(tmp_path, of, content.encode())
    assert outcome.staged("luas")[0] == (value,)
    assert outcome.prepared.staging.rows == len(cells)


CELLS = st.sampled_from(
    [
        *("5", "-12", "1.5", "1,5", "1.234", "1,234", "0.123", "0,123", "1.234,5", "1,234.5", "1.234.567"),
        *("1,234,567", "Rp 2.000", "Rp 2,000", "Rp 500,-", "(1.234)", "1e3", "1.5e3", "1,5E+03", "2,00", "2.00"),
        *("1.000,00", "1234.567", "1234,567", "1.2345", "1,2345", "00.5", "007", f"{MARK}1.5", f"{MARK}2.0"),
        *("", "-", "x", " 1,5\u00a0"),
    ]
)


@pytest.mark.parametrize("kind", ["number", "integer"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(CELLS, min_size=1, max_size=8), sample=st.integers(1, 4))
def test_a_style_decided_on_a_sample_and_proven_is_that_of_the_whole_column(
    monkeypatch: pytest.MonkeyPatch, kind: str, cells: list[str], sample: int
) -> None:
    monkeypatch.setattr(staging, "SAMPLE_ROWS", len(cells))
    whole = read(cells, kind, missing=["", "-"])
    monkeypatch.setattr(staging, "SAMPLE_ROWS", sample)
    assert read(cells, kind, missing=["", "-"]) == whole


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("string", "a b"),
        ("number", "1.5"),
        ("integer", "12"),
        ("boolean", "ya"),
        ("date", "2026-01-31"),
        ("datetime", "2026-01-31T08:00:00"),
        ("time", "08:00:00"),
        ("year", "2026"),
        ("yearmonth", "2026-01"),
        ("geojson", '{"type":"Point","coordinates":[119.8,-0.9]}'),
    ],
)
@pytest.mark.parametrize("padding", [" {}", "{} ", "\t{}", "{}\u00a0", "\ufeff{}"], ids=ascii)
def test_blanks_beyond_the_sample_are_trimmed_as_those_within(
    monkeypatch: pytest.MonkeyPatch, kind: str, cell: str, padding: str
) -> None:
    monkeypatch.setattr(staging, "SAMPLE_ROWS", 1)
    assert len(set(read([cell, padding.format(cell)], kind))) == 1
    assert read([cell, padding.format("-")], kind, missing=["-"])[1] is None


def test_only_the_padded_rows_are_no_reason_to_hold_rows_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SAMPLE_ROWS", 1)
    outcome = prepared(tmp_path, contract(*FIELDS), csv_of(SOUND, "A2 , x,2026-01-31,1,30", SOUND))
    assert outcome.quarantine() == [LIST_HEADER, ["3", "jumlah", "A2 ", " x", "2026-01-31"]]


TEXTS = st.sampled_from(
    [
        *(
            "A1",
            "Jalan Contoh 5",
            "é",
            "~",
            "!",
            "7.27E+15",
            "PAUD E+",
            "12E+3",
            f"{MARK}1.5",
            f"{MARK}7271014708450001",
        ),
        *(" A1", "A1 ", "A1\u00a0", "\ufeffA1", "\tA1", " 7.27E+15", "#ERROR!", "-", "- ", "", " "),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(TEXTS, min_size=1, max_size=6), sample=st.integers(1, 6))
def test_texts_that_are_taken_for_plain_are_staged_as_those_that_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, cells: list[str], sample: int
) -> None:
    monkeypatch.setattr(staging, "SAMPLE_ROWS", sample)
    quick = read(cells, "string", missing=["", "-"])
    with monkeypatch.context() as careful:
        careful.setattr(staging, "_taken_for_plain", lambda *_: frozenset())
        assert read(cells, "string", missing=["", "-"]) == quick
