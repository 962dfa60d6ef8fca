"""Bytes of a foreign file -> a `RawTable`: spreadsheets as offices write them, delimited text, JSON, GeoJSON.

Runs in a child process whose memory and time are limited elsewhere. Fetches nothing, casts nothing, and lets
no exception of a parser out: those carry cells.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from schemas.contracts import CsvLayout, JsonLayout, Layout, SpreadsheetLayout
from schemas.errors import OperatorError, PaluError, SupplierError

from .archives import is_of_nowhere
from .columns import Wanted, matched
from .table import NUMBER_MARK, RAGGED_COLUMN, ROW_COLUMN, RawTable

__all__ = [
    "NUMBER_MARK",
    "RAGGED_COLUMN",
    "ROW_COLUMN",
    "RawTable",
    "Wanted",
    "guarded",
    "is_regular",
    "matched",
    "read",
    "read_on_trust",
    "read_slowly",
]

PANIC = "PanicException"
"""What a Rust parser raises at a fault of its own: no `Exception`, and of a type that cannot be imported."""


def read(path: Path, layout: Layout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read the file at `path`, which messages call `name`. Without `wanted`, columns are taken as they stand.

    `workspace` is a private folder of this one reading; the table may rest there.
    Raises SupplierError for whatever the file does, AuthorError for an encoding that does not exist,
    OperatorError where the machine fails.
    """
    table = read_on_trust(path, layout, wanted, workspace, name)
    if isinstance(layout, CsvLayout) and not is_regular(table, layout, wanted, name):
        return read_slowly(path, layout, wanted, workspace, name)
    return table


def read_on_trust(path: Path, layout: Layout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """The same, but of a large CSV file that is left in place only its beginning and its end are judged.

    Whoever takes such a table asks whether it `is_regular`, before anything that was made of it leaves.
    """
    return guarded(lambda: _read(path, layout, wanted, workspace, name), layout.kind, name)


def is_regular(table: RawTable, layout: Layout | None, wanted: tuple[Wanted, ...], name: str) -> bool:
    """Whether a table in place has no row that should have been left out; one that was read row by row has none."""
    from .untouched import has_rows_to_skip

    if table.rows is not None or not isinstance(layout, CsvLayout):
        return True
    [file] = table.files
    return not guarded(lambda: has_rows_to_skip(file, layout, wanted, name), layout.kind, name)


def read_slowly(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read delimited text row by row: for a file that `read` left in place and that DuckDB then refused."""
    from .delimited import read_rows

    def reading() -> RawTable:
        found, called = _unpacked(path, layout, workspace, name)
        return read_rows(found, layout, wanted, workspace, called)

    return guarded(reading, layout.kind, name)


def _unpacked(path: Path, layout: Layout, workspace: Path, name: str) -> tuple[Path, str]:
    """The file itself, or the one in an archive that the contract names."""
    from .archives import member_of, refuse_archive

    if layout.member is not None:
        return member_of(path, layout.member, workspace, name)
    if not isinstance(layout, SpreadsheetLayout):
        refuse_archive(path, name)
    return path, name


def _read(path: Path, layout: Layout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    path, name = _unpacked(path, layout, workspace, name)
    if isinstance(layout, SpreadsheetLayout):
        from .spreadsheets import read_spreadsheet

        return read_spreadsheet(path, layout, wanted, workspace, name)
    if isinstance(layout, CsvLayout):
        from .delimited import read_delimited

        return read_delimited(path, layout, wanted, workspace, name)
    from .records import read_geojson, read_json

    if isinstance(layout, JsonLayout):
        return read_json(path, layout, wanted, workspace, name)
    return read_geojson(path, wanted, workspace, name)


Found = TypeVar("Found")


def guarded(reading: Callable[[], Found], kind: str, file: str) -> Found:
    """The one boundary where parsers' exceptions end (law 2)."""
    try:
        return reading()
    except PaluError:
        raise
    except OSError as error:
        if is_of_nowhere(error):
            raise SupplierError("file_unreadable", file=file, kind=kind) from None
        raise OperatorError("reading_failed", file=file) from None
    except MemoryError:
        raise SupplierError("file_too_large", file=file) from None
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        raise SupplierError("file_unreadable", file=file, kind=kind) from None
