"""One publication of a city in which everything goes wrong, through Prefect. `hunt` starts it as a process of its own.

`python -m tests.laws.hunt.run ROOT`: contracts, inbox and settings stand below ROOT; how each dataset ended is
written to ROOT/ends.json. What the child quotes in its faults stands in the environment, as NILAI_UJI.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from flows import runs, stage
from flows.approval import Official, approve
from flows.commands import check
from flows.commands import list as listing
from flows.commands.publish import published
from flows.settings import Places, prefect_home
from samples.reports_api import serving
from schemas.registry import load_cities
from tests.laws.hunt import faults
from tests.laws.made_up_city import places_below


def main(root: Path) -> None:
    import os

    where = places_below(root)
    with serving(where.inbox) as address:
        os.environ["SUMBER_HTTP"] = address
        runs.close(where)
        prefect_home(where.private)
        ends = _published(where)
        _looked_at(where)
    (root / "ends.json").write_text(json.dumps(ends))


def _published(where: Places) -> dict[str, str]:
    from flows import pipeline

    stage.prepare = faults.prepare_or_fail  # type: ignore[attr-defined]
    pipeline.Steps = faults.steps  # type: ignore[misc, assignment]
    now = datetime.now(UTC)
    for registered in load_cities(where.contracts, ()):
        for contract in registered.contracts.values():
            approve(where, registered.city, contract, Official("Pejabat uji", "PPID (contoh)"), now)
    return {outcome.dataset: outcome.end for outcome in published(where, (), ())}


def _looked_at(where: Places) -> None:
    """The commands that tell what stands: a check of a few datasets, and the officers' list."""
    zones = {"contracts": where.contracts, "inbox": where.inbox, "public": where.public, "private": where.private}
    datasets = [contract.id for one in load_cities(where.contracts, ()) for contract in one.contracts.values()]
    check.command([name for name in datasets if name.startswith("csv-")], None, **zones)
    listing.command(contracts=where.contracts, private=where.private)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
