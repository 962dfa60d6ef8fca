"""Whatever the kind of the source, the same rows come out of extraction and staging."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.extract import extract
from flows.runs import beginning
from flows.settings import Places
from flows.stage import stage
from tests.flows.sources import ten_rows
from tests.flows.sources.conftest import Serve, whole
from tests.making import CITY, NOW, Row, contract, rows_of

Source = dict[str, object]
FILE_KINDS = {"csv": "csv", "xlsx": "spreadsheet", "ods": "spreadsheet", "json": "json", "geojson": "geojson"}


@pytest.fixture
def source_of(
    where: Places, serve: Serve, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Source]:
    """Writes the ten rows into a source of a kind, and says how a contract names it."""

    def file(kind: str) -> Path:
        written = where.inbox / f"data.{kind}"
        ten_rows.FILES[kind](written)
        return written

    def source(kind: str) -> Source:
        if kind in FILE_KINDS:
            return {"kind": FILE_KINDS[kind], "location": file(kind).name}
        if kind == "http":
            monkeypatch.setenv("UJI_API", serve(whole(file("json").read_bytes())))
            return {"kind": "http", "connection": "UJI_API", "path": "data.json", "read": {"kind": "json"}}
        url = f"sqlite:///{where.inbox / 'data.db'}" if kind == "sqlite" else request.getfixturevalue(kind)
        ten_rows.fill_database(url)
        monkeypatch.setenv("UJI_DB", url)
        return {"kind": "sql", "connection": "UJI_DB", "table": "titik parkir"}

    return source


def _staged(where: Places, source: Source) -> tuple[list[Row], int]:
    asked = contract(*ten_rows.FIELDS, source=source, primaryKey=["kode"])
    with beginning(where, CITY, asked, NOW) as work:
        staged = stage(work, extract(work))
        return rows_of(staged.table.path, *ten_rows.NAMES), staged.table.faulty


@pytest.mark.parametrize("kind", [*FILE_KINDS, "http", "sqlite", "postgresql", "mariadb"])
def test_the_same_ten_rows_are_staged_from_every_kind_of_source(
    kind: str, source_of: Callable[[str], Source], where: Places
) -> None:
    assert _staged(where, source_of(kind)) == (list(ten_rows.ROWS), 0)
