"""The columns of a Parquet file as cells to search: texts with every entry of its dictionary pages, numbers as text."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog.letters import SHORTEST
from catalog.searching import Cells, Part
from schemas.contracts import Dataset
from schemas.tables import STORED_TYPES, database, quoted, read_parquet, repeating

TEN_MILLION = 10_000_000
CELLS = 8192


def text_columns(parquet: Path) -> list[Part]:
    """The text columns of a Parquet file; of one that repeats itself, each text once.

    Columns that the file keeps as dictionaries come as their entries: those that no row points to among them.
    """
    metadata = pq.read_metadata(parquet)
    names = [field.name for field in metadata.schema.to_arrow_schema() if _is_text(field.type)]
    listed = [_dictionaries(metadata, group) for group in range(metadata.num_row_groups)]
    with database(parquet) as connection:
        unlisted = [name for name in names if not all(name in group for group in listed)]
        few = repeating(connection, parquet, unlisted)
    others = {name: name for name in names if name not in few}
    counted = [partial(_counted, parquet, name, quoted(name), 1) for name in sorted(few)]
    beside = [partial(unused_entries, parquet, metadata, few, group) for group, kept in enumerate(listed) if kept & few]
    return [*text_parts(parquet, others), *counted, *beside]


def text_parts(parquet: Path, columns: Mapping[str, str]) -> list[Part]:
    """These text columns of a Parquet file by the names they go by, a row group at a time."""
    metadata = pq.read_metadata(parquet)
    groups = range(metadata.num_row_groups) if columns else ()
    return [partial(_row_group, parquet, metadata, columns, group) for group in groups]


def _dictionaries(metadata: pq.FileMetaData, group: int) -> set[str]:
    """The columns of which a row group keeps a dictionary."""
    kept = map(metadata.row_group(group).column, range(metadata.num_columns))
    return {column.path_in_schema for column in kept if column.has_dictionary_page}


def _is_text(kind: pa.DataType) -> bool:
    """A file that Arrow wrote may say of a text column that it was a dictionary."""
    entries = kind.value_type if isinstance(kind, pa.DictionaryType) else kind
    return pa.types.is_string(entries) or pa.types.is_large_string(entries)


def _row_group(parquet: Path, metadata: pq.FileMetaData, columns: Mapping[str, str], group: int) -> Iterator[Cells]:
    table = _read(parquet, metadata, columns.values(), group)
    for name, column in columns.items():
        for chunk in table.column(column).chunks:
            yield from _cells(name, chunk)


def _read(parquet: Path, metadata: pq.FileMetaData, columns: Iterable[str], group: int) -> pa.Table:
    """Dictionaries as such. Arrow refuses to read one where the row group keeps none."""
    repeated = sorted(_dictionaries(metadata, group).intersection(columns))
    file = pq.ParquetFile(parquet, metadata=metadata, read_dictionary=repeated)
    return file.read_row_group(group, columns=list(columns), use_threads=False)


def unused_entries(parquet: Path, metadata: pq.FileMetaData, columns: Iterable[str], group: int) -> Iterator[Cells]:
    """The entries of dictionaries to which no row points."""
    for name in _dictionaries(metadata, group).intersection(columns):
        for chunk in _read(parquet, metadata, [name], group).column(name).chunks:
            [cells] = _cells(name, chunk)
            unused = np.setdiff1d(np.arange(len(cells.texts)), np.array(cells.codes))
            yield Cells(name, cells.texts.take(pa.array(unused)))


def _cells(name: str, chunk: "pa.Array[Any]") -> Iterator[Cells]:
    """Some cells at a time: what fits into a processor's cache is searched three times as fast."""
    if isinstance(chunk, pa.DictionaryArray):
        codes = chunk.indices.drop_null().to_numpy(zero_copy_only=False)
        yield Cells(name, chunk.dictionary, codes)
        return
    for start in range(0, len(chunk), CELLS):
        yield Cells(name, chunk.slice(start, CELLS))


def wide_numbers(parquet: Path, dataset: Dataset) -> list[Part]:
    """The number columns that can hold eight digits: their distinct values as text."""
    fields = [field.name for field in dataset.public_fields if STORED_TYPES[field.type] in ("BIGINT", "DOUBLE")]
    return [partial(_numbers, parquet, name) for name in fields if _is_wide(parquet, name)]


def _is_wide(parquet: Path, name: str) -> bool:
    """Whether a number column can hold eight digits, by the bounds that the file states of its row groups."""
    metadata = pq.read_metadata(parquet)
    place = metadata.schema.to_arrow_schema().get_field_index(name)
    for group in range(metadata.num_row_groups):
        column = metadata.row_group(group).column(place)
        bounds = column.statistics
        if column.physical_type != "INT64" or bounds is None or not bounds.has_min_max:
            return True
        low, high = bounds.min, bounds.max
        if low is None or high is None or max(abs(low), abs(high)) >= TEN_MILLION:
            return True
    return False


def _numbers(parquet: Path, name: str) -> Iterator[Cells]:
    number = quoted(name)
    whole = f"CASE WHEN {number} = trunc({number}) AND abs({number}) < 1e18 THEN {number}::BIGINT::VARCHAR "
    yield from _counted(parquet, name, f"{whole} ELSE {number}::VARCHAR END", SHORTEST)


def _counted(parquet: Path, name: str, text: str, shortest: int) -> Iterator[Cells]:
    """The distinct cells of a column, as the SQL of `text` writes them, with the rows that hold each."""
    column = quoted(name)
    with database(parquet) as connection:
        found = connection.sql(
            f"SELECT {text} AS text, rows FROM "
            f"(SELECT {column}, count(*) AS rows FROM {read_parquet(parquet)} WHERE {column} IS NOT NULL GROUP BY 1) "
            f"WHERE length(text) >= {shortest}"
        ).to_arrow_table()
    texts, rows = (found.column(column).combine_chunks() for column in ("text", "rows"))
    yield Cells(name, texts, np.repeat(np.arange(len(texts)), rows.to_numpy()))
