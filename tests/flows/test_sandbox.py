"""What a function may do in a process of its own, and what comes back of it."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from flows import sandbox
from flows.sandbox import MEMORY_BYTES, run_apart
from schemas.errors import AuthorError, OperatorError, PaluError, SupplierError

VALUE = "7271014708450001"
REPOSITORY = Path(sandbox.__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the functions below are asked about."""

    name: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What they answer."""

    path: Path
    counts: dict[str, int]


def answer(asked: Asked) -> Answered:
    return Answered(Path("/tmp") / asked.name, {"baris": asked.number})


def own_process(asked: Asked) -> int:
    return os.getpid()


def shout(asked: Asked) -> int:
    sys.stdout.write(VALUE)
    sys.stderr.write(VALUE)
    sys.stdout.flush()
    os.write(1, VALUE.encode())
    os.write(2, VALUE.encode())
    subprocess.run([sys.executable, "-c", f"print({VALUE})"], check=True)
    return 7


def eat_memory(asked: Asked) -> int:
    return len(bytearray(MEMORY_BYTES))


def abort(asked: Asked) -> NoReturn:
    os.abort()


def leave(asked: Asked) -> NoReturn:
    sys.exit(0)


def wait(asked: Asked) -> int:
    return len(os.read(os.pipe()[0], 1))


def raise_foreign(asked: Asked) -> NoReturn:
    raise ValueError(VALUE)


def raise_ours(asked: Asked) -> NoReturn:
    raise AuthorError("module_unknown", module="tiada", dataset=asked.name)


def refuse_disk(asked: Asked) -> NoReturn:
    raise PermissionError(13, VALUE, VALUE)


def answer_wrongly(asked: Asked) -> Any:
    return object()


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child imports this module by its name."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))


def test_an_answer_of_the_declared_shape_comes_back() -> None:
    assert run_apart(answer, Asked("a", 3), Answered, "berkas") == Answered(Path("/tmp/a"), {"baris": 3})


def test_a_child_that_was_started_ahead_answers_one_question_and_the_next_gets_another() -> None:
    sandbox.start_ahead(own_process)
    (child,) = sandbox._ahead
    sandbox.start_ahead(own_process)
    first, second = (run_apart(own_process, Asked("a"), int, "berkas") for _ in range(2))
    assert (first, sandbox._ahead) == (child.pid, [])
    assert second != first


def test_a_child_that_died_while_it_waited_is_replaced() -> None:
    sandbox.start_ahead(own_process)
    (child,) = sandbox._ahead
    child.kill()
    child.wait()
    assert run_apart(own_process, Asked("a"), int, "berkas") != child.pid


def test_a_child_that_is_never_asked_ends_with_its_parent() -> None:
    code = "from tests.flows.test_sandbox import *; sandbox.start_ahead(answer); print(sandbox._ahead[0].pid)"
    parent = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    deadline = time.monotonic() + 10
    while _lives(int(parent.stdout)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(int(parent.stdout))


def _lives(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_whatever_the_child_prints_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(shout, Asked("a"), int, "berkas") == 7
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("function", "kind", "code", "names"),
    [
        pytest.param(eat_memory, SupplierError, "file_too_large", {"file": "berkas"}, id="eats memory"),
        pytest.param(abort, SupplierError, "file_killed_reader", {"file": "berkas"}, id="aborts"),
        pytest.param(leave, SupplierError, "file_killed_reader", {"file": "berkas"}, id="leaves without a word"),
        pytest.param(
            raise_foreign,
            SupplierError,
            "file_unreadable",
            {"file": "berkas", "kind": "ValueError"},
            id="foreign error",
        ),
        pytest.param(
            answer_wrongly,
            SupplierError,
            "file_unreadable",
            {"file": "berkas", "kind": "PydanticSerializationError"},
            id="answers what was not agreed",
        ),
        pytest.param(
            raise_ours, AuthorError, "module_unknown", {"module": "tiada", "dataset": "berkas"}, id="an error of ours"
        ),
        pytest.param(refuse_disk, OperatorError, "disk", {"reason": "Permission denied"}, id="the disk refuses"),
    ],
)
def test_a_child_that_fails_ends_in_one_error_of_ours_without_a_value(
    function: Any, kind: type[PaluError], code: str, names: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(kind) as raised:
        run_apart(function, Asked("berkas"), int, "berkas")
    assert (raised.value.code, raised.value.names) == (code, names)
    assert VALUE not in f"{raised.value} {raised.value!r}"
    assert raised.value.__cause__ is None
    assert capfd.readouterr() == ("", "")


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.2)
    with pytest.raises(SupplierError) as raised:
        run_apart(wait, Asked("a"), int, "berkas")
    assert raised.value.code == "file_too_slow"


def test_a_machine_that_starts_no_process_is_the_operators_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/tiada/python")
    with pytest.raises(OperatorError) as raised:
        run_apart(answer, Asked("a"), Answered, "berkas")
    assert raised.value.code == "process_refused"


PARENT = """
from concurrent.futures import ThreadPoolExecutor
from tests.flows.test_sandbox import Answered, Asked, answer
from flows.sandbox import run_apart
with ThreadPoolExecutor(2) as pool:
    asked = [pool.submit(run_apart, answer, Asked(name), Answered, name) for name in "ab"]
print([one.result().path.name for one in asked])
"""


def test_a_parent_with_threads_and_without_a_terminal_gets_its_answers() -> None:
    parent = subprocess.run(
        [sys.executable, "-c", PARENT],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (parent.stdout, parent.stderr) == ("['a', 'b']\n", "")
