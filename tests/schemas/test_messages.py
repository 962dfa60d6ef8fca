"""Everything that a person reads has a code, and every code is worded in both languages with the same names."""

import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from flows.desk.mending import PLAINLY_SAID
from flows.desk.workbook import WIDTHS
from flows.journey import End
from flows.summary import _UNITS
from schemas import messages
from schemas.contracts import LICENCES, RULES, FieldType
from schemas.contracts.clearance import Kind
from schemas.contracts.contract import Theme
from schemas.contracts.exemption import Method
from schemas.contracts.faults import _SIMPLE
from schemas.contracts.generalisation import Coarse
from schemas.contracts.rules import Severity
from schemas.errors import AuthorError, SupplierError
from schemas.expectations import _CONSTRAINTS
from schemas.findings import Actor, Outcome
from schemas.messages import catalogue, explained, message
from tests.schemas.codes import Said, said, written
from transforms.casting.causes import Cause
from transforms.casting.numbers import Style
from transforms.detection.tally import TELLING
from transforms.drafting.sensitive import WORDS

CODES = said()
INDONESIAN, ENGLISH = catalogue("id"), catalogue("en")
FAMILIES: dict[str, Any] = {
    "end": get_args(End),
    "severity": get_args(Severity),
    "outcome": get_args(Outcome),
    "actor": get_args(Actor),
    "theme": get_args(Theme),
    "rule": [
        *RULES,
        *_CONSTRAINTS,
        *("rows_present", "primary_key", "type", "quarantine", "small_groups"),
        *("k_anonymity", "generalised_further", "cells_suppressed", "secondary_suppression", "differencing"),
        *("corrected", "correction_expired", "correction_due"),
        *("exemption_expired", "exemption_due", "exemption_incomplete", "undetermined", "published_before"),
        *(f"detected_{kind}" for kind in get_args(Kind) if kind != "own_values"),
        *("own_values", "own_values_in_file"),
        *("region_crosswalk", "region_normalised", "date_order", "leading_zeros", "total_row"),
        *(f"numbers_{style}" for style in get_args(Style) if style != "whole"),
        *get_args(Cause),
    ],
    "method": get_args(Method),
    "desk.wrong": [*PLAINLY_SAID, "type", "number", "ragged", "rule", "unchecked"],
    "desk.numbering": ["file", "record", "module"],
    "desk.end": [*get_args(End), "never"],
    "desk.sheet": sorted(WIDTHS),
    "unit": sorted({"rows", *_UNITS.values()}),
    "coarser": get_args(Coarse),
    "argument": sorted({name for kind in RULES.values() for name in kind.arguments if not name.startswith("column")}),
    "fault": sorted({*_SIMPLE.values(), "invalid"}),
    "template.how": get_args(FieldType),
    "new.note": ["faulty", "ambiguous", "date", "day_first", "empty", "noughts"],
    "new.note.sensitive": [*WORDS, *(kind for kind in TELLING if kind != "formula")],
}


def texts(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [entry["what"], entry["hint"]]


def names(entry: Any) -> set[str]:
    return {name for text in texts(entry) for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_walk_found_what_it_looks_for() -> None:
    assert len(CODES) > 100
    found = {one.code for one in CODES}
    known = {"error.held_back", "error.contract_faults", "fault.key_missing", "fault.too_long", "audit.file_changed"}
    assert known <= found
    assert {one.where.split("/")[0] for one in CODES} == {"flows", "transforms", "catalog", "schemas", "samples"}


@pytest.mark.parametrize("one", CODES, ids=[f"{one.code} at {one.where}" for one in CODES])
def test_a_code_that_is_said_is_worded_with_names_that_are_given(one: Said) -> None:
    assert one.code in INDONESIAN
    if one.names is not None:
        assert names(INDONESIAN[one.code]) <= one.names


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_closed_family_is_worded(family: str) -> None:
    assert FAMILIES[family]
    assert [member for member in FAMILIES[family] if f"{family}.{member}" not in INDONESIAN] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_code_stands_twice(language: str) -> None:
    """Of two wordings the later one would win, and nobody would hear of it."""
    text = (Path(messages.__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    codes = re.findall(r"^([a-zA-Z_.0-9]+):", text, re.MULTILINE)
    assert len(codes) > 100
    assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_both_languages_hold_the_same_codes() -> None:
    assert INDONESIAN.keys() == ENGLISH.keys()


@pytest.mark.parametrize("code", INDONESIAN)
def test_both_languages_fill_the_same_names_into_the_same_parts(code: str) -> None:
    first, second = INDONESIAN[code], ENGLISH[code]
    assert type(first) is type(second)
    assert names(first) == names(second)
    assert all(text.strip() for text in (*texts(first), *texts(second)))


def test_no_wording_of_an_error_is_left_over() -> None:
    spoken = written()
    errors = [code for code in INDONESIAN if code.startswith(("error.", "fault.", "audit."))]
    assert errors
    assert [code for code in errors if code.partition(".")[2] not in spoken] == []


@pytest.mark.parametrize(("language", "label"), [("id", "Saran: "), ("en", "Hint: ")])
def test_an_error_is_explained_with_what_to_do_next(language: Any, label: str) -> None:
    error = SupplierError("file_ambiguous", dataset="titik-parkir", location="a*", files="a1, a2")
    what, hint = explained(error, language).splitlines()
    assert "a1, a2" in what
    assert hint.startswith(label)


def test_the_text_of_an_error_is_what_officers_read() -> None:
    error = AuthorError("dataset_unknown", dataset="titk", known="titik")
    assert str(error) == explained(error, "id")


def test_a_code_that_nobody_worded_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        message("error.tidak_ada", {}, "id")


def test_licences_need_no_wording_of_ours() -> None:
    assert all(licence.title and licence.path.startswith("https://") for licence in LICENCES.values())
