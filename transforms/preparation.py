"""A snapshot -> staged rows: read, rearrange where the dataset has a module, match the columns, give types.

This is all that ever happens to a foreign file, in one function, so that it can run in a process of its own.
"""

import importlib
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas.contracts import Contract, Layout
from schemas.errors import AuthorError, OperatorError, PaluError, SupplierError, is_disk_full
from schemas.findings import Finding, SourceAccount
from schemas.tables import STAGED, database, quoted
from transforms.casting.evidence import Columns
from transforms.corrections import corrected
from transforms.reading import RawTable, Wanted, is_regular, matched, read_on_trust, read_slowly
from transforms.reading.at_rest import table_at_rest
from transforms.reading.table import RAGGED_COLUMN, ROW_COLUMN
from transforms.remarks import TableLayout, remark_findings, table_layout
from transforms.staging import Staging, stage
from transforms.totals import total_findings


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be prepared: a snapshot, the name that people know it by, and where to write."""

    snapshot: Path
    name: str
    contract: Contract
    layout: Layout | None
    timezone: str
    workspace: Path

    @property
    def staged(self) -> Path:
        return self.workspace / STAGED


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of it: where every row of the source went; its text, and which column of it each field is."""

    staging: Staging
    account: SourceAccount
    name: str
    raw: RawTable
    columns: dict[str, str]
    findings: tuple[Finding, ...]
    layout: TableLayout


def prepare(job: Job) -> Prepared:
    """Stage a snapshot; `job.layout` is None for rows that came from a database.

    Raises SupplierError for what the department must mend, AuthorError for what the contract gets wrong.
    """
    prepared = _prepared_on_trust(job)
    if prepared is not None:
        return prepared
    try:
        return _staged(job, _read_carefully(job))
    except duckdb.Error as error:
        _refuse_a_full_disk(error, job)
        raise SupplierError("file_unreadable", file=job.name, kind=type(error).__name__) from None


def _prepared_on_trust(job: Job) -> Prepared | None:
    """None for what cannot be read this way; the bytes of a large file are searched while its rows are staged."""
    raw = _read(job)
    with ThreadPoolExecutor(1) as beside:
        trusted = beside.submit(is_regular, raw, job.layout, _wanted(job.contract), job.name)
        try:
            prepared = _staged(job, raw)
        except duckdb.Error as error:
            _refuse_a_full_disk(error, job)
            return None
        except PaluError:
            if trusted.result():
                raise
            return None
        return prepared if trusted.result() else None


def _refuse_a_full_disk(error: duckdb.Error, job: Job) -> None:
    if is_disk_full(error):
        raise OperatorError("disk_full", place=str(job.workspace.parent)) from None


def _staged(job: Job, raw: RawTable) -> Prepared:
    findings = remark_findings(raw, job.contract)
    account = SourceAccount(
        header=raw.header_rows, skipped={str(reason): count for reason, count in raw.skipped.items()}
    )
    if job.contract.module is not None:
        raw, delivered = _rearranged(job, raw)
        account = account.model_copy(update={"rearranged": delivered})
    columns = _matched(raw, job)
    raw = corrected(raw, columns, job.contract, job.workspace)
    staging = stage(raw, columns, job.contract, job.timezone, job.staged)
    findings += total_findings(job.contract, job.layout, job.staged, staging.rows)
    return Prepared(staging, account, job.name, raw, dict(columns), findings, table_layout(raw, columns))


def _read(job: Job) -> RawTable:
    if job.layout is None:
        return table_at_rest(job.snapshot, {})
    return read_on_trust(job.snapshot, job.layout, _wanted(job.contract), job.workspace, job.name)


def _read_carefully(job: Job) -> RawTable:
    if job.layout is None or job.layout.kind != "csv":
        return _read(job)
    return read_slowly(job.snapshot, job.layout, _wanted(job.contract), job.workspace, job.name)


def _wanted(contract: Contract) -> tuple[Wanted, ...]:
    """What the header finder looks for; nothing where a module makes the columns first."""
    if contract.module is not None:
        return ()
    return tuple(
        Wanted(field.columns, field.constraints.required or field.name in contract.primaryKey)
        for field in contract.fields
    )


def _matched(raw: RawTable, job: Job) -> Columns:
    """The source's column of each field. Of a database only the staged fields were ever selected."""
    fields = job.contract.fields if job.layout is not None else job.contract.staged_fields
    wanted = tuple(Wanted(field.columns, field.constraints.required) for field in fields)
    found = matched(raw.columns, raw.computed, wanted)
    return {field.name: column for field, column in zip(fields, found, strict=True)}


def _rearranged(job: Job, raw: RawTable) -> tuple[RawTable, int]:
    """The rows after the dataset's own module, numbered anew: no longer the source's rows. Then how many those were."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    name = f"transforms.datasets.{job.contract.module}"
    if importlib.util.find_spec(name) is None:
        raise AuthorError("module_unknown", module=str(job.contract.module), dataset=job.contract.id)
    columns = ", ".join(map(quoted, raw.columns))
    with database(job.workspace, *raw.files) as connection:
        frame = connection.execute(f"SELECT {columns} FROM {raw.relation}").df()
    delivered = len(frame)
    rows: pd.DataFrame = importlib.import_module(name).rows(frame)
    numbers = pa.array(range(1, len(rows) + 1), pa.int64())
    arrays = [pa.array(rows[column], pa.string(), from_pandas=True) for column in rows.columns]
    table = pa.table(
        [numbers, pa.nulls(len(rows), pa.int64()), *arrays],
        names=[ROW_COLUMN, RAGGED_COLUMN, *map(str, rows.columns)],
    )
    path = job.workspace / "rearranged.parquet"
    pq.write_table(table, path)
    return table_at_rest(path, raw.skipped), delivered
