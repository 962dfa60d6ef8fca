"""A snapshot of a test's own, prepared in this process."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from schemas.contracts import Contract, Layout, SqlSource
from schemas.tables import LINE_COLUMN, StagedTable
from tests.making import Row, rows_of
from transforms.preparation import Job, Prepared, prepare

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
        """The officer's list, its header first; empty where there is none."""
        if not self.job.quarantine.exists():
            return []
        return list(csv.reader(io.StringIO(self.job.quarantine.read_text(encoding="utf-8"))))


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
