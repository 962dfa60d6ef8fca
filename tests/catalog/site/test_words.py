"""How pages say numbers and dates, and that every closed code has a wording."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest

from catalog.site import words
from schemas.contracts import RULES, FieldType, LocalText
from schemas.contracts.contract import Frequency, Origin, Theme
from schemas.contracts.exemption import Method
from schemas.contracts.rules import Severity
from schemas.findings import Actor, Outcome
from schemas.messages import wording
from tests.catalog.site.made_up import dataset, finding

EVENING = datetime(2026, 12, 31, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(words.number(1234567), "1.234.567", id="thousands"),
        pytest.param(words.number(12.5), "12,5", id="a fraction"),
        pytest.param(words.share(0.025), "2,5%", id="a share"),
        pytest.param(words.size(999), "999 byte", id="bytes"),
        pytest.param(words.size(12_345), "12,3 kB", id="kilobytes"),
        pytest.param(words.size(1_500_000), "1,5 MB", id="megabytes"),
        pytest.param(words.size(2_000_000_000), "2 GB", id="gigabytes"),
        pytest.param(words.day(date(2026, 11, 21), "Asia/Makassar"), "21 November 2026", id="a day"),
        pytest.param(words.day(EVENING, "Asia/Makassar"), "1 Januari 2027", id="a moment on the city's day"),
        pytest.param(words.moment(EVENING, "Asia/Jakarta"), "1 Januari 2027 pukul 01.05 WIB", id="a moment"),
        pytest.param(words.first_sentence("Satu. Dua."), "Satu.", id="a first sentence"),
        pytest.param(words.first_sentence("Versi 1.2 saja"), "Versi 1.2 saja", id="a sentence with a dot inside"),
    ],
)
def test_pages_say(said: str, expected: str) -> None:
    assert said == expected


EXAMPLES: dict[str, Any] = {
    "column": "kapasitas",
    "column_A": "kapasitas",
    "column_B": "kapasitas",
    "column_list": ["kapasitas", "kecamatan"],
    "min_value": 1,
    "max_value": 2000,
    "mostly": 0.9,
    "value_set": ["1", "2"],
    "regex": "[a-z]+",
    "ignore_row_if": "never",
    "sum_total": 1000.5,
    "value": 12,
}


@pytest.mark.parametrize("name", RULES)
def test_the_limits_of_every_stated_rule_are_told(name: str) -> None:
    arguments = {argument: EXAMPLES.get(argument, True) for argument in RULES[name].arguments}
    stated = dataset(rules=[{"expect": name, "with": arguments, "because": "Contoh."}])
    told = words.terms(stated, finding(name, code=f"rule:1:{name}"))
    assert len(told) == len([argument for argument in arguments if not argument.startswith("column")])
    assert all(told)


def test_what_a_rule_switches_off_is_not_told() -> None:
    pair = {"column_A": "kapasitas", "column_B": "kapasitas", "or_equal": False}
    name = "expect_column_pair_values_a_to_be_greater_than_b"
    stated = dataset(rules=[{"expect": name, "with": pair, "because": "Contoh."}])
    assert words.terms(stated, finding(name, code=f"rule:1:{name}")) == ()


OUR_RULES = (
    "required",
    "unique",
    "primary_key",
    "minimum_maximum",
    "length",
    "pattern",
    "enum",
    "type",
    "quarantine",
    "rows_present",
    "k_anonymity",
    "small_groups",
    "secondary_suppression",
    "differencing",
)
ARGUMENTS = {argument for kind in RULES.values() for argument in kind.arguments if "column" not in argument}
CODES = {
    "rule": (*OUR_RULES, *RULES),
    "argument": tuple(ARGUMENTS),
    "skipped": ("preamble", "blank", "numbering", "total", "footer"),
    "actor": get_args(Actor),
    "outcome": get_args(Outcome),
    "severity": get_args(Severity),
    "type": get_args(FieldType),
    "method": get_args(Method),
    "theme": get_args(Theme),
    "frequency": get_args(Frequency),
    "origin": get_args(Origin),
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", CODES)
def test_every_code_has_a_wording(kind: str, language: Any) -> None:
    assert CODES[kind]
    for code in CODES[kind]:
        assert wording(f"{kind}.{code}", language, value="x")


@pytest.mark.parametrize("say", [words.word])
def test_a_code_that_does_not_exist_is_an_error(say: Callable[[str, str], str]) -> None:
    with pytest.raises(KeyError):
        say("rule", "tidak_ada")


@pytest.mark.parametrize(
    ("text", "language", "attribute"),
    [
        pytest.param(LocalText(id="Parkir"), "en", ' lang="id"', id="Indonesian on an English page"),
        pytest.param(LocalText(id="Parkir", en="Parking"), "en", "", id="English on an English page"),
        pytest.param(LocalText(id="Parkir"), "id", "", id="Indonesian on an Indonesian page"),
    ],
)
def test_a_text_names_its_language_where_it_is_not_the_page_s(text: LocalText, language: Any, attribute: str) -> None:
    assert words.tongue(text, language) == attribute
