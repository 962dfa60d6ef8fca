"""How the cells of a relation are written: styles, orders, dress and padding, counted in DuckDB."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from schemas.contracts import Contract, ContractField
from schemas.tables import quoted
from transforms.casting.cells import Forms, needs_trimming, trimmed
from transforms.casting.dress import is_dressed, undressed
from transforms.casting.numbers import NUMERIC_TYPES, Style, decided_style, declared_style, form_counts
from transforms.casting.spelled import Order, Sign, decided_order, order_counts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Columns = Mapping[str, str]
"""The source's column of each staged field."""
Key = TypeVar("Key", bound=str)


def forms_shown(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> Forms:
    """How the cells of `relation` are written."""
    return Forms(
        _styles(connection, relation, columns, contract),
        _padded(connection, relation, columns, contract),
        _dressed(connection, relation, columns, contract),
        _orders(connection, relation, columns, contract),
    )


def numeric(contract: Contract) -> list[ContractField]:
    """The fields whose cells have a style; a coordinate's has none."""
    return [field for field in contract.staged_fields if field.type in NUMERIC_TYPES and not field.axis]


def dated(contract: Contract) -> list[ContractField]:
    """The fields whose day and month may stand in either order."""
    fields = contract.staged_fields
    return [field for field in fields if field.type in ("date", "datetime") and field.format == "any"]


def _styles(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> dict[str, Style]:
    """The style of every numeric field: as declared, or as the cells of `relation` show it."""
    styles = {field.name: style for field in numeric(contract) if (style := declared_style(field))}
    undecided = [field for field in numeric(contract) if field.name not in styles]
    cells = {field.name: bare(field, columns, contract) for field in undecided}
    within = cells_of(relation, cells)
    plain = {field.name: undressed(quoted(field.name), field) for field in undecided}
    found = counted(connection, cells_of(within, plain), {name: form_counts(quoted(name)) for name in plain})
    return {**styles, **{name: decided_style(forms) for name, forms in found.items()}}


def _orders(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> dict[str, Order]:
    """The order of day and month in every date of any form."""
    return {name: decided_order(signs) for name, signs in order_signs(connection, relation, columns, contract).items()}


def order_signs(
    connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract
) -> dict[str, dict[Sign, int]]:
    """What the cells of every date of any form say of its order."""
    cells = {field.name: bare(field, columns, contract) for field in dated(contract)}
    return counted(connection, cells_of(relation, cells), {name: order_counts(quoted(name)) for name in cells})


def _dressed(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> frozenset[str]:
    """The numeric fields with more than plain numbers in a cell; taking every cell apart would cost as much again."""
    cells = {field.name: bare(field, columns, contract) for field in numeric(contract)}
    counts = {name: {"dressed": f"count(*) FILTER ({is_dressed(quoted(name))})"} for name in cells}
    found = counted(connection, cells_of(relation, cells), counts)
    return frozenset(name for name, count in found.items() if count["dressed"])


def cells_of(relation: str, cells: Mapping[str, str]) -> str:
    """A relation of these cells, each computed once however often a question names it."""
    shown = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in cells.items())
    return f"(SELECT {shown or 'NULL'} FROM {relation})"


def bare(field: ContractField, columns: Columns, contract: Contract) -> str:
    """A cell without blanks around it, NULL where it means nothing."""
    return trimmed(columns[field.name], field, contract.missingValues)


def counted(
    connection: "DuckDBPyConnection", relation: str, counts: Mapping[str, Mapping[Key, str]]
) -> dict[str, dict[Key, int]]:
    """The SQL aggregates of each field, asked in one query."""
    select = ", ".join(sql for of_field in counts.values() for sql in of_field.values())
    if not select:
        return {}
    found = iter(connection.execute(f"SELECT {select} FROM {relation}").fetchall()[0])
    return {name: {key: next(found) for key in of_field} for name, of_field in counts.items()}


def _padded(connection: "DuckDBPyConnection", relation: str, columns: Columns, contract: Contract) -> frozenset[str]:
    """The fields with a padded cell in `relation`; trimming the others would cost a third of the staging."""
    cells = {field.name: needs_trimming(quoted(columns[field.name]), field) for field in contract.staged_fields}
    counts = {name: {"padded": f"coalesce(bool_or({is_so}), false)"} for name, is_so in cells.items()}
    return frozenset(name for name, found in counted(connection, relation, counts).items() if found["padded"])
