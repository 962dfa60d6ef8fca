"""Step 4: staged rows -> the public table. What the law exempts stays behind here."""

from flows import private
from flows.journey import Staged, Work
from schemas.tables import PublicTable
from transforms.protection.redaction import redact as redacted


def redact(work: Work, staged: Staged) -> PublicTable:
    """The public table of a dataset whose report has no blocker."""
    with private.disk_faults(work.places):
        return redacted(staged.table, work.workspace / "public.parquet")
