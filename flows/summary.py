"""What happened, in words that a person reads: for the terminal and for Prefect's artifact. Counts, no values."""

from collections.abc import Iterator, Sequence

from catalog import layout
from catalog.metadata.addresses import catalog_address
from schemas.contracts import City, Language
from schemas.findings import Finding, Report
from schemas.messages import explained, wording

from .journey import Outcome

_UNITS = {
    "exemption_expired": "fields",
    "exemption_due": "fields",
    "exemption_incomplete": "fields",
    "undetermined": "fields",
    "published_before": "releases",
    "columns_hidden": "fields",
    "sheets_hidden": "sheets",
    "formulas_uncalculated": "cells",
    "format_ambiguous": "cells",
    "layout_moved_sheet": "sheets",
    "layout_moved_columns": "fields",
    "correction_expired": "corrections",
    "correction_due": "corrections",
    "corrected": "cells",
}
"""What a finding counts where it does not count rows."""


def headline(outcome: Outcome, language: Language) -> str:
    """One line a dataset."""
    names = {"dataset": outcome.dataset, "city": outcome.city, "rows": outcome.rows or 0}
    return wording(f"end.{outcome.end}", language, release=outcome.release or "-", **names)


def details(outcome: Outcome, language: Language) -> Iterator[str]:
    """Why a dataset was held back, one finding a line, and what to do next."""
    if outcome.report is not None:
        yield from findings(outcome.report, language)
    if outcome.error is not None:
        yield from explained(outcome.error, language).splitlines()


def findings(report: Report, language: Language) -> Iterator[str]:
    """The findings that did not pass: blockers first."""
    for finding in (*report.blockers, *report.warnings):
        yield finding_line(finding, language)
        if finding.because:
            yield "  " + wording("finding.because", language, because=finding.because)
        elif finding.blocks and finding.rule == "published_before":
            field = ", ".join(finding.fields)
            yield "  " + wording("finding.published_before", language, dataset=report.dataset, field=field)
        elif finding.blocks and finding.rule.startswith("detected_"):
            yield "  " + _advice(finding, report.dataset, language)


def _advice(finding: Finding, dataset: str, language: Language) -> str:
    """What to do about something that a detector found in an open field."""
    kind = finding.rule.removeprefix("detected_")
    code = "formula" if kind == "formula" else "identifier"
    return wording(f"finding.detected_{code}", language, dataset=dataset, field=", ".join(finding.fields), kind=kind)


def finding_line(finding: Finding, language: Language) -> str:
    """One finding: what was demanded of which field, how many rows fail, who must act."""
    return wording(
        "finding.line",
        language,
        severity=wording(f"severity.{finding.severity}", language),
        rule=wording(f"rule.{finding.rule}", language),
        fields=", ".join(finding.fields) or "-",
        failing=finding.failing,
        checked=finding.checked,
        unit=wording(f"unit.{_UNITS.get(finding.rule, 'rows')}", language),
        outcome=wording(f"outcome.{finding.outcome}", language),
        actor=wording(f"actor.{finding.actor}", language),
    )


def markdown(outcomes: Sequence[Outcome], cities: Sequence[City], language: Language) -> str:
    """The summary of a run for Prefect's artifact: counts, and where each dataset's page stands."""
    addresses = {city.id: catalog_address(city) for city in cities}
    lines = [f"# {wording('summary.title', language, count=len(outcomes))}", ""]
    for outcome in outcomes:
        lines.append(f"- {headline(outcome, language)} {_page(outcome, addresses[outcome.city])}".rstrip())
        if outcome.error:
            lines.extend(f"  - {line.strip()}" for line in details(outcome, language))
    return "\n".join(lines)


def _page(outcome: Outcome, address: str) -> str:
    """A link to the dataset's page; its path below the public folder where the city has no address."""
    if outcome.error:
        return ""
    page = layout.dataset_page(outcome.city, outcome.dataset)
    return f"([{page.parent.name}]({address}{page.relative_to(outcome.city)}))" if address else f"(`{page}`)"
