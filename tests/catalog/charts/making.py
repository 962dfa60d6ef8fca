"""Public tables made of plain Python rows, for charts and maps to be worked out of."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.contracts import Dataset
from schemas.tables import PublicTable, quoted, stored_schema

Rows = Sequence[Mapping[str, Any]]


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "title": name.replace("_", " ").capitalize(), "type": kind, "access": "open", **more}


def dataset(*fields: dict[str, Any], **more: Any) -> Dataset:
    stated: dict[str, Any] = {
        "id": "data-uji",
        "department": "dishub",
        "title": "Data uji",
        "description": "Data yang dibuat untuk uji.",
        "license": "CC-BY-4.0",
        "origin": "sample",
        "fields": list(fields),
    }
    return Dataset.model_validate(stated | more)


def table(folder: Path, of: Dataset, rows: Rows) -> PublicTable:
    """The rows as a public table below `folder`; a key that a row lacks is a missing value."""
    path = folder / "umum.parquet"
    schema = stored_schema(of.public_fields)
    with duckdb.connect() as connection:
        columns = ", ".join(f"{quoted(name)} {kind}" for name, kind in schema)
        connection.execute(f"CREATE TABLE rows ({columns})")
        if rows:
            connection.register("given", pa.table({name: [row.get(name) for row in rows] for name, _ in schema}))
            connection.execute("INSERT INTO rows SELECT * FROM given")
        connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")
    return PublicTable(path, of, len(rows))
