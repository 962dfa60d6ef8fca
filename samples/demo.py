"""`make publish`: the demo cities, from their departments' files to the public catalog.

Writes the sample inbox, brings in the sample approvals, serves the citizens' reports on loopback for the run,
publishes both cities, and compares the outcome with `expected.yaml`: it succeeds when exactly the expected
datasets are held back.
"""

import os
import sys
from pathlib import Path
from typing import Any

import yaml

from flows.commands.publish import published
from flows.commands.telling import out, say
from flows.journey import Outcome
from flows.settings import Places, language, places
from samples.approve import approve_samples
from samples.generate import PARKING_DATABASE, REPORTS_FOLDER, generate
from samples.reports_api import serving
from schemas.messages import wording

SAMPLES = Path(__file__).resolve().parent


def main() -> int:
    """Publish the demo; 0 where every dataset ended as expected."""
    where = places(inbox=SAMPLES / "inbox")
    generate(where.inbox)
    approve_samples(where)
    os.environ["DISHUB_DB"] = f"sqlite:///{where.inbox / PARKING_DATABASE}"
    with serving(where.inbox / REPORTS_FOLDER) as address:
        os.environ["PENGADUAN_API"] = address
        outcomes = published(where, (), ())
    return _conclude(where, outcomes)


def _conclude(where: Places, outcomes: list[Outcome]) -> int:
    expected = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
    surprises = [outcome for outcome in outcomes if not _as_expected(outcome, expected)]
    held = [f"{outcome.city}/{outcome.dataset}" for outcome in outcomes if outcome.error]
    out.print()
    say("demo.counts", published=len(outcomes) - len(held), held=len(held), names=", ".join(held) or "-")
    for outcome in surprises:
        say("demo.surprise", city=outcome.city, dataset=outcome.dataset)
    if not surprises:
        say("demo.as_expected")
    say("publish.done", public=where.public)
    out.print(wording("demo.look", language(None), public=where.public), markup=False)
    return 1 if surprises else 0


def _as_expected(outcome: Outcome, expected: dict[str, Any]) -> bool:
    stated = expected[outcome.city][outcome.dataset]["outcome"]
    return (outcome.end in ("published", "unchanged")) == (stated == "published") and outcome.end != "failed"


if __name__ == "__main__":
    sys.exit(main())
