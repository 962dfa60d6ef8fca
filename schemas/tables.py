"""Tables at rest, as handles: a private Parquet file and what is claimed of it. Rows are never held whole.

Each handle checks its own claim when it is built, so whoever holds one may rely on it: columns and types are
the contract's, row counts are the file's. The types of the contract stand here once, as DuckDB writes them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import Contract, ContractField, Dataset, FieldType, RowsSource
from schemas.errors import ProgrammerError
from schemas.findings import Finding

if TYPE_CHECKING:
    import duckdb

FAULT_COLUMN = "_fault"
"""Beside the staged fields: the names of a row's fields whose cells do not parse, NULL for a sound row."""
LINE_COLUMN = "_row"
"""Beside the staged fields: the source's own row number, where reading states it."""

STAGED = "staged.parquet"
"""The name of the staged rows in a run's workspace."""

NOBODYS_OWN: frozenset[FieldType] = frozenset({"date", "datetime", "time", "year", "yearmonth", "boolean"})
"""Not searched for before a release: any two columns of days share days, and a day by itself points to nobody."""

JUDGED_ROWS = 500_000

PARQUET = "FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 2000"
"""How rows rest, staged and public. Of 5,000,000 rows x 9 the second version of the format takes 17 MB instead of 38,
and is read in half the processor time; DuckDB's own dictionaries, up to a fifth of a row group, take long to write."""

STORED_TYPES: dict[FieldType, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "time": "TIME",
    "year": "BIGINT",
    "yearmonth": "VARCHAR",
    "geojson": "VARCHAR",
}


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | Path) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def database(*places: Path, memory: str = "512MB", threads: int = 2) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A DuckDB of this block's own that can reach the given folders and files, and nothing else.

    Its settings are locked: no text from a file or a contract can make it read elsewhere. What does not fit
    in `memory` is spilled beside the first place.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    try:
        connection.execute(locked_settings(*places, memory=memory, threads=threads))
        yield connection
    finally:
        connection.close()


def locked_settings(*places: Path, memory: str = "512MB", threads: int = 2) -> str:
    """The SQL that shuts a connection in: `allowed_*` must come before external access is shut."""
    folders = [place.absolute() for place in places if place.is_dir()]
    files = [place.absolute() for place in places if not place.is_dir()]
    spill = (folders or [place.parent for place in files])[0] / ".spill"
    inside = [form for folder in [*folders, spill] for form in _forms(f"{folder}/")]
    allowed = [form for file in files for form in _forms(str(file))]
    return ";\n".join(
        [
            f"SET memory_limit = '{memory}'",
            f"SET threads = {threads}",
            f"SET temp_directory = {literal(spill)}",
            f"SET allowed_directories = [{', '.join(map(literal, inside))}]",
            f"SET allowed_paths = [{', '.join(map(literal, allowed))}]",
            "SET enable_progress_bar = false",
            "SET python_enable_replacements = false",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ]
    )


def _forms(path: str) -> tuple[str, ...]:
    """A path as it is, and as DuckDB is asked for it: it looks at the question first, then at what it finds."""
    return tuple(dict.fromkeys([path, without_wildcards(path)]))


def stored_schema(fields: tuple[ContractField, ...]) -> list[tuple[str, str]]:
    """Column names and DuckDB types of a table that holds these fields."""
    return [(field.name, STORED_TYPES[field.type]) for field in fields]


def searched_fields(contract: Contract) -> tuple[ContractField, ...]:
    """The withheld fields whose values a release is searched for. Of a database, only columns that were selected."""
    read = contract.staged_fields if isinstance(contract.source, RowsSource) else contract.fields
    return tuple(field for field in read if field.access != "open" and field.type not in NOBODYS_OWN)


def kept_fields(contract: Contract) -> tuple[ContractField, ...]:
    """Those of them whose text is kept beside the staged fields; a staged text is there already, as it was."""
    staged = {field.name for field in contract.staged_fields if field.type == "string" and field.region is None}
    return tuple(field for field in searched_fields(contract) if field.name not in staged)


def kept_text(field: ContractField) -> str:
    """The name of the column that keeps a field's text."""
    return f"_text of {field.name}"


def searched_columns(contract: Contract) -> dict[str, str]:
    """The column of the staged rows that holds the text of each searched field."""
    kept = kept_fields(contract)
    return {field.name: kept_text(field) if field in kept else field.name for field in searched_fields(contract)}


@dataclass(frozen=True, slots=True)
class StagedTable:
    """Typed rows in the private zone: the fields that are open or that a check reads, faulty rows marked.

    Beside them stand the texts of withheld fields that the release will be searched for. `rows` counts all rows;
    `faulty` those that quarantine holds back. `first_row` is the source's number of the first row where the file
    itself states none. `findings` say what staging decided and met.
    """

    path: Path
    contract: Contract
    rows: int
    faulty: int
    first_row: int | None
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        extra = [] if self.first_row is not None else [(LINE_COLUMN, "BIGINT")]
        kept = [(kept_text(field), "VARCHAR") for field in kept_fields(self.contract)]
        expected = [*extra, *stored_schema(self.contract.staged_fields), *kept, (FAULT_COLUMN, "VARCHAR")]
        _hold(self.path, expected, self.rows, self.contract.id)

    @property
    def row_number(self) -> str:
        """The SQL expression of a row's number in the source."""
        return LINE_COLUMN if self.first_row is None else f"(file_row_number + {self.first_row})"

    @property
    def sound_rows(self) -> str:
        """The SQL relation of the rows that are not held back, in the source's order."""
        return f"(SELECT * FROM {read_parquet(self.path)} WHERE {FAULT_COLUMN} IS NULL)"


@dataclass(frozen=True, slots=True)
class PublicTable:
    """Proof that redaction happened: exactly the public fields, in their order, and nothing else (law 1).

    `suppressed` counts the rows, or the groups of an aggregate, that disclosure control left out; `findings`
    say under which rule.
    """

    path: Path
    dataset: Dataset
    rows: int
    suppressed: int = 0
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        _hold(self.path, stored_schema(self.dataset.public_fields), self.rows, self.dataset.id)


def repeating(connection: "duckdb.DuckDBPyConnection", path: Path, columns: Iterable[str]) -> frozenset[str]:
    """Which columns of a Parquet file say the same over and over, by its first rows: of those each text is judged once.

    An estimate: it decides what a search costs, never what it finds.
    """
    names = list(columns)
    if not names:
        return frozenset()
    first = f"SELECT {', '.join(map(quoted, names))} FROM {read_parquet(path)} LIMIT {JUDGED_ROWS}"
    judged = ", ".join(f"approx_count_distinct({quoted(name)}) * 2 < count({quoted(name)})" for name in names)
    [answers] = connection.execute(f"SELECT {judged} FROM ({first})").fetchall()
    return frozenset(name for name, repeats in zip(names, answers, strict=True) if repeats)


def without_wildcards(path: Path | str) -> str:
    """A path in which `*`, `?` and `[` are letters like others."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def file_literal(path: Path) -> str:
    """A path as an SQL literal that names this one file."""
    return literal(without_wildcards(path))


def read_parquet(path: Path) -> str:
    """The SQL relation of one Parquet file; a folder called `a=b` above it does not become a column."""
    return f"read_parquet({file_literal(path)}, hive_partitioning = false)"


def _hold(path: Path, expected: list[tuple[str, str]], rows: int, dataset: str) -> None:
    if _held(path) != (expected, rows):
        raise ProgrammerError("claim_broken", dataset=dataset)


def _held(path: Path) -> tuple[list[tuple[str, str]], int] | None:
    """Columns and row count of a file; None for one that is no Parquet."""
    import duckdb

    with database(path) as connection:
        try:
            described = connection.execute(f"DESCRIBE SELECT * FROM {read_parquet(path)}").fetchall()
            counted = connection.execute(f"SELECT count(*) FROM {read_parquet(path)}").fetchall()
        except duckdb.Error:
            return None
    return [(name, kind) for name, kind, *_ in described], counted[0][0]
