"""Lighthouse over an address: the scores of its categories, and what each page lost points for."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chromium import CHROMIUM, FLAGS

PROGRAM = Path(__file__).parent / "lighthouse/node_modules/.bin/lighthouse"


@dataclass(frozen=True, slots=True)
class Scores:
    """Points of 100 by category, and the audits that cost some: `{category: [audit, …]}`."""

    points: dict[str, int]
    lost: dict[str, list[str]]


def scores(address: str, categories: tuple[str, ...]) -> Scores:
    """What Lighthouse 12 says of a page on a phone with a slow connection, as it simulates one."""
    command = [PROGRAM, address, "--quiet", "--output=json", f"--only-categories={','.join(categories)}"]
    flags = f"--chrome-flags=--headless {' '.join(FLAGS)}"
    done = subprocess.run(
        [*command, flags], capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": str(CHROMIUM)}
    )
    found = json.loads(done.stdout)
    named = found["categories"]
    return Scores(
        points={name: round(100 * category["score"]) for name, category in named.items()},
        lost={name: _lost(category, found["audits"]) for name, category in named.items()},
    )


def _lost(category: dict[str, Any], audits: dict[str, Any]) -> list[str]:
    weighed = [one["id"] for one in category["auditRefs"] if one["weight"]]
    return [audit for audit in weighed if (audits[audit]["score"] or 0) < 1 and audits[audit]["score"] is not None]
