"""One served release for the tests of the table and of the SQL box."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from catalog import layout
from tests.catalog.site.served import QUERY, made_dataset, publish, served


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A public zone with one release of every type of column, in three row groups."""
    folder = tmp_path_factory.mktemp("public")
    publish(folder, made_dataset(), QUERY)
    return folder


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    """Its Indonesian page, served."""
    with served(public) as root:
        yield f"{root}{layout.dataset_page('palu', made_dataset().id)}"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """That page, freshly loaded."""
    fresh = chromium.new_page()
    fresh.goto(address)
    yield fresh
    fresh.close()
