"""Law 7 and the budgets of shape, read from the syntax trees: rooms, fences, sizes, the environment, start-up."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
ROOMS = ("flows", "transforms", "catalog", "schemas")
FILES = {
    str(file.relative_to(REPOSITORY)): ast.parse(file.read_text(encoding="utf-8"))
    for room in (*ROOMS, "samples", "benchmarks", "tests")
    for file in sorted((REPOSITORY / room).rglob("*.py"))
}
OURS = [name for name in FILES if name.split("/")[0] in ROOMS]
MAY_IMPORT = {
    "flows": {"flows", "transforms", "catalog", "schemas"},
    "transforms": {"transforms", "schemas"},
    "catalog": {"catalog", "schemas"},
    "schemas": {"schemas"},
}
READS_THE_ENVIRONMENT = {
    "flows/settings.py": "the one reader",
    "flows/commands/__init__.py": "--lang reaches every process of the command as PALU_LANG",
    "flows/commands/prefect.py": "sets Prefect's own variables before Prefect is imported",
    "flows/sandbox.py": "starts a child without threads for linear algebra",
    "schemas/validation_duckdb.py": "switches off Great Expectations' analytics before it is imported",
}
HEAVY = ("prefect", "great_expectations", "pandas", "duckdb", "pyarrow", "sqlalchemy")
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 50


class Imported(NamedTuple):
    """A module that a file imports, anywhere in it."""

    file: str
    module: str

    @property
    def top(self) -> str:
        return self.module.split(".")[0]


def imports(file: str) -> Iterator[Imported]:
    """Every import of a file, those inside functions too, and modules imported by a name written out."""
    for node in ast.walk(FILES[file]):
        if isinstance(node, ast.Import):
            yield from (Imported(file, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = file.rsplit("/", node.level)[0].replace("/", ".") + "." if node.level else ""
            yield Imported(file, f"{home}{node.module or ''}")
        elif isinstance(node, ast.Call) and called(node).endswith("import_module") and node.args:
            yield from (
                Imported(file, part.value)
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def called(call: ast.Call) -> str:
    return ast.unparse(call.func)


IMPORTS = [found for file in FILES for found in imports(file)]


def test_the_files_were_read() -> None:
    assert {name.split("/")[0] for name in OURS} == set(ROOMS)
    assert len(OURS) > 80
    assert len(IMPORTS) > 500


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_lies_below_it_alone(room: str) -> None:
    ours = {*ROOMS, "samples", "tests", "benchmarks"}
    found = [one for one in IMPORTS if one.file.startswith(f"{room}/") and one.top in ours]
    assert found
    assert [one for one in found if one.top not in MAY_IMPORT[room]] == []


@pytest.mark.parametrize(
    ("library", "home"),
    [
        pytest.param("prefect", "flows/", id="Prefect in flows alone"),
        pytest.param(
            "great_expectations", "schemas/validation", id="Great Expectations where rows are validated alone"
        ),
    ],
)
def test_a_library_is_imported_at_home_alone(library: str, home: str) -> None:
    found = [one for one in IMPORTS if one.top == library and one.file in OURS]
    assert found
    assert [one for one in found if not one.file.startswith(home)] == []


def test_no_room_imports_a_private_name_of_another() -> None:
    found = [
        (name, node.module, alias.name)
        for name in OURS
        for node in ast.walk(FILES[name])
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] in ROOMS
        for alias in node.names
        if alias.name.startswith("_") and name.split("/")[0] != str(node.module).split(".")[0]
    ]
    assert found == []


@pytest.mark.parametrize("name", [*OURS, *(name for name in FILES if name.startswith("samples/"))])
def test_a_module_keeps_to_the_budgets(name: str) -> None:
    lines = (REPOSITORY / name).read_text(encoding="utf-8").count("\n")
    long = [node.name for node in functions(name) if length(node) > MOST_LINES_OF_A_FUNCTION]
    assert lines <= MOST_LINES
    assert long == []


def functions(name: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(FILES[name]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(length(node) for name in OURS for node in functions(name))
    assert len(lengths) > 400
    assert lengths[len(lengths) // 2] < 10
    assert lengths[len(lengths) * 9 // 10] < 25


def test_no_function_takes_a_truth_value_that_picks_its_behaviour() -> None:
    found = [
        (name, node.name, argument.arg)
        for name in OURS
        for node in functions(name)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.annotation is not None and ast.unparse(argument.annotation) == "bool"
    ]
    assert found == []


def reads_environment(name: str) -> bool:
    words = {ast.unparse(node) for node in ast.walk(FILES[name]) if isinstance(node, ast.Attribute)}
    return bool(words & {"os.environ", "os.getenv", "os.putenv", "os.environb"}) or "environ" in {
        alias.name for node in ast.walk(FILES[name]) if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_the_environment_is_read_in_one_place_and_where_a_reason_stands() -> None:
    assert {name for name in OURS if reads_environment(name)} == READS_THE_ENVIRONMENT.keys()


def test_the_command_starts_without_anything_heavy() -> None:
    code = f"import sys, flows.commands; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert found.stdout.strip() == "[]"
