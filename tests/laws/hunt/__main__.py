"""`python -m tests.laws.hunt [--values 10000] [--plant [WAY]] [--keep FOLDER]`, also `make leak-hunt`.

Prints what was searched and what was found; exits 1 if anything was found, or if a failure did not happen.
`--plant` writes one value into the run's own log, in the given way: the command must then fail.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests import databases
from tests.laws.encodings import WAYS
from tests.laws.hunt.hunting import Left, let_run, plant, ready, searched, surprises
from tests.laws.hunt.planting import KINDS
from tests.laws.hunt.situations import EVERYTHING, SITUATIONS


def main() -> int:
    """Hunt, print the figure, and say by the exit code whether it is 0."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--values", type=int, default=10_000)
    arguments.add_argument("--plant", nargs="?", const="base_64", choices=WAYS)
    arguments.add_argument("--keep", type=Path)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = asked.keep or Path(scratch) / "kota"
        root.mkdir(parents=True, exist_ok=True)
        return _hunt(root, asked.values, asked.plant)


def _hunt(root: Path, count: int, way: str | None) -> int:
    started = time.perf_counter()
    with databases.postgresql() as postgresql, databases.mariadb() as mariadb:
        urls = {"postgresql": postgresql, "mariadb": mariadb}
        left = let_run(root, plant(root, EVERYTHING, count, urls), urls)
    if way is not None:
        leak(left, way)
    figures = searched(ready(left.values), root)
    wrong = surprises(left, EVERYTHING)
    print(
        f"{len(left.values):,} exempt values in {len(WAYS)} encodings; {len(KINDS)} kinds of source, "
        f"{len(SITUATIONS)} situations, {len(EVERYTHING)} datasets; {figures.files:,} files, "
        f"{figures.bytes / 1e6:,.1f} MB searched in {time.perf_counter() - started:.0f} s; found: {len(figures.found)}"
    )
    for file in figures.found:
        print(f"  {file}")
    for name, end in wrong.items():
        print(f"  did not end as planned: {name}: {end}")
    return 1 if figures.found or wrong or left.code else 0


def leak(left: Left, way: str) -> None:
    """What the hunt is there to find."""
    value = max(left.values, key=lambda one: (sum(map(str.isdigit, one)), one))
    with (left.root / "said/out.txt").open("ab") as file:
        file.write(b"INFO catatan: " + max(WAYS[way](value), key=len) + b"\n")


if __name__ == "__main__":
    sys.exit(main())
