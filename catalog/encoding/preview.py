"""The first rows as JSON text, so that a page can show them without opening the data files."""

import json

from schemas.tables import PublicTable, database, quoted, read_parquet

ROWS = 10


def document(table: PublicTable) -> bytes:
    """`{"fields": [...], "rows": [[text or null]]}` of the first rows."""
    names = [field.name for field in table.dataset.public_fields]
    texts = ", ".join(f"{quoted(name)}::VARCHAR" for name in names)
    with database(table.path) as connection:
        rows = connection.execute(f"SELECT {texts} FROM {read_parquet(table.path)} LIMIT {ROWS}").fetchall()
    return json.dumps({"fields": names, "rows": rows}, ensure_ascii=False, indent=1).encode() + b"\n"
