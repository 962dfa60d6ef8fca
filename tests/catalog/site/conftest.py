"""One browser and one served release for the tests of the table and of the SQL box."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from catalog import layout
from tests.catalog.site.served import QUERY, made_dataset, publish, served
from tests.catalog.site.test_hostile_text import CHROMIUM, FLAGS


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip("Debian's chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


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
def page(browser: Browser, address: str) -> Iterator[Page]:
    """That page, freshly loaded."""
    fresh = browser.new_page()
    fresh.goto(address)
    yield fresh
    fresh.close()
