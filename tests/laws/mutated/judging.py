"""One damaged file in a process of its own, and how that ended. The process is a fork: starting one anew takes a second.

Judged is what runs behind the boundary of `flows/sandbox`, so that whatever that boundary would catch is seen here.
"""

import json
import os
import resource
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.sandbox import MEMORY_BYTES
from schemas.contracts import Contract
from schemas.contracts.loading import load
from schemas.errors import AuthorError, PaluError, ProgrammerError, SupplierError
from schemas.tables import StagedTable
from tests.laws.mutated.seeds import CELLS, Seed
from transforms.preparation import Job, prepare
from transforms.reading.glance import look

SECONDS = 10
MOST_MEMORY = 1_000_000_000
"""Bytes resident."""


Use = Callable[[], object]


@dataclass(frozen=True, slots=True)
class End:
    """How one case ended: `said` is a code of ours or the type of what got out; `wrong` is empty for a sound end."""

    said: str
    wrong: str
    seconds: float
    memory: int


def judged(use: Use, seconds_at_most: float = SECONDS) -> End:
    """What came of it."""
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reader)
        _answer(use, writer)
    os.close(writer)
    said = _heard(reader, child, seconds_at_most)
    _, _, usage = os.wait4(child, 0)
    os.close(reader)
    seconds, memory = time.monotonic() - started, usage.ru_maxrss * 1024
    ended, wrong = json.loads(said) if said else ("nothing", "died, or took longer than it may")
    if memory > MOST_MEMORY:
        wrong = f"{memory / 1e6:,.0f} MB"
    return End(ended, wrong, seconds, memory)


def _heard(reader: int, child: int, seconds: float) -> bytes:
    """What the child says within its time; nothing from one that had to be killed."""
    if not select.select([reader], [], [], seconds)[0]:
        os.kill(child, signal.SIGKILL)
        return b""
    heard = b""
    while part := os.read(reader, 1 << 16):
        heard += part
    return heard


def _answer(use: Use, writer: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        os.write(writer, json.dumps(_ended(use)).encode())
    finally:
        os._exit(0)


def _ended(use: Use) -> tuple[str, str]:
    try:
        use()
    except ProgrammerError as error:
        return error.code, "a claim of ours broke: " + _place(error)
    except PaluError as error:
        return error.code, "its message holds a cell" if _tells_a_cell(error) else ""
    except BaseException as error:  # noqa: BLE001 this is what is looked for
        return type(error).__name__, "got out: " + _place(error)
    return "read", ""


def _tells_a_cell(error: PaluError) -> bool:
    told = str(error).casefold() + repr(error.names).casefold()
    return any(cell.casefold() in told for cell in CELLS)


def use_of(seed: Seed, content: bytes, folder: Path) -> Use:
    """What the system does with such a file; `folder` is empty and private to this case."""
    if seed.contract is None:
        return partial(load, content.decode("utf-8", "replace"), "kontrak.yaml", Contract)
    snapshot = folder / "snapshot"
    snapshot.write_bytes(content)
    return partial(_read, seed.contract, snapshot, folder)


def _read(contract: Contract, snapshot: Path, folder: Path) -> None:
    """Without a contract, as `palu look` does, whatever that says; then with one."""
    try:
        look(snapshot, folder, "berkas")
    except (SupplierError, AuthorError) as error:
        if _tells_a_cell(error):
            raise
    job = Job(snapshot, "berkas", contract, contract.source, "Asia/Makassar", folder)  # type: ignore[arg-type]
    staging = prepare(job).staging
    StagedTable(job.staged, contract, staging.rows, staging.faulty, staging.first_row)


def _place(error: BaseException) -> str:
    """Where it came from: files and lines, without words that could be anybody's."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
