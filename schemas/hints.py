"""What to do about a failed rule, where the staged rows tell it: asked only of rules that failed.

Names what the official list holds, never what a cell does (law 2).
"""

import difflib
from collections.abc import Iterable, Iterator

from schemas.contracts import ContractField
from schemas.contracts.region import Region
from schemas.findings import Finding
from schemas.messages import wording
from schemas.regions import DECREE, folded
from schemas.tables import StagedTable, database, literal, quoted

MOST_NAMES = 5
"""So many official names are told; more would be a second list."""
MOST_ZEROS = 4
"""Leading zeros that a code may have lost."""
MOST_SPELLINGS = 500


def hinted(staged: StagedTable, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; a failed rule of regions with its hint, after a failed pattern what lost zeros explain of it."""
    for finding in findings:
        failed = finding.outcome == "failed"
        if failed and finding.rule == "region":
            yield finding.model_copy(update={"because": _nearest(staged, staged.contract.field(finding.fields[0]))})
            continue
        yield finding
        if failed and finding.rule == "pattern":
            yield from _zeros(staged, finding)


def _nearest(staged: StagedTable, field: ContractField) -> str:
    """The official names that the unknown ones resemble; none for a field that is not open."""
    region = field.region
    names = _resembled(staged, field, region) if region is not None and field.access == "open" else []
    if not names:
        return wording("finding.region_unlike", "id", decree=DECREE)
    return wording("finding.region_near", "id", names=", ".join(names))


def _resembled(staged: StagedTable, field: ContractField, region: Region) -> list[str]:
    official, name = ", ".join(map(literal, region.values)), quoted(field.name)
    query = (
        f"SELECT {name} FROM {staged.sound_rows} WHERE {name} NOT IN ({official}) "
        f"GROUP BY {name} ORDER BY count(*) DESC, {name} LIMIT {MOST_SPELLINGS}"
    )
    with database(staged.path) as connection:
        spellings = [spelling for (spelling,) in connection.execute(query).fetchall()]
    ignored = frozenset({"dots"} if region.as_ == "code" else {"case", "spaces", "prefix"})
    by_fold = {folded(value, region.level, ignored): value for value in region.values}  # type: ignore[arg-type]
    found = [
        by_fold[near]
        for spelling in spellings
        for near in difflib.get_close_matches(folded(spelling, region.level, ignored), by_fold, n=1, cutoff=0.8)  # type: ignore[arg-type]
    ]
    return list(dict.fromkeys(found))[:MOST_NAMES]


def _zeros(staged: StagedTable, finding: Finding) -> Iterator[Finding]:
    """Codes of digits alone that would match with zeros before them. None is put there: that would be a guess."""
    field = staged.contract.field(finding.fields[0])
    cell, pattern = quoted(field.name), literal(f"^(?:{field.constraints.pattern})$")
    padded = " OR ".join(f"regexp_matches('{'0' * zeros}' || {cell}, {pattern})" for zeros in range(1, MOST_ZEROS + 1))
    query = (
        f"SELECT count(*) FROM {staged.sound_rows} WHERE regexp_full_match({cell}, '[0-9]+') "
        f"AND NOT regexp_matches({cell}, {pattern}) AND ({padded})"
    )
    with database(staged.path) as connection:
        count = int(connection.execute(query).fetchall()[0][0])
    if count:
        update = {"code": f"leading_zeros:{field.name}", "rule": "leading_zeros", "failing": count}
        because = wording("finding.leading_zeros", "id")
        yield finding.model_copy(update={**update, "severity": "warning", "because": because})
