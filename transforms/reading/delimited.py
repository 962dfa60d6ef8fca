"""Delimited text -> a `RawTable`: as it lies where a large file is regular, row by row where it is not.

Decides nothing about a row that the spreadsheets' rules do not decide.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.contracts import CsvLayout
from schemas.errors import SupplierError

from .assembly import Sheet, Under, assembled, unwatched
from .columns import Wanted
from .dialect import found_dialect
from .encoding import SAMPLE_BYTES, found_encoding, marked_encoding, stated_encoding
from .quoting import Damaged, Dialect, records
from .rows import Row, Skipped, bounds_of, without_headers
from .table import RawTable
from .untouched import table_in_place

HEAD_LETTERS = 1 << 18


def read_delimited(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read the file where it lies if it is large and regular; else row by row."""
    table = table_in_place(path, layout, wanted, name)
    return table or read_rows(path, layout, wanted, workspace, name)


def read_rows(path: Path, layout: CsvLayout, wanted: tuple[Wanted, ...], workspace: Path, name: str) -> RawTable:
    """Read the file row by row into a text Parquet; blank, total and footer rows are left out and counted.

    A row whose quotation is broken is ragged, whatever could be made of it.
    SupplierError: `file_not_text`, `encoding_unclear`, `encoding_wrong`, and those of `assembled`;
    AuthorError `encoding_unknown`.
    """
    encoding = encoding_of(path, layout.encoding, name)
    try:
        dialect = found_dialect(head_of(path, encoding), wanted, layout.delimiter)
        sheet = Sheet(
            _rows(path, encoding, dialect),
            (),
            layout.header,
            _header_once,
            unwatched,
            bounds_of(layout.skip, layout.stop),
        )
        return assembled(sheet, wanted, workspace, name)
    except UnicodeError:
        raise SupplierError("encoding_wrong", file=name, encoding=encoding) from None


def _header_once(rows: Iterable[Row], under: Under, skipped: Skipped) -> Iterator[Row]:
    """What is peculiar to text: programs and copies repeat the header to the letter."""
    return without_headers(rows, under.header.names, skipped)


def encoding_of(path: Path, stated: str | None, file: str) -> str:
    """Python's name of the file's encoding; errors as `read_rows` raises them."""
    if stated:
        return stated_encoding(stated)
    with path.open("rb") as stream:
        marked = marked_encoding(stream.read(SAMPLE_BYTES))
    return marked or found_encoding(path, file)


def head_of(path: Path, encoding: str) -> str:
    """The first lines, whole unless one line is longer than all that is looked at."""
    with path.open(encoding=encoding, newline="") as stream:
        head = stream.read(HEAD_LETTERS)
    if len(head) < HEAD_LETTERS:
        return head
    return head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head


def _rows(path: Path, encoding: str, dialect: Dialect) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as stream:
        for number, record in enumerate(records(stream, dialect), start=1):
            yield number, record.cells if record.condition == "sound" else Damaged(record.cells)
