"""What is seen in a file before there is a contract: its tables, as plain data, with their rows at rest.

Says where things stand and what was left out, and decides nothing that a contract decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SeenReason = Literal["preamble", "blank", "numbering", "footer", "other_table"]
NoteCode = Literal[
    "dialect", "no_header", "ragged", "repaired", "surplus_cells", "another_table", "hidden", "kind", "empty"
]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is not part of the table: its number in the source, from 1, why, and its cells."""

    number: int
    reason: SeenReason
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know of a table: a code of `look.note.…`, and the names of its wording."""

    code: NoteCode
    names: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One table of a file.

    `place` names it: a sheet's name, or the table's number in a file that has no names. `header_first` is the
    header's first row (from 1) and `header_height` how many rows it has, 0 where there is none; then `columns`
    are made up. `rows` counts the data rows, which rest in `at_rest`: a Parquet with `ROW_COLUMN` and
    `RAGGED_COLUMN` (BIGINT) first, then one VARCHAR a column under `names`, an empty cell NULL.
    """

    place: str
    hidden: bool
    header_first: int
    header_height: int
    columns: tuple[str, ...]
    rows: int
    skipped: tuple[SkippedRow, ...]
    notes: tuple[Note, ...]
    names: tuple[str, ...] = ()
    at_rest: Path = Path()
