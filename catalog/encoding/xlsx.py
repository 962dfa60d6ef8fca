"""The public table as an Excel workbook: a sheet of the rows, and one that says what they are.

Texts stay texts, so codes keep their zeros and nothing runs as a formula. What Excel cannot hold as itself is written
as text, a whole column at a time: whole numbers beyond fifteen digits, days before March 1900 (Excel believes in a
29 February of that year), moments finer than a second.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from catalog.encoding import workbook
from catalog.encoding.workbook import LONGEST_TEXT, MOST_COLUMNS, Column, Sheet, Style
from schemas.contracts import City, ContractField, Dataset
from schemas.errors import ProgrammerError
from schemas.tables import STORED_TYPES, PublicTable, database, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_SHEET, ROWS_PART = "Data", workbook.sheet_part(1)
MOST_ROWS = 200_000
"""Excel takes 1,048,576. With 200,000 of eleven columns a phone's spreadsheet program is at its end, and who works
with more is better served by CSV or Parquet."""
BATCH_ROWS = 10_000
NARROWEST, WIDEST = 10, 50

_AS_ITSELF: dict[str, tuple[Style, str, str]] = {
    "BIGINT": ("whole", "{0}", "{0} BETWEEN -999999999999999 AND 999999999999999"),
    "DOUBLE": ("plain", "{0}", "isfinite({0})"),
    "BOOLEAN": ("truth", "{0}", "true"),
    "DATE": ("date", "({0} - DATE '1899-12-30')", "{0} BETWEEN DATE '1900-03-01' AND DATE '9999-12-31'"),
    "TIMESTAMP": (
        "moment",
        "epoch({0}) / 86400 + 25569",
        "{0} BETWEEN TIMESTAMP '1900-03-01' AND TIMESTAMP '9999-12-31 23:59:59' AND {0} = date_trunc('second', {0})",
    ),
    "TIME": ("clock", "epoch({0}) / 86400", "{0} < TIME '24:00:00' AND epoch({0}) = floor(epoch({0}))"),
}
"""By stored type: the style of its cells, their number as SQL, and what every value must fulfil for that."""


def fits(table: PublicTable) -> bool:
    """Whether the table can be an Excel file: by rows, columns, its longest text, and marks that XML cannot spell."""
    fields = table.dataset.public_fields
    if table.rows > MOST_ROWS or len(fields) > MOST_COLUMNS:
        return False
    texts = [quoted(field.name) for field in fields if STORED_TYPES[field.type] == "VARCHAR"]
    cannot = [
        f"strlen({text}) > {LONGEST_TEXT} OR regexp_matches({text}, '[\\x{{FFFE}}\\x{{FFFF}}]')" for text in texts
    ]
    with database(table.path) as connection:
        query = f"SELECT bool_or({' OR '.join(cannot) or 'false'}) FROM {read_parquet(table.path)}"
        return not connection.execute(query).fetchall()[0][0]


def write(table: PublicTable, into: Path, city: City, day: date) -> None:
    """Write every row of `table` to `into`, in its order. `day` is what the workbook says of its creation."""
    from catalog.encoding.guide import guide

    dataset, fields = table.dataset, table.dataset.public_fields
    with database(into.parent, table.path) as connection:
        kinds = _styles(connection, table)
        query = ", ".join(f"{sql} AS {quoted(field.name)}" for field, (_, sql) in zip(fields, kinds, strict=True))
        batches = connection.sql(f"SELECT {query} FROM {read_parquet(table.path)}").to_arrow_reader(BATCH_ROWS)
        columns = tuple(Column(_width(field), style) for field, (style, _) in zip(fields, kinds, strict=True))
        rows = Sheet(ROWS_SHEET, columns, _rows(dataset, columns, batches), table.rows + 1, has_head=True)
        guided = guide(dataset, city, day, table.rows, _turned(fields, columns))
        workbook.write(into, (rows, guided), dataset.title.id, city.publisher, day)


def _turned(fields: Sequence[ContractField], columns: Sequence[Column]) -> tuple[str, ...]:
    """The fields that are no texts, and stand there as texts."""
    return tuple(
        field.name
        for field, column in zip(fields, columns, strict=True)
        if column.style == "text" and STORED_TYPES[field.type] != "VARCHAR"
    )


def _styles(connection: "DuckDBPyConnection", table: PublicTable) -> list[tuple[Style, str]]:
    """Of every field the style of its cells, and their value as SQL."""
    names = [(quoted(field.name), STORED_TYPES[field.type]) for field in table.dataset.public_fields]
    asked = [f"bool_and({_AS_ITSELF[kind][2].format(name)})" if kind in _AS_ITSELF else "false" for name, kind in names]
    found = connection.execute(f"SELECT {', '.join(asked)} FROM {read_parquet(table.path)}").fetchall()[0]
    as_text: tuple[Style, str] = ("text", "{0}::VARCHAR")
    chosen = (
        _AS_ITSELF[kind][:2] if kind in _AS_ITSELF and every is not False else as_text
        for (_, kind), every in zip(names, found, strict=True)
    )
    return [(style, sql.format(name)) for (style, sql), (name, _) in zip(chosen, names, strict=True)]


def _width(field: ContractField) -> int:
    """By the header, with room for the filter's button; a text has more to say than a number."""
    least = 16 if STORED_TYPES[field.type] in ("VARCHAR", "TIMESTAMP") else NARROWEST
    return min(max(len(field.name) + 4, least), WIDEST)


def _rows(dataset: Dataset, columns: Sequence[Column], batches: Iterable[pa.RecordBatch]) -> Iterator[Sequence[str]]:
    names = [workbook.letters(number) for number, _ in enumerate(columns, 1)]
    yield workbook.text_row(1, "head", [field.name for field in dataset.public_fields])
    row = 2
    for batch in batches:
        cells = [
            workbook.column_cells(letter, row, column.style, values.to_pylist())
            for letter, column, values in zip(names, columns, batch.columns, strict=True)
        ]
        for number, found in enumerate(zip(*cells, strict=True), row):
            yield found if any(found) else list(workbook.text_cells("A", number, "plain", [""]))
        row += batch.num_rows


def relation(connection: "DuckDBPyConnection", path: Path, dataset: Dataset) -> str:
    """The SQL relation of the rows' sheet as the public fields, each cell read as the contract's type.

    ProgrammerError: `rows_differ` where the sheet has other columns, or a cell of another kind than its column.
    """
    from python_calamine import CalamineError, load_workbook

    fields = dataset.public_fields
    try:
        rows = load_workbook(str(path)).get_sheet_by_name(ROWS_SHEET).iter_rows()
        header = next(rows, [])
    except CalamineError:
        raise ProgrammerError("rows_differ", dataset=dataset.id) from None
    if header != [field.name for field in fields]:
        raise ProgrammerError("rows_differ", dataset=dataset.id)
    schema = pa.schema([(field.name, pa.string()) for field in fields])
    connection.register("workbook", pa.RecordBatchReader.from_batches(schema, _read(rows, dataset, schema)))
    typed = ", ".join(f"{quoted(field.name)}::{STORED_TYPES[field.type]} AS {quoted(field.name)}" for field in fields)
    return f"(SELECT {typed} FROM workbook)"


def _read(rows: Iterator[list[Any]], dataset: Dataset, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    from itertools import islice

    kinds = [STORED_TYPES[field.type] for field in dataset.public_fields]
    while batch := list(islice(rows, BATCH_ROWS)):
        columns = zip(*batch, strict=True)
        texts = [[_text(cell, kind, dataset.id) for cell in cells] for cells, kind in zip(columns, kinds, strict=True)]
        yield pa.RecordBatch.from_arrays([pa.array(cells, pa.string()) for cells in texts], schema=schema)


def _text(cell: Any, kind: str, dataset: str) -> str | None:
    """A cell as the text that DuckDB reads its type from."""
    if isinstance(cell, str):
        return cell or None
    if kind == "VARCHAR":
        raise ProgrammerError("rows_differ", dataset=dataset)  # a code that lost its zeros, or a day that was a text
    if isinstance(cell, float) and kind == "BIGINT":
        if not cell.is_integer():
            raise ProgrammerError("rows_differ", dataset=dataset)
        return str(int(cell))
    if isinstance(cell, datetime) and kind == "DATE":
        return cell.date().isoformat()
    if isinstance(cell, date) and kind == "TIMESTAMP":
        return str(cell)
    return cell.isoformat() if isinstance(cell, date | time) else repr(cell)
