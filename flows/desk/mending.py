"""What somebody must mend in a delivered file, row by row, as plain data for a page and a workbook. Does no IO.

Private (law 2): open cells are shown to the officer whose file it is; an exempt cell is named by its place only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.site import words
from flows.desk.examples import example
from schemas.contracts import City, Contract, ContractField, SpreadsheetLayout, SqlSource
from schemas.findings import Finding, Report
from schemas.messages import wording
from transforms.casting.numbers import Style

PLAINLY_SAID = ("required", "unique", "primary_key", "minimum_maximum", "length", "pattern", "enum")
"""Rules with a sentence of their own; their terms stand beside it as what is expected."""
SHOWN_ON_THE_PAGE = 500
"""Rows: a phone still scrolls through them, and the workbook has the others."""

Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows that fail: by their place, the source's number and the codes of what is wrong, and their open cells.

    `asked` are the codes whose rows were looked for; a list that is full may hold none of some.
    """

    asked: frozenset[str]
    numbers: Mapping[int, int]
    codes: Mapping[int, tuple[str, ...]]
    cells: Mapping[int, Cells]
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """How the delivered file calls things: its name, its sheet where one is known, its columns, their number style."""

    name: str
    columns: Mapping[str, str]
    styles: Mapping[str, Style]
    sheet: str | None = None

    def header(self, field: ContractField) -> str:
        """The column's title in the file; the contract's where the file was never matched to it."""
        return self.columns.get(field.name, field.columns[0])


@dataclass(frozen=True, slots=True)
class Line:
    """One fault: where it stands, what stands there, what is wrong, what would be right, who must act.

    `row` is None for a rule over the whole table; `shown` is None for a cell that is not shown or is empty.
    """

    row: int | None
    column: str
    shown: str | None
    is_closed: bool
    wrong: str
    expected: str
    example: str
    severity: str
    actor: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a fault: its open cells, which of them are wrong, and what is wrong with it."""

    number: int
    cells: Cells
    wrong: frozenset[int]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What a column must hold."""

    column: str
    title: str
    expected: str
    example: str


@dataclass(frozen=True, slots=True)
class Mending:
    """All that the officer of one dataset is told about one delivery: of all `faults` in rows, those `listed`."""

    city: City
    contract: Contract
    source: Source
    now: datetime
    report: Report
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    general: tuple[Line, ...]
    guide: tuple[Guide, ...]
    faults: int
    listed: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, those over the whole table first."""
        return (*self.general, *(line for row in self.rows for line in row.lines))

    @property
    def unlisted(self) -> int:
        """How many faults stand in rows beyond the longest list."""
        return self.faults - self.listed

    @property
    def numbering(self) -> str:
        """What a row's number counts, by the kind of the source."""
        if self.contract.module is not None:
            return "module"
        is_file = self.contract.source.kind in ("csv", "spreadsheet")
        return "file" if is_file or _layout_kind(self.contract) == "csv" else "record"


def _layout_kind(contract: Contract) -> str | None:
    read = getattr(contract.source, "read", None)
    return getattr(read, "kind", None)


def sheet_of(contract: Contract) -> str | None:
    """The sheet that the contract names; None where the file has but one, or none at all."""
    if isinstance(contract.source, SqlSource):
        return None
    layout = getattr(contract.source, "read", contract.source)
    return layout.sheet if isinstance(layout, SpreadsheetLayout) else None


def mending(city: City, contract: Contract, source: Source, now: datetime, report: Report, listed: Listed) -> Mending:
    """What is to be mended according to a report, with the rows that were listed for it."""
    failed = {finding.code: finding for finding in (*report.blockers, *report.warnings)}
    fields = {field.name: field for field in contract.fields}
    by_code = {code: _Rule(contract, source, finding) for code, finding in failed.items()}
    return Mending(
        city=city,
        contract=contract,
        source=source,
        now=now,
        report=report,
        headers=tuple(source.header(fields[name]) for name in listed.opened),
        rows=tuple(_row(place, listed, by_code) for place in sorted(listed.numbers)),
        general=tuple(line for code in failed if code not in listed.asked for line in by_code[code].lines(None, {})),
        guide=tuple(_guide(field, source) for field in contract.fields),
        faults=sum(failed[code].failing for code in listed.asked),
        listed=sum(map(len, listed.codes.values())),
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule that failed, and the lines that it makes of a row."""

    contract: Contract
    source: Source
    finding: Finding

    def lines(self, number: int | None, cells: Mapping[str, str | None]) -> Iterator[Line]:
        """A line a field of the rule; one without a column where it names none."""
        known = {field.name: field for field in self.contract.fields}
        fields = [known[name] for name in self.finding.fields if name in known]
        for field in fields:
            yield self._line(number, field, cells)
        if not fields:
            yield self._line(number, None, cells)

    def _line(self, number: int | None, field: ContractField | None, cells: Mapping[str, str | None]) -> Line:
        is_closed = field is not None and field.access != "open"
        return Line(
            row=number,
            column=self.source.header(field) if field else wording("desk.whole_row" if number else "desk.whole", "id"),
            shown=None if field is None or is_closed else cells.get(field.name),
            is_closed=is_closed,
            wrong=_wrong(self.contract, self.finding, field),
            expected=_expected(field) if field else "",
            example=_example(field, self.source) if field else "",
            severity=words.word("severity", self.finding.severity),
            actor=words.word("actor", self.finding.actor),
        )


def _row(place: int, listed: Listed, rules: Mapping[str, _Rule]) -> Row:
    cells = listed.cells.get(place, ())
    by_name = dict(zip(listed.opened, cells, strict=False))
    known = [rules[code] for code in listed.codes[place] if code in rules]
    blamed = {name for rule in known for name in rule.finding.fields}
    return Row(
        number=listed.numbers[place],
        cells=cells,
        wrong=frozenset(at for at, name in enumerate(listed.opened) if name in blamed),
        lines=tuple(line for rule in known for line in rule.lines(listed.numbers[place], by_name)),
    )


def _wrong(contract: Contract, finding: Finding, field: ContractField | None) -> str:
    """What is wrong, as somebody who has the file before them needs to hear it."""
    if finding.rule == "type" and field is None:
        return wording("desk.wrong.ragged", "id")
    if finding.rule == "type" and field is not None:
        code = "number" if field.type in ("integer", "number") else "type"
        return wording(f"desk.wrong.{code}", "id", type=words.word("type", field.type).lower())
    if finding.rule in PLAINLY_SAID and finding.outcome == "failed":
        return wording(f"desk.wrong.{finding.rule}", "id")
    terms = "; ".join(words.terms(contract, finding))
    said = wording("desk.wrong.rule", "id", rule=words.word("rule", finding.rule))
    said += f" ({terms})." if terms else "."
    if finding.outcome == "unchecked":
        said += " " + wording("desk.wrong.unchecked", "id")
    return f"{said} {wording('finding.because', 'id', because=finding.because)}" if finding.because else said


def _expected(field: ContractField) -> str:
    """The field's type, what the contract demands of its values, and its unit."""
    said = [words.word("type", field.type), *words.constraints(field)]
    if field.unit:
        said.append(wording("desk.unit", "id", unit=field.unit))
    return "; ".join(said)


def _example(field: ContractField, source: Source) -> str:
    return example(field, source.styles.get(field.name, "whole")) or wording("desk.any_text", "id")


def _guide(field: ContractField, source: Source) -> Guide:
    return Guide(source.header(field), field.title.id, _expected(field), _example(field, source))


def listed_rows(
    asked: Iterable[str], faults: Iterable[Sequence[Any]], cells: Iterable[Sequence[Any]], opened: tuple[str, ...]
) -> Listed:
    """The rows of `schemas/failing` (place, number, code) and of `transforms/quarantine` (place, then cells)."""
    numbers: dict[int, int] = {}
    codes: dict[int, tuple[str, ...]] = {}
    for place, number, code in faults:
        numbers[place] = number
        codes[place] = (*codes.get(place, ()), code)
    return Listed(frozenset(asked), numbers, codes, {row[0]: tuple(row[1:]) for row in cells}, opened)
