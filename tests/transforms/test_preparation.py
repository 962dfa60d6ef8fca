"""A snapshot becomes staged rows, or one clear error."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.errors import AuthorError, SupplierError
from schemas.tables import FAULT_COLUMN, LINE_COLUMN
from tests.making import Field, contract, exempt_field, open_field
from tests.transforms.preparing import prepared, workbook
from transforms.reading.table import RAGGED_COLUMN, ROW_COLUMN

SECRET = "Siti Aminah"
FIELDS = open_field("kode"), exempt_field("nama"), exempt_field("nik", constraints={"required": True})
ROWS = [("kode", "nama", "nik"), ("A1", SECRET, "7271")]
CONTENTS = {
    "csv": "\n".join(",".join(row) for row in ROWS).encode(),
    "spreadsheet": workbook(*ROWS),
    "json": f'[{{"kode": "A1", "nama": "{SECRET}", "nik": "7271"}}]'.encode(),
    "geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": '
    f'{{"kode": "A1", "nama": "{SECRET}", "nik": "7271"}}}}]}}'.encode(),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_of_an_exempt_column_that_no_rule_reads_only_the_text_to_search_for_is_kept(tmp_path: Path, kind: str) -> None:
    of = contract(*FIELDS, source={"kind": kind, "location": "data"})
    outcome = prepared(tmp_path, of, CONTENTS[kind])
    assert pq.read_schema(outcome.job.staged).names == [LINE_COLUMN, "kode", "nik", "_text of nama", FAULT_COLUMN]
    assert outcome.staged("kode", "nik", "_text of nama") == [("A1", "7271", SECRET)]


@pytest.mark.parametrize(
    "reads",
    [
        pytest.param({"primaryKey": ["nama"]}, id="the primary key"),
        pytest.param({"disclosure": {"quasi_identifiers": ["nama"], "k": 2}}, id="the groups of people"),
        pytest.param(
            {"rules": [{"expect": "expect_column_values_to_be_unique", "with": {"column": "nama"}, "because": "x"}]},
            id="a rule",
        ),
    ],
)
def test_an_exempt_column_that_a_check_reads_is_staged(tmp_path: Path, reads: Field) -> None:
    outcome = prepared(tmp_path, contract(*FIELDS, **reads), CONTENTS["csv"])
    assert outcome.staged("nama") == [(SECRET,)]


def test_rows_of_a_database_need_no_column_that_was_never_selected(tmp_path: Path) -> None:
    table = pa.table({ROW_COLUMN: [1], RAGGED_COLUMN: pa.nulls(1, pa.int64()), "KODE": ["A1"], "nik": ["7271"]})
    pq.write_table(table, tmp_path / "rows")
    of = contract(*FIELDS, source={"kind": "sql", "connection": "UJI_DB", "table": "juru"})
    outcome = prepared(tmp_path / "work", of, (tmp_path / "rows").read_bytes())
    assert outcome.staged("kode", "nik") == [("A1", "7271")]


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_same_bytes_are_staged_as_the_same_bytes(tmp_path: Path, kind: str) -> None:
    of = contract(*FIELDS, source={"kind": kind, "location": "data"})
    first, second = (prepared(tmp_path / name, of, CONTENTS[kind]).job.staged for name in "ab")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("folder", ["dengan spasi", "rekap [final]", "Jum'at", 'a"b', "tahun=2026", "a*b?c"], ids=str)
@pytest.mark.parametrize("kind", ["csv", "spreadsheet"])
def test_a_folder_may_be_called_anything(tmp_path: Path, folder: str, kind: str) -> None:
    of = contract(*FIELDS, source={"kind": kind, "location": "data"})
    outcome = prepared(tmp_path / folder, of, CONTENTS[kind])
    assert (outcome.staged("kode"), outcome.table.rows) == ([("A1",)], 1)


def test_a_large_file_in_a_folder_with_quotes_and_brackets_is_read_where_it_lies(tmp_path: Path) -> None:
    content = CONTENTS["csv"] + b"\nA2,Budi,7272" * 350_000
    outcome = prepared(tmp_path / "Jum'at [final]", contract(*FIELDS), content)
    assert (outcome.prepared.staging.first_row, outcome.table.rows) == (2, 350_001)


def test_a_large_file_that_turns_out_irregular_is_read_row_by_row(tmp_path: Path) -> None:
    line = b"\nA2,Budi,7272"
    content = CONTENTS["csv"] + line * 200_000 + b"\nA3,Budi" + line * 200_000
    outcome = prepared(tmp_path, contract(*FIELDS), content)
    assert (outcome.table.rows, outcome.table.faulty, outcome.table.first_row) == (400_002, 1, None)
    assert outcome.quarantine() == [["baris", "kolom_bermasalah", "kode"], ["200003", "(baris)", ""]]


@pytest.mark.parametrize(
    ("more", "content", "kind", "code"),
    [
        pytest.param({"module": "tiada"}, CONTENTS["csv"], AuthorError, "module_unknown", id="no such module"),
        pytest.param({}, b"kode,nama\nA1,Siti", SupplierError, "column_missing", id="a column too few"),
        pytest.param({}, b"kode,nama,nik,hp\nA1,Siti,1,2", SupplierError, "column_unknown", id="a column too many"),
        pytest.param({}, b"", SupplierError, "file_empty", id="no byte"),
        pytest.param(
            {"source": {"kind": "spreadsheet", "location": "d"}},
            b"PK\3\4",
            SupplierError,
            "file_unreadable",
            id="damaged",
        ),
    ],
)
def test_what_cannot_be_staged_ends_in_one_clear_error(
    tmp_path: Path, more: Field, content: bytes, kind: type[Exception], code: str
) -> None:
    with pytest.raises(kind) as raised:
        prepared(tmp_path, contract(*FIELDS, **more), content)
    assert getattr(raised.value, "code") == code  # noqa: B009 both kinds have one
    assert SECRET not in f"{raised.value} {raised.value!r}"


def test_a_datasets_own_module_rearranges_the_rows_before_they_are_matched(tmp_path: Path) -> None:
    fields = open_field("kode", column="KDJ"), open_field("tahun", "year", column="year")
    measures = open_field("penduduk", "integer", column="POP"), open_field("pdrb", column=["RGDP"])
    of = contract(*fields, *measures, exempt_field("per_kepala", column="RGDPPC"), module="penduduk_dan_pdrb")
    content = b"KDJ,POP2000,POP2001,RGDP2000\n7271,10,sebelas,5\n7272,20,21,\n"
    outcome = prepared(tmp_path, of, content)
    sound = [("7271", 2000, 10, "5"), ("7271", 2001, None, None), ("7272", 2000, 20, None), ("7272", 2001, 21, None)]
    assert outcome.staged("kode", "tahun", "penduduk", "pdrb") == sound
    assert outcome.row_numbers() == [1, 2, 3, 4]
    assert [row[:2] for row in outcome.quarantine()] == [["baris", "kolom_bermasalah"], ["2", "penduduk"]]


@pytest.mark.parametrize("kind", CONTENTS)
def test_rows_of_a_draft_are_counted_though_no_column_is_staged(tmp_path: Path, kind: str) -> None:
    fields = [{**open_field(name), "access": "undetermined"} for name in ROWS[0]]
    outcome = prepared(tmp_path, contract(*fields, source={"kind": kind, "location": "data"}), CONTENTS[kind])
    assert outcome.table.rows == 1
    kept = [f"_text of {name}" for name in ROWS[0]]
    assert pq.read_schema(outcome.job.staged).names == [LINE_COLUMN, *kept, FAULT_COLUMN]
