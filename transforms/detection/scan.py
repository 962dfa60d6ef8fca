"""Public table -> findings: every text and number column, over all rows, before anything is published.

DuckDB passes once over each column and hands on the distinct cells that may hold something; each is judged by
itself and forgotten. The bytes are never changed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from schemas.contracts import ContractField
from schemas.contracts.clearance import Kind
from schemas.findings import Finding
from schemas.tables import STORED_TYPES, PublicTable, database, repeating

from .columns import tallies_of_numbers, tallies_of_texts
from .tally import TELLING, is_telling, of_numbers, of_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_READS = {"VARCHAR": of_text, "BIGINT": of_numbers, "DOUBLE": of_numbers}


def scan(public: PublicTable) -> tuple[Finding, ...]:
    """What was found in each field, with counts of rows; nothing where nothing was found.

    On one thread: other searches of the same table run beside it, and DuckDB needs less of a processor so.
    """
    fields = [field for field in public.dataset.public_fields if STORED_TYPES[field.type] in _READS]
    texts = [field.name for field in fields if STORED_TYPES[field.type] == "VARCHAR"]
    with database(public.path, threads=1) as connection:
        repeated = repeating(connection, public.path, texts)
        return tuple(finding for field in fields for finding in _of_field(connection, public, field, repeated))


def _of_field(
    connection: "DuckDBPyConnection", public: PublicTable, field: ContractField, repeated: frozenset[str]
) -> Iterator[Finding]:
    stored = STORED_TYPES[field.type]
    telling = [kind for kind in TELLING if is_telling(field, kind)]
    if stored == "VARCHAR":
        tallies = tallies_of_texts(connection, public.path, field.name, repeated)
    else:
        tallies = tallies_of_numbers(connection, public.path, field.name)
    for tally in tallies:
        meant = _READS[stored](tally, telling)
        if meant:
            yield _finding(public, field.name, tally.kind, *meant)


def _finding(public: PublicTable, field: str, kind: Kind, severity: str, rows: int) -> Finding:
    return Finding.model_validate(
        {
            "code": f"detected_{kind}:{field}",
            "rule": f"detected_{kind}",
            "fields": (field,),
            "severity": severity,
            "outcome": "failed",
            "checked": public.rows,
            "failing": rows,
            "actor": "ppid",
        }
    )
