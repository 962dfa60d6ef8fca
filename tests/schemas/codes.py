"""Every code that the code base can say, found by walking its syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("flows", "transforms", "catalog", "schemas")
ERRORS = ("AuthorError", "SupplierError", "OperatorError", "ProgrammerError")
FAULTS = ("fault", "wrong")
PLAIN = ("say", "wording", "progress", "message")


class Said(NamedTuple):
    """A code, where it is said, and the names that fill it; None where they are not written out there."""

    code: str
    where: str
    names: frozenset[str] | None


def said() -> list[Said]:
    """All codes of the four rooms and of the demo."""
    return [found for file in _files() for found in _of_file(file)]


def written() -> frozenset[str]:
    """Every text constant of the code: a code may be chosen first and said later."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in _files()]
    return frozenset(_text(node) for tree in trees for node in ast.walk(tree))


def _files() -> list[Path]:
    return [file for room in (*ROOMS, "samples") for file in sorted((REPOSITORY / room).rglob("*.py"))]


def _of_file(file: Path) -> Iterator[Said]:
    where = str(file.relative_to(REPOSITORY))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for code, names in _of_node(node, where):
            yield Said(code, f"{where}:{getattr(node, 'lineno', 0)}", names)


def _of_node(node: ast.AST, where: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    if isinstance(node, ast.Call):
        yield from _of_call(node, where)
    elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and _text(node.elts[0]) in ERRORS:
        yield f"error.{_text(node.elts[1])}", _keys(node.elts[2])
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and where.endswith("contracts/faults.py"):
        code = _text(node.value.elts[0])
        if code:
            yield f"fault.{code}", _with_place(_keys(node.value.elts[1]))


def _of_call(call: ast.Call, where: str) -> Iterator[tuple[str, frozenset[str] | None]]:
    called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    first = _text(call.args[0]) if call.args else ""
    if (called in ERRORS and first) or (called == "__init__" and first):
        yield f"error.{first}", _keywords(call)
    elif called in FAULTS and first:
        yield f"fault.{first}", _with_place(_keywords(call))
    elif called == "Fault" and len(call.args) > 2 and _text(call.args[2]):
        yield f"fault.{_text(call.args[2])}", _keys(call.args[3]) if len(call.args) > 3 else frozenset()
    elif called in PLAIN and first:
        yield first, None if called == "message" else _keywords(call)
    elif called == "add" and first and where == "catalog/audit.py":
        yield f"audit.{first}", frozenset({"path"})


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _keywords(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def _keys(node: ast.AST) -> frozenset[str] | None:
    if not isinstance(node, ast.Dict) or None in node.keys:
        return None
    return frozenset(_text(key) for key in node.keys if key)


def _with_place(names: frozenset[str] | None) -> frozenset[str] | None:
    """The loader says of every fault where it stands."""
    return None if names is None else names | {"place"}
