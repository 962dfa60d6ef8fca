"""Kills an act at each of its system calls that change the disk: counts the calls first, then kills at every one."""

import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.laws.dying import BUDGET, IN_VAIN

REPOSITORY = Path(__file__).parents[2]
CALLS = ",".join(IN_VAIN)
Arguments = Callable[[Path], tuple[Any, ...]]
"""Makes a fresh city below a folder, and says what the act is to be called with there."""


def strace() -> str:
    """The program that kills at a system call; where it cannot work the test says so, and CI does not skip."""
    found = shutil.which("strace")
    works = (
        found and subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )
    if not works and os.environ.get("CI") != "true":
        pytest.skip("strace cannot be used here: no process can be killed at a chosen system call")
    assert found and works, "strace cannot be used"
    return found


def calls_of(act: str, arguments: Arguments, folder: Path) -> Counter[str]:
    """How many calls of each kind an act makes when nobody kills it."""
    plan = [("write", BUDGET, act, arguments(folder / name)) for name in ("first", "counted")]
    [(child, status)] = _run(plan, folder, "-o", str(folder / "log"))
    assert status == 0
    lines = (folder / "log").read_text().splitlines()
    names = (re.match(rf"{child} +(\w+)\(", line) for line in lines)
    return Counter(name[1] for name in names if name)


def killed_everywhere(act: str, arguments: Arguments, folder: Path) -> list[Path]:
    """Folders of cities in each of which the act was killed at another call; fails where one was not killed."""
    calls = calls_of(act, arguments, folder)
    points = [(call, number) for call, count in sorted(calls.items()) for number in range(1, count + 1)]
    assert calls["write"] and calls["rename"] and max(calls.values()) < BUDGET
    homes = [folder / f"{call}-{number}" for call, number in points]
    plan = [(*point, act, arguments(home)) for point, home in zip(points, homes, strict=True)]
    inject = f"inject={CALLS}:signal=KILL:when={BUDGET}"
    ends = _run([("", 0, act, arguments(folder / "peace")), *plan], folder, "-o", os.devnull, "-e", inject)
    spared = [home.name for home, (_, status) in zip(homes, ends, strict=True) if status != signal.SIGKILL]
    assert not spared, spared
    return homes


def _run(plan: list[tuple[Any, ...]], folder: Path, *options: str) -> list[tuple[int, int]]:
    file = folder / "plan"
    file.write_bytes(pickle.dumps(plan))
    traced = [strace(), "-f", "-q", "-e", f"trace={CALLS}", *options]
    command = [*traced, sys.executable, "-m", "tests.laws.dying", str(file)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [(child, status) for child, status in json.loads(done.stdout)]
