"""An example of what is right is right: it is read as its field, holds its constraints, and is nobody's cell."""

import re
from pathlib import Path
from typing import Any

import pytest

from flows.desk.examples import example, example_of
from schemas.contracts import ContractField
from schemas.expectations import suite
from schemas.failing import write_failing
from tests.making import contract, open_field, rows_of
from tests.transforms.preparing import prepared

FIELDS: dict[str, dict[str, Any]] = {
    "a whole number": {"type": "integer"},
    "a whole number within limits": {"type": "integer", "constraints": {"minimum": "40", "maximum": "60"}},
    "a number": {"type": "number"},
    "an Indonesian number": {"type": "number", "decimalChar": ",", "groupChar": "."},
    "an English number": {"type": "number", "decimalChar": "."},
    "a latitude": {"type": "number", "constraints": {"minimum": "-0.95", "maximum": "-0.65"}},
    "a year": {"type": "year", "constraints": {"maximum": "2019"}},
    "a month": {"type": "yearmonth"},
    "a truth value": {"type": "boolean"},
    "a truth value in other words": {"type": "boolean", "trueValues": ["aktif"], "falseValues": ["mati"]},
    "a day": {"type": "date"},
    "a day in words": {"type": "date", "format": "any"},
    "a day by its number": {"type": "date", "format": "excel"},
    "a day with slashes": {"type": "date", "format": "%d/%m/%Y"},
    "a day with its month's name": {"type": "date", "format": "%d %B %Y"},
    "a day with its weekday": {"type": "date", "format": "%A, %d %b %Y"},
    "a day within limits": {"type": "date", "format": "%d-%m-%Y", "constraints": {"minimum": "2024-01-05"}},
    "a moment": {"type": "datetime"},
    "a moment by its format": {"type": "datetime", "format": "%d/%m/%Y %H:%M"},
    "a moment with its zone": {"type": "datetime", "format": "%d/%m/%Y %H:%M %z"},
    "a time": {"type": "time"},
    "a shape": {"type": "geojson"},
    "a listed text": {"type": "string", "constraints": {"enum": ["Palu Timur", "Palu Barat"]}},
    "a listed number": {"type": "integer", "constraints": {"enum": ["7", "9"]}},
    "a code": {"type": "string", "constraints": {"pattern": "TP-[0-9]{3}"}},
}


@pytest.mark.parametrize("name", FIELDS)
def test_an_example_is_read_as_its_field_and_holds_every_constraint(tmp_path: Path, name: str) -> None:
    stated = dict(FIELDS[name])
    source = {"kind": "json", "location": "data.json"}
    of = contract(open_field("isi", stated.pop("type"), **stated), source=source)
    shown = example(of.fields[0], "whole")
    assert shown
    told = shown.replace("\\", "\\\\").replace('"', '\\"')
    outcome = prepared(tmp_path, of, f'[{{"isi": "{told}"}}]'.encode())
    assert outcome.prepared.staging.faulty == 0
    assert outcome.staged("isi") != [(None,)]
    write_failing(outcome.table, suite(of), tmp_path / "failing.parquet")
    assert rows_of(tmp_path / "failing.parquet") == []


@pytest.mark.parametrize(("style", "shown"), [("whole", "1.234,5"), ("indonesian", "1.234,5"), ("english", "1,234.5")])
def test_a_number_is_shown_in_the_style_of_its_column(style: Any, shown: str) -> None:
    assert example(ContractField.model_validate(open_field("luas", "number")), style) == shown


def test_any_text_has_no_example() -> None:
    assert example(ContractField.model_validate(open_field("nama")), "whole") is None


@pytest.mark.parametrize(
    "pattern",
    [
        "TP-[0-9]{3}",
        r"\d{2}\.\d{2}",
        "[A-Z]{2,5} [0-9]+",
        "(Palu|Sigi)-?[a-z]*",
        "(?:ab){2}(c|d)?",
        r"[^0-9]\w+\s.",
        "^DN [0-9]{1,4} [A-Z]{1,3}$",
        r"[\]\-]x",
    ],
)
def test_an_example_of_a_pattern_fits_it(pattern: str) -> None:
    shown = example_of(pattern)
    assert shown
    assert re.fullmatch(pattern, shown)


@pytest.mark.parametrize("pattern", ["(?P<kode>[0-9])", "(?i)abc", "a{0}"])
def test_a_pattern_that_is_not_understood_has_no_example(pattern: str) -> None:
    assert example_of(pattern) is None
