"""A whole column, text or number, counted by kind and strength. Values are judged one by one and forgotten."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts.clearance import Kind
from schemas.tables import literal, quoted, read_parquet

from .areas import PROVINCES
from .identity import JUDGES
from .phones import bare
from .strength import Strength
from .tally import Tally
from .texts import NO_IDENTIFIER, PEERS, PREFILTER, sightings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 10_000
_PEERS_OF_NUMBERS: dict[Kind, tuple[int, int]] = {"nik": (16, 16), "npwp": (14, 15), "nip": (18, 18), "phone": (9, 13)}
_NUMBER_WORTH_A_LOOK = f"""
   (v BETWEEN 1000000000000000 AND 9999999999999999
      AND v // 100000000000000 IN ({", ".join(sorted(PROVINCES))})
      AND v // 100000000 % 100 BETWEEN 1 AND 71 AND v // 1000000 % 100 BETWEEN 1 AND 12)
   OR (v BETWEEN 193000000000000000 AND 201599999999999999
      AND v // 1000000000000 % 100 BETWEEN 1 AND 12 AND v // 10000000000 % 100 BETWEEN 1 AND 31)
   OR v BETWEEN 10000000000000 AND 999999999999999
   OR v BETWEEN 811000000 AND 899999999 OR v BETWEEN 8110000000 AND 8999999999
   OR v BETWEEN 81100000000 AND 89999999999 OR v BETWEEN 811000000000 AND 899999999999
   OR v // 1000000000 = 628 OR v // 100000000 = 628 OR v // 10000000000 = 628 OR v // 100000000000 = 628
"""


def tallies_of_texts(
    connection: "DuckDBPyConnection", path: Path, column: str, repeating: frozenset[str]
) -> list[Tally]:
    """One tally a kind that was seen in a VARCHAR column; of those that are `repeating` each text is looked at once."""
    cells = f"(SELECT {quoted(column)} AS v FROM {read_parquet(path)})"
    wanted = f"regexp_matches(v, {literal(PREFILTER)}) AND NOT regexp_full_match(v, {literal(NO_IDENTIFIER)})"
    distinct = _few_distinct if column in repeating else _distinct
    tallies = _counted(distinct(connection, cells, wanted), sightings)
    _add_peers(connection, cells, tallies, {kind: f"regexp_matches(v, {literal(one)})" for kind, one in PEERS.items()})
    return tallies


def tallies_of_numbers(connection: "DuckDBPyConnection", path: Path, column: str) -> list[Tally]:
    """One tally a kind that was seen in a BIGINT or DOUBLE column; fractions are no identifiers.

    Where the file states of a row group that its numbers are smaller, DuckDB does not look at them. The cast keeps its
    own guard: SQL promises no order in which it asks what stands after WHERE.
    """
    name = quoted(column)
    large = f"{name} BETWEEN 100000000 AND 9000000000000000000"
    whole = f"CASE WHEN {large} AND {name} = trunc({name}) THEN {name}::BIGINT END"
    cells = f"(SELECT {whole} AS v FROM {read_parquet(path)} WHERE {large})"
    tallies = _counted(_distinct(connection, cells, _NUMBER_WORTH_A_LOOK), _of_number)
    _add_peers(connection, cells, tallies, {kind: _digits(*ends) for kind, ends in _PEERS_OF_NUMBERS.items()})
    return tallies


def _distinct(connection: "DuckDBPyConnection", cells: str, wanted: str) -> Iterator[tuple[object, int]]:
    return _fetched(connection, f"SELECT v, count(*) FROM {cells} WHERE {wanted} GROUP BY v")


def _few_distinct(connection: "DuckDBPyConnection", cells: str, wanted: str) -> Iterator[tuple[object, int]]:
    """The same where a column repeats itself: each text is looked at once."""
    counted = f"(SELECT v, count(*) AS rows FROM {cells} GROUP BY v)"
    return _fetched(connection, f"SELECT v, rows FROM {counted} WHERE {wanted}")


def _fetched(connection: "DuckDBPyConnection", query: str) -> Iterator[tuple[object, int]]:
    result = connection.execute(query)
    while batch := result.fetchmany(_BATCH):
        yield from batch


def _counted(cells: Iterable[tuple[object, int]], judge: Callable[..., dict[Kind, Strength]]) -> list[Tally]:
    tallies: dict[Kind, Tally] = {}
    for value, rows in cells:
        for kind, strength in judge(value).items():
            tallies.setdefault(kind, Tally(kind)).add(strength, rows)
    return list(tallies.values())


def _add_peers(connection: "DuckDBPyConnection", cells: str, tallies: list[Tally], alike: dict[Kind, str]) -> None:
    asked = [tally for tally in tallies if tally.share_matters]
    if asked:
        counts = ", ".join(f"count_if({alike[tally.kind]})" for tally in asked)
        counted = connection.execute(f"SELECT {counts} FROM {cells}").fetchall()[0]
        for tally, peers in zip(asked, counted, strict=True):
            tally.peers = max(int(peers), tally.at_least(Strength.LIKELY))


def _of_number(value: int) -> dict[Kind, Strength]:
    digits = str(value)
    found = {kind: strength for kind, judge in JUDGES.get(len(digits), ()) if (strength := judge(digits))}
    if strength := bare(digits, (len(digits),)) if len(digits) < 15 else None:
        found["phone"] = strength
    return found


def _digits(fewest: int, most: int) -> str:
    return f"v BETWEEN {10 ** (fewest - 1)} AND {10**most - 1}"
