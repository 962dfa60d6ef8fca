"""The demo inbox, written once for the tests of this folder."""

from pathlib import Path

import pytest

from samples.generate import generate


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    generate(folder)
    return folder
