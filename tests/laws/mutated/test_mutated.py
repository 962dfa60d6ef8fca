"""600 damaged files, and proof that the judge would see what it looks for."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import ProgrammerError, SupplierError
from tests.laws.mutated.judging import MOST_MEMORY, judged
from tests.laws.mutated.seeds import CELLS

REPOSITORY = Path(__file__).resolve().parents[3]


def raising(error: Exception) -> Callable[[], object]:
    def use() -> object:
        raise error

    return use


@pytest.mark.parametrize(
    ("use", "said", "wrong"),
    [
        pytest.param(lambda: None, "read", "", id="a sound end"),
        pytest.param(raising(SupplierError("file_empty", file="berkas")), "file_empty", "", id="our own error"),
        pytest.param(raising(ValueError("x")), "ValueError", "got out", id="an exception of a library"),
        pytest.param(raising(RecursionError()), "RecursionError", "got out", id="too deep a nesting"),
        pytest.param(
            raising(ProgrammerError("claim_broken", dataset="x")), "claim_broken", "claim", id="a false claim"
        ),
        pytest.param(raising(SupplierError("file_empty", file=CELLS[0].upper())), "file_empty", "a cell", id="a cell"),
        pytest.param(lambda: len(bytearray(b"x") * (MOST_MEMORY + 1)), "read", "MB", id="too much memory"),
        pytest.param(lambda: time.sleep(60), "nothing", "died", id="too much time"),
    ],
)
def test_the_judge_sees(use: Callable[[], object], said: str, wrong: str) -> None:
    end = judged(use, seconds_at_most=3)
    assert end.said == said
    assert wrong in end.wrong if wrong else not end.wrong


def test_of_600_damaged_files_each_is_read_or_refused_with_an_error_of_ours() -> None:
    """In a process of its own: one that has run DuckDB cannot be forked."""
    command = [sys.executable, "-m", "tests.laws.mutated", "--cases", "600"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
