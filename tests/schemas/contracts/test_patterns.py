"""A pattern that a contract may state is one that the engine can ask; any other is refused when it is read."""

import re

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.contracts.field import Pattern

READ = TypeAdapter(Pattern)


def is_taken(pattern: str) -> bool:
    try:
        READ.validate_python(pattern)
    except ValidationError:
        return False
    return True


def engine_takes(pattern: str) -> bool:
    try:
        duckdb.execute("SELECT regexp_full_match('x', ?)", [pattern]).fetchall()
    except duckdb.Error:
        return False
    return True


@pytest.mark.parametrize(
    "pattern",
    ["a++", "a*+", "a?+", "a{2}+", "(?>a)", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", r"(a)\1", r"a\Z", "(?P<n>a)(?P=n)",
     "(a)?(?(1)b|c)", "a{2000}", "a{1,1001}", "(?#catatan)a", r"\u0041"],
)  # fmt: skip
def test_what_the_engine_does_not_know_is_refused(pattern: str) -> None:
    assert not is_taken(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"TP-[0-9]{3}", r"\++", r"[+*?]+", r"[}]+\+", r"\(\?=a", r"[(?=]a", r"[]a]+", r"[^]\\]+", r"\d{1,999}", r"\bA\b",
     r"(?i)ya|tidak", r"(?:a|b)+?", r"\\+", r"[\]+]+", r"(?P<kode>[A-Z]{2})"],
)  # fmt: skip
def test_what_only_looks_alike_is_taken_by_both(pattern: str) -> None:
    assert is_taken(pattern) and engine_takes(pattern)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*"ab()[]{}?+*|^$\\.,-=!<>:19Z", "(?", "{2}", "{9999}", "\\d"]), max_size=9).map("".join)
)
def test_whatever_is_taken_can_be_asked(pattern: str) -> None:
    if is_taken(pattern):
        assert engine_takes(pattern), re.escape(pattern)
