"""In bulk or value by value: PostgreSQL's rows are the same text, or are refused by both."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import exc

from flows.sources import postgresql as bulk
from flows.sources import sql
from schemas.errors import AuthorError, OperatorError, PaluError
from tests.flows.sources.asking import asked, rows, texts, unloaded
from tests.making import open_field

ROWS = 3
"""A batch of the tests, so that several are joined and cut."""


@pytest.fixture(scope="module", params=["Asia/Makassar", "America/St_Johns"])
def connection(postgresql: str, request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """A connection in a time zone, with a type of our own."""
    engine = sa.create_engine(f"{postgresql}&options=-ctimezone%3D{request.param}", hide_parameters=True)
    with engine.connect() as connection:
        connection.execute(sa.text("DROP TYPE IF EXISTS keadaan"))
        connection.execute(sa.text("CREATE TYPE keadaan AS ENUM ('baik', 'rusak')"))
        connection.commit()
        yield connection
    engine.dispose()


def _values(kind: str, literals: Sequence[str | None]) -> sa.FromClause:
    said = ", ".join("(NULL)" if text is None else "('" + text.replace("'", "''") + "')" for text in literals)
    cast = f"nilai::{kind}".replace(":", r"\:")
    said = said.replace(":", r"\:")
    return sa.text(f"(SELECT {cast} AS nilai FROM (VALUES {said}) AS v (nilai)) AS rows_of_source")  # type: ignore[return-value]


def _both(connection: sa.Connection, kind: str, literals: Sequence[str | None]) -> tuple[object, object]:
    """What each way makes of the values: their texts, or whose fault it is."""
    relation = _values(kind, literals)
    slowly = sa.select(sa.column("nilai")).select_from(relation)
    return (
        _told(connection, lambda: ([pa.string()], sql._streamed(connection, slowly, ["nilai"]))),
        _told(connection, lambda: bulk.streamed(connection, relation, ["nilai"], [], ROWS)),
    )


def _told(connection: sa.Connection, reading: Callable[[], tuple[list[pa.DataType], Iterator[list[Any]]]]) -> object:
    try:
        (kind,), batches = reading()
        with tempfile.TemporaryDirectory() as folder:
            snapshot = Path(folder) / "snapshot"
            sql._write(batches, {"nilai": kind}, snapshot)
            return [text for (text,) in texts(snapshot)]
    except (bulk.Refused, exc.DataError):
        return "refused"
    except PaluError as error:
        return error.code, error.names
    finally:
        connection.rollback()


NASTY: dict[str, tuple[str | None, ...]] = {
    "smallint": ("-32768", "0", "32767", None),
    "bigint": ("-9223372036854775808", "9223372036854775807", None),
    "oid": ("4294967295",),
    "numeric": (
        "1.50",
        "1500.00",
        "0.000",
        "-0.0",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e40",
        "1e-20",
        "100",
        "-100.10",
        None,
    ),
    "numeric(6,2)": ("1.5", "-0.01", "1000"),
    "real": ("0.1", "16777217", "1e-10", "3.4e38", "NaN", "Infinity", "-0", "1.5", None),
    "double precision": ("0.1", "1e22", "1e300", "5e-324", "-0", "NaN", "-Infinity", "123456789012.5", "1e15", None),
    "boolean": ("t", "f", None),
    "text": ("", " x ", "é\n日本 🦜", "\\N", '"', None),
    "varchar(9)": ("a ", None),
    "char(5)": ("a", " b", None),
    "name": ("a",),
    '"char"': ("a",),
    "keadaan": ("baik", None, "rusak"),
    "uuid": ("0B7F2A6E-0000-4000-8000-000000000001", None),
    "date": ("2026-01-31", "0001-01-01", "9999-12-31", None),
    "timestamp": ("2026-01-31 08:30", "0001-01-01", "2026-01-31 08:30:00.5", "2026-01-31 08:30:00.000001", None),
    "timestamptz": (
        "2026-01-31 08:30+08",
        "2026-07-31 08:30:00.25+08",
        "1900-01-01 00:00+00",
        "2026-03-08 06:30Z",
        None,
    ),
    "time": ("00:00", "23:59:59.999999", "10:20:30.1", None),
    "timetz": ("10:20:30+08", "10:20:30.5-03:30"),
    "interval": ("1 day 02:00", "-0.5 s", "1 month", "1 year 2 days", "0", None),
    "json": ('{"a": [1, "é"], "b": 1.10}', '"teks"', "1.50", "null", None),
    "jsonb": ('{"b": 2, "a": {"c": null}}', "[]", "true", None),
    "text[]": ('{a,NULL,"b,c"}', "{}", None),
    "int[]": ("{{1,2},{3,4}}",),
    "money": ("1.50",),
    "point": ("(1,2)",),
    "bytea": ("\\x00ff",),
    "inet": ("10.0.0.1",),
    "int4range": ("[1,5)",),
    "numeric[]": ("{1.5}",),
}
REFUSED = {
    "date": ("infinity", "0044-03-15 BC", "10000-01-01"),
    "timestamp": ("infinity", "0044-03-15 BC", "10000-01-01 00:00"),
    "timestamptz": ("-infinity", "12026-01-31 08:30+08"),
    "time": ("24:00",),
}


@pytest.mark.parametrize("kind", NASTY)
def test_values_of_every_type_are_the_same_text_in_bulk(connection: sa.Connection, kind: str) -> None:
    one_by_one, in_bulk = _both(connection, kind, NASTY[kind])
    assert in_bulk == one_by_one
    assert in_bulk != "refused"


@pytest.mark.parametrize(("kind", "literal"), [(kind, one) for kind, found in REFUSED.items() for one in found])
def test_what_no_calendar_holds_is_refused_in_bulk_too(connection: sa.Connection, kind: str, literal: str) -> None:
    assert _both(connection, kind, [NASTY[kind][0], literal]) == ("refused", "refused")


@pytest.mark.parametrize(
    ("kind", "name"), [("bytea", "bytes"), ("inet", "IPv4Address"), ("numeric[]", "list[Decimal]")]
)
def test_a_column_that_cannot_be_text_is_named_with_its_type(connection: sa.Connection, kind: str, name: str) -> None:
    assert _both(connection, kind, NASTY[kind])[1] == ("column_type", {"column": "nilai", "type": name})


_MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9998, 1, 1)).map(str)
_ANY = {
    "double precision": st.floats().map(repr),
    "real": st.floats(width=32).map(repr),
    "numeric": st.decimals(allow_infinity=False)
    .filter(lambda number: number.is_nan() or abs(number) < Decimal("1e99"))
    .map(lambda number: "NaN" if number.is_nan() else f"{number:f}"),
    "timestamp": _MOMENTS,
    "timestamptz": _MOMENTS,
    "interval": st.timedeltas(timedelta(-9999), timedelta(9999)).map(lambda span: f"{span.total_seconds():.6f} s"),
    "text": st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=9),
}


@given(
    st.sampled_from(sorted(_ANY)).flatmap(
        lambda kind: st.tuples(st.just(kind), st.lists(_ANY[kind], min_size=1, max_size=9))
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_is_the_same_text_in_bulk(connection: sa.Connection, asked_of: tuple[str, list[str | None]]) -> None:
    one_by_one, in_bulk = _both(connection, *asked_of)
    assert in_bulk == one_by_one


def test_rows_beyond_a_batch_keep_the_order_of_the_key(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "BATCH_ROWS", 7)
    query = "SELECT 21 - i AS nomor FROM generate_series(1, 20) i"
    of = asked(open_field("nomor", "integer"), query=query, primaryKey=["nomor"])
    assert rows(postgresql, of, tmp_path / "snapshot") == [(str(number),) for number in range(1, 21)]


def test_a_query_cannot_write_in_bulk_either(postgresql: str, tmp_path: Path) -> None:
    of = asked(open_field("kode"), query="SELECT set_config('transaction_read_only', 'off', true) AS kode")
    with pytest.raises((AuthorError, OperatorError)):
        unloaded(postgresql, of, tmp_path / "snapshot")


def test_a_statement_that_breaks_on_a_late_row_is_the_authors(postgresql: str, tmp_path: Path) -> None:
    query = "SELECT (CASE WHEN i > 150000 THEN 'rahasia' ELSE '1' END)::int AS kode FROM generate_series(1, 200000) i"
    with pytest.raises(AuthorError) as raised:
        unloaded(postgresql, asked(open_field("kode"), query=query), tmp_path / "snapshot")
    assert raised.value.code == "query_refused"
    assert "rahasia" not in f"{raised.value}"
