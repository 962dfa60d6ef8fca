"""A contract that tries to be more than a promise is refused, each time, with one clear error and its line."""

from pathlib import Path

import pytest

from schemas.contracts import City
from schemas.contracts.loading import ContractError, load
from schemas.messages import message
from schemas.registry import load_cities
from tests.schemas.making import CITY, CONTRACT, changed, codes_of, faults_of

SOURCE = 'source: {kind: spreadsheet, location: "dishub/titik*.xlsx", sheet: Rekap}'
RULE = "    with: {column: kapasitas, max_value: 500}"
EXPECT = "expect_column_values_to_be_between"


def sql(query: str) -> str:
    return f"source: {{kind: sql, connection: DISHUB_DB, query: {query!r}}}"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("theme: TRAN", "theme: TRAN\ntheme: ECON", "key_twice", id="a key twice"),
        pytest.param("    access: exempt", "    access: exempt\n    access: open", "key_twice", id="access twice"),
        pytest.param("theme: TRAN", "theme: &t TRAN", "yaml", id="an anchor"),
        pytest.param("theme: TRAN", "theme: *t", "yaml", id="an alias"),
        pytest.param("  - name: catatan", "  - <<: {access: open}\n    name: catatan", "key_unknown", id="a merge key"),
        pytest.param("theme: TRAN", "theme: !!python/object/apply:os.system [id]", "yaml", id="a tag that runs"),
        pytest.param("theme: TRAN", "theme: !include /etc/passwd", "yaml", id="a tag that includes"),
        pytest.param(RULE, RULE.replace("500", "500, row_condition: __import__(\"os\").system(\"id\")"),
                     "rule_argument_unknown", id="a rule with code in it"),
        pytest.param(RULE, RULE.replace("500", "500, condition_parser: pandas"), "rule_argument_unknown",
                     id="a rule that chooses its own parser"),
        pytest.param(EXPECT, "expect_query_results_to_match_comparison", "rule_unknown", id="a rule that is a query"),
        pytest.param(EXPECT, "__class__", "rule_unknown", id="a rule that reaches into Python"),
        pytest.param("column: kapasitas,", "column: 'kapasitas\" OR 1=1 --',", "rule_argument_type", id="SQL in a rule"),
        pytest.param("name: kapasitas", "name: 'kapasitas\"; DROP TABLE titik; --'", "pattern", id="SQL in a field's name"),
        pytest.param("primaryKey: kode", "primaryKey: 'kode) FROM x; --'", "pattern", id="SQL in a key"),
        pytest.param("id: titik-parkir", "id: ../../etc/cron.d/x", "pattern", id="a path in an id"),
        pytest.param("id: titik-parkir", "id: /etc/passwd", "pattern", id="an absolute path as an id"),
        pytest.param("id: titik-parkir", "id: ..", "pattern", id="the folder above as an id"),
        pytest.param("id: titik-parkir", "id: 'a\\b'", "pattern", id="a backslash in an id"),
        pytest.param("department: dishub", "department: ../setda", "pattern", id="a path in a department"),
        pytest.param("dishub/titik*.xlsx", "../../ledger.db", "location_outside", id="a file above the inbox"),
        pytest.param("dishub/titik*.xlsx", "/etc/passwd", "location_outside", id="a file elsewhere"),
        pytest.param("https://contoh.go.id/parkir", "javascript:alert(1)", "web_address", id="a javascript link"),
        pytest.param("https://contoh.go.id/parkir", "JaVaScRiPt:alert(1)", "web_address", id="one in mixed case"),
        pytest.param("https://contoh.go.id/parkir", "data:text/html,x", "web_address", id="a data link"),
        pytest.param("https://contoh.go.id/parkir", "https://a:b@contoh.go.id/", "web_address", id="a password in a link"),
        pytest.param("Titik parkir tepi jalan.", '"a\\e]0;b\\a"', "unseen_character", id="a terminal's escape code"),
        pytest.param("Titik parkir tepi jalan.", '"nama \\u202Egnp.exe"', "unseen_character", id="text that reads backwards"),
        pytest.param(SOURCE, sql("SELECT 1) AS x; DELETE FROM t; SELECT * FROM (SELECT 1"), "query_many",
                     id="a second statement"),
        pytest.param(SOURCE, sql("DELETE FROM titik"), "query_many", id="a statement that writes"),
        pytest.param(SOURCE, sql("SELECT 1 /* ; */ ; DROP TABLE t"), "query_many", id="a statement after a comment"),
        pytest.param(SOURCE, "source: {kind: sql, connection: postgresql://a:b@c/d, table: t}", "pattern",
                     id="a password in the contract"),
        pytest.param(SOURCE, "source: {kind: sql, connection: PATH, table: t, engine: x}", "key_unknown",
                     id="an option for the engine"),
        pytest.param("license: CC-BY-4.0", "license: CC-BY-4.0\nmodule: ../../x", "pattern", id="a module by its path"),
        pytest.param("license: CC-BY-4.0", "license: CC-BY-4.0\nmodule: os.system", "pattern", id="a module of others"),
        pytest.param('pattern: "TP-[0-9]{3}"', 'pattern: "(?=(a+)+$)"', "pattern_unsupported", id="a pattern that hangs"),
        pytest.param('cron: "0 6 5 * *"', 'cron: "@reboot rm -rf /"', "cron", id="a command as a calendar"),
        pytest.param("type: integer", "type: BIGINT); DROP TABLE x; --", "not_one_of", id="SQL as a type"),
    ],
)  # fmt: skip
def test_an_attack_is_refused_with_one_clear_error(old: str, new: str, code: str) -> None:
    faults = faults_of(changed(old, new, CONTRACT))
    assert code in {fault.code.removesuffix("_nearest") for fault in faults}
    for fault in faults:
        assert fault.line and all(message(f"fault.{fault.code}", fault.names, language) for language in ("id", "en"))


def test_a_query_of_one_statement_may_hold_what_looks_like_two() -> None:
    query = """source: {kind: sql, connection: DISHUB_DB, query: "WITH a AS (SELECT 'a;b' AS x -- e;f\\n) SELECT x FROM a;"}"""
    text = changed(SOURCE, query, CONTRACT)
    assert codes_of(text) == []


@pytest.mark.parametrize("name", ["../../etc", "..", "a/b", "A", "a b", "con\u202etrol"])
def test_a_city_is_no_path(name: str) -> None:
    with pytest.raises(ContractError):
        load(changed("id: palu", f"id: {name!r}", CITY), "city.yaml", City)


def test_a_contract_that_lies_about_its_place_is_not_loaded(tmp_path: Path) -> None:
    """A link out of the folder of contracts, and a city's folder under another name."""
    (tmp_path / "jambi").mkdir()
    (tmp_path / "jambi" / "city.yaml").write_text(CITY, encoding="utf-8")
    with pytest.raises(Exception, match=r"palu|jambi"):
        load_cities(tmp_path, ())
