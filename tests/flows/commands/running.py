"""The real command, as it was installed, in a process of its own."""

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Places

PALU = Path(sys.executable).parent / "palu"
PATIENCE_SECONDS = 90
ENGLISH_WORDS = ("Traceback", "Error:", "Exception", "sqlalchemy", "duckdb", "calamine", "prefect", "pydantic")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


def palu(*words: str | Path, places: Places | None = None, answers: str = "", **settings: str) -> Ran:
    """Run `palu`; `places` and `settings` stand in its environment, and nothing else of ours does.

    `answers` are read from its standard input, which is no terminal.
    """
    done = subprocess.run(
        [PALU, *map(str, words)],
        env={**_surroundings(), **_zones(places), **settings},
        cwd="/",
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def at_a_terminal(
    *words: str | Path, places: Places, dialogue: Sequence[tuple[str, str]], folder: Path | None = None
) -> Ran:
    """Run `palu` in a folder, at a terminal of its own, and type each reply once its question stands there."""
    surroundings = {**_surroundings(), **_zones(places), "TERM": "dumb"}
    child, terminal = pty.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell starts what runs in its background without Ctrl+C
        os.chdir(folder or Path.cwd())
        os.execve(PALU, [str(PALU), *map(str, words)], surroundings)
    shown = ""
    for question, reply in dialogue:
        seen = len(shown)
        while question not in shown[seen:]:
            shown += _more(terminal)
        os.write(terminal, reply.encode())
    with suppress(OSError):  # Linux answers EIO at the end
        while True:
            shown += _more(terminal)
    os.close(terminal)
    return Ran(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.replace("\r\n", "\n"), "")


def _more(terminal: int) -> str:
    ready, _, _ = select.select([terminal], [], [], PATIENCE_SECONDS)
    assert ready, "the command neither asks nor ends"
    return os.read(terminal, 65536).decode(errors="replace")


def _surroundings() -> dict[str, str]:
    kept = ("PATH", "HOME", "TMPDIR", "LANG")
    return {name: value for name, value in os.environ.items() if name in kept} | {"COLUMNS": "100"}


def _zones(places: Places | None) -> dict[str, str]:
    if places is None:
        return {}
    zones = {"CONTRACTS": places.contracts, "INBOX": places.inbox, "PUBLIC": places.public, "PRIVATE": places.private}
    return {f"PALU_{name}": str(path) for name, path in zones.items()}
