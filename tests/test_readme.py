"""Every command of the README does what it says, in the order in which a reader meets it."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flows.settings import Places
from samples.approve import approve_samples
from samples.generate import generate
from schemas.contracts import City, Contract
from schemas.contracts.corrections import Corrections
from schemas.contracts.loading import load

REPOSITORY = Path(__file__).resolve().parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.strip()]
MAKE = [command for command in COMMANDS if command.startswith("make ")]
PALU = [command for command in COMMANDS if command.startswith(".venv/bin/palu ")]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that looks like the repository to whoever types the commands; its name has a space in it."""
    folder = tmp_path_factory.mktemp("a reader")
    (folder / "schemas").symlink_to(REPOSITORY / "schemas")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "palu").symlink_to(Path(sys.executable).parent / "palu")
    generate(folder / "samples" / "inbox")
    approve_samples(Places(REPOSITORY / "schemas/cities", folder / "inbox", folder / "public", folder / "var"))
    publish = "publish kelurahan cuti-bersama --city palu --inbox samples/inbox"
    assert run(folder, f".venv/bin/palu {publish}").returncode == 0
    yield folder


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True, timeout=300)


def test_the_readme_names_commands_of_both_kinds() -> None:
    assert len(MAKE) >= 5
    assert len(PALU) >= 6
    assert sorted(MAKE + PALU) == sorted(COMMANDS)


@pytest.mark.parametrize("command", MAKE)
def test_a_make_command_exists(command: str) -> None:
    done = run(REPOSITORY, command.replace("make ", "make --dry-run "))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [command for command in PALU if " serve" not in command])
def test_a_palu_command_ends_well(reader: Path, command: str) -> None:
    done = run(reader, command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


def test_palu_serve_shows_the_catalog(reader: Path) -> None:
    serve = next(command for command in PALU if " serve" in command)
    with subprocess.Popen(
        [*shlex.split(serve), "--port", "0"], cwd=reader, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"http://\S+", server.stdout.readline())
            assert address is not None
            page = httpx.get(address[0]).text
        finally:
            server.terminate()
    assert "Kota Palu" in page


def test_the_yaml_of_the_readme_is_sound() -> None:
    ways, smallest, corrections = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    stated = (REPOSITORY / "schemas/cities/palu/city.yaml").read_text(encoding="utf-8")
    plain = re.sub(r"(?m)^(channels:\n(  .*\n)+|requests: .*\n|boundaries: .*\n)", "", stated)
    assert [one.kind for one in load(plain + ways, "city.yaml", City).channels] == ["email", "form", "lapor"]
    assert load(smallest, "posyandu.yaml", Contract).id == "posyandu"
    assert [one.field for one in load(corrections, "posyandu.corrections.yaml", Corrections).corrections] == [
        "kapasitas"
    ]
