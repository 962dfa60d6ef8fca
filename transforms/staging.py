"""Text rows -> the contract's types, written once as Parquet, in the source's order.

A cell that does not parse marks its row, and the row stays in its place: quarantine counts it, nothing guesses
it. Styles of numbers, and which fields need trimming, are decided on the first rows, proven on all of them, and
decided anew over the whole column where the proof fails. So is which texts are plain: taken as they stand, without
a look at each cell.
"""

import dataclasses
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Contract
from schemas.findings import Finding
from schemas.tables import FAULT_COLUMN, PARQUET, database, literal, quoted, read_parquet
from transforms.casting import places
from transforms.casting.causes import Cause, causes
from transforms.casting.cells import GEOMETRY_REMARKS, NOTHING, PADDED, Forms, is_not_plain, typed_rows
from transforms.casting.evidence import Columns, bare, cells_of, counted, dated, forms_shown, numeric, order_signs
from transforms.casting.numbers import Style
from transforms.casting.places import MOST_SPELLINGS, How, Mapped
from transforms.reading.table import RawTable
from transforms.telling import told_causes, told_geometries, told_mappings, told_orders, told_styles

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SAMPLE, SAMPLE_ROWS = "first_rows", 20_000
ROW_GROUP = 61_440
"""Half of what DuckDB takes by itself: what each thread gathers before it writes costs a tenth less."""
Mappings = dict[str, dict[str, tuple[Mapped, int]]]
"""By field and spelling: what it is mapped to, and on how many rows."""
FAULTS = "faults of the row"
"""A name that no field has, for it holds blanks."""


@dataclass(frozen=True, slots=True)
class Staging:
    """What stands in the staged Parquet: all its rows, those that quarantine holds back, and what to tell of it."""

    rows: int
    faulty: int
    first_row: int | None
    findings: tuple[Finding, ...] = ()
    styles: dict[str, Style] = dataclasses.field(default_factory=dict)


def stage(raw: RawTable, columns: Columns, contract: Contract, timezone: str, into: Path) -> Staging:
    """Write the staged rows of `raw` to `into`; `columns` names the source's column of each staged field."""
    with database(into.parent, *raw.files) as connection:
        _know_geometries(connection, contract)
        _keep_sample(connection, raw, columns, contract)
        mapped = _mapped(connection, raw, columns, contract)
        shown = replace(forms_shown(connection, SAMPLE, columns, contract), spellings=_values(mapped))
        forms = replace(shown, plain=_taken_for_plain(contract, shown))
        faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        proven = _proven(connection, raw, columns, contract, forms, into)
        if proven != forms:
            forms = proven
            faulty = _write(connection, raw, columns, contract, timezone, forms, into)
        rows = connection.execute(f"SELECT count(*) FROM {read_parquet(into)}").fetchall()[0][0]
        signs = order_signs(connection, raw.relation, columns, contract)
        causes = _causes(connection, raw, columns, contract, into) if faulty else {}
        remarks = _geometry_remarks(connection, raw, columns, contract)
    findings = (
        *told_styles(contract, forms.styles, rows),
        *told_orders(contract, signs, rows),
        *told_mappings(_counts_of_mappings(mapped), rows),
        *told_causes(contract, causes, rows),
        *told_geometries(remarks, rows),
    )
    return Staging(rows, faulty, raw.first_row, findings, forms.styles)


def _know_geometries(connection: "DuckDBPyConnection", contract: Contract) -> None:
    """What casts geometries is loaded for those who have some."""
    if any(field.type == "geojson" for field in contract.staged_fields):
        from transforms.casting import geometry

        geometry.register(connection)


def _keep_sample(connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract) -> None:
    """The first rows, read once for all that is asked of them: the columns of the staged fields alone."""
    asked = ", ".join(dict.fromkeys(quoted(columns[field.name]) for field in contract.staged_fields))
    sample = f"SELECT {asked or NOTHING} FROM {raw.relation} LIMIT {SAMPLE_ROWS}"
    connection.execute(f"CREATE TEMP TABLE {SAMPLE} AS {sample}")


def _geometry_remarks(
    connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract
) -> dict[str, dict[str, int]]:
    """How many geometries that leave have what is worth a remark, by finding and field."""
    cells = {field.name: bare(field, columns, contract) for field in contract.public_fields if field.type == "geojson"}
    counts = {
        name: {remark: f"count(*) FILTER ({remark}({quoted(name)}))" for remark in GEOMETRY_REMARKS} for name in cells
    }
    return counted(connection, cells_of(raw.relation, cells), counts)


def _mapped(connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract) -> Mappings:
    """Of every field of regions that maps something: the spellings, what each is mapped to, on how many rows."""
    found = {}
    for field in contract.staged_fields:
        region = field.region
        if region is None or not (region.ignore or region.crosswalk):
            continue
        official = ", ".join(map(literal, region.values))
        cells = cells_of(raw.relation, {"cell": bare(field, columns, contract)})
        others = f"SELECT cell, count(*) FROM {cells} WHERE cell NOT IN ({official}) GROUP BY cell"
        counts = dict(connection.execute(f"{others} LIMIT {MOST_SPELLINGS}").fetchall())
        mapped = places.mapped(sorted(counts), region) if len(counts) < MOST_SPELLINGS else {}
        found[field.name] = {spelling: (to, counts[spelling]) for spelling, to in mapped.items()}
    return found


def _values(mapped: Mappings) -> dict[str, dict[str, str]]:
    return {name: {spelling: to.value for spelling, (to, _) in of.items()} for name, of in mapped.items()}


def _counts_of_mappings(mapped: Mappings) -> dict[str, Counter[How]]:
    counts: dict[str, Counter[How]] = {name: Counter() for name in mapped}
    for name, spellings in mapped.items():
        for to, rows in spellings.values():
            counts[name][to.how] += rows
    return counts


def _causes(
    connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract, staged: Path
) -> dict[str, dict[Cause, int]]:
    """On how many rows each field's cells fail for which cause that can be named."""
    cells = {field.name: bare(field, columns, contract) for field in contract.staged_fields}
    shown = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in cells.items())
    faulty = (
        f"(SELECT s.{FAULT_COLUMN} AS {quoted(FAULTS)}, r.* FROM (SELECT {FAULT_COLUMN} FROM {read_parquet(staged)}) s "
        f"POSITIONAL JOIN (SELECT {shown} FROM {raw.relation}) r WHERE s.{FAULT_COLUMN} IS NOT NULL)"
    )
    counts = {}
    for field in contract.staged_fields:
        blamed = f"list_contains(string_split({quoted(FAULTS)}, ','), {literal(field.name)})"
        found = causes(field, contract).items()
        counts[field.name] = {cause: f"count(*) FILTER ({blamed} AND {is_so})" for cause, is_so in found}
    return counted(connection, faulty, counts)


def _write(
    connection: "DuckDBPyConnection",
    raw: RawTable,
    columns: Columns,
    contract: Contract,
    timezone: str,
    forms: Forms,
    into: Path,
) -> int:
    connection.execute(
        f"COPY ({typed_rows(raw, columns, contract, forms, timezone)}) TO {literal(into)} "
        f"({PARQUET}, COMPRESSION snappy, ROW_GROUP_SIZE {ROW_GROUP}, WRITE_BLOOM_FILTER false)"
    )
    faults = f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL"
    return int(connection.execute(faults).fetchall()[0][0])


def _proven(
    connection: "DuckDBPyConnection", raw: RawTable, columns: Columns, contract: Contract, forms: Forms, into: Path
) -> Forms:
    """The forms that all rows show, where the staged rows blame those that the first rows showed."""
    decided = [field.name for field in (*numeric(contract), *dated(contract))]
    if _blamed(connection, into, decided):
        shown = forms_shown(connection, raw.relation, columns, contract)
        forms = replace(forms, styles=shown.styles, dressed=shown.dressed, orders=shown.orders)
    if _blamed(connection, into, [PADDED]) or _any_not_plain(connection, raw, forms, into):
        forms = replace(forms, padded=frozenset(field.name for field in contract.staged_fields), plain=frozenset())
    return forms


def _taken_for_plain(contract: Contract, forms: Forms) -> frozenset[str]:
    """The texts that are staged as they stand, as far as the first rows show."""
    texts = frozenset(field.name for field in contract.staged_fields if field.type == "string")
    return texts - forms.padded - forms.spellings.keys()


def _any_not_plain(connection: "DuckDBPyConnection", raw: RawTable, forms: Forms, into: Path) -> bool:
    """Whether any of them is not; DuckDB looks once at a text that the Parquet keeps in a dictionary.

    What the file states of its row groups answers the first question, and spares most the look at every text.
    """
    return any(
        connection.execute(f"SELECT 1 FROM {read_parquet(into)} WHERE {is_so} LIMIT 1").fetchall()
        for name in sorted(forms.plain)
        for is_so in is_not_plain(raw, name)
    )


def _blamed(connection: "DuckDBPyConnection", into: Path, names: list[str]) -> bool:
    """Whether one of these names stands in the fault column of a staged row."""
    listed = ", ".join(map(literal, names))
    query = (
        f"SELECT count(*) FROM {read_parquet(into)} WHERE {FAULT_COLUMN} IS NOT NULL "
        f"AND list_has_any(string_split({FAULT_COLUMN}, ','), [{listed}]::VARCHAR[])"
    )
    return bool(connection.execute(query).fetchall()[0][0])
