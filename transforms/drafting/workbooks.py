"""Which table of a workbook a draft is made from, and how a contract says where it stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.errors import SupplierError
from schemas.tables import read_parquet
from transforms.reading import RawTable, guarded
from transforms.reading.columns import HIDDEN, shown
from transforms.reading.glance import SeenTable
from transforms.reading.rows import first_text
from transforms.reading.sheet_tables import sheet_tables

LAST_ROW = 1_048_576
"""Of any spreadsheet program."""
TELLING = range(8, 60)
"""Letters of a title that no data row begins with."""


def tables_of(path: Path, name: str, workspace: Path) -> tuple[SeenTable, ...]:
    """The tables as `palu look` sees them; errors as it raises them."""
    return guarded(lambda: sheet_tables(path, workspace, name), "spreadsheet", name)


def places(tables: Sequence[SeenTable]) -> tuple[str, ...]:
    """What the visible tables are called, for a person who chooses one."""
    return tuple(table.place for table in tables if not table.hidden)


def chosen(tables: Sequence[SeenTable], place: str | None, name: str) -> SeenTable:
    """The table at `place`, or the only visible one. SupplierError: `sheet_missing`, `new_sheet`."""
    found = [table for table in tables if table.place == place or (place is None and not table.hidden)]
    if not found:
        raise SupplierError("sheet_missing", file=name, sheet=str(place), sheets=_listed(places(tables)))
    if len(found) > 1:
        raise SupplierError("new_sheet", file=name, sheets=_listed(places(tables)))
    return found[0]


def layout_of(table: SeenTable, tables: Sequence[SeenTable]) -> dict[str, Any]:
    """The source's keys: the sheet and, where it has other tables, the rows of this one.

    What follows is told by its title, so that a table that has grown is read on; without a telling title by rows.
    """
    stated: dict[str, Any] = {"kind": "spreadsheet", "sheet": table.sheet}
    others = [one for one in tables if one.sheet == table.sheet and one is not table]
    if not others:
        return stated
    stated["header"] = table.header_first
    below = [one for one in others if one.header_first > table.header_first]
    return stated | (_end(min(below, key=lambda one: one.header_first)) if below else {})


def as_read(table: SeenTable) -> RawTable:
    """The seen rows as reading hands them on: the columns that the file names."""
    named = zip(table.columns, table.names, strict=True)
    columns = tuple(name for written, name in named if written)
    return RawTable(read_parquet(table.at_rest), (table.at_rest,), columns, table.rows, None)


def _end(following: SeenTable) -> dict[str, Any]:
    above = [row for row in following.skipped if row.reason == "preamble" and row.number < following.header_first]
    title = first_text(above[0].cells) if above else ""
    if len(title) in TELLING and shown(title) != HIDDEN:
        return {"stop": title}
    first = above[0].number if above else following.header_first
    return {"skip": [f"{first}-{LAST_ROW}"]}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(shown, names))
