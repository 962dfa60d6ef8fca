"""WCAG 2.2 A and AA by axe-core, on every kind of page, in both languages and both colour schemes."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, page

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on(kind: str, language: str, public: Path, served: str, chromium: Browser) -> None:
    for scheme in SCHEMES:
        with chromium.new_context(color_scheme=scheme, viewport={"width": 390, "height": 844}) as context:
            shown = context.new_page()
            shown.goto(f"{served}{page(public, kind, language)}")
            found = Axe().run(shown).response
            told = [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"][:3]]
            assert (scheme, told) == (scheme, [])
            assert len(found["passes"]) > 10
