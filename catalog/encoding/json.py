"""The public table as JSON: a list of records by field name; a missing value is null, a date ISO 8601 text."""

from pathlib import Path

from schemas.tables import PublicTable, database, literal, read_parquet

MOST_ROWS = 200_000
"""A program must hold the whole list at once: above, CSV is read line by line and Parquet column by column."""


def fits(table: PublicTable) -> bool:
    """Whether the table can be a JSON file."""
    return table.rows <= MOST_ROWS


def write(table: PublicTable, into: Path) -> None:
    """Write every row of `table` to `into`, in its order."""
    with database(into.parent, table.path) as connection:
        connection.execute(f"COPY (FROM {read_parquet(table.path)}) TO {literal(into)} (FORMAT json, ARRAY true)")
