"""[edge] Staged rows + the contract's rules -> a Report, checked by Great Expectations on DuckDB.

Of Great Expectations' results we read an allow-list of counts and nothing else; nothing of its own objects is
stored, rendered or handed on, for every one of its result formats carries cell values. Importing it costs
seconds, so this module is imported by the step that validates, when it validates.
"""

from collections.abc import Iterator
from typing import Any

from schemas.expectations import Expectation, suite
from schemas.findings import Finding, Report, RowAccount, SourceAccount
from schemas.hints import hinted
from schemas.tables import FAULT_COLUMN, StagedTable, database, read_parquet
from schemas.validation_duckdb import checked


def validate(city: str, staged: StagedTable, account: SourceAccount) -> Report:
    """Every rule of the contract over the rows that quarantine did not hold back, and what was found before."""
    contract = staged.contract
    rules = suite(contract)
    results = checked(staged, rules)
    findings = [_finding(rule, results.get(rule.code), staged.rows - staged.faulty) for rule in rules]
    sound = staged.rows - staged.faulty
    rows = RowAccount(**account.model_dump(), read=staged.rows, quarantined=staged.faulty, staged=sound)
    return Report(
        city=city,
        dataset=contract.id,
        contract=contract.digest,
        rows=rows,
        findings=(*staged.findings, *_parsing(staged), _quarantine(staged), *hinted(staged, findings)),
    )


def _finding(rule: Expectation, result: dict[str, Any] | None, rows: int) -> Finding:
    """One rule's outcome. An expectation that raised is not one that failed: it could not be checked."""
    checked_rows = failing = 0
    outcome, actor = "unchecked", "author"
    if result is not None:
        checked_rows = int(result.get("element_count", rows)) - int(result.get("missing_count", 0))
        failing = int(result.get("unexpected_count", 0))
        outcome, actor = ("passed" if result["success"] else "failed"), "supplier"
    return Finding.model_validate(
        {
            "code": rule.code,
            "rule": rule.rule,
            "fields": rule.fields,
            "because": rule.because,
            "severity": rule.severity,
            "outcome": outcome,
            "checked": checked_rows,
            "failing": failing,
            "actor": actor,
        }
    )


def _parsing(staged: StagedTable) -> Iterator[Finding]:
    """One finding a field whose cells do not all parse: its rows are quarantined, not its release stopped."""
    for field, failing in _unparsed_cells(staged).items():
        yield Finding(
            code=f"type:{field}",
            rule="type",
            fields=(field,),
            severity="warning",
            outcome="failed",
            checked=staged.rows,
            failing=failing,
            actor="supplier",
        )


def _unparsed_cells(staged: StagedTable) -> dict[str, int]:
    if not staged.faulty:
        return {}
    query = (
        f"SELECT field, count(*) FROM (SELECT unnest(string_split({FAULT_COLUMN}, ',')) AS field "
        f"FROM {read_parquet(staged.path)} WHERE {FAULT_COLUMN} IS NOT NULL) GROUP BY field ORDER BY field"
    )
    with database(staged.path) as connection:
        return dict(connection.execute(query).fetchall())


def _quarantine(staged: StagedTable) -> Finding:
    """DESIGN §5: above the share that the contract states, the dataset is held back."""
    limit = staged.contract.quarantine
    within = staged.faulty <= limit.at_most * staged.rows
    return Finding(
        code="quarantine",
        rule="quarantine",
        because=limit.because,
        severity="blocker",
        outcome="passed" if within else "failed",
        checked=staged.rows,
        failing=staged.faulty,
        actor="supplier",
    )
