"""Step 5: what nobody declared, searched for in the public table; the report is whole after this."""

from concurrent.futures import ThreadPoolExecutor

from flows import private
from flows.journey import HeldBack, Work
from flows.owing import owed
from flows.trace import traced_columns
from schemas.contracts import Contract
from schemas.findings import Finding, Report
from schemas.tables import PublicTable
from transforms.detection.scan import scan


def detect(work: Work, public: PublicTable, report: Report) -> Report:
    """The report with what redaction did and what the detectors found; HeldBack where a finding stops the release."""
    rows = report.rows.model_copy(update={"suppressed": public.suppressed, "published": public.rows})
    with ThreadPoolExecutor(1) as beside:
        tracing = beside.submit(traced_columns, work, public)
        detected = [cleared(finding, work.contract) for finding in scan(public)]
        traced = tracing.result()
    findings = (*report.findings, *public.findings, *detected, *traced, *owed(work))
    report = report.model_copy(update={"rows": rows, "findings": findings})
    with private.disk_faults(work.places):
        private.keep_report(work.places.private, report)
    if report.blockers:
        raise HeldBack(report)
    return report


def cleared(finding: Finding, contract: Contract) -> Finding:
    """A detector's finding as a recorded decision lets it stand: a warning that names the decision and its reason."""
    [field], kind = finding.fields, finding.rule.removeprefix("detected_")
    clearance = contract.clearance(field, kind)
    if clearance is None:
        return finding
    return finding.model_copy(update={"severity": "warning", "because": clearance.ground})
