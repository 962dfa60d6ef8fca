"""The demo, published once and served by the real command."""

import fcntl
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PALU = Path(sys.executable).parent / "palu"


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo cities' public zone, as `make publish` draws it; read alone, so all processes of a run share it."""
    own = tmp_path_factory.getbasetemp()
    root = (own if worker_id == "master" else own.parent) / "katalog peragaan"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "published").exists():
            _publish_demo(root)
            (root / "published").touch()
    return root / "public"


def _publish_demo(root: Path) -> None:
    zones = {"PALU_PUBLIC": str(root / "public"), "PALU_PRIVATE": str(root / "private")}
    done = subprocess.run(
        [sys.executable, "-m", "samples.demo"],
        cwd=REPOSITORY,
        env={**os.environ, **zones},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="session")
def served(public: Path) -> Iterator[str]:
    """The address of `palu serve` over the demo, with a slash at its end."""
    with subprocess.Popen(
        [PALU, "serve", "--public", public, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:
        assert server.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address
        yield address[0]
        server.send_signal(signal.SIGTERM)
