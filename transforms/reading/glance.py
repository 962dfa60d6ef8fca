"""What is seen in a file before there is a contract: its tables, as plain data, with their rows at rest.

Says where things stand and what was left out, and decides nothing that a contract decides.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from schemas.errors import AuthorError, SupplierError

from . import RawTable, guarded
from .archives import entries_of, is_document, listed
from .table import RemarkCode, SkipReason

Kind = Literal["csv", "spreadsheet", "json", "geojson"]
SeenReason = SkipReason | Literal["surplus", "other_table"]
NoteCode = Literal["dialect", "no_header", "header_ragged", "ragged", "repaired", "left_out"] | RemarkCode


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is not part of the table: its number in the source, from 1, why, and its cells."""

    number: int
    reason: SeenReason
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know of a table: a code of `look.note.…`, and the names of its wording."""

    code: NoteCode
    names: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One table of a file.

    `place` names it: a sheet's name, or the table's number in a file that has no names; `sheet` is the sheet that it
    stands in, None in a file that has none. `header_first` is the
    header's first row (from 1) and `header_height` how many rows it has, 0 where there is none. `columns` are the
    names that stand in the file, empty where a column has none. `rows` counts the data rows, which rest in
    `at_rest`: a Parquet with `ROW_COLUMN` and `RAGGED_COLUMN` (BIGINT) first, then one VARCHAR a column under
    `names`, which are distinct and never empty; an empty cell is NULL.
    """

    place: str
    hidden: bool
    header_first: int
    header_height: int
    columns: tuple[str, ...]
    rows: int
    skipped: tuple[SkippedRow, ...]
    notes: tuple[Note, ...]
    names: tuple[str, ...]
    at_rest: Path
    sheet: str | None = None


ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
HEAD_BYTES = 1 << 16
BOOKS = ("xl/", "content.xml")
MAIN_PARTS = ("/workbook.xml", "/workbook.bin")
"""What stands in the archive that a workbook is: the folder `xl` is a habit, no rule."""


def look(path: Path, workspace: Path, name: str) -> tuple[SeenTable, ...]:
    """The tables of the file at `path`, which messages call `name`; their rows rest in `workspace`.

    What the file is, its bytes say and not its name. Raises as the readers of `transforms.reading` do, and as
    `kind_of` does.
    """
    kind = kind_of(path, name)
    if kind == "csv":
        from .text_tables import text_tables

        return guarded(lambda: text_tables(path, workspace, name), kind, name)
    if kind == "spreadsheet":
        from .sheet_tables import sheet_tables

        return guarded(lambda: sheet_tables(path, workspace, name), kind, name)
    return guarded(lambda: (_records(path, kind, workspace, name),), kind, name)


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file by its first bytes.

    SupplierError `kind_unknown` for a document that is no workbook; AuthorError `look_archive` and `look_dump`: an
    archive holds files, and a database's dump tables, and which one is meant a contract must say.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(COMPOUND):
        return "spreadsheet"
    if head.startswith(ZIP):
        return _kind_of_archive(path, name)
    if _is_dump(head, name):
        raise AuthorError("look_dump", file=name)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and _is_json(path, head):
        return "geojson" if b'"FeatureCollection"' in head else "json"
    return "csv"


def _kind_of_archive(path: Path, name: str) -> Kind:
    """A damaged archive may be a damaged workbook: its reader says so better."""
    entries = entries_of(path)
    if entries is None or any(one.filename.startswith(BOOKS) or one.filename.endswith(MAIN_PARTS) for one in entries):
        return "spreadsheet"
    if is_document(entries):
        raise SupplierError("kind_unknown", file=name)
    raise AuthorError("look_archive", file=name, members=listed(entries))


def _is_dump(head: bytes, name: str) -> bool:
    return name.lower().endswith(".sql") or b"SQL dump" in head[:200] or b"SQL database dump" in head[:200]


def _is_json(path: Path, head: bytes) -> bool:
    """A text may begin with a bracket too; one that is called JSON is JSON, well or badly written."""
    return path.suffix.lower() in (".json", ".geojson") or b'":' in head or b'" :' in head or b"[[" in head[:16]


def _records(path: Path, kind: Kind, workspace: Path, name: str) -> SeenTable:
    from schemas.contracts import JsonLayout

    from .records import read_geojson, read_json

    if kind == "geojson":
        return _seen(read_geojson(path, (), workspace, name), "1")
    layout = JsonLayout(kind="json", records=_list_of_records(path))
    return _seen(read_json(path, layout, (), workspace, name), layout.records or "1")


def _list_of_records(path: Path) -> str | None:
    """The dotted path of the longest list of objects; None for the document itself, also where it is no JSON."""
    found = lists_of_records(path)
    return max(found, key=lambda steps: found[steps], default="") or None


def lists_of_records(path: Path) -> dict[str, int]:
    """The dotted path of every list of objects in a document, and its length; nothing where it is no JSON."""
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return {}
    return {".".join(steps): length for steps, length in _lists(document, ())}


def _lists(document: Any, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(document, list) and document and all(isinstance(item, dict) for item in document):
        yield steps, len(document)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from _lists(value, (*steps, key))


def _seen(table: RawTable, place: str) -> SeenTable:
    """A table that a reader found without a contract; which rows it left out, it only counts."""
    above = table.skipped.get("preamble", 0)
    notes = tuple(
        Note("left_out", {"count": count, "reason": reason}) for reason, count in table.skipped.items() if count
    )
    return SeenTable(
        place=place,
        hidden=False,
        header_first=above + 1,
        header_height=table.header_rows,
        columns=table.columns,
        rows=table.rows or 0,
        skipped=(),
        notes=notes,
        names=table.columns,
        at_rest=table.files[0],
    )
