"""Groups of people that look alike, and what is done to those that are smaller than k. Pure SQL, no file.

Groups are formed over what would be shown of the quasi-identifiers; one that leaves in no form (`drop`) counts
as it is, which only makes groups smaller. What is empty is a value like others: empty cells form groups.

1. Each step of `further` in turn makes the rows of groups smaller than k coarser, and groups are counted anew.
2. In what is still too small, the cells of fields with the method `suppress` are emptied. Those that are
   quasi-identifiers make the group larger that way, and groups are counted anew.
3. Rows that are still in a small group are left out, except where a field beyond the quasi-identifiers was
   emptied: then what was to be protected is not there, and the row stays without it.

A step takes whole groups, so a group that is large enough never becomes too small (k-anonymity by local
recoding: Samarati and Sweeney 1998).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.contracts import Contract
from schemas.tables import StagedTable, quoted
from transforms.protection.generalisation import coarser, public_type, published

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = "_sound"
"""The alias of the staged rows; no field's name begins with an underscore."""


@dataclass(frozen=True, slots=True)
class Anonymised:
    """The query of the public rows, in the source's order, and what was done to them, in rows or cells.

    `further` counts the rows that took each step; `emptied` the cells by field; `smallest` is the size of the
    smallest group that is shown whole (None where none is).
    """

    query: str
    further: tuple[int, ...]
    emptied: dict[str, int]
    suppressed: int
    smallest: int | None


def anonymised(connection: "DuckDBPyConnection", staged: StagedTable, k: int) -> Anonymised:
    """The public rows of `staged` in groups of at least `k`; leaves a table `_groups` on the connection."""
    contract = staged.contract
    connection.execute(_groups(staged))
    further = tuple(_taken(connection, contract, number, k) for number in range(len(contract.disclosure.further)))
    _empty_cells(connection, contract, k)
    _leave_out(connection, contract, k)
    emptied = {
        name: _one(connection, f"SELECT sum({_cells(name)}) FROM _groups WHERE _emptied AND _kept")
        for name in _suppressed(contract)
    }
    suppressed = _one(connection, "SELECT sum(_rows) FROM _groups WHERE NOT _kept")
    smallest = _one(connection, f"SELECT min(_size) FROM {_sized(contract)} WHERE _size >= {k}")
    return Anonymised(_shown_rows(staged), further, emptied, suppressed, smallest or None)


def _one(connection: "DuckDBPyConnection", query: str) -> int:
    (found,) = connection.execute(query).fetchall()[0]
    return int(found or 0)


def _groups(staged: StagedTable) -> str:
    """One row a group as it would first be shown, with every form that it may take further."""
    contract = staged.contract
    quasi = contract.disclosure.quasi_identifiers
    firsts = {name: published(contract.field(name), contract) for name in quasi}
    columns = [
        *(f"{first} AS {_first(name)}" for name, first in firsts.items()),
        *(f"{form} AS {_step(number)}" for number, form in enumerate(_further_forms(contract))),
    ]
    shown = [f"{_first(name)} AS {_shown(name)}" for name in quasi]
    cells = [f"count({quoted(name)}) AS {_cells(name)}" for name in _suppressed(contract)]
    counted = f"SELECT {', '.join([*columns, *cells])}, count(*) AS _rows FROM {staged.sound_rows} GROUP BY ALL"
    return f"CREATE TABLE _groups AS SELECT *, {', '.join(shown)}, false AS _emptied, true AS _kept FROM ({counted})"


def _further_forms(contract: Contract) -> Iterator[str]:
    """The expression of each further step's field, made from all steps up to it."""
    for number, step in enumerate(contract.disclosure.further):
        field = contract.field(step.field)
        before = [one for one in contract.disclosure.further[: number + 1] if one.field == step.field]
        first = field.exemption.generalise if field.exemption else None
        forms = [form for form in (first, *before) if form]
        yield coarser(field, forms, public_type(field, contract))


def _taken(connection: "DuckDBPyConnection", contract: Contract, number: int, k: int) -> int:
    """Take one step in all small groups; how many rows that were."""
    step = contract.disclosure.further[number]
    taken = _one(connection, f"SELECT sum(_rows) FROM _groups WHERE {_is_small(contract, k)}")
    connection.execute(f"UPDATE _groups SET {_shown(step.field)} = {_step(number)} WHERE {_is_small(contract, k)}")
    return taken


def _empty_cells(connection: "DuckDBPyConnection", contract: Contract, k: int) -> None:
    names = _suppressed(contract)
    quasi = [f"{_shown(name)} = NULL" for name in contract.disclosure.quasi_identifiers if name in names]
    if names:
        changes = ", ".join(["_emptied = true", *quasi])
        connection.execute(f"UPDATE _groups SET {changes} WHERE {_is_small(contract, k)}")


def _leave_out(connection: "DuckDBPyConnection", contract: Contract, k: int) -> None:
    if set(_suppressed(contract)) <= set(contract.disclosure.quasi_identifiers):
        connection.execute(f"UPDATE _groups SET _kept = false WHERE {_is_small(contract, k)}")


def _suppressed(contract: Contract) -> list[str]:
    return [field.name for field in contract.fields if field.exemption and field.exemption.method == "suppress"]


def _is_small(contract: Contract, k: int) -> str:
    return f"rowid IN (SELECT _group FROM {_sized(contract)} WHERE _size < {k})"


def _sized(contract: Contract) -> str:
    """Every group with how many rows look like its own."""
    alike = ", ".join(map(_shown, contract.disclosure.quasi_identifiers))
    return f"(SELECT *, rowid AS _group, sum(_rows) OVER (PARTITION BY {alike}) AS _size FROM _groups)"


def _shown_rows(staged: StagedTable) -> str:
    """The public rows: each finds its group by what it would first be shown as."""
    contract = staged.contract
    quasi = contract.disclosure.quasi_identifiers
    firsts = [f"{published(contract.field(name), contract)} AS {_first(name)}" for name in quasi]
    numbered = f"(SELECT *, {', '.join(firsts)}, row_number() OVER () AS _position FROM {staged.sound_rows})"
    alike = " AND ".join(f"{ROWS}.{_first(name)} IS NOT DISTINCT FROM _groups.{_first(name)}" for name in quasi)
    columns = ", ".join(_shown_columns(contract))
    return f"SELECT {columns} FROM {numbered} AS {ROWS} JOIN _groups ON {alike} WHERE _kept ORDER BY _position"


def _shown_columns(contract: Contract) -> Iterator[str]:
    quasi, emptied = contract.disclosure.quasi_identifiers, _suppressed(contract)
    for public in contract.public_fields:
        name, field = public.name, contract.field(public.name)
        if name in quasi:
            yield f"_groups.{_shown(name)} AS {quoted(name)}"
        elif name in emptied:
            yield f"CASE WHEN NOT _emptied THEN {quoted(name)} END AS {quoted(name)}"
        else:
            yield f"{published(field, contract)} AS {quoted(name)}"


def _first(name: str) -> str:
    return quoted(f"_first_{name}")


def _shown(name: str) -> str:
    return quoted(f"_shown_{name}")


def _cells(name: str) -> str:
    return quoted(f"_cells_{name}")


def _step(number: int) -> str:
    return quoted(f"_step_{number}")
