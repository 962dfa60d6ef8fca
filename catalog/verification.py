"""Published bytes against what is claimed of them: hashes and sizes against the manifest, CSV against Parquet.

Reads files below a folder; knows nothing of how they were made.
"""

import hashlib
from pathlib import Path

from catalog import layout
from catalog.manifest import Distribution, Format, Manifest
from schemas.contracts import Dataset
from schemas.errors import ProgrammerError
from schemas.tables import database, file_literal, literal, quoted, read_parquet, stored_schema


def measured(file: Path, format_: Format) -> Distribution:
    """A file's size and SHA-256, as a manifest states them."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Distribution(path=file.name, format=format_, bytes=file.stat().st_size, sha256=digest)


def differing_files(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """The names of the files that are missing, or are not what the manifest says."""
    return tuple(file.path for file in manifest.files if not _as_stated(folder / file.path, file))


def _as_stated(path: Path, stated: Distribution) -> bool:
    return path.is_file() and measured(path, stated.format) == stated


def prove_same_rows(folder: Path, dataset: Dataset, rows: int) -> None:
    """Read CSV and Parquet back and compare them; ProgrammerError where they are not the same rows.

    Each row of text is hashed; count and sum of the hashes must agree, so no row can be lost, doubled or changed.
    """
    parquet = folder / layout.data_file(dataset.id, "parquet")
    csv = folder / layout.data_file(dataset.id, "csv")
    names = [quoted(field.name) for field in dataset.public_fields]
    with database(folder) as connection:
        found = connection.execute(f"DESCRIBE SELECT * FROM {read_parquet(parquet)}").fetchall()
        if [(name, kind) for name, kind, *_ in found] != stored_schema(dataset.public_fields):
            raise ProgrammerError("schema_differs", dataset=dataset.id)
        sums = [
            connection.execute(f"SELECT count(*), sum(hash({_texts(names, cast)})) FROM {relation}").fetchall()[0]
            for relation, cast in ((read_parquet(parquet), "::VARCHAR"), (_csv(csv, dataset), ""))
        ]
    if sums[0] != sums[1] or sums[0][0] != rows:
        raise ProgrammerError("rows_differ", dataset=dataset.id)


def _texts(names: list[str], cast: str) -> str:
    return ", ".join(f"coalesce({name}{cast}, '')" for name in names)


def _csv(path: Path, dataset: Dataset) -> str:
    columns = ", ".join(f"{literal(field.name)}: 'VARCHAR'" for field in dataset.public_fields)
    return (
        f"read_csv({file_literal(path)}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{columns}}})"
    )
