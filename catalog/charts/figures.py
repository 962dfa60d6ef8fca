"""The figures of the proposed charts, worked out by DuckDB over the public table; nothing finer than a group leaves.

One thread: the order in which numbers are added up decides their last digits, and the same rows must give the same
bytes (law 4). Figures are rounded to `DIGITS` digits, far beyond what a drawing shows.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from catalog.charts import roles
from catalog.charts.documents import Chart, Charts
from catalog.charts.proposal import MOST_CHARTS, Fact, Plan, Shape, proposed
from catalog.charts.series import bars, histogram, line
from catalog.statistics import Statistics
from schemas.tables import PublicTable, database, quoted, read_parquet

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_CANDIDATES = 12
"""Fields looked at in each role: a table of hundreds of columns must not cost hundreds of looks."""
LABELLED_ROWS = 1_000_000
"""Up to here the names that belong to a key's codes are looked for."""


def charts(table: PublicTable, statistics: Statistics) -> Charts:
    """The charts of a release: of an empty table, and of one that suits no rule, none."""
    with database(table.path, threads=1) as connection:
        relation = read_parquet(table.path)
        shape = _shape(connection, relation, table, statistics)
        filled = (_filled(connection, relation, plan, shape) for plan in proposed(shape))
        return Charts(charts=tuple(islice((chart for chart in filled if chart), MOST_CHARTS)))


def _filled(connection: "DuckDBPyConnection", relation: str, plan: Plan, shape: Shape) -> Chart | None:
    fill = {"line": line, "bars": bars, "histogram": histogram}[plan.kind]
    return fill(connection, relation, plan, shape)


def _shape(connection: "DuckDBPyConnection", relation: str, table: PublicTable, statistics: Statistics) -> Shape:
    dataset = table.dataset
    times, categories, measures = (
        one(dataset)[:MOST_CANDIDATES] for one in (roles.times, roles.categories, roles.measures)
    )
    facts = {one.name: Fact(table.rows - one.missing, one.distinct or 0) for one in statistics.fields}
    shape = Shape(dataset, table.rows, times, categories, measures, facts, {})
    labels = dict(_labels(connection, relation, shape)) if table.rows <= LABELLED_ROWS else {}
    return replace(shape, labels=labels)


def _labels(connection: "DuckDBPyConnection", relation: str, shape: Shape) -> Iterator[tuple[str, str]]:
    """For each field of the key that is a code: the first text field that says another name for each code."""
    codes = [name for name in shape.key if shape.dataset.public_field(name).type == "string"]
    others = [one for one in shape.dataset.public_fields if one.type == "string" and one.name not in shape.key]
    for code in codes:
        for name in roles.names(others[:MOST_CANDIDATES]):
            if _name_the_same(connection, relation, code, name):
                yield code, name
                break


def _name_the_same(connection: "DuckDBPyConnection", relation: str, code: str, name: str) -> bool:
    [counts] = connection.execute(
        f"SELECT count(DISTINCT a), count(DISTINCT b), count(*), count(b) FROM "
        f"(SELECT DISTINCT {quoted(code)} AS a, {quoted(name)} AS b FROM {relation})"
    ).fetchall()
    return len(set(counts)) == 1
