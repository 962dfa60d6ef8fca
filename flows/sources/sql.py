"""[edge] Rows of a database, streamed through SQLAlchemy into a Parquet file of text and exact values.

Only the columns that are open, or that a check reads, are ever selected. Rows come in the order of the
primary key, so that the same rows make the same snapshot.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy import exc

from schemas.contracts import Contract, SqlSource
from schemas.errors import AuthorError, OperatorError, PaluError
from transforms.reading import Wanted, matched
from transforms.reading.table import RAGGED_COLUMN, ROW_COLUMN

from . import postgresql
from .values import texts_of

if TYPE_CHECKING:
    Cells = pa.Array[Any]

BATCH_ROWS = 61_440
"""As many as a staged row group holds, so that staging need not cut them anew."""
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
            types, batches = _batches(connection, relation, columns, contract)
            _write(batches, dict(zip(columns.values(), types, strict=True)), into)
    except exc.SQLAlchemyError as error:
        who = _refused if _is_the_statements(error) else _unreachable
        raise who(_kind(error), contract, source) from None
    except postgresql.Refused as error:
        raise _refused(error.kind, contract, source) from None
    except postgresql.Lost as error:
        raise _unreachable(error.kind, contract, source) from None
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


def _refused(kind: str, contract: Contract, source: SqlSource) -> PaluError:
    """A statement that can never work: the author must act."""
    return AuthorError("query_refused", dataset=contract.id, setting=source.connection, kind=kind)


def _unreachable(kind: str, _contract: Contract, source: SqlSource) -> PaluError:
    """The operator must act, who may try again."""
    return OperatorError("database_unreachable", setting=source.connection, kind=kind)


def _is_the_statements(error: exc.SQLAlchemyError) -> bool:
    """Whether an error speaks of the statement, and not of the way to the server."""
    return not isinstance(error, exc.OperationalError | exc.InterfaceError) or _is_refused(error.orig)


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


def _batches(
    connection: sa.Connection, relation: sa.FromClause, columns: dict[str, str], contract: Contract
) -> tuple[list[pa.DataType], Iterator[list["Cells"]]]:
    """The columns in the order of the primary key: of PostgreSQL in bulk, of others as text, row by row."""
    wanted, key = list(columns.values()), [columns[name] for name in contract.primaryKey]
    if connection.dialect.name == "postgresql":
        return postgresql.streamed(connection, relation, wanted, key, BATCH_ROWS)
    query = sa.select(*map(sa.column, wanted)).select_from(relation).order_by(*map(sa.column, key))
    return [pa.string()] * len(wanted), _streamed(connection, query, wanted)


def _write(batches: Iterable[Sequence["Cells"]], types: Mapping[str, pa.DataType], into: Path) -> None:
    """Number the rows of the batches and write them: a batch a row group, so that the same rows give the same file."""
    places: list[tuple[str, pa.DataType]] = [(ROW_COLUMN, pa.int64()), (RAGGED_COLUMN, pa.int64())]
    schema = pa.schema([*places, *types.items()])
    with pq.ParquetWriter(into, schema, compression="lz4", use_dictionary=False, write_statistics=False) as writer:
        first = 1
        for cells in batches:
            rows = len(cells[0])
            numbers = pa.array(np.arange(first, first + rows))
            arrays: list[Cells] = [numbers, pa.nulls(rows, pa.int64()), *cells]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            first += rows


def _streamed(connection: sa.Connection, query: sa.Select[Any], columns: Sequence[str]) -> Iterator[list["Cells"]]:
    """The rows as they come, `BATCH_ROWS` at a time."""
    streaming = connection.execution_options(stream_results=True, max_row_buffer=BATCH_ROWS)
    for rows in streaming.execute(query).partitions(BATCH_ROWS):
        cells = zip(*rows, strict=True)
        yield [pa.array(list(texts_of(cell, name)), pa.string()) for cell, name in zip(cells, columns, strict=True)]


def _kind(error: Exception) -> str:
    return type(getattr(error, "orig", None) or error).__name__
