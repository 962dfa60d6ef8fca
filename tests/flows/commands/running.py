"""The real command, as it was installed, in a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Places

PALU = Path(sys.executable).parent / "palu"
ENGLISH_WORDS = ("Traceback", "Error:", "Exception", "sqlalchemy", "duckdb", "calamine", "prefect", "pydantic")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def palu(*words: str | Path, places: Places | None = None, **settings: str) -> Ran:
    """Run `palu`; `places` and `settings` stand in its environment, and nothing else of ours does."""
    done = subprocess.run(
        [PALU, *map(str, words)],
        env={**_surroundings(), **_zones(places), **settings},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _surroundings() -> dict[str, str]:
    kept = ("PATH", "HOME", "TMPDIR", "LANG")
    return {name: value for name, value in os.environ.items() if name in kept} | {"COLUMNS": "100"}


def _zones(places: Places | None) -> dict[str, str]:
    if places is None:
        return {}
    zones = {"CONTRACTS": places.contracts, "INBOX": places.inbox, "PUBLIC": places.public, "PRIVATE": places.private}
    return {f"PALU_{name}": str(path) for name, path in zones.items()}
