"""The officer's list of one dataset: which rows fail is asked again, and a page and a workbook are kept for them.

Nothing is asked, read or written where every row is sound and every rule holds.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows import private
from flows.desk.mending import Listed, Mending, Source, listed_rows, mending, sheet_of
from flows.desk.page import page
from flows.journey import Staged, Work
from flows.sandbox import run_apart
from schemas.expectations import suite
from schemas.failing import has_rows, write_failing
from schemas.findings import Report
from schemas.tables import database, read_parquet
from transforms.quarantine import Listing, list_rows, listed_fields


def keep_list(work: Work, staged: Staged, report: Report) -> None:
    """Keep the list of what is to be mended, in the private zone; none where there is nothing."""
    if not (report.blockers or report.warnings):
        return
    found = _found(work, staged, report)
    zone, city, dataset = work.places.private, work.city.id, work.contract.id
    page_file, book_file = private.mending_lists(zone, city, dataset)
    private.write(page_file, page(found).encode())
    from flows.desk.workbook import workbook  # its writer takes a while to import

    private.write(book_file, workbook(found))


def _found(work: Work, staged: Staged, report: Report) -> Mending:
    prepared = staged.prepared
    source = Source(prepared.name, prepared.columns, prepared.staging.styles, sheet_of(work.contract))
    return mending(work.city, work.contract, source, work.now, report, _listed(work, staged, report))


def _listed(work: Work, staged: Staged, report: Report) -> Listed:
    """The failing rows, asked of the staged rows, and their cells, of the source's own text."""
    failed = {finding.code for finding in (*report.blockers, *report.warnings) if finding.outcome == "failed"}
    rules = [rule for rule in suite(work.contract) if rule.code in failed and has_rows(rule)]
    unparsed = [code for code in failed if code.startswith("type:")]
    prepared = staged.prepared
    opened = listed_fields(work.contract, prepared.columns)
    asked = [*unparsed, *(rule.code for rule in rules)]
    if not asked:
        return listed_rows((), (), (), opened)
    failing, cells = work.workspace / "failing.parquet", work.workspace / "listed.parquet"
    write_failing(staged.table, rules, failing)
    job = Listing(prepared.name, prepared.raw, prepared.columns, work.contract, staged.table.path, failing, cells)
    run_apart(list_rows, job, int, prepared.name)
    return listed_rows(asked, _rows(failing), _rows(cells), opened)


def _rows(parquet: Path) -> Sequence[tuple[Any, ...]]:
    with database(parquet) as connection:
        return connection.execute(f"SELECT * FROM {read_parquet(parquet)} ORDER BY 1").fetchall()
