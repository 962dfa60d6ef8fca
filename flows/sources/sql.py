"""[edge] Rows of a database, streamed through SQLAlchemy into a Parquet file of text.

Only the columns that are open, or that a check reads, are ever selected. Rows come in the order of the
primary key, so that the same rows make the same snapshot.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy import exc

from schemas.contracts import Contract, SqlSource
from schemas.errors import AuthorError, OperatorError, SupplierError
from transforms.reading import Wanted, matched
from transforms.reading.table import NUMBER_MARK, RAGGED_COLUMN, ROW_COLUMN

BATCH_ROWS = 50_000
MARIADB_UNKNOWN_COLUMN = 1054
SQLITE_REFUSAL = "SQLITE_ERROR"


def unloaded(contract: Contract, source: SqlSource, url: str, into: Path) -> str:
    """Write the rows that the contract needs to `into`; the file's SHA-256.

    OperatorError for a database out of reach, or one that fails on the way; AuthorError for a statement that
    it refuses; SupplierError for columns that are not the contract's, and for values that cannot be text.
    """
    engine = _engine(url, source.connection)
    try:
        with _connected(engine, source.connection) as connection:
            _only_read(connection)
            relation = _relation(source)
            columns = _selected(connection, relation, contract)
            _write(connection, _query(relation, columns, contract), list(columns.values()), into)
    except exc.SQLAlchemyError as error:
        raise _explained(error, contract, source) from None
    finally:
        engine.dispose()
    with into.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _connected(engine: sa.Engine, setting: str) -> sa.Connection:
    try:
        return engine.connect()
    except Exception as error:  # noqa: BLE001 the boundary: drivers fail to connect in types of their own
        raise OperatorError("database_unreachable", setting=setting, kind=_kind(error)) from None


def _only_read(connection: sa.Connection) -> None:
    """A query that calls a function which writes is refused by the database itself."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(postgresql_readonly=True)
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only = ON")
    else:
        connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
        connection.rollback()


def _explained(error: exc.SQLAlchemyError, contract: Contract, source: SqlSource) -> OperatorError | AuthorError:
    """Who must act: the author for a statement that can never work, else the operator, who may try again."""
    names = {"setting": source.connection, "kind": _kind(error)}
    if isinstance(error, exc.OperationalError | exc.InterfaceError) and not _is_refused(error.orig):
        return OperatorError("database_unreachable", **names)
    return AuthorError("query_refused", dataset=contract.id, **names)


def _is_refused(error: BaseException | None) -> bool:
    """Whether a driver's operational error speaks of the statement: unknown tables in SQLite, columns in MariaDB."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", SQLITE_REFUSAL) == SQLITE_REFUSAL
    return error is not None and error.args[:1] == (MARIADB_UNKNOWN_COLUMN,)


def _engine(url: str, setting: str) -> sa.Engine:
    try:
        return sa.create_engine(url, hide_parameters=True)
    except (exc.ArgumentError, exc.NoSuchModuleError, ModuleNotFoundError, ValueError):
        raise OperatorError("setting_no_url", setting=setting) from None


def _relation(source: SqlSource) -> sa.FromClause:
    if source.table is not None:
        schema, _, name = source.table.rpartition(".")
        return sa.table(name, schema=schema or None)
    query = str(source.query).strip().rstrip(";").replace(":", r"\:")  # SQLAlchemy takes `:name` for a parameter
    return sa.text(f"({query}\n) AS rows_of_source")  # type: ignore[return-value]


def _selected(connection: sa.Connection, relation: sa.FromClause, contract: Contract) -> dict[str, str]:
    """The source's column of each field that is needed. Asking for the names selects no row."""
    empty = sa.select(sa.text("*")).select_from(relation).where(sa.false())
    names = tuple(connection.execute(empty).keys())
    wanted = tuple(Wanted(field.columns, field.constraints.required) for field in contract.fields)
    found = dict(zip((field.name for field in contract.fields), matched(names, frozenset(), wanted), strict=True))
    return {field.name: found[field.name] for field in contract.staged_fields}


def _query(relation: sa.FromClause, columns: dict[str, str], contract: Contract) -> sa.Select[Any]:
    query = sa.select(*(sa.column(column) for column in columns.values())).select_from(relation)
    return query.order_by(*(sa.column(columns[name]) for name in contract.primaryKey))


def _write(connection: sa.Connection, query: sa.Select[Any], columns: Sequence[str], into: Path) -> None:
    places: list[tuple[str, pa.DataType]] = [(ROW_COLUMN, pa.int64()), (RAGGED_COLUMN, pa.int64())]
    schema = pa.schema([*places, *((column, pa.string()) for column in columns)])
    streaming = connection.execution_options(stream_results=True, max_row_buffer=BATCH_ROWS)
    with pq.ParquetWriter(into, schema, compression="zstd") as writer:
        first = 1
        for rows in streaming.execute(query).partitions(BATCH_ROWS):
            writer.write_batch(_batch(rows, first, schema))
            first += len(rows)


def _batch(rows: Sequence[sa.Row[Any]], first: int, schema: pa.Schema) -> pa.RecordBatch:
    cells = zip(*rows, strict=True)
    arrays: list[pa.Array[Any]] = [
        pa.array(range(first, first + len(rows)), pa.int64()),
        pa.nulls(len(rows), pa.int64()),
        *(
            pa.array(list(_texts(column, name)), pa.string())
            for column, name in zip(cells, schema.names[2:], strict=True)
        ),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _texts(column: Sequence[Any], name: str) -> Iterator[str | None]:
    return (None if value is None else _text(value, name) for value in column)


def _text(value: Any, column: str) -> str:
    """A database's value as text that can mean one thing only."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return f"{value:.0f}" if value == value.to_integral_value() else f"{NUMBER_MARK}{value:f}"
        case float():
            return str(int(value)) if value.is_integer() else f"{NUMBER_MARK}{value!r}"
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case UUID():
            return str(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        case _:
            raise SupplierError("column_type", column=column, type=type(value).__name__)


def _duration(value: timedelta) -> str:
    """MariaDB's TIME: a time of day, or a span below zero or beyond a day, which no time field takes."""
    sign = "-" if value < timedelta(0) else ""
    seconds, fraction = divmod(abs(value), timedelta(seconds=1))
    clock = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}.{fraction.microseconds:06}" if fraction else clock


def _kind(error: Exception) -> str:
    return type(getattr(error, "orig", None) or error).__name__
