"""The public table's statistics, counted: one pass over all columns, and one over those that hold few values.

On one thread: the mean of fractions depends on the order in which they are added (law 4).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from catalog.statistics import FieldStatistics, Frequent, Statistics
from schemas.contracts import ContractField, FieldType
from schemas.tables import PublicTable, database, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_COUNTED = 1_000_000
"""Rows up to which different values and the median are counted exactly: they keep every value in memory."""
FEW_VALUES, MOST_SHOWN = 1_000, 10
MEASURED: frozenset[FieldType] = frozenset({"integer", "number"})
"""What has a mean: a year is a number that nobody adds up."""
NAMED: frozenset[FieldType] = frozenset({"string", "boolean", "yearmonth"})
"""What has frequent values."""
UNORDERED: frozenset[FieldType] = frozenset({"string", "boolean", "geojson"})
LONGEST_VALUE = 200
"""Letters: a column of longer texts is prose, and nobody counts sentences."""

Aggregates = Mapping[str, str]


def of(table: PublicTable) -> Statistics:
    """The statistics of every public field."""
    fields = table.dataset.public_fields
    with database(table.path, threads=1) as connection:
        counted = _counted(connection, table)
        few = [field for field in fields if field.type in NAMED and _are_few(counted[field.name], table.rows)]
        values = {field.name: _values(connection, table, field.name) for field in few}
    told = tuple(_told(one, values.get(name)) for name, one in counted.items())
    return Statistics(rows=table.rows, fields=told)


def _counted(connection: "DuckDBPyConnection", table: PublicTable) -> dict[str, FieldStatistics]:
    asked = [(field, _aggregates(field, table.rows)) for field in table.dataset.public_fields]
    listed = ", ".join(sql for _, aggregates in asked for sql in aggregates.values())
    found = iter(connection.execute(f"SELECT {listed} FROM {read_parquet(table.path)}").fetchall()[0])
    return {
        field.name: FieldStatistics(
            name=field.name,
            is_estimate="distinct" in aggregates and table.rows > MOST_COUNTED,
            **{name: next(found) for name in aggregates},
        )
        for field, aggregates in asked
    }


def _aggregates(field: ContractField, rows: int) -> Aggregates:
    """The SQL of each statistic that a field has. An empty text is a missing value, as it is in the CSV."""
    column, is_small = quoted(field.name), rows <= MOST_COUNTED
    stated = f"nullif({column}, '')" if field.type in ("string", "yearmonth", "geojson") else column
    asked = {"missing": f"count(*) - count({stated})"}
    if field.type != "geojson":
        asked["distinct"] = (
            f"count(DISTINCT {stated})" if is_small else f"least(approx_count_distinct({stated}), count({stated}))"
        )
    if field.type not in UNORDERED:
        as_told = "{}" if field.type in MEASURED or field.type == "year" else "{}::VARCHAR"
        asked |= {f"{end}imum": as_told.format(f"{end}({stated})") for end in ("min", "max")}
    if field.type in MEASURED:
        asked["mean"] = f"avg({column})"
        asked |= {"median": f"median({column})::DOUBLE"} if is_small else {}
    return asked


def _are_few(field: FieldStatistics, rows: int) -> bool:
    return field.distinct is not None and 0 < field.distinct <= FEW_VALUES and field.distinct < rows - field.missing


def _values(connection: "DuckDBPyConnection", table: PublicTable, name: str) -> list[tuple[str, int]]:
    """The different values and their rows, the most frequent first; none where they are prose."""
    text = f"{quoted(name)}::VARCHAR"
    counted = f"SELECT {text} AS value, count(*) AS rows FROM {read_parquet(table.path)} GROUP BY 1"
    return connection.execute(
        f"SELECT value, rows FROM ({counted}) WHERE value <> '' "
        f"AND (SELECT max(length(value)) FROM ({counted})) <= {LONGEST_VALUE} ORDER BY rows DESC, value"
    ).fetchall()


def _told(field: FieldStatistics, values: list[tuple[str, int]] | None) -> FieldStatistics:
    """With its values, where there are few: then they were counted one by one."""
    if not values:
        return field
    shown = tuple(Frequent(value=value, rows=rows) for value, rows in values[:MOST_SHOWN])
    return field.model_copy(update={"distinct": len(values), "is_estimate": False, "most_frequent": shown})
