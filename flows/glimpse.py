"""What a field looks like in the data, for the official who decides about it: on the terminal, and nowhere else.

The rows are read as plain text, the undecided and exempt fields among them, into a folder of this block's own in
the private zone; with the block they are gone. No report, ledger or log hears of them.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from flows import private, runs
from flows.extract import extract
from flows.settings import CONNECTIONS, Places
from flows.stage import stage
from schemas.contracts import City, Contract, ContractField, Disclosure, Language
from schemas.contracts.field import Constraints
from schemas.errors import PaluError
from schemas.messages import wording
from schemas.tables import StagedTable, database, quoted

ANY_TIMEZONE = "UTC"
EXAMPLES, SHAPES, LONGEST_SHAPE = 3, 3, 40


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A field in counts: rows, cells that hold something, distinct ones, and the commonest shapes."""

    rows: int
    filled: int
    distinct: int
    shapes: tuple[tuple[str, int], ...]


@contextmanager
def read_as_text(places: Places, city: City, contract: Contract, now: datetime) -> Iterator[StagedTable]:
    """All fields of the source as text; raises an error of ours where it cannot be read."""
    with private.workspace(places.private) as folder:
        zone = replace(places, private=folder / "zone", public=folder / "public")
        runs.prepare_zones(zone)
        if (places.private / CONNECTIONS).exists():
            shutil.copy(places.private / CONNECTIONS, zone.private / CONNECTIONS)
        with runs.beginning(zone, city, _as_text(contract), now) as work:
            try:
                table = stage(work, extract(work)).table
            except PaluError:
                raise
            except Exception as error:  # noqa: BLE001 the boundary: a library's words may hold values
                raise runs.unforeseen(error, places, contract.id) from None
            yield table


def _as_text(contract: Contract) -> Contract:
    """The contract without decisions, types and rules: each cell is what the department wrote.

    What no row may lack stays, for it tells sums and signatures from data.
    """
    fields = tuple(
        ContractField(
            name=field.name,
            column=field.columns,
            title=field.title,
            type="string",
            constraints=Constraints(required=field.constraints.required or field.name in contract.primaryKey),
            access="open",
        )
        for field in contract.fields
    )
    plain = {"fields": fields, "primaryKey": (), "rules": (), "disclosure": Disclosure(), "clearances": ()}
    return contract.model_copy(update=plain)


def glimpse(table: StagedTable, field: str) -> Glimpse:
    """How a field looks, in counts and shapes."""
    name = quoted(field)
    counts = f"SELECT count(*), count({name}), count(DISTINCT {name}) FROM {table.sound_rows}"
    shape = rf"regexp_replace(regexp_replace({name}, '\p{{N}}', '9', 'g'), '[\p{{L}}\p{{M}}]+', 'A', 'g')"
    shapes = (
        f"SELECT {shape} AS shape, count(*) AS n FROM {table.sound_rows} WHERE {name} IS NOT NULL "
        f"GROUP BY shape ORDER BY n DESC, shape LIMIT {SHAPES}"
    )
    with database(table.path) as connection:
        rows, filled, distinct = connection.execute(counts).fetchall()[0]
        return Glimpse(rows, filled, distinct, tuple(connection.execute(shapes).fetchall()))


def suspected(table: StagedTable, field: ContractField) -> tuple[str, ...]:
    """The codes below `new.note.sensitive` of what a field may hold, as a draft is told them too."""
    from transforms.drafting.facts import Table
    from transforms.drafting.sensitive import sensitive

    with database(table.path) as connection:
        texts = Table(connection, table.path, (field.name,), ANY_TIMEZONE)
        return sensitive(texts, field.name, field.title.id)


def examples(table: StagedTable, field: str) -> tuple[str, ...]:
    """A few distinct cells of a field."""
    name = quoted(field)
    query = f"SELECT DISTINCT {name} FROM {table.sound_rows} WHERE {name} IS NOT NULL ORDER BY 1 LIMIT {EXAMPLES}"
    with database(table.path) as connection:
        return tuple(str(value) for (value,) in connection.execute(query).fetchall())


def shape_in_words(shape: str, language: Language) -> str:
    """`9999-99 A` -> "4 angka - 2 angka spasi huruf"."""
    if len(shape) > LONGEST_SHAPE:
        return wording("shape.other", language)
    parts = re.findall(r"9+|A|\s+|[^9A\s]+", shape)
    return " ".join(_part(part, language) for part in parts)


def _part(part: str, language: Language) -> str:
    if part.startswith("9"):
        return wording("shape.digits", language, count=len(part))
    if part == "A":
        return wording("shape.letters", language)
    return wording("shape.space", language) if part.isspace() else part
