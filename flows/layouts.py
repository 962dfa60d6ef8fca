"""[edge] The layout of each dataset's table at its last release, kept in the private zone: what moved is told once."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from flows import private
from flows.journey import Work
from schemas.findings import Finding
from transforms.remarks import TableLayout, moved

_LAYOUT = TypeAdapter(TableLayout)


def moved_since_release(work: Work, now: TableLayout) -> tuple[Finding, ...]:
    """What of the table stands elsewhere than at the last release; nothing before the first one."""
    kept = _kept(work)
    try:
        return moved(_LAYOUT.validate_json(kept.read_bytes()), now) if kept.exists() else ()
    except ValidationError:  # an older form of this file; the next release writes it anew
        return ()


def keep_layout(work: Work, layout: TableLayout) -> None:
    """Remember the layout of what was just released."""
    with private.disk_faults(work.places):
        private.write(_kept(work), _LAYOUT.dump_json(layout))


def _kept(work: Work) -> Path:
    return work.places.private / "layouts" / work.city.id / f"{work.contract.id}.json"
