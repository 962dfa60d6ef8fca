"""Runs an act many times, each in a process of its own that dies at another system call.

Started under `strace -f -e inject=<calls>:signal=KILL:when=<BUDGET>`: the kernel kills each process at its
BUDGET-th call of one kind. One that is to die at its n-th call of that kind first makes such calls in vain.
Reads a pickled list of (kind, n, act, arguments) from the file named by its argument; tells how each process ended.
The first of the list is carried out in peace.
"""

import json
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from flows.release import release
from flows.withdraw import withdraw

BUDGET = 120
NOTHING, NOWHERE = 9999, "/nowhere/at/all"
IN_VAIN: dict[str, Callable[[], object]] = {
    "write": lambda: os.write(NOTHING, b""),
    "pwrite64": lambda: os.pwrite(NOTHING, b"", 0),
    "ftruncate": lambda: os.ftruncate(NOTHING, 0),
    "rename": lambda: os.rename(NOWHERE, NOWHERE),  # noqa: PTH104 the system call itself is meant
    "link": lambda: os.link(NOWHERE, NOWHERE),
    "unlink": lambda: os.unlink(NOWHERE),  # noqa: PTH108
    "mkdir": lambda: os.mkdir(NOWHERE),  # noqa: PTH102
    "rmdir": lambda: os.rmdir(NOWHERE),  # noqa: PTH106
    "chmod": lambda: os.chmod(NOWHERE, 0),  # noqa: PTH101
}
"""The calls that change what others see on the disk, each in a form that changes nothing.

A death just before fsync leaves the same as one just after the call that went before, so those are not among them.
"""
ACTS: dict[str, Callable[..., object]] = {"release": release, "withdraw": withdraw}


def ended(call: str, number: int, act: str, arguments: tuple[Any, ...]) -> tuple[int, int]:
    """Process id and wait status of an act that dies at its `number`-th `call`, or comes to its end before."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)
    for _ in range(BUDGET - number):
        with suppress(OSError):
            IN_VAIN[call]()
    ACTS[act](*arguments)
    os._exit(0)


if __name__ == "__main__":
    (_, _, act, arguments), *plan = pickle.loads(Path(sys.argv[1]).read_bytes())
    ACTS[act](*arguments)  # templates and libraries are loaded once, before the children are made
    print(json.dumps([ended(*step) for step in plan]))
