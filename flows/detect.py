"""Step 5: what nobody declared, searched for in the public table; the report is whole after this."""

from flows import private
from flows.journey import HeldBack, Work
from schemas.findings import Report
from schemas.tables import PublicTable


def detect(work: Work, public: PublicTable, report: Report) -> Report:
    """The report with what redaction did and what the detectors found; HeldBack where a finding stops the release."""
    rows = report.rows.model_copy(update={"suppressed": public.suppressed, "published": public.rows})
    report = report.model_copy(update={"rows": rows, "findings": (*report.findings, *public.findings)})
    with private.disk_faults(work.places):
        private.keep_report(work.places.private, report)
    if report.blockers:
        raise HeldBack(report)
    return report
