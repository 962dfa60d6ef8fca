"""Delimited text -> a `RawTable`: as it lies where a large file is regular, row by row where it is not.

Decides nothing about a row that the spreadsheets' rules do not decide.
"""

from collections.abc import Iterator
from pathlib import Path

from schemas.contracts import CsvLayout
from schemas.errors import SupplierError

from .assembly import Sheet, assembled, unchanged, unwatched
from .columns import Wanted
from .dialect import Dialect, cells_of, found_delimiter
from .encoding import SAMPLE_BYTES, found_encoding, marked_encoding, stated_encoding
from .rows import Row, bounds_of
from .table import RawTable
from .untouched import table_in_place

HEAD_LETTERS = 1 << 18


def read_delimited(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read the file where it lies if it is large and regular; else row by row."""
    table = table_in_place(path, layout, wanted, name)
    return table or read_rows(path, layout, wanted, workspace, name)


def read_rows(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read the file row by row into a text Parquet; blank, total and footer rows are left out and counted.

    SupplierError: `file_not_text`, `encoding_unclear`, `encoding_wrong`, `quote_unbalanced`, and those of
    `assembled`; AuthorError `encoding_unknown`.
    """
    encoding = _encoding(path, layout, name)
    try:
        dialect = Dialect(encoding, layout.delimiter or found_delimiter(_head(path, encoding), wanted))
        sheet = Sheet(
            _rows(path, dialect, name), (), layout.header, unchanged, unwatched, bounds_of(layout.skip, layout.stop)
        )
        return assembled(sheet, wanted, workspace, name)
    except UnicodeError:
        raise SupplierError("encoding_wrong", file=name, encoding=encoding) from None


def _encoding(path: Path, layout: CsvLayout, file: str) -> str:
    if layout.encoding:
        return stated_encoding(layout.encoding)
    with path.open("rb") as stream:
        marked = marked_encoding(stream.read(SAMPLE_BYTES))
    return marked or found_encoding(path, file)


def _head(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as stream:
        return stream.read(HEAD_LETTERS)


def _rows(path: Path, dialect: Dialect, file: str) -> Iterator[Row]:
    with path.open(encoding=dialect.encoding, newline="") as stream:
        yield from enumerate(cells_of(stream, dialect.delimiter, file), start=1)
