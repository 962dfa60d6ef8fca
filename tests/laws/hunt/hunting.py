"""Plants the values, lets the system run in a process of its own, and searches whatever it left."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.laws.encodings import WAYS
from tests.laws.hunt.planting import DATABASES, EXEMPT, FILES, fill_table, rows, values
from tests.laws.hunt.situations import SETTINGS, SITUATIONS, Planned, dataset, planned, table
from tests.laws.made_up_city import CITY, CITY_ID, agree, places_below, write_yaml
from tests.laws.searching import Search, contents

REPOSITORY = Path(__file__).parents[3]
RAW = ("inbox", "private/snapshots", "values.json")
"""Where raw data belong, and nowhere else: what was delivered, its immutable copies, and the list of the needles."""
Plan = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Left:
    """What a run left below a folder, how each dataset ended, and the values that may stand nowhere in it."""

    root: Path
    ends: Mapping[str, str]
    values: frozenset[str]
    code: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was searched, and the files in which something was found."""

    files: int
    bytes: int
    found: tuple[str, ...]


def plant(root: Path, plan: Plan, at_least: int, urls: Mapping[str, str]) -> frozenset[str]:
    """A city of one dataset for each kind and situation of the plan; the exempt values, at least so many."""
    places = places_below(root)
    places.inbox.mkdir(parents=True)
    write_yaml(places.contracts / CITY_ID / "city.yaml", CITY)
    count = max(8, math.ceil(at_least / len(plan) / len(EXEMPT)) + 1)
    planted: set[str] = set()
    for kind, situation in plan:
        given = rows(dataset(kind, situation), count)
        planted |= values(given)
        one = planned(kind, situation, given)
        agree(places, one.contract)
        _deliver(places.inbox, one, urls)
    (root / "values.json").write_text(json.dumps(sorted(planted)))
    return frozenset(planted)


def _deliver(inbox: Path, one: Planned, urls: Mapping[str, str]) -> None:
    name = one.contract["id"]
    if one.kind in DATABASES:
        fill_table(_addresses(inbox, urls)[one.kind], table(name), one.rows)
        return
    file = inbox / f"{name}.{one.kind}"
    FILES[one.kind][1](file, one.header, one.rows)
    one.spoil(file)


def _addresses(inbox: Path, urls: Mapping[str, str]) -> dict[str, str]:
    return {"sqlite": f"sqlite:///{inbox / 'sumber.db'}", **urls}


def let_run(root: Path, planted: frozenset[str], urls: Mapping[str, str]) -> Left:
    """The run, with its output, its temporary files and its home below `root`."""
    for folder in ("tmp", "home", "said"):
        (root / folder).mkdir()
    addresses = _addresses(root / "inbox", urls)
    settings = {SETTINGS[kind]: addresses[kind] for kind in addresses}
    surroundings = {"TMPDIR": str(root / "tmp"), "HOME": str(root / "home"), "PATH": os.environ["PATH"], **settings}
    surroundings |= {"NILAI_UJI": " ".join(sorted(planted)[:50])}
    command = [sys.executable, "-m", "tests.laws.hunt.run", str(root)]
    with (root / "said/out.txt").open("wb") as out, (root / "said/err.txt").open("wb") as err:
        done = subprocess.run(command, cwd=REPOSITORY, env=surroundings, stdout=out, stderr=err, check=False)
    ends = root / "ends.json"
    return Left(root, json.loads(ends.read_text()) if ends.exists() else {}, planted, done.returncode)


def surprises(left: Left, plan: Plan) -> dict[str, str | None]:
    """The datasets that did not end as their situation demands: a hunt through failures that never happened."""
    ends = {dataset(*one): (left.ends.get(dataset(*one)), SITUATIONS[one[1]][1]) for one in plan}
    return {name: end for name, (end, expected) in ends.items() if end != expected}


def ready(planted: Iterable[str]) -> Search:
    """The search for these values in every way that they may travel."""
    return Search(planted, tuple(WAYS))


def searched(search: Search, root: Path) -> Figures:
    """Every byte below `root`, but for where raw data belong."""
    files: set[Path] = set()
    found: dict[str, None] = {}
    count = 0
    for path, data in contents(root, tuple(root / place for place in RAW)):
        files.add(path)
        count += len(data)
        if next(search.hits(data), None):
            found[str(path.relative_to(root))] = None
    return Figures(len(files), count, tuple(found))
