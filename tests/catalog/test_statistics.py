"""The statistics of a release: what they count, what they leave out, and the same bytes every time."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from catalog.encoding import statistics
from catalog.manifest import document
from catalog.statistics import FieldStatistics, Frequent, Statistics
from schemas.contracts import Dataset
from schemas.tables import STORED_TYPES, PublicTable, literal
from tests.making import contract, exempt_field, open_field


def counted(folder: Path, kind: str, values: str, **more: Any) -> FieldStatistics:
    """The statistics of one field that holds these SQL values."""
    dataset = contract(open_field("isi", kind, **more), exempt_field("nik")).described()
    [field] = of(folder, dataset, f"SELECT x::{STORED_TYPES[kind]} AS isi FROM (VALUES {values}) t(x)").fields  # type: ignore[index]
    return field


def of(folder: Path, dataset: Dataset, query: str) -> Statistics:
    path = folder / "public.parquet"
    duckdb.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")
    rows = duckdb.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0]
    return statistics.of(PublicTable(path, dataset, rows))


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        pytest.param(
            "integer",
            "(1), (2), (2), (7), (NULL)",
            {"missing": 1, "distinct": 3, "minimum": 1, "maximum": 7, "mean": 3.0, "median": 2.0},
            id="whole numbers",
        ),
        pytest.param(
            "number",
            "(0.5), (1.5)",
            {"missing": 0, "distinct": 2, "minimum": 0.5, "maximum": 1.5, "mean": 1.0, "median": 1.0},
            id="fractions",
        ),
        pytest.param(
            "year", "(1999), (2026)", {"missing": 0, "distinct": 2, "minimum": 1999, "maximum": 2026}, id="years"
        ),
        pytest.param(
            "date",
            "('2026-03-01'), ('2025-12-31'), (NULL)",
            {"missing": 1, "distinct": 2, "minimum": "2025-12-31", "maximum": "2026-03-01"},
            id="days",
        ),
        pytest.param(
            "string",
            "('Palu'), ('Poso'), ('Palu'), ('Palu'), (''), (NULL)",
            {
                "missing": 2,
                "distinct": 2,
                "most_frequent": (Frequent(value="Palu", rows=3), Frequent(value="Poso", rows=1)),
            },
            id="texts, of which an empty one is missing",
        ),
        pytest.param("string", "('a'), ('b')", {"missing": 0, "distinct": 2}, id="texts that are all different"),
        pytest.param("string", "(NULL), (NULL)", {"missing": 2, "distinct": 0}, id="nothing but missing values"),
        pytest.param(
            "string", "(repeat('x', 201)), (repeat('x', 201)), ('y')", {"missing": 0, "distinct": 2}, id="prose"
        ),
        pytest.param(
            "boolean",
            "(true), (true), (false)",
            {
                "missing": 0,
                "distinct": 2,
                "most_frequent": (Frequent(value="true", rows=2), Frequent(value="false", rows=1)),
            },
            id="truth values",
        ),
        pytest.param("geojson", "('{}'), (NULL)", {"missing": 1}, id="shapes"),
    ],
)
def test_a_field_is_summed_up_by_its_type(kind: str, values: str, expected: dict[str, Any], tmp_path: Path) -> None:
    assert counted(tmp_path, kind, values) == FieldStatistics(name="isi", **expected)


def test_only_the_ten_most_frequent_values_stand_there_in_one_order(tmp_path: Path) -> None:
    values = ", ".join(f"('{letter}')" for letter in "llkkjjiihhggffeeddccbbaaz")
    shown = counted(tmp_path, "string", values)
    assert shown.distinct == 13
    assert [one.value for one in shown.most_frequent] == list("abcdefghij")


def test_a_table_without_rows_has_statistics_too(tmp_path: Path) -> None:
    dataset = contract(open_field("isi", "number")).described()
    found = of(tmp_path, dataset, "SELECT 1::DOUBLE AS isi LIMIT 0")
    assert found == Statistics(rows=0, fields=(FieldStatistics(name="isi", missing=0, distinct=0),))
    assert found.completeness is None


@pytest.mark.parametrize(
    ("missing", "share"), [(0, 1.0), (1, 0.999), (1_000, 0.5), (2_000, 0.0)], ids=["none", "one", "half", "all"]
)
def test_completeness_is_never_rounded_up_to_all(missing: int, share: float) -> None:
    fields = (FieldStatistics(name="a", missing=missing),)
    assert Statistics(rows=2_000, fields=fields).completeness == share


def test_above_the_limit_different_values_are_estimated_and_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "MOST_COUNTED", 4_999)
    dataset = contract(open_field("kode"), open_field("n", "number"), open_field("kota")).described()
    query = "SELECT 'K' || i AS kode, (i / 7)::DOUBLE AS n, 'Kota ' || (i % 3) AS kota FROM range(5000) t(i)"
    kode, number, city = of(tmp_path, dataset, query).fields
    assert kode.is_estimate
    assert kode.distinct is not None
    assert 4_500 < kode.distinct <= 5_000
    assert number.median is None
    assert (city.is_estimate, city.distinct) == (False, 3), "few values are counted one by one"


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    dataset = contract(open_field("n", "number")).described()
    path = tmp_path / "public.parquet"
    query = "SELECT (hash(i) % 1000003 / 7.0)::DOUBLE AS n FROM range(300000) t(i)"
    duckdb.execute(f"COPY ({query}) TO {literal(path)} (FORMAT parquet)")
    table = PublicTable(path, dataset, 300_000)
    assert document(statistics.of(table)) == document(statistics.of(table))
