"""Starting the command: soon, and without what it does not need yet."""

import subprocess
import sys
import time

from flows.commands import VERBS
from tests.flows.commands.running import palu

HEAVY = ("prefect", "great_expectations", "duckdb", "pandas", "pyarrow", "sqlalchemy", "jinja2", "httpx")
AT_MOST_SECONDS = 1.0
"""Half a second is demanded; a busy machine gets as much again."""


def _seconds() -> float:
    began = time.perf_counter()
    assert palu("--help").code == 0
    return time.perf_counter() - began


def test_help_comes_at_once() -> None:
    assert min(_seconds() for _ in range(5)) < AT_MOST_SECONDS


def test_help_names_every_verb_in_the_readers_language() -> None:
    indonesian, english = palu("--help").out, palu("--help", "--lang", "en").out
    for verb, text in VERBS.items():
        assert f"{verb} " in indonesian
        assert " ".join(text["id"].split()[:3]) in indonesian
        assert " ".join(text["en"].split()[:3]) in english


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['palu', '--help']\nfrom flows.commands import main\ntry: main()\nexcept SystemExit: pass\n"
    tell = f"print('LOADED', sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code + tell], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_no_words_at_all_ask_for_help() -> None:
    assert palu().out == palu("--help").out
