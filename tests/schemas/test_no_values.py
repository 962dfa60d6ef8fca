"""Law 2: no cell value stands in a report, on the terminal or in a log, whatever rule fails or breaks."""

import logging
import warnings
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts import RULES
from schemas.errors import ProgrammerError
from schemas.findings import Report, SourceAccount
from schemas.tables import StagedTable
from schemas.validation import validate
from tests.schemas.making import EXEMPTION, contract, rule
from tests.schemas.resting import staged

TEXT, OTHER, NUMBER, FRACTION = "KENARI-TEKS-Zx9", "kenari lain %s {0} :q", 727101470845, 6172.8125
DAY, MOMENT, CLOCK = date(1947, 8, 12), datetime(1947, 8, 12, 3, 14, 15), time(3, 14, 16)
PLANTED = (TEXT, OTHER, str(NUMBER), str(FRACTION), str(DAY), "datetime.date(1947", "03:14:15", "03:14:16")
FIELDS: tuple[dict[str, Any], ...] = (
    {"name": "teks", "constraints": {"unique": True, "pattern": "a", "enum": ["a"], "maxLength": 1}},
    {"name": "lain", "access": "exempt", "exemption": EXEMPTION, "constraints": {"pattern": "(a{900}){900}"}},
    {"name": "bilangan", "type": "integer", "constraints": {"minimum": 0, "maximum": 1, "unique": True}},
    {"name": "pecahan", "type": "number", "constraints": {"enum": [1]}},
    {"name": "hari", "type": "date", "constraints": {"maximum": "1900-01-01"}},
    {"name": "saat", "type": "datetime", "constraints": {"maximum": "1900-01-01T00:00"}},
    {"name": "pukul", "type": "time", "constraints": {"maximum": "00:00:01", "unique": True}},
)
RULES_OF_ALL = [
    rule("expect_column_values_to_not_be_in_set", column="bilangan", value_set=["5"]),
    *(rule(f"expect_column_{what}_to_be_between", column="bilangan", max_value=1) for what in ("sum", "mean", "max")),
    *(rule(f"expect_column_{what}_to_be_between", column="hari", max_value="1900-01-01") for what in ("min", "max")),
    rule("expect_column_values_to_match_regex", column="bilangan", regex="x"),
    rule("expect_column_values_to_not_match_regex", column="teks", regex="KENARI"),
    rule("expect_column_value_lengths_to_be_between", column="pecahan", max_value=1),
    rule("expect_column_pair_values_to_be_equal", column_A="teks", column_B="lain"),
    rule("expect_column_pair_values_to_be_equal", column_A="bilangan", column_B="lain"),
    rule("expect_column_pair_values_a_to_be_greater_than_b", column_A="bilangan", column_B="pukul"),
    rule("expect_column_pair_values_a_to_be_greater_than_b", column_A="lain", column_B="bilangan"),
    rule("expect_compound_columns_to_be_unique", column_list=["teks", "hari"]),
    rule("expect_multicolumn_sum_to_equal", column_list=["bilangan", "pecahan"], sum_total=1),
    rule("expect_multicolumn_sum_to_equal", column_list=["teks", "hari"], sum_total=1),
    rule("expect_column_unique_value_count_to_be_between", column="lain", max_value=0),
    rule("expect_column_values_to_be_unique", column="saat"),
    rule("expect_table_row_count_to_equal", value=1),
]  # fmt: skip
ROW = (TEXT, OTHER, NUMBER, FRACTION, DAY, MOMENT, CLOCK)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> StagedTable:
    """Twice the same row of planted values, and a faulty one."""
    stated = contract(*FIELDS, rules=RULES_OF_ALL, primaryKey=["teks", "lain"])
    return staged(tmp_path_factory.mktemp("planted"), stated, [ROW, ROW], [(*ROW, "bilangan,hari")])


def checked_loudly(
    planted: StagedTable, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> tuple[Report, str]:
    """The report, and everything that was said meanwhile."""
    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        report = validate("palu", planted, SourceAccount())
    said = capfd.readouterr()
    logged = [record.getMessage() + str(record.exc_info) + str(record.exc_text) for record in caplog.records]
    return report, "\n".join([said.out, said.err, *logged, *(str(warning.message) for warning in warned)])


def test_no_value_is_reported_printed_or_logged(
    planted: StagedTable, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    report, said = checked_loudly(planted, caplog, capfd)
    reported = report.model_dump_json()
    assert [value for value in PLANTED if value in reported] == []
    assert [value for value in PLANTED if value in said] == []
    assert {finding.outcome for finding in report.blockers} == {"failed", "unchecked"}


def test_the_values_were_there_to_be_told(planted: StagedTable) -> None:
    """A search that could find nothing proves nothing: each value stands in the staged file."""
    import duckdb

    columns = ", ".join(f"{field.name}::VARCHAR" for field in planted.contract.staged_fields)
    [told, *_] = duckdb.execute(f"SELECT concat_ws('|', {columns}) FROM '{planted.path}'").fetchall()
    assert [value for value in PLANTED if value not in told[0]] == ["datetime.date(1947"]
    rules = {one["expect"] for one in RULES_OF_ALL}
    derived = {"expect_column_values_to_be_between", "expect_column_values_to_be_in_set",
               "expect_column_values_to_not_be_null", "expect_table_row_count_to_be_between"}  # fmt: skip
    assert rules | derived == RULES.keys()


def test_a_false_claim_tells_no_value(planted: StagedTable) -> None:
    with pytest.raises(ProgrammerError) as caught:
        StagedTable(planted.path, planted.contract, rows=1, faulty=0, first_row=2)
    assert [value for value in PLANTED if value in repr(caught.value) + str(caught.value)] == []
    assert caught.value.__context__ is None


def test_an_unreadable_file_tells_no_value(tmp_path: Path, planted: StagedTable) -> None:
    broken = tmp_path / "staged.parquet"
    broken.write_bytes(planted.path.read_bytes()[:-40] + TEXT.encode())
    with pytest.raises(ProgrammerError) as caught:
        StagedTable(broken, planted.contract, planted.rows, planted.faulty, first_row=2)
    assert TEXT not in repr(caught.value) + str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
