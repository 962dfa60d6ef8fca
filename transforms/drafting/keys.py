"""Which columns together name one row: the smallest set that does, a code before anything else."""

from collections.abc import Sequence
from itertools import combinations

from schemas.contracts.drafting import DraftField

from .facts import Facts, Table, distinct_rows

NO_KEY = frozenset({"number", "boolean", "geojson", "datetime", "time"})
"""Types that name nothing, however different their values happen to be."""
WIDEST, MOST_COLUMNS, LEAST_ROWS = 3, 8, 5
"""Beyond them the search takes long, and what it finds is a coincidence."""
CODES = ("kode", "id", "nomor", "no", "nik", "nip", "npsn", "nisn", "nib", "nop")


def candidate_key(table: Table, fields: Sequence[DraftField]) -> tuple[str, ...]:
    """The names of the fields that may be the primary key; none where no small set of them tells rows apart."""
    rows = table.rows
    may = sorted((one for one in fields if may_name(one)), key=_preference)[:MOST_COLUMNS]
    if rows < LEAST_ROWS:
        return ()
    for size in range(1, WIDEST + 1):
        for chosen in combinations(may, size):
            if size == 1 and chosen[0].type == "integer" and not is_code(chosen[0]):
                continue  # amounts differ by chance
            if distinct_rows(table, [one.column for one in chosen]) == rows:
                return tuple(one.name for one in chosen)
    return ()


def may_name(one: DraftField) -> bool:
    """Whether a column is full and of a kind that names things."""
    return one.required and one.type not in NO_KEY and not one.is_ambiguous


def is_code(one: DraftField) -> bool:
    """Whether a column is called a code."""
    return any(part in CODES for part in one.name.split("_"))


def is_unique(one: DraftField, seen: Facts) -> bool:
    """Whether a code has no value twice, over enough rows to mean something."""
    return is_code(one) and not one.sensitive and may_name(one) and LEAST_ROWS <= seen.rows == seen.distinct


def _preference(one: DraftField) -> tuple[int, int]:
    kinds = {"string": 0, "integer": 1, "date": 2, "year": 2, "yearmonth": 2}
    return (0 if is_code(one) and not one.sensitive else 1 + bool(one.sensitive), kinds.get(one.type, 3))
