"""A database of a test's own tables, and what `unloaded` makes of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.sources import sql
from schemas.contracts import Contract, SqlSource
from schemas.tables import database, quoted
from tests.making import Field, Row, contract
from transforms.reading.at_rest import table_at_rest

SETTING = "UJI_DB"
DATABASES = ("sqlite", "postgresql", "mariadb")


def address(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database of this kind."""
    return f"sqlite:///{folder / 'uji.db'}" if kind == "sqlite" else str(request.getfixturevalue(kind))


@contextmanager
def prepared(url: str, statements: Sequence[str]) -> Iterator[sa.Engine]:
    """The database after these statements."""
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(sa.text(statement))
        yield engine
    finally:
        engine.dispose()


def asked(*fields: Field, **more: object) -> Contract:
    """A contract of a table or a query, as `more` says."""
    source = {"kind": "sql", "connection": SETTING}
    source |= {key: str(more.pop(key)) for key in ("table", "query") if key in more}
    return contract(*fields, source=source, **more)


def unloaded(url: str, of: Contract, into: Path) -> str:
    """Unload the rows of a contract; the snapshot's SHA-256."""
    assert isinstance(of.source, SqlSource)
    return sql.unloaded(of, of.source, url, into)


def rows(url: str, of: Contract, into: Path) -> list[Row]:
    """The unloaded cells, as the text that stands for them."""
    unloaded(url, of, into)
    return texts(into)


def texts(snapshot: Path) -> list[Row]:
    """The cells of a snapshot, as the text that staging sees of them."""
    raw = table_at_rest(snapshot, {})
    with database(snapshot) as connection:
        return connection.execute(f"SELECT {', '.join(map(quoted, raw.columns))} FROM {raw.relation}").fetchall()
