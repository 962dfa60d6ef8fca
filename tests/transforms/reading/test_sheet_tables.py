"""A workbook as it is seen without a contract."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from schemas.errors import SupplierError
from transforms.reading.glance import Note, SeenTable, look
from transforms.reading.table import NUMBER_MARK

from .books import book, rows, saved


def seen(folder: Path, content: bytes) -> tuple[SeenTable, ...]:
    path = folder / "buku.xlsx"
    path.write_bytes(content)
    return look(path, folder, "buku.xlsx")


def cells_of(table: SeenTable) -> list[tuple[object, ...]]:
    import pyarrow.parquet as pq

    return [tuple(row.values()) for row in pq.read_table(table.at_rest, columns=list(table.names)).to_pylist()]


def office(sheet: Worksheet) -> None:
    rows(
        ("DINAS",), (None,), ("No", "Nama", "Capaian"), (1, "A", 0.5), (2, "B", 0.25), (3, "C", 1), ("Jumlah", None, 2)
    )(sheet)
    for at in (4, 5, 6):
        sheet.cell(at, 3).number_format = "0%"
    sheet.row_dimensions[5].hidden = True
    sheet["G3"], sheet["H3"], sheet["G4"], sheet["H4"] = "No", "Lain", 1, "x"


def test_tables_are_named_after_their_sheets_and_every_row_is_told(tmp_path: Path) -> None:
    first, second, other = seen(tmp_path, book(office, rows(("Kode", "Nilai"), ("A", 1)), titles=("Rekap", "Data")))
    assert [table.place for table in (first, second, other)] == ["Rekap", "Rekap (2)", "Data"]
    assert (first.columns, first.header_first, first.rows) == (("No", "Nama", "Capaian"), 3, 2)
    assert cells_of(first) == [("1", "A", f"{NUMBER_MARK}0.5"), ("3", "C", "1")]
    told = [(row.number, row.reason) for row in first.skipped]
    assert told == [(1, "preamble"), (2, "blank"), (5, "hidden"), (7, "total")]
    assert first.notes == (
        Note("rows_hidden", {"count": 1}),
        Note("format_ambiguous", {"count": 2, "columns": "Capaian"}),
    )
    assert cells_of(second) == [("1", "x")]


def test_a_hidden_sheet_is_seen_as_hidden(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    rows(("Kode", "Nilai"), ("A", 1))(workbook.worksheets[0])
    rows(("Kode", "Nilai"), ("B", 2))(workbook.create_sheet("Bantu"))
    workbook["Bantu"].sheet_state = "hidden"
    assert [(table.place, table.hidden) for table in seen(tmp_path, saved(workbook))] == [
        ("Sheet", False),
        ("Bantu", True),
    ]


@pytest.mark.parametrize("name", ["password_2002_128_strong.xls"])
def test_an_encrypted_book_says_so(corpus: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(SupplierError) as raised:
        look(corpus / "workbooks" / name, tmp_path, name)
    assert raised.value.code == "file_encrypted"
