"""Values that rest in a database's own type mean what their texts mean: read from either, staging says the same."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources import sql
from flows.sources.values import texts_of
from schemas.contracts import Contract, Corrections
from tests.flows.sources.asking import texts
from tests.making import contract, exempt_field, open_field, rows_of
from transforms.casting.cells import ready_fields
from transforms.corrections import corrected
from transforms.reading.at_rest import table_at_rest
from transforms.reading.table import RawTable
from transforms.staging import stage

ZONE = "Asia/Makassar"
MOMENT = pa.timestamp("us")
TYPES = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(), "datetime": MOMENT}
"""What a column rests in whose field is of this type."""
NASTY: dict[str, list[Any]] = {
    "integer": [-(2**63), 2**63 - 1, 0, -1, 9, 2026, None],
    "number": [
        0.1,
        -0.5,
        1.234,
        1e22,
        1e37,
        1e38,
        1e300,
        5e-324,
        1e15,
        2.0**53,
        float("nan"),
        float("inf"),
        float("-inf"),
        None,
    ],
    "boolean": [True, False, None],
    "date": [date.min, date(2026, 1, 31), date.max, None],
    "datetime": [datetime.min, datetime(2026, 1, 31, 8, 30), datetime(2026, 1, 31, 8, 30, 0, 500), datetime.max, None],
}
ANY: dict[str, st.SearchStrategy[Any]] = {
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats().map(lambda number: number + 0.0),
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(),
}
FIELDS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("the plain field", {}, [""]),
    ("a dash for nothing", {}, ["", "-", "n/a"]),
    ("a value for nothing", {}, ["-1", "9", "0.1", "false", "2026-01-31", "2026-01-31 08:30:00", "nan"]),
]


def _snapshot(values: Sequence[Any], kind: pa.DataType, into: Path) -> RawTable:
    """A column `x` of a database's rows."""
    sql._write([[pa.array(values, kind)]], {"x": kind}, into)
    return table_at_rest(into, {})


def _staged(raw: RawTable, of: Contract, folder: Path) -> object:
    """What staging wrote, and what it tells."""
    into = folder / "staged.parquet"
    staging = stage(raw, {"x": "x"}, of, ZONE, into)
    return [tuple(map(repr, row)) for row in rows_of(into)], staging


def _both(values: Sequence[Any], type_: str, of: Contract) -> tuple[object, object]:
    """The staged rows of the values as they are, and of their texts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        as_values = _snapshot(values, TYPES[type_], folder / "values")
        as_texts = _snapshot(list(texts_of(values, "x")), pa.string(), folder / "texts")
        assert as_values.typed
        assert not as_texts.typed
        return _staged(as_values, of, folder), _staged(as_texts, of, folder)


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize(("more", "missing"), [one[1:] for one in FIELDS], ids=[one[0] for one in FIELDS])
def test_nasty_values_are_staged_as_their_texts_are(type_: str, more: dict[str, Any], missing: list[str]) -> None:
    as_values, as_texts = _both(NASTY[type_], type_, contract(open_field("x", type_, **more), missingValues=missing))
    assert as_values == as_texts


OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "a longitude": ("number", {"format": "longitude"}),
    "decimal commas": ("number", {"decimalChar": ",", "groupChar": "."}),
    "grouping blanks": ("integer", {"groupChar": " "}),
    "no rupiah": ("integer", {"unit": "orang"}),
    "truth in other words": ("boolean", {"trueValues": ["aktif"], "falseValues": ["true", "mati"]}),
    "any date": ("date", {"format": "any"}),
    "a date by pattern": ("date", {"format": "%d/%m/%Y"}),
    "any moment": ("datetime", {"format": "any"}),
}


@pytest.mark.parametrize(("type_", "more"), OTHERS.values(), ids=OTHERS)
def test_whatever_the_contract_says_of_cells_holds_for_values(type_: str, more: dict[str, Any]) -> None:
    as_values, as_texts = _both(NASTY[type_], type_, contract(open_field("x", type_, **more)))
    assert as_values == as_texts


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("other", ["string", "year", "integer", "number", "date", "datetime", "boolean", "time"])
def test_a_field_of_another_type_reads_the_text(type_: str, other: str) -> None:
    as_values, as_texts = _both(NASTY[type_], type_, contract(open_field("x", other)))
    assert as_values == as_texts


@given(
    st.sampled_from(sorted(TYPES)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(st.none() | ANY[kind], min_size=1, max_size=20))
    )
)
@settings(max_examples=20, deadline=None)
def test_any_values_are_staged_as_their_texts_are(asked: tuple[str, list[Any]]) -> None:
    type_, values = asked
    as_values, as_texts = _both(values, type_, contract(open_field("x", type_)))
    assert as_values == as_texts


@given(
    st.sampled_from(sorted(TYPES)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(st.none() | ANY[kind], min_size=1, max_size=50))
    )
)
@settings(max_examples=30, deadline=None)
def test_any_value_shows_the_text_of_a_database_that_is_read_row_by_row(asked: tuple[str, list[Any]]) -> None:
    type_, values = asked
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "snapshot"
        _snapshot(values, TYPES[type_], snapshot)
        assert [text for (text,) in texts(snapshot)] == list(texts_of(values, "x"))


@pytest.mark.parametrize("type_", TYPES)
def test_a_plain_field_needs_no_text(type_: str, tmp_path: Path) -> None:
    raw = _snapshot(NASTY[type_], TYPES[type_], tmp_path / "snapshot")
    assert ready_fields(raw, {"x": "x"}, contract(open_field("x", type_))) == {"x"}


@pytest.mark.parametrize("type_", ["integer", "number"])
def test_the_text_of_a_withheld_value_is_kept(type_: str, tmp_path: Path) -> None:
    of = contract(exempt_field("x", type_, constraints={"required": True}), open_field("y"))
    of = of.model_copy(update={"fields": of.fields[:1]})
    as_values, as_texts = _both(NASTY[type_], type_, of)
    assert as_values == as_texts


def test_a_corrected_value_is_read_as_it_was_decided(tmp_path: Path) -> None:
    mending = {"where": {"x": "9"}, "field": "x", "from": "9", "to": "10", "until": "2027-01-01"}
    stated = Corrections.model_validate({"corrections": [{**mending, "because": "Uji.", "decided_by": "Walidata"}]})
    of = contract(open_field("x", "integer"), primaryKey=["x"]).corrected_by(stated)
    raw = corrected(_snapshot([8, 9], pa.int64(), tmp_path / "snapshot"), {"x": "x"}, of, tmp_path)
    into = tmp_path / "staged.parquet"
    stage(raw, {"x": "x"}, of, ZONE, into)
    assert rows_of(into, "x") == [(8,), (10,)]
