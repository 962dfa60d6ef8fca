"""[edge] Runs a function in a process of its own, with limits on memory and time.

A parser of foreign files can eat all memory or abort the whole process (FACTS: a 1.7 KB workbook did both),
so none runs in ours. What comes back is plain JSON of a declared shape, or one of our own errors; whatever
the child prints is dropped, for a parser's last words can hold values.
"""

import json
import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import TypeAdapter

from schemas import errors
from schemas.errors import OperatorError, PaluError, SupplierError

MEMORY_BYTES = 6 * 1024**3
"""Address space, not resident memory: DuckDB and Arrow reserve several times what they use."""
SECONDS = 1800

Answer = TypeVar("Answer")


def run_apart(function: Callable[[Any], Answer], argument: Any, answer: type[Answer], name: str) -> Answer:
    """`function(argument)`, in a child process; `name` is what the argument is called in messages.

    Raises what the child raised if it is an error of ours, SupplierError where the child hit a limit or died.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", "flows.sandbox"],
            input=pickle.dumps((function, argument, answer)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SupplierError("file_too_slow", file=name, minutes=SECONDS // 60) from None
    except OSError as error:
        raise OperatorError("process_refused", reason=os.strerror(error.errno or 0)) from None
    if child.returncode != 0 or not child.stdout:
        raise SupplierError("file_killed_reader", file=name)
    said = json.loads(child.stdout)
    if "error" in said:
        kind, code, names = said["error"]
        raise getattr(errors, kind)(code, **names)
    return TypeAdapter(answer).validate_python(said["answer"])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """The child: one request from standard input, one answer to standard output."""
    function, argument, kind = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 our own parent wrote it
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit()
    try:
        said: dict[str, Any] = {"answer": TypeAdapter(kind).dump_python(function(argument), mode="json")}
    except Exception as error:  # noqa: BLE001 the boundary: a library's words may hold values, its type does not
        said = {"error": _ours(error, argument.name)}
    answers.write(json.dumps(said).encode())
    answers.flush()
    os._exit(0)


def _ours(error: Exception, name: str) -> tuple[str, str, dict[str, str | int]]:
    if isinstance(error, PaluError):
        return type(error).__name__, error.code, error.names
    if isinstance(error, MemoryError):
        return "SupplierError", "file_too_large", {"file": name}
    if isinstance(error, OSError):
        return "OperatorError", "disk", {"reason": os.strerror(error.errno or 0)}
    return "SupplierError", "file_unreadable", {"file": name, "kind": type(error).__name__}


if __name__ == "__main__":
    _serve()
