"""A snapshot of a test's own, prepared in this process."""

import io
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from schemas.contracts import Contract, Layout, SqlSource
from schemas.failing import write_failing
from schemas.tables import LINE_COLUMN, StagedTable
from tests.making import Row, rows_of
from transforms.preparation import Job, Prepared, prepare
from transforms.quarantine import Listing, list_rows, listed_fields

ZONE = "Asia/Makassar"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a preparation wrote, and what it says of it."""

    job: Job
    prepared: Prepared

    @property
    def table(self) -> StagedTable:
        staging = self.prepared.staging
        return StagedTable(
            self.job.staged, self.job.contract, staging.rows, staging.faulty, staging.first_row, staging.findings
        )

    def staged(self, *columns: str) -> list[Row]:
        """The named columns of the staged rows."""
        return rows_of(self.job.staged, *columns)

    def row_numbers(self) -> list[int]:
        """The source's number of each staged row."""
        first = self.prepared.staging.first_row
        if first is not None:
            return list(range(first, first + self.prepared.staging.rows))
        return [number for (number,) in self.staged(LINE_COLUMN)]

    def quarantine(self) -> list[list[str]]:
        """The rows that do not parse, as they are listed: number, faulty fields, open cells; the header first."""
        failing, cells = self.job.workspace / "failing.parquet", self.listed
        write_failing(self.table, (), failing)
        faults: dict[int, tuple[int, list[str]]] = {}
        for place, number, code in rows_of(failing):
            faults.setdefault(place, (number, []))[1].append(code.removeprefix("type:"))
        if not faults:
            return []
        one, of = self.prepared, self.job.contract
        list_rows(Listing(one.name, one.raw, one.columns, of, self.job.staged, failing, cells))
        header = ["baris", "kolom_bermasalah", *listed_fields(of, one.columns)]
        rows = [
            [str(faults[row[0]][0]), ",".join(faults[row[0]][1]), *(cell or "" for cell in row[1:])]
            for row in rows_of(cells)
        ]
        return [header, *rows]

    @property
    def listed(self) -> Path:
        return self.job.workspace / "listed.parquet"


def prepared(folder: Path, contract: Contract, content: bytes) -> Outcome:
    """Prepare these bytes as a file of the contract's kind."""
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = folder / "snapshot"
    snapshot.write_bytes(content)
    layout: Layout | None = None if isinstance(contract.source, SqlSource) else contract.source  # type: ignore[assignment]
    job = Job(snapshot, "berkas", contract, layout, ZONE, folder)
    return Outcome(job, prepare(job))


def workbook(*rows: Row) -> bytes:
    """An xlsx with one sheet."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(file)
    return file.getvalue()
