"""What a table of text holds, in counts. Of its values, only those of a short list are handed on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import ContractField
from schemas.tables import literal, quoted, read_parquet
from transforms.casting.cells import trimmed
from transforms.casting.evidence import cells_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARKS = (
    "-",
    "--",
    "---",
    "\u2013",  # dashes, as word processors put them for a hyphen
    "\u2014",
    "n/a",
    "N/A",
    "n.a.",
    "#N/A",
    "NA",
    "tad",
    "TAD",
    "t.a.d",
    "...",
    "…",
    "null",
    "NULL",
    "nan",
    "NaN",
)
"""What offices write where there is nothing: a cell that is nothing else means empty."""
FEW = 12
"""More distinct values than this are no closed list that a person can look over."""
SAMPLE_ROWS = 20_000
"""Types are tried on so many rows; what later rows hold against them, the first staging tells."""


PLAIN = ContractField.model_validate({"name": "x", "title": "x", "type": "string"})
"""A text as it is."""


@dataclass(frozen=True, slots=True)
class Table:
    """The text of a table at rest, as its columns stand in the source; `missing` are its marks for nothing."""

    connection: "DuckDBPyConnection"
    path: Path
    columns: tuple[str, ...]
    timezone: str
    missing: tuple[str, ...] = ("",)

    def asked(self, query: str) -> tuple[int, ...]:
        """The one row of counts that a query gives."""
        row: tuple[int, ...] = self.connection.execute(query).fetchall()[0]
        return row

    @property
    def relation(self) -> str:
        return read_parquet(self.path)

    @property
    def sample(self) -> str:
        return f"(SELECT * FROM {self.relation} LIMIT {SAMPLE_ROWS})"

    @property
    def rows(self) -> int:
        return self.asked(f"SELECT count(*) FROM {self.relation}")[0]

    def cell(self, column: str, field: ContractField) -> str:
        """The SQL of a trimmed cell, as staging sees it for this field."""
        return trimmed(column, field, self.missing)

    def text(self, column: str) -> str:
        """The SQL of a trimmed cell as a text."""
        return self.cell(column, PLAIN)


@dataclass(frozen=True, slots=True)
class Facts:
    """One column: rows, cells that hold something, distinct ones, the longest, and the values where they are few."""

    rows: int
    filled: int
    distinct: int
    longest: int
    few: tuple[str, ...]


def facts(table: Table, column: str) -> Facts:
    """The facts of a column over all its rows."""
    cells = cells_of(table.relation, {"cell": table.text(column)})
    counts = f"SELECT count(*), count(cell), count(DISTINCT cell), max(length(cell)) FROM {cells}"
    rows, filled, distinct, longest = table.asked(counts)
    return Facts(rows, filled, distinct, longest or 0, _few(table, cells) if 0 < distinct <= FEW else ())


def _few(table: Table, cells: str) -> tuple[str, ...]:
    query = f"SELECT cell FROM {cells} WHERE cell IS NOT NULL GROUP BY 1 ORDER BY 1"
    return tuple(str(value) for (value,) in table.connection.execute(query).fetchall())


NOUGHTS = ("8888", "9999", "-999", "-9999")
"""Numbers that programs write where they measured nothing: BMKG's 8888 and 9999 among others."""
FAR = 10
"""A number counts as such a mark where no other cell comes within a tenth of it."""


def seeming_noughts(table: Table, column: str) -> dict[str, int]:
    """Those of `NOUGHTS` that stand in a column far from all its other numbers, and how often."""
    cell = f"try_cast(replace({table.text(column)}, ',', '.') AS DOUBLE)"
    counts = ", ".join(f"count(*) FILTER ({cell} = {one})" for one in NOUGHTS)
    largest = f"max(abs({cell})) FILTER ({cell} NOT IN ({', '.join(NOUGHTS)}))"
    *found, most = table.asked(f"SELECT {counts}, {largest} FROM {table.relation}")
    return {
        one: count
        for one, count in zip(NOUGHTS, found, strict=True)
        if count and most is not None and most * FAR < abs(int(one))
    }


def missing_marks(table: Table) -> tuple[str, ...]:
    """The empty text, and those of `MARKS` that stand alone in a cell of the table."""
    listed = ", ".join(map(literal, MARKS))
    found: set[str] = set()
    for column in table.columns:
        query = (
            f"SELECT DISTINCT trim({quoted(column)}) FROM {table.relation} WHERE trim({quoted(column)}) IN ({listed})"
        )
        found.update(str(value) for (value,) in table.connection.execute(query).fetchall())
    return ("", *(mark for mark in MARKS if mark in found))


def distinct_rows(table: Table, columns: Iterable[str]) -> int:
    """How many different combinations these columns have; a row that lacks one of them counts as none."""
    cells = [table.text(column) for column in columns]
    whole = " AND ".join(f"{cell} IS NOT NULL" for cell in cells)
    query = f"SELECT DISTINCT {', '.join(f'{cell} AS c{at}' for at, cell in enumerate(cells))} FROM {table.relation}"
    return table.asked(f"SELECT count(*) FROM ({query} WHERE {whole})")[0]
