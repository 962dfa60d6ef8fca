"""What staging tells of its decisions and of the cells that fail: through a CSV file and a workbook."""

from pathlib import Path
from typing import Any

import pytest

from schemas.findings import SourceAccount
from schemas.validation import validate
from tests.making import Field, contract, exempt_field, open_field
from tests.transforms.preparing import Outcome, prepared, workbook

PALU = {"level": "kelurahan", "within": "72.71"}
LATITUDE = open_field("lat", "number", format="latitude")
LONGITUDE = open_field("lon", "number", format="longitude")

Told = dict[str, tuple[str, int, int]]


def of_csv(folder: Path, fields: list[Field], *rows: str) -> Outcome:
    source = {"kind": "csv", "location": "data.csv", "delimiter": ";"}
    lines = [";".join(field["name"] for field in fields), *rows, ""]
    return prepared(folder, contract(*fields, source=source), "\n".join(lines).encode())


def told(outcome: Outcome) -> Told:
    """By code: the outcome of each finding, how many rows it was asked of, and how many fail."""
    return {one.code: (one.outcome, one.checked, one.failing) for one in outcome.prepared.staging.findings}


@pytest.mark.parametrize(
    ("fields", "rows", "findings"),
    [
        pytest.param(
            [open_field("luas", "number", unit="Ha"), open_field("x")],
            ["1,5 Ha;a", "12 m2;a", "3;a"],
            {"numbers_indonesian:luas": ("passed", 3, 0), "unit_differs:luas": ("failed", 3, 1)},
            id="units that differ",
        ),
        pytest.param(
            [open_field("luas", "number"), open_field("x")],
            ["1.234;a", "5;a"],
            {"numbers_self_evident:luas": ("passed", 2, 0), "number_ambiguous:luas": ("failed", 2, 1)},
            id="a sign with two meanings",
        ),
        pytest.param(
            [open_field("luas", "number", decimalChar=","), open_field("x")],
            ["1,5;a"],
            {},
            id="a style that the contract states",
        ),
        pytest.param(
            [open_field("tgl", "date", format="any"), open_field("x")],
            ["3/4/2026;a", "5/4/2026;a", "2026-01-01;a"],
            {"date_order:tgl": ("failed", 3, 2)},
            id="day and month by convention",
        ),
        pytest.param(
            [open_field("tgl", "date", format="any"), open_field("x")],
            ["3/4/2026;a", "21/4/2026;a"],
            {},
            id="day and month proven",
        ),
        pytest.param(
            [open_field("tgl", "date", format="any"), open_field("x")],
            ["Selasa, 21/3/2022;a", "44640;a", "apa;a"],
            {"weekday_differs:tgl": ("failed", 3, 1), "date_serial:tgl": ("failed", 3, 1)},
            id="a weekday of another date, and a number of days",
        ),
        pytest.param(
            [LATITUDE, LONGITUDE],
            ["-0,89;119,87", "119,87;-0,89", "119,87;119,87"],
            {"coordinates_swapped:lat,lon": ("failed", 3, 1)},
            id="a swapped pair",
        ),
        pytest.param(
            [open_field("kode"), open_field("x")],
            ["7,27101E+15;a", "0072;a"],
            {"digits_lost:kode": ("failed", 2, 1)},
            id="a code of which digits are lost",
        ),
        pytest.param(
            [
                open_field("kel", region={**PALU, "ignore": ["case"], "crosswalk": {"Kel. Lere": "Lere"}}),
                open_field("x"),
            ],
            ["TONDO;a", "tondo;a", "Kel. Lere;a", "Talise;a", "Tond0;a"],
            {"region_normalised:kel": ("passed", 2, 0), "region_crosswalk:kel": ("passed", 1, 0)},
            id="regions that were mapped",
        ),
    ],
)
def test_staging_tells_what_it_decided_and_met(
    tmp_path: Path, fields: list[Field], rows: list[str], findings: Told
) -> None:
    assert told(of_csv(tmp_path, fields, *rows)) == findings


def test_a_workbook_tells_the_same(tmp_path: Path) -> None:
    fields = [open_field("kel", region={**PALU, "ignore": ["prefix"]}), open_field("kode"), LATITUDE, LONGITUDE]
    header = tuple(field["name"] for field in fields)
    rows: list[Any] = [header, ("Kel. Tondo", 7271014708450001, -0.89, 119.87), ("Lere", "0072", 119.87, -0.89)]
    of = contract(*fields, source={"kind": "spreadsheet", "location": "data.xlsx"})
    outcome = prepared(tmp_path, of, workbook(*rows))
    assert told(outcome) == {
        "region_normalised:kel": ("passed", 1, 0),
        "digits_lost:kode": ("failed", 2, 1),
        "coordinates_swapped:lat,lon": ("failed", 2, 1),
    }
    assert [row[1] for row in outcome.quarantine()[1:]] == ["kode", "lat"]
    assert outcome.staged("kel") == [("Tondo",), ("Lere",)]


def test_an_unknown_region_stops_the_release_and_names_the_official_one(tmp_path: Path) -> None:
    fields = [open_field("kel", region=PALU), exempt_field("kel_lahir", region=PALU, constraints={"required": True})]
    outcome = of_csv(tmp_path, fields, "Tondo;Besusu Bart", "Kel. Talise;Lere", "Besusu Bart;Lere")
    report = validate("palu", outcome.table, SourceAccount())
    found = {one.code: one for one in report.findings}
    assert [one.code for one in report.blockers] == ["region:kel", "region:kel_lahir"]
    assert (found["region:kel"].failing, found["region:kel_lahir"].failing) == (2, 1)
    assert "Besusu Barat" in str(found["region:kel"].because)
    assert "Besusu Barat" not in str(found["region:kel_lahir"].because)
    assert "Besusu Bart" not in report.model_dump_json().replace("Besusu Barat", "")


def test_lost_zeros_explain_a_failed_pattern(tmp_path: Path) -> None:
    fields = [open_field("kode", constraints={"pattern": "[0-9]{4}"}), open_field("x")]
    report = validate("palu", of_csv(tmp_path, fields, "12;a", "0012;a", "AB;a").table, SourceAccount())
    found = {one.code: one.failing for one in report.findings if one.outcome == "failed"}
    assert found == {"pattern:kode": 2, "leading_zeros:kode": 1}
