"""The public table as CSV (RFC 4180): UTF-8, a header of field names, an empty cell for a missing value."""

from pathlib import Path

from schemas.tables import PublicTable, database, literal, read_parquet


def write(table: PublicTable, into: Path) -> None:
    """Write every row of `table` to `into`, in its order.

    On one thread: two would gather the rows to keep them in order, a quarter more work, and something else runs
    beside (`flows/publish.written_ahead`).
    """
    with database(into.parent, table.path, threads=1) as connection:
        connection.execute(f"COPY (FROM {read_parquet(table.path)}) TO {literal(into)} (FORMAT csv, HEADER)")
