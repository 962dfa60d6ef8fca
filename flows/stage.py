"""Step 2: bytes -> rows -> the contract's types, written once as Parquet, in a process of its own."""

from flows import private
from flows.journey import Snapshot, Staged, Work
from flows.layouts import moved_since_release
from flows.sandbox import run_apart
from schemas.contracts import HttpSource, Layout, RowsSource, Source
from schemas.tables import StagedTable
from transforms.preparation import Job, Prepared, prepare


def stage(work: Work, snapshot: Snapshot) -> Staged:
    """The typed rows of a snapshot; what was listed of the file before it is gone."""
    job = Job(
        snapshot=snapshot.path,
        name=snapshot.name,
        contract=work.contract,
        layout=_layout(work.contract.source),
        timezone=work.city.timezone,
        workspace=work.workspace,
    )
    with private.disk_faults(work.places):
        private.forget_list(work.places.private, work.city.id, work.contract.id)
        prepared = run_apart(prepare, job, Prepared, snapshot.name)
    staging = prepared.staging
    findings = (*prepared.findings, *moved_since_release(work, prepared.layout), *staging.findings)
    table = StagedTable(job.staged, work.contract, staging.rows, staging.faulty, staging.first_row, findings)
    return Staged(table, prepared)


def _layout(source: Source) -> Layout | None:
    if isinstance(source, RowsSource):
        return None
    return source.read if isinstance(source, HttpSource) else source
