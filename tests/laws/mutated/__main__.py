"""`python -m tests.laws.mutated [--cases 20000] [--seed 1] [--keep FOLDER]`, also `make mutations`.

Prints how the cases ended; exits 1 if an exception got out, a message held a cell, or one took too long or too much.
`--keep` writes the damaged files of those cases down.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.laws.mutated.damage import damaged
from tests.laws.mutated.judging import End, judged, use_of
from tests.laws.mutated.seeds import SEEDS, Seed


def main() -> int:
    """Damage, judge, count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path)
    asked = arguments.parse_args()
    started, ends, wrong = time.perf_counter(), Counter[str](), []
    slowest, largest = 0.0, 0
    for name, content, end in _cases(asked.cases, asked.seed):
        ends[end.said] += 1
        slowest, largest = max(slowest, end.seconds), max(largest, end.memory)
        if end.wrong:
            wrong.append((name, end))
            _kept(asked.keep, f"{len(wrong)}-{name}", content)
    print(
        f"{asked.cases:,} damaged files of {len(SEEDS)} kinds in {time.perf_counter() - started:.0f} s; read: "
        f"{ends['read']:,}; refused: {asked.cases - ends['read']:,}; slowest {slowest:.1f} s, largest "
        f"{largest / 1e6:,.0f} MB; wrong: {len(wrong)}"
    )
    print(", ".join(f"{said} {count:,}" for said, count in ends.most_common()))
    for name, end in wrong[:50]:
        print(f"  {name}: {end.said}: {end.wrong} ({end.seconds:.1f} s)")
    return 1 if wrong else 0


def _cases(count: int, number_of_chance: int) -> Iterator[tuple[str, bytes, End]]:
    chance, names = Random(number_of_chance), sorted(SEEDS)
    seeds = {name: make() for name, make in SEEDS.items()}
    for name, seed in seeds.items():
        if (end := _judged(seed, seed.content)).said != "read":
            raise AssertionError(f"not sound before any damage: {name}: {end}")
    for number in range(count):
        name = names[number % len(names)]
        content = damaged(seeds[name].kind, seeds[name].content, chance)
        yield name, content, _judged(seeds[name], content)


def _judged(seed: Seed, content: bytes) -> End:
    with tempfile.TemporaryDirectory() as folder:
        return judged(use_of(seed, content, Path(folder)))


def _kept(folder: Path | None, name: str, content: bytes) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
