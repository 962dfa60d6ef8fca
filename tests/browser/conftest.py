"""The demo, published once and served by the real command."""

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
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo cities' public zone, as `make publish` draws it."""
    root = tmp_path_factory.mktemp("katalog peragaan")
    zones = {"PALU_PUBLIC": str(root / "public"), "PALU_PRIVATE": str(root / "private")}
    done = subprocess.run(
        [sys.executable, "-m", "samples.demo"],
        cwd=REPOSITORY,
        env={**os.environ, **zones},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return root / "public"


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
