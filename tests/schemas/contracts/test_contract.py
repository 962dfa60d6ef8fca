"""What a contract promises: who may see what (law 1), and that it is one text with one digest."""

import json
from typing import Any

import pytest

from schemas.contracts import Dataset
from schemas.contracts.loading import ContractError
from tests.schemas.making import CONTRACT, EXEMPTION, changed, codes_of, contract, loaded, rule

KODE: dict[str, Any] = {"name": "kode", "constraints": {"required": True}}
WILAYAH: dict[str, Any] = {"name": "wilayah"}
NIK: dict[str, Any] = {"name": "nik", "access": "exempt", "exemption": EXEMPTION}
CATATAN: dict[str, Any] = {"name": "catatan", "access": "undetermined"}
COUNTS: dict[str, Any] = {"by": ["wilayah"], "name": "jumlah", "title": "Jumlah", "at_least": 5, "because": "Contoh."}


def names(fields: tuple[Any, ...]) -> list[str]:
    return [field.name for field in fields]


def test_a_field_that_nobody_decided_about_is_undetermined_and_never_published() -> None:
    found = loaded()
    assert found.field("catatan").access == "undetermined"
    assert names(found.public_fields) == ["kode", "kapasitas"]
    assert names(found.withheld_fields) == ["nik", "catatan"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("access: exempt", "access: open", "exemption_unexpected", id="open with a ground"),
        pytest.param("    access: exempt\n", "", "exemption_unexpected", id="undetermined with a ground"),
        pytest.param(
            "title: Catatan", "title: Catatan\n    access: exempt", "exemption_missing", id="without a ground"
        ),
        pytest.param("      law: UU 14/2008 Pasal 17 huruf h\n", "", "key_missing", id="without its law"),
        pytest.param("      decision: CONTOH/001\n", "", "key_missing", id="without its decision"),
        pytest.param("      until: 2031-02-10\n", "", "key_missing", id="without its end"),
        pytest.param("method: drop", "method: aggregate", "aggregate_missing", id="counted where nothing is counted"),
    ],
)
def test_a_field_is_exempt_on_its_ground_and_only_then(old: str, new: str, code: str) -> None:
    assert codes_of(changed(old, new)) == [code]


@pytest.mark.parametrize(
    ("stated", "staged"),
    [
        pytest.param({}, ["kode"], id="exempt fields that nothing reads are never taken"),
        pytest.param({"primaryKey": ["nik"]}, ["kode", "nik"], id="the primary key is"),
        pytest.param(
            {"rules": [rule("expect_column_values_to_not_be_null", column="catatan")]},
            ["kode", "catatan"],
            id="what a rule reads is",
        ),
        pytest.param(
            {"disclosure": {"quasi_identifiers": ["catatan"], "k": 5}},
            ["kode", "catatan"],
            id="what disclosure control reads is",
        ),
    ],
)
def test_staged_are_the_open_fields_and_what_a_check_reads(stated: dict[str, Any], staged: list[str]) -> None:
    assert names(contract(KODE, NIK, CATATAN, **stated).staged_fields) == staged


def test_staged_is_an_exempt_field_with_a_constraint() -> None:
    nik = {**NIK, "constraints": {"unique": True}}
    found = contract(KODE, nik)
    assert (names(found.staged_fields), names(found.public_fields)) == (["kode", "nik"], ["kode"])


def test_an_aggregate_publishes_its_groups_and_their_count_alone() -> None:
    found = contract(KODE, {**WILAYAH, "constraints": {"required": True}}, disclosure={"aggregate": COUNTS})
    assert [(field.name, field.type) for field in found.public_fields] == [("wilayah", "string"), ("jumlah", "integer")]
    assert not found.public_fields[0].constraints.are_stated  # a group appears once, whatever its rows were held to


@pytest.mark.parametrize(
    ("fields", "stated", "code"),
    [
        pytest.param([NIK], {}, "nothing_open", id="everything is decided and nothing is open"),
        pytest.param([KODE], {"origin": "open"}, "sources_missing", id="others' data without credit"),
        pytest.param([KODE], {"disclosure": {"k": 5}}, "disclosure_pair", id="a group size without its fields"),
        pytest.param(
            [KODE], {"disclosure": {"quasi_identifiers": ["kode"]}}, "disclosure_pair", id="fields without group size"
        ),
        pytest.param(
            [KODE, {**WILAYAH, "access": "undetermined"}],
            {"disclosure": {"aggregate": COUNTS}},
            "aggregate_by_withheld",
            id="counted by what is withheld",
        ),
        pytest.param(
            [WILAYAH],
            {"disclosure": {"aggregate": {**COUNTS, "name": "wilayah"}}},
            "field_twice",
            id="a count called like its group",
        ),
        pytest.param(
            [{**KODE, "type": "number", "constraints": {}, "decimalChar": ",", "groupChar": ","}],
            {},
            "separators_equal",
            id="one sign for two separators",
        ),
        pytest.param(
            [{**KODE, "type": "time", "constraints": {"minimum": "08:00", "maximum": "08:00Z"}}],
            {},
            "bound_type",
            id="a moment with a time zone beside one without",
        ),
        pytest.param(
            [{**KODE, "type": "boolean", "constraints": {"minimum": "1"}}], {}, "bound_unordered", id="a least truth"
        ),
    ],
)  # fmt: skip
def test_a_contract_holds_together(fields: list[dict[str, Any]], stated: dict[str, Any], code: str) -> None:
    with pytest.raises(ContractError) as caught:
        contract(*fields, **stated)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_what_is_published_of_a_contract_hides_its_source_and_survives_json() -> None:
    described = loaded().described()
    written = described.model_dump_json(by_alias=True)
    assert Dataset.model_validate_json(written) == described
    assert not {"source", "module"} & json.loads(written).keys()
    assert "titik*.xlsx" not in written
    assert names(described.public_fields) == names(loaded().public_fields)


def test_a_draft_about_which_nobody_has_decided_is_a_contract_that_opens_nothing() -> None:
    found = contract(CATATAN)
    assert (found.public_fields, found.staged_fields) == ((), ())


def test_the_list_of_a_field_that_nobody_decided_about_is_not_described_in_public() -> None:
    listed = {"constraints": {"enum": ["Baik", "Rusak"]}}
    found = contract(KODE, {**CATATAN, **listed}, {**WILAYAH, **listed}).described()
    assert [field.constraints.enum for field in found.fields] == [None, None, ("Baik", "Rusak")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# komentar\n" + CONTRACT, id="a comment"),
        pytest.param(CONTRACT.replace("{minimum: 0}", "\n      minimum: '0'"), id="another layout and quotes"),
        pytest.param(CONTRACT.replace("primaryKey: kode", "primaryKey: [kode]"), id="a list of one"),
        pytest.param(CONTRACT.replace("theme: TRAN\n", "") + "theme: TRAN\n", id="another order of keys"),
        pytest.param(CONTRACT.replace("title: Kapasitas", "title: {id: Kapasitas}"), id="a text with its language"),
    ],
)
def test_the_digest_is_of_what_the_contract_says(text: str) -> None:
    assert loaded(text).digest == loaded().digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TP-[0-9]{3}", "TP-[0-9]{4}"),
        ("[Kode Titik, KODE]", "[KODE, Kode Titik]"),
        ("sheet: Rekap", "sheet: Rinci"),
        ("2 %", "3 %"),
        ("max_value: 500", "max_value: 501"),
        ("severity: warning", "severity: blocker"),
        ("until: 2031-02-10", "until: 2031-02-11"),
        ("title: Catatan", "title: Catatan\n    access: open"),
        ('["", "-"]', '["", "-", "n/a"]'),
        ("Salah ketik.", "Salah baca."),
    ],
)
def test_the_digest_changes_with_anything_that_the_contract_says(old: str, new: str) -> None:
    assert loaded(changed(old, new)).digest != loaded().digest


def test_nothing_changes_after_it_was_read() -> None:
    with pytest.raises(Exception, match="frozen"):
        loaded().id = "lain"  # type: ignore[misc]
