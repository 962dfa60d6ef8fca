"""What reading noticed of a file -> findings, and the layout of its table, in the contract's names alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.contracts import Contract
from schemas.findings import Finding
from transforms.reading.columns import folded
from transforms.reading.table import RawTable, Remark, RemarkCode

if TYPE_CHECKING:
    from schemas.contracts import Severity
    from schemas.findings import Actor

JUDGED: "dict[RemarkCode, tuple[Severity, Actor]]" = {
    "rows_hidden": ("warning", "supplier"),
    "rows_filtered": ("blocker", "supplier"),
    "columns_hidden": ("warning", "supplier"),
    "sheets_hidden": ("warning", "supplier"),
    "formulas_uncalculated": ("blocker", "supplier"),
    "format_ambiguous": ("blocker", "author"),
}
"""What would publish a wrong number, or data that somebody looked past, holds the dataset back."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where a table stood: its sheet (None for several or none), its header's row, its fields from left to right."""

    sheet: str | None
    header: int | None
    order: tuple[str, ...]


def table_layout(raw: RawTable, columns: Mapping[str, str]) -> TableLayout:
    """The layout of a table as it was read; `columns` names the source's column of each field."""
    order = sorted(columns, key=lambda field: (raw.columns.index(columns[field]), field))
    return TableLayout(raw.sheets[0] if len(raw.sheets) == 1 else None, raw.header_row, tuple(order))


def remark_findings(raw: RawTable, contract: Contract) -> tuple[Finding, ...]:
    """A finding for each remark that is about a field, or about the whole file."""
    known = {folded(header): field.name for field in contract.fields for header in reversed(field.columns)}
    found = []
    for remark in raw.remarks:
        field = known.get(folded(remark.column)) if remark.column is not None else None
        if remark.column is None or field is not None or contract.module is not None:
            found.append(_finding(remark, field, raw.rows or 0))
    return tuple(found)


def moved(before: TableLayout, now: TableLayout) -> tuple[Finding, ...]:
    """What of a layout is no longer where the last release found it; what one of the two does not tell is no move."""
    findings = []
    if before.sheet is not None and now.sheet is not None and before.sheet != now.sheet:
        findings.append(_moved("layout_moved_sheet", ()))
    if before.header is not None and now.header is not None and before.header != now.header:
        findings.append(_moved("layout_moved_header", ()))
    kept = [field for field in now.order if field in before.order]
    earlier = [field for field in before.order if field in now.order]
    if strayed := tuple(field for field, was in zip(kept, earlier, strict=True) if field != was):
        findings.append(_moved("layout_moved_columns", strayed))
    return tuple(findings)


def _finding(remark: Remark, field: str | None, rows: int) -> Finding:
    severity, actor = JUDGED[remark.code]
    return Finding(
        code=f"{remark.code}:{field}" if field else remark.code,
        rule=remark.code,
        fields=(field,) if field else (),
        severity=severity,
        outcome="failed",
        checked=max(rows, remark.count),
        failing=remark.count,
        actor=actor,
    )


def _moved(rule: str, fields: tuple[str, ...]) -> Finding:
    count = max(len(fields), 1)
    return Finding(
        code=rule,
        rule=rule,
        fields=fields,
        severity="warning",
        outcome="failed",
        checked=count,
        failing=count,
        actor="supplier",
    )
