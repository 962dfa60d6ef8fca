"""What the checks found: one finding a rule, with counts, and the report of a whole dataset.

Findings are data, collected first and judged afterwards. They name dataset, field, rule and counts and hold
no value of any cell (law 2), so a report may be read by everyone.
"""

from typing import Literal

from pydantic import Field

from schemas.contracts.base import Line, Promise
from schemas.contracts.rules import Severity

Outcome = Literal["passed", "failed", "unchecked"]
Actor = Literal["supplier", "author", "operator", "ppid"]


class Finding(Promise):
    """The outcome of one rule. `code` is stable: the rule's name, then what it is about."""

    code: Line
    rule: Line
    fields: tuple[str, ...] = ()
    because: str | None = None
    severity: Severity
    outcome: Outcome
    checked: int = Field(ge=0)
    failing: int = Field(ge=0)
    actor: Actor

    @property
    def blocks(self) -> bool:
        """Whether the release stops here. A blocker that could not be checked blocks as well."""
        return self.severity == "blocker" and self.outcome != "passed"


class SourceAccount(Promise):
    """What the source held beside the rows that were read: `header` rows, and those `skipped`, by reason.

    `rearranged` is how many rows of data went into the dataset's own module; None where it has none.
    """

    header: int = Field(default=0, ge=0)
    skipped: dict[str, int] = Field(default_factory=dict)
    rearranged: int | None = Field(default=None, ge=0)


class RowAccount(SourceAccount):
    """Where every row of the source went: `read` = `staged` + `quarantined`; `skipped` never were data."""

    read: int = Field(ge=0)
    quarantined: int = Field(ge=0)
    staged: int = Field(ge=0)
    suppressed: int = Field(default=0, ge=0)
    published: int | None = Field(default=None, ge=0)

    @property
    def in_source(self) -> int:
        """All rows of the source: its header, those that were skipped, those that were read."""
        data = self.read if self.rearranged is None else self.rearranged
        return self.header + sum(self.skipped.values()) + data


class Report(Promise):
    """Everything that an auditor reviews of one run over one dataset."""

    city: str
    dataset: str
    contract: str
    rows: RowAccount
    findings: tuple[Finding, ...]

    @property
    def blockers(self) -> tuple[Finding, ...]:
        """The findings that stop the release."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that did not pass, and do not stop the release."""
        return tuple(finding for finding in self.findings if finding.outcome != "passed" and not finding.blocks)
