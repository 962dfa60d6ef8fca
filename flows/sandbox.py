"""[edge] Runs a function in a process of its own, with limits on memory and time.

A parser of foreign files can eat all memory or abort the whole process (FACTS: a 1.7 KB workbook did both),
so none runs in ours. What comes back is plain JSON of a declared shape, or one of our own errors; whatever
the child prints is dropped, for a parser's last words can hold values.
"""

import importlib
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
ONE_THREAD_OF_ALGEBRA = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy would start one for each processor, with memory of its own; nobody here asks it for algebra."""

Answer = TypeVar("Answer")


def run_apart(function: Callable[[Any], Answer], argument: Any, answer: type[Answer], name: str) -> Answer:
    """`function(argument)`, in a child process; `name` is what the argument is called in messages.

    Raises what the child raised if it is an error of ours, SupplierError where the child hit a limit or died.
    """
    child = _spare_child() or _started(function)
    with child:
        try:
            printed, _ = child.communicate(pickle.dumps((function, argument, answer)), timeout=SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            raise SupplierError("file_too_slow", file=name, minutes=SECONDS // 60) from None
    if child.returncode != 0 or not printed:
        raise SupplierError("file_killed_reader", file=name)
    said = json.loads(printed)
    if "error" in said:
        kind, code, names = said["error"]
        raise getattr(errors, kind)(code, **names)
    return TypeAdapter(answer).validate_python(said["answer"])


def start_ahead(function: Callable[[Any], Any]) -> None:
    """Start the child of the next `run_apart(function, …)` now, so that its imports run beside other work.

    One that is never asked ends with this process, when its standard input is closed.
    """
    if not _ahead:
        _ahead.append(_started(function))


_ahead: list["subprocess.Popen[bytes]"] = []


def _spare_child() -> "subprocess.Popen[bytes] | None":
    try:
        child = _ahead.pop()
    except IndexError:
        return None
    return child if child.poll() is None else None


def _started(function: Callable[[Any], Any]) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 our own module
            [sys.executable, "-m", "flows.sandbox", function.__module__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD_OF_ALGEBRA,
        )
    except OSError as error:
        raise OperatorError("process_refused", reason=os.strerror(error.errno or 0)) from None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve() -> None:
    """The child: one request from standard input, one answer to standard output; none, where nothing is asked."""
    importlib.import_module(sys.argv[1])
    request = sys.stdin.buffer.read()
    if not request:
        return
    function, argument, kind = pickle.loads(request)  # noqa: S301 our own parent wrote it
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
