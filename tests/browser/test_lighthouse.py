"""Lighthouse: what it finds by looking. Its speed is the clock's, and stands in `benchmarks/pages.py`."""

import os
from pathlib import Path

import pytest

from tests.browser.kinds import page
from tests.browser.lighthouse_scores import PROGRAM, scores

CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", ["the home page", "a dataset with places"])
def test_lighthouse_gives_at_least_95_points(kind: str, language: str, public: Path, served: str) -> None:
    if not PROGRAM.exists() and not os.environ.get("CI"):
        pytest.skip("Lighthouse is not installed (npm ci --prefix tests/browser/lighthouse)")
    found = scores(f"{served}{page(public, kind, language)}", CATEGORIES)
    assert found.points.keys() == set(CATEGORIES)
    assert {name: found.lost[name] for name, points in found.points.items() if points < 95} == {}
