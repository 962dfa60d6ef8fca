"""Step 3: the contract's rules over the staged rows. Blockers stop the release."""

from flows import private
from flows.desk.listing import keep_list
from flows.journey import HeldBack, Staged, Work
from schemas import correcting
from schemas.findings import Report


def validate(work: Work, staged: Staged) -> Report:
    """The report of the staged rows; HeldBack where a finding stops the release."""
    from schemas.validation import validate as check  # Great Expectations takes seconds to import

    report = check(work.city.id, staged.table, staged.prepared.account)
    owed = correcting.findings(work.contract, work.now.date())
    report = report.model_copy(update={"findings": (*report.findings, *owed)})
    with private.disk_faults(work.places):
        private.keep_report(work.places.private, report)
        keep_list(work, staged, report)
    if report.blockers:
        raise HeldBack(report)
    return report
