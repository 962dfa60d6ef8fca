"""Reading a file of a test's own, and the rows that DuckDB then sees."""

import itertools
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from schemas.contracts import Layout
from transforms.reading import RAGGED_COLUMN, ROW_COLUMN, RawTable, Wanted, read

Read = Callable[..., RawTable]
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"


def rows_of(table: RawTable) -> list[tuple[str | None, ...]]:
    """The rows as DuckDB reads them, in the order of the source."""
    columns = ", ".join('"' + name.replace('"', '""') + '"' for name in table.columns)
    return duckdb.execute(f"SELECT {columns or 1} FROM {table.relation}").fetchall()


def places_of(table: RawTable) -> list[tuple[int, int | None]]:
    """Row number and raggedness of each row of a table at rest."""
    return duckdb.execute(f"SELECT {ROW_COLUMN}, {RAGGED_COLUMN} FROM {table.relation}").fetchall()


def fields(*headers: str, required: tuple[str, ...] = ()) -> tuple[Wanted, ...]:
    """A field for each header; `a|b` are variants."""
    return tuple(Wanted(tuple(header.split("|")), header in required) for header in headers)


@pytest.fixture
def read_bytes(tmp_path: Path) -> Read:
    """Reads bytes as a file of `layout`, each reading with a workspace of its own."""
    numbers = itertools.count()

    def reading(content: bytes, layout: Layout, wanted: tuple[Wanted, ...] = ()) -> RawTable:
        workspace = tmp_path / str(next(numbers))
        workspace.mkdir()
        (workspace / "source").write_bytes(content)
        return read(workspace / "source", layout, wanted, workspace, "berkas")

    return reading


@pytest.fixture
def corpus() -> Path:
    """The shared corpus of files that break readers."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside this repository")
    return CORPUS
