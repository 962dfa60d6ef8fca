"""What would leave by a contract as it is now: looked at before anybody approves it, and told in words.

Everything that `told` says is names, grounds and counts (law 2). The few open rows of `Leaving.sample` are for the
terminal of the person who approves, and for nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows import runs
from flows.approval import given, is_approved, openings, stands
from flows.journey import Outcome, Work
from flows.settings import Places
from flows.steps import Steps, examine
from flows.summary import findings
from schemas.contracts import City, Contract, ContractField, Language
from schemas.findings import Report
from schemas.messages import wording
from schemas.openings import Coarser, Form, Groups, Rows, Suppressed, forms
from schemas.tables import PublicTable, database, quoted, read_parquet

SAMPLE_ROWS = 5
Sample = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the public table would hold: its smallest group of people, where groups are guarded, and open rows."""

    smallest: int | None
    sample: Sample


@dataclass(frozen=True, slots=True)
class Leaving:
    """A dataset a moment before its approval. `seen` is None where the journey ended before there was a table."""

    city: City
    contract: Contract
    new: dict[str, Form]
    is_approved: bool
    outcome: Outcome
    seen: Seen | None

    @property
    def waits(self) -> bool:
        """Whether something new would be opened that nobody has approved."""
        return bool(self.new) and not self.is_approved


def look(places: Places, city: City, contract: Contract, now: datetime) -> Leaving:
    """The journey up to the whole report; nothing is published, and the looked-at rows go with its folder."""
    seen: list[Seen] = []
    plain = Steps()

    def detect(work: Work, public: PublicTable, *handed_on: Any) -> Report:
        seen.append(Seen(_smallest(public), _sample(public)))
        report: Report = plain.detect(work, public, *handed_on)
        return report

    outcome = runs.run(examine, places, city, contract, now, replace(plain, detect=detect))
    standing = stands(places, city, contract)
    approved = is_approved(contract, standing, given(places, city, contract))
    return Leaving(city, contract, openings(contract, standing), approved, outcome, next(iter(seen), None))


def _sample(public: PublicTable) -> Sample:
    columns = ", ".join(f"CAST({quoted(field.name)} AS VARCHAR)" for field in public.dataset.public_fields)
    with database(public.path) as connection:
        return tuple(
            connection.execute(f"SELECT {columns} FROM {read_parquet(public.path)} LIMIT {SAMPLE_ROWS}").fetchall()
        )


def _smallest(public: PublicTable) -> int | None:
    """The size of the smallest group that leaves: by the quasi-identifiers, or the smallest count of a table."""
    stated = public.dataset.disclosure
    names = {field.name for field in public.dataset.public_fields}
    by = [quoted(name) for name in stated.quasi_identifiers if name in names]
    if stated.aggregate:
        query = f"SELECT min({quoted(stated.aggregate.name)}) FROM {read_parquet(public.path)}"
    elif by:
        groups = f"SELECT count(*) AS n FROM {read_parquet(public.path)} GROUP BY {', '.join(by)}"
        query = f"SELECT min(n) FROM ({groups})"
    else:
        return None
    with database(public.path) as connection:
        found: tuple[int | None] = connection.execute(query).fetchall()[0]
    return found[0]


def told(leaving: Leaving, language: Language) -> Iterator[str]:
    """What would leave, what stays, how many rows, and what was found."""
    contract = leaving.contract
    title = contract.title.in_language(language)
    yield wording("approve.title", language, title=title, city=leaving.city.name, dataset=contract.id)
    yield from _leaving_fields(leaving, language)
    yield from _staying_fields(contract, language)
    if leaving.outcome.report is not None:
        yield from _counts(leaving.outcome.report, leaving.seen, language)


def _leaving_fields(leaving: Leaving, language: Language) -> Iterator[str]:
    titles = {field.name: field.title.in_language(language) for field in leaving.contract.public_fields}
    yield wording("approve.leaving", language, count=len(titles))
    for name, form in forms(leaving.contract).items():
        mark = wording("approve.new", language) if name in leaving.new else ""
        shown = f"{name} ({titles[name]})" if name in titles else name.removeprefix("@")
        text = wording("approve.whole", language) if isinstance(form, Rows | Groups) else shown
        yield f"- {text}: {described(form, language)}{mark}"


def described(form: Form, language: Language) -> str:
    """How a form leaves, in words."""
    if isinstance(form, Coarser):
        size = "" if form.to.size is None else f" ({form.to.size.normalize():f})"
        return wording(f"form.{form.to.to}", language) + size
    if isinstance(form, Suppressed):
        return wording("form.suppress", language)
    if isinstance(form, Groups):
        return wording("form.groups", language, by=", ".join(form.by), at_least=form.at_least)
    if isinstance(form, Rows) and form.guard.k > 1:
        by = ", ".join(form.guard.quasi_identifiers)
        return wording("form.guarded", language, by=by, k=form.guard.k)
    return wording(f"form.{form.form}", language)


def _staying_fields(contract: Contract, language: Language) -> Iterator[str]:
    fields = contract.withheld_fields
    yield wording("approve.staying", language, count=len(fields))
    for field in fields:
        yield f"- {field.name} ({field.title.in_language(language)}): {_ground(field, language)}"


def _ground(field: ContractField, language: Language) -> str:
    if field.exemption is None:
        return wording("approve.undetermined", language)
    names = {"law": field.exemption.law, "decision": field.exemption.decision, "until": field.exemption.until}
    return wording("approve.ground", language, **names)


def _counts(report: Report, seen: Seen | None, language: Language) -> Iterator[str]:
    rows = report.rows
    yield wording(
        "approve.rows",
        language,
        read=rows.read,
        quarantined=rows.quarantined,
        suppressed=rows.suppressed,
        published=rows.published if rows.published is not None else 0,
    )
    if seen is not None and seen.smallest is not None:
        yield wording("approve.smallest", language, smallest=seen.smallest)
    found = list(findings(report, language))
    yield wording("approve.findings" if found else "approve.no_findings", language, count=len(report.findings))
    yield from (f"- {line.strip()}" for line in found)
