"""WCAG 2.2 A and AA by axe-core, on every kind of page, in both languages and both colour schemes."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.kinds import STATES, visit

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on(state: str, language: str, public: Path, served: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        shown = context.new_page()
        visit(shown, served, public, state, language)
        for scheme in SCHEMES:
            shown.emulate_media(color_scheme=scheme)
            assert shown.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
            found = Axe().run(shown).response
            told = [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"][:3]]
            assert (scheme, told) == (scheme, [])
            assert len(found["passes"]) > 10
