"""[edge] Rows of PostgreSQL in bulk: ADBC's COPY into Arrow, each column as its type or as canonical text.

A column rests in its own type where that says all that its text would: whole numbers, fractions in binary, truth
values, dates, and moments without a zone. The others are the same texts as `values.text_of` makes of psycopg's values,
which stays the judge: whatever a fast way does not know for certain goes through psycopg's own reader, value by value.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import psycopg
import pyarrow as pa
import sqlalchemy as sa
from psycopg.abc import Transformer
from psycopg.conninfo import make_conninfo
from psycopg.pq import Format
from pyarrow import compute
from sqlalchemy.dialects.postgresql import dialect

from transforms.reading.table import NUMBER_MARK

from .values import texts_of

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Cursor

Texts: TypeAlias = Any
"""A `pa.Array`: the stubs of the compute functions have no overload for a scalar beside an array."""
Cells: TypeAlias = Any
"""A `pa.Array` of texts, or of values that rest in their own type."""
pc: Any = compute
_SETTINGS = (
    "SET TRANSACTION READ ONLY",
    "SET LOCAL DateStyle TO ISO",
    "SET LOCAL IntervalStyle TO postgres",
    "SET LOCAL client_encoding TO 'UTF8'",
)
_OUTAGES = ("08", "28", "3D", "53", "57", "58")
"""Classes of SQLSTATE that speak of the server and of us, not of the statement."""
_FLOAT4, _BPCHAR = 700, 1042
_MOMENT = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2} )?([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}"
    r"(\.[0-9]{1,6})?([+-][0-9]{2}(:[0-9]{2}){0,2})?$"
)
_TYPED: dict[int, pa.DataType] = {
    16: pa.bool_(),
    **dict.fromkeys((20, 21, 23), pa.int64()),
    **dict.fromkeys((700, 701), pa.float64()),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
}
"""By PostgreSQL's type number: the type that a column rests in; all others rest as text."""
_CALENDAR = {pa.date32(): (date.min, date.max), pa.timestamp("us"): (datetime.min, datetime.max)}
"""What Python's calendar holds: beyond it lie infinity, the years before Christ, and those of five digits."""


class Lost(Exception):
    """The way to the server broke off: `kind` is the error's type, never its text, which may hold values."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Refused(Lost):
    """The server stands, and refuses the statement or fails on a value."""


def streamed(
    connection: sa.Connection, relation: sa.FromClause, columns: Sequence[str], key: Sequence[str], rows: int
) -> tuple[list[pa.DataType], Iterator[list[Cells]]]:
    """The types that the columns rest in, and their cells, `rows` at a time, in the order of `key`.

    `connection` is asked for the types alone. The batches end in Lost for a connection that breaks off, Refused for
    what the server refuses; SupplierError for a column that cannot be text.
    """
    inner = sa.select(*(sa.column(column) for column in columns)).select_from(relation).subquery("rows_of_source")
    types = _types(connection, sa.select(inner))
    query = sa.select(*(_cast(inner.c[name], oid).label(f"c{at}") for at, (name, oid) in enumerate(types)))
    statement = _statement(query.order_by(*(inner.c[name] for name in key)))
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    return [_TYPED.get(oid, pa.string()) for _, oid in types], _fetched(driver, statement, types, rows)


def _fetched(
    driver: psycopg.Connection, statement: str, types: Sequence[tuple[str, int]], rows: int
) -> Iterator[list[Cells]]:
    reader = psycopg.adapt.Transformer(driver)
    with _transaction(driver.info) as cursor:
        for table in _even(_ahead(_batches(cursor, statement)), rows):
            yield [_canonical(_whole(table, at), name, oid, reader) for at, (name, oid) in enumerate(types)]


def _types(connection: sa.Connection, query: sa.Select[Any]) -> list[tuple[str, int]]:
    """The name and PostgreSQL's type number of each column; no row is selected."""
    empty = connection.execute(query.where(sa.false()))
    described = cast("psycopg.Cursor[Any]", empty.cursor).description or ()
    return [(column.name, column.type_code) for column in described]


def _cast(column: sa.ColumnElement[Any], oid: int) -> sa.ColumnElement[Any]:
    """A typed column as it is, the shortest fraction of a short float, else the server's own text.

    A cast would trim a padded text, and of other types it may add something (`10.0.0.1/32`) that `format` does not.
    """
    if oid == _FLOAT4:
        return sa.cast(sa.cast(column, sa.Text), sa.Double)
    if oid in _TYPED or oid == _BPCHAR:
        return column
    if oid in _FAST:
        return sa.cast(column, sa.Text)
    return sa.case((column.is_distinct_from(sa.null()), sa.func.format("%s", column)))


def _statement(query: sa.Select[Any]) -> str:
    spoken: Any = dialect
    return str(query.compile(dialect=spoken(paramstyle="named"), compile_kwargs={"literal_binds": True}))


@contextmanager
def _transaction(known: psycopg.ConnectionInfo) -> Iterator["Cursor"]:
    """One transaction that only reads, in a connection of its own."""
    from adbc_driver_postgresql import dbapi  # type: ignore[import-untyped]

    address = make_conninfo(**{**known.get_parameters(), "password": known.password})
    with _failing_safely(), dbapi.connect(address) as connection, connection.cursor() as cursor:
        for setting in _SETTINGS:
            cursor.execute(setting)
        yield cursor


@contextmanager
def _failing_safely() -> Iterator[None]:
    """The one boundary where the errors of the drivers end (law 2)."""
    from adbc_driver_manager import Error

    try:
        yield
    except Error as error:
        state = error.sqlstate or "08000"
        raise (Lost if state.startswith(_OUTAGES) else Refused)(type(error).__name__) from None
    except (psycopg.Error, pa.ArrowInvalid, UnicodeDecodeError) as error:
        raise Refused(type(error).__name__) from None


def _batches(cursor: "Cursor", statement: str) -> Iterator[pa.RecordBatch]:
    """ADBC's batches; where reading fails, the connection is asked whether it still lives."""
    cursor.execute(statement)
    try:
        yield from cursor.fetch_record_batch()
    except OSError as error:
        raise (Refused if _lives(cursor) else Lost)(type(error).__name__) from None


def _lives(cursor: "Cursor") -> bool:
    """A statement that failed leaves its connection standing: it takes another."""
    from adbc_driver_manager import Error

    try:
        cursor.connection.rollback()
        cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, the next one read while this one is worked on."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = beside.submit(next, batches, None)
            yield batch


def _even(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Tables of `rows` rows, the last of what is left: ADBC's own batches end where a buffer is full."""
    pending: list[pa.RecordBatch] = []
    held = 0
    for batch in batches:
        pending.append(batch)
        held += batch.num_rows
        while held >= rows:
            table = pa.Table.from_batches(pending)
            yield table.slice(0, rows)
            pending = table.slice(rows).to_batches()
            held -= rows
    if held:
        yield pa.Table.from_batches(pending)


def _whole(table: pa.Table, at: int) -> Cells:
    """One array; most batches are a slice of one of ADBC's, which need not be copied."""
    column = table.column(at)
    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if pa.types.is_string(whole.type):
        whole.validate(full=True)
    return whole


def _canonical(values: Cells, name: str, oid: int, reader: Transformer) -> Cells:
    if oid in _TYPED:
        return _at_rest(values, _TYPED[oid])
    fast = _FAST.get(oid)
    texts = fast(values) if fast else None
    return _read_by_psycopg(values, name, oid, reader) if texts is None else texts


def _read_by_psycopg(values: Texts, name: str, oid: int, reader: Transformer) -> Texts:
    load = reader.get_loader(oid, Format.TEXT).load
    read = [None if text is None else load(text.encode()) for text in values.to_pylist()]
    return pa.array(list(texts_of(read, name)), pa.string())


def _as_it_is(values: Texts) -> Texts:
    return values


def _numeric(values: Texts) -> Texts:
    trimmed = pc.ascii_rtrim(values, "0")
    whole = pc.ends_with(trimmed, ".")
    fraction = pc.and_not(pc.or_(pc.match_substring(values, "."), pc.equal(values, "NaN")), whole)
    return pc.if_else(fraction, _marked(values), pc.if_else(whole, pc.ascii_rtrim(trimmed, "."), values))


def _marked(numbers: Texts) -> Texts:
    return pc.binary_join_element_wise(NUMBER_MARK, numbers, "")


def _moment(values: Texts) -> Texts | None:
    """Six digits of a fraction, and hours and minutes of a zone, as `datetime.isoformat` has them."""
    if _all(pc.equal(pc.binary_length(values), len("2026-01-31 08:30:00"))):
        return values
    if not _all(pc.match_substring_regex(values, _MOMENT)):
        return None
    if pc.any(pc.match_substring(values, ".")).as_py():
        longer = pc.replace_substring_regex(values, r"\.([0-9]+)", r".\100000")
        values = pc.replace_substring_regex(longer, r"\.([0-9]{6})[0-9]+", r".\1")
    return pc.replace_substring_regex(values, r"([+-][0-9]{2})$", r"\1:00")


def _all(truths: Texts) -> bool:
    return bool(pc.all(truths, min_count=0).as_py())


def _at_rest(values: Cells, kind: pa.DataType) -> Cells:
    """Values in the type that they rest in; Refused, as by psycopg, for days that no calendar of Python's holds."""
    if pa.types.is_floating(kind):
        return pc.add(values, 0.0)  # there is one zero: Python's text of the negative one is the same
    values = pc.cast(values, kind)
    if kind in _CALENDAR:
        first, last = (pa.scalar(end, kind) for end in _CALENDAR[kind])
        if not _all(pc.and_(pc.greater_equal(values, first), pc.less_equal(values, last))):
            raise Refused("DataError")
    return values


_FAST: dict[int, Callable[[Texts], Texts | None]] = {
    **dict.fromkeys((19, 25, 26, 1042, 1043, 2950), _as_it_is),  # names, texts, numbers of objects, uuid
    1700: _numeric,
    **dict.fromkeys((1083, 1184, 1266), _moment),
}
"""By PostgreSQL's type number: what makes the server's text canonical, or None where a value needs psycopg."""
