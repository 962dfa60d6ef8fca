"""The tables that are seen in a file -> the one that a draft is made from, as a contract's source states it.

Sees what `palu look` sees. What it cannot choose it does not choose: then a person says which table is meant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas.contracts import CsvLayout, GeoJsonLayout, JsonLayout, Layout, SpreadsheetLayout
from schemas.errors import AuthorError, SupplierError
from schemas.tables import database, literal, quoted, read_parquet
from transforms.reading.columns import HIDDEN, folded, shown
from transforms.reading.glance import Kind, SeenTable, kind_of, lists_of_records
from transforms.reading.rows import TOTAL_WORDS, first_text
from transforms.reading.table import ROW_COLUMN

from .naming import unit_of

TOGETHER = "*"
"""The place of all sheets as one table."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A table: how a contract's source states it, how full each column is, what stands under the headers.

    `place` is its own, `titles` are the rows inside it that title what follows, `sheets` those that are read together,
    and `others` the places of the file's other tables.
    """

    place: str
    layout: Layout
    shares: dict[str, float]
    units: dict[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def chosen(seen: Sequence[SeenTable], path: Path, name: str, place: str | None) -> Chosen:
    """The table at `place`, or the one that is plainly meant.

    SupplierError: `file_empty`, `new_sheet` where several may be meant, `records_many`, `header_of_data` and
    `columns_nameless`; AuthorError `table_unknown`.
    """
    kind = kind_of(path, name)
    tables = [table for table in seen if not table.hidden and table.rows]
    if not tables:
        raise SupplierError("file_empty", file=name)
    if kind == "json" and len(lists := lists_of_records(path)) > 1:
        raise SupplierError("records_many", file=name, count=len(lists))
    found = _meant(tables, place, name)
    for table in found:
        _refuse_headless(table, name)
    sheets = tuple(str(table.sheet) for table in found) if len(found) > 1 else ()
    return Chosen(
        place=found[0].place,
        layout=_layout(kind, found, tables),
        shares=_shares(found),
        units=_units(found),
        titles=tuple(first_text(row.cells) for table in found for row in table.skipped if row.reason == "section"),
        sheets=sheets,
        others=_others(tables, found),
    )


def _meant(tables: Sequence[SeenTable], place: str | None, name: str) -> list[SeenTable]:
    firsts = _firsts(tables)
    are_alike = len(firsts) > 1 and len({_headers(table) for table in firsts}) == 1
    if place == TOGETHER and are_alike:
        return firsts
    if place is not None:
        found = [table for table in tables if place in (table.place, table.sheet)]
        if not found:
            places = ", ".join(shown(table.place) for table in tables)
            raise AuthorError("table_unknown", file=name, table=place, tables=places)
        return found[:1]
    if are_alike:
        return firsts
    if len(firsts) > 1:
        raise SupplierError("new_sheet", file=name, sheets=", ".join(shown(table.place) for table in tables))
    return [max(tables, key=lambda table: table.rows)]


def _firsts(tables: Sequence[SeenTable]) -> list[SeenTable]:
    """The first table of each sheet."""
    return list({table.sheet: table for table in reversed(tables)}.values())[::-1]


def _headers(table: SeenTable) -> frozenset[str]:
    return frozenset(folded(column) for column in table.columns if column)


def _others(tables: Sequence[SeenTable], found: Sequence[SeenTable]) -> tuple[str, ...]:
    """The places of what else might be meant."""
    firsts = _firsts(tables)
    if len(found) > 1:
        return tuple(table.place for table in tables)
    together = (TOGETHER,) if len(firsts) > 1 and len({_headers(table) for table in firsts}) == 1 else ()
    taken = {id(table) for table in found}
    alike = _headers(found[0])
    return (
        *together,
        *(
            one.place
            for one in tables
            if id(one) not in taken and (one.sheet != found[0].sheet or _headers(one) != alike)
        ),
    )


def _refuse_headless(table: SeenTable, name: str) -> None:
    """No cell may become a name in a contract, and no column may go without one."""
    doubtful = [at for at, column in enumerate(table.columns, start=1) if column and shown(column) == HIDDEN]
    if not any(table.columns):
        doubtful = list(range(1, len(table.columns) + 1))
    if doubtful:
        raise SupplierError("header_of_data", file=name, positions=", ".join(map(str, doubtful)))
    nameless = [at for at, column in enumerate(table.columns, start=1) if not column]
    rested = pq.read_table(table.at_rest, columns=[table.names[at - 1] for at in nameless])
    held = [at for at, column in zip(nameless, rested.columns, strict=True) if pc.count(column).as_py()]
    if held:
        raise SupplierError("columns_nameless", file=name, positions=", ".join(map(str, held)))


def _layout(kind: Kind, found: Sequence[SeenTable], tables: Sequence[SeenTable]) -> Layout:
    table = found[0]
    if kind == "geojson":
        return GeoJsonLayout(kind="geojson")
    if kind == "json":
        return JsonLayout(kind="json", records=None if table.place == "1" else table.place)
    if len(found) > 1:
        return SpreadsheetLayout(kind="spreadsheet", sheets=TOGETHER)
    bounds = _bounds(table, [one for one in tables if one.sheet == table.sheet])
    if kind == "csv":
        return CsvLayout.model_validate({"kind": "csv", **bounds})
    return SpreadsheetLayout.model_validate({"kind": "spreadsheet", "sheet": table.sheet, **bounds})


def _bounds(table: SeenTable, beside: Sequence[SeenTable]) -> dict[str, Any]:
    """Where the table begins and ends, where others stand above and below it; one with its headers goes on with it."""
    above = any(one.header_first < table.header_first for one in beside)
    below = [one for one in beside if one.header_first > table.header_first and _headers(one) != _headers(table)]
    header = {"header": table.header_first} if above else {}
    return {**header, **(_end(table, below[0]) if below else {})}


def _end(table: SeenTable, following: SeenTable) -> dict[str, Any]:
    """What ends the table: the title above the next one, else its header; row numbers where data begin so too."""
    column = quoted(ROW_COLUMN)
    first = ", ".join(map(quoted, table.names))
    with database(table.at_rest.parent, table.at_rest) as connection:
        rows = connection.execute(f"SELECT {column}, coalesce({first}) FROM {read_parquet(table.at_rest)}").fetchall()
    last = max(number for number, _ in rows)
    inside = [str(text).strip().casefold() for _, text in rows]
    inside += [first_text(row.cells).casefold() for row in table.skipped if table.header_first < row.number < last]
    between = [row for row in (*table.skipped, *following.skipped) if last < row.number < following.header_first]
    lines = sorted((row.number, first_text(row.cells)) for row in between)
    texts = [*(text for _, text in lines), first_text(following.columns)]
    for text in texts:
        if text and shown(text) != HIDDEN and not any(one.startswith(text.casefold()) for one in inside):
            return {"stop": text}
    return {"skip": [f"{last + 1}-9999999"]}


def _shares(found: Iterable[SeenTable]) -> dict[str, float]:
    """How full each column is, by its header, among the rows that are no sums."""
    rows, filled = 0, dict[str, int]()
    for table in found:
        named = [(column, name) for column, name in zip(table.columns, table.names, strict=True) if column]
        first = f"coalesce({', '.join(quoted(name) for name in table.names)}, '')"
        sums = f"regexp_matches(trim({first}), {literal(f'(?i)^{TOTAL_WORDS}')})"
        counts = ", ".join(f"count({quoted(name)})" for _, name in named)
        with database(table.at_rest.parent, table.at_rest) as connection:
            query = f"SELECT count(*), {counts} FROM {read_parquet(table.at_rest)} WHERE NOT {sums}"
            total, *counted = connection.execute(query).fetchall()[0]
        rows += total
        for (column, _), count in zip(named, counted, strict=True):
            filled[column] = filled.get(column, 0) + count
    return {column: count / rows if rows else 0.0 for column, count in filled.items()}


def _units(found: Sequence[SeenTable]) -> dict[str, str]:
    """What the row of units under the headers says, by header."""
    table = found[0]
    row = next((row for row in table.skipped if row.reason == "units"), None)
    pairs = zip(table.columns, row.cells if row else (), strict=False)
    return {column: unit for column, cell in pairs if column and (unit := unit_of(cell))}
