"""What reading notices becomes findings in the contract's names."""

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.making import Row, contract, exempt_field, open_field
from tests.transforms.preparing import Outcome, prepared
from transforms.reading.table import ERROR_TEXT
from transforms.remarks import TableLayout, moved

SECRET = "Siti Aminah"
ROWS: tuple[Row, ...] = (("Kode", "Nama", "Capaian"), ("A1", SECRET, 0.5), ("A2", SECRET, 0.25))
FIELDS = (
    open_field("kode", column="Kode"),
    exempt_field("nama", column="Nama"),
    open_field("capaian", "number", column="Capaian"),
)


def workbook(*rows: Row, hidden: tuple[int, ...] = (), code: str = "General") -> bytes:
    """A sheet of these rows, with a format for its numbers."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for at in range(2, len(rows) + 1):
        sheet.cell(at, 3).number_format = code
    for at in hidden:
        sheet.row_dimensions[at].hidden = True
    book.save(file)
    return file.getvalue()


def of(folder: Path, content: bytes, **stated: object) -> Outcome:
    source: Mapping[str, object] = {"kind": "spreadsheet", "location": "data.xlsx", **stated}
    return prepared(folder, contract(*FIELDS, source=source), content)


def test_a_number_shown_as_another_holds_the_dataset_back_until_the_contract_says_which(tmp_path: Path) -> None:
    content = workbook(*ROWS, code="0%")
    silent = of(tmp_path / "silent", content)
    [finding] = silent.prepared.findings
    assert (finding.code, finding.fields, finding.failing, finding.blocks) == (
        "format_ambiguous:capaian",
        ("capaian",),
        2,
        True,
    )
    shown = of(tmp_path / "shown", content, numbers="shown")
    assert (shown.prepared.findings, shown.staged("capaian")) == ((), [(50.0,), (25.0,)])
    stored = of(tmp_path / "stored", content, numbers="stored")
    assert (stored.prepared.findings, stored.staged("capaian")) == ((), [(0.5,), (0.25,)])


def test_a_hidden_row_is_a_warning_without_a_word_of_the_row(tmp_path: Path) -> None:
    [finding] = of(tmp_path, workbook(*ROWS, hidden=(3,))).prepared.findings
    assert (finding.code, finding.severity, finding.failing) == ("rows_hidden", "warning", 1)
    assert SECRET not in finding.model_dump_json()


def test_a_failed_cell_is_no_text(tmp_path: Path) -> None:
    outcome = of(tmp_path, workbook(ROWS[0], (ERROR_TEXT, SECRET, 1), ("A2", SECRET, 2)))
    assert (outcome.table.rows, outcome.table.faulty) == (2, 1)


LAYOUT = TableLayout("Rekap", 4, ("kode", "nama", "nilai"))


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(LAYOUT, {}, id="nothing moved"),
        pytest.param(TableLayout("Rekap 2", 4, LAYOUT.order), {"layout_moved_sheet": ()}, id="another sheet"),
        pytest.param(TableLayout("Rekap", 5, LAYOUT.order), {"layout_moved_header": ()}, id="a row further down"),
        pytest.param(
            TableLayout("Rekap", 4, ("kode", "nilai", "nama")),
            {"layout_moved_columns": ("nilai", "nama")},
            id="two columns exchanged",
        ),
        pytest.param(TableLayout("Rekap", 4, ("kode", "baru", "nama", "nilai")), {}, id="a new field between"),
        pytest.param(TableLayout(None, None, LAYOUT.order), {}, id="a source without sheets and rows"),
    ],
)
def test_what_moved_is_told_by_field(now: TableLayout, told: dict[str, tuple[str, ...]]) -> None:
    findings = moved(LAYOUT, now)
    assert {finding.rule: finding.fields for finding in findings} == told
    assert all(finding.severity == "warning" for finding in findings)


def test_the_layout_is_that_of_the_file(tmp_path: Path) -> None:
    content = workbook(("Laporan",), ("Capaian", "Kode", "Nama"), (1, "A", SECRET))
    assert of(tmp_path, content).prepared.layout == TableLayout("Sheet", 2, ("capaian", "kode", "nama"))
