"""Step 2: bytes -> rows -> the contract's types, written once as Parquet, in a process of its own."""

import shutil

from flows import private
from flows.journey import Snapshot, Staged, Work
from flows.layouts import moved_since_release
from flows.sandbox import run_apart
from schemas.contracts import HttpSource, Layout, RowsSource, Source
from schemas.tables import StagedTable
from transforms.preparation import Job, Prepared, prepare


def stage(work: Work, snapshot: Snapshot) -> Staged:
    """The typed rows of a snapshot; rows that do not parse are listed in the private zone."""
    job = Job(
        snapshot=snapshot.path,
        name=snapshot.name,
        contract=work.contract,
        layout=_layout(work.contract.source),
        timezone=work.city.timezone,
        workspace=work.workspace,
    )
    with private.disk_faults(work.places):
        prepared = run_apart(prepare, job, Prepared, snapshot.name)
        _keep_quarantine(work, job)
    staging = prepared.staging
    findings = (*prepared.findings, *moved_since_release(work, prepared.layout), *staging.findings)
    table = StagedTable(job.staged, work.contract, staging.rows, staging.faulty, staging.first_row, findings)
    return Staged(table, prepared.skipped, prepared.layout)


def _layout(source: Source) -> Layout | None:
    if isinstance(source, RowsSource):
        return None
    return source.read if isinstance(source, HttpSource) else source


def _keep_quarantine(work: Work, job: Job) -> None:
    """The list of this run replaces the one before; a run without faults leaves none."""
    kept = private.quarantine_list(work.places.private, work.city.id, work.contract.id)
    kept.unlink(missing_ok=True)
    if job.quarantine.exists():
        private.folder(kept.parent)
        shutil.move(job.quarantine, kept)
        kept.chmod(0o600)
