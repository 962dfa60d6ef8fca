"""Every contract of this repository loads, and is what editors are told a contract is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from schemas.contracts import RULES, Contract
from schemas.contracts.loading import ContractError, load
from schemas.json_schema import contract_schema
from schemas.messages import catalogue
from schemas.registry import load_cities
from tests.schemas.making import changed

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
FILES = sorted((SCHEMAS / "cities").glob("*/*/*.yaml"))
SHIPPED = SCHEMAS / "contract.schema.json"
EDITOR = Draft202012Validator(contract_schema())


def as_an_editor_reads_it(text: str) -> Any:
    """YAML's core schema: bare numbers are numbers, bare truth values are truth values, dates are text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_every_contract_of_every_city_loads() -> None:
    loaded = [contract for city in load_cities(SCHEMAS / "cities") for contract in city.contracts.values()]
    assert len(loaded) == len(FILES) > 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.parent.name + "/" + file.stem)
def test_a_contract_is_one_to_an_editor_too(file: Path) -> None:
    assert [error.message for error in EDITOR.iter_errors(as_an_editor_reads_it(file.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("theme: TRAN", "theme: PARKIR"),
        ("theme: TRAN", "tema: TRAN"),
        ("type: integer", "type: angka"),
        ("origin: open", ""),
        ("kind: spreadsheet", "kind: excel"),
        ("sheet: Rekap", "delimiter: ;"),
        ("unique: true", "unique: mungkin"),
        ("at_most: 2 %", "at_most: 2"),
        ("at_most: 2 %", "at_most: banyak"),
        ("id: titik-parkir", "id: Titik Parkir"),
        ("column: [Kode Titik, KODE]", "column: {a: b}"),
        ("expect_column_values_to_be_between", "expect_anything"),
        ("max_value: 500", "max_valu: 500"),
        ("{column: kapasitas, max", "{max"),
        ("max_value: 500", "max_value: [500]"),
        ("decided: 2026-02-10", "decided: kemarin"),
        ("      law: UU 14/2008 Pasal 17 huruf h\n", ""),
    ],
)
def test_a_broken_contract_is_broken_to_loader_and_editor_alike(old: str, new: str) -> None:
    text = changed(old, new)
    assert not EDITOR.is_valid(as_an_editor_reads_it(text))
    with pytest.raises(ContractError):
        load(text, "titik.yaml", Contract)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("unique: true", "unique: 'true'", id="a quoted truth value"),
        pytest.param("unique: true", "unique: yes", id="a truth value of old"),
        pytest.param("{minimum: 0}", "{minimum: '0'}", id="a quoted bound"),
        pytest.param("{minimum: 0}", "{enum: [1, '2']}", id="bare and quoted values of a list"),
        pytest.param("at_most: 2 %", "at_most: 0.02", id="a share as a number"),
        pytest.param("at_most: 2 %", "at_most: '2,5 %'", id="a share with a comma"),
        pytest.param("decided: 2026-02-10", "decided: '2026-02-10'", id="a quoted date"),
        pytest.param("column: [Kode Titik, KODE]", "column: KODE", id="one header without brackets"),
        pytest.param("column: [Kode Titik, KODE]", "column: [2024, 2025]", id="headers that are years"),
        pytest.param("column: [Kode Titik, KODE]", "column:", id="a key left empty"),
        pytest.param("primaryKey: kode", "primaryKey: [kode]", id="a primary key in brackets"),
        pytest.param("max_value: 500", "max_value: '500'", id="a quoted limit"),
        pytest.param("title: Kapasitas", "title: 2024", id="a title that is a year"),
        pytest.param("sheet: Rekap", "sheet: 2024, header: '3'", id="a sheet called like a year"),
    ],
)
def test_what_the_loader_takes_an_editor_takes(old: str, new: str) -> None:
    text = changed(old, new)
    assert load(text, "titik.yaml", Contract)
    assert [error.message for error in EDITOR.iter_errors(as_an_editor_reads_it(text))] == []


def test_the_schema_is_one_and_ships_as_it_is_generated() -> None:
    Draft202012Validator.check_schema(contract_schema())
    assert json.loads(SHIPPED.read_text("utf-8")) == contract_schema(), "palu schema > schemas/contract.schema.json"


def test_palu_schema_prints_the_file_that_ships() -> None:
    command = [sys.executable, "-c", "from flows.commands import main; main()", "schema"]
    assert subprocess.run(command, capture_output=True, check=True, cwd=SCHEMAS.parent).stdout == SHIPPED.read_bytes()


def test_editors_explain_the_keys_and_offer_the_rules() -> None:
    schema = contract_schema()
    assert "exempt" in schema["$defs"]["ContractField"]["properties"]["access"]["description"]
    assert schema["$defs"]["Rule"]["properties"]["expect"]["enum"] == sorted(RULES)


def test_no_explanation_is_of_a_key_that_does_not_exist() -> None:
    explained = {code.removeprefix("key.") for code in catalogue("id") if code.startswith("key.")}
    schema = contract_schema()
    models = [schema, *schema["$defs"].values()]
    assert explained
    assert explained <= {name for model in models for name in model.get("properties", {})}
