"""The scripts that pages load: vendored as they were reviewed, plain and small where they are our own."""

import hashlib
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from catalog.site.bundles import PARTS, scripts

SCRIPTS = Path(str(resources.files("catalog.site").joinpath("scripts")))
VENDORED = {
    "parquet.js": "801840a2f691f38ce2e87c5e39a52d2e41c52ec0bbaa7bb8fc8834947d2a94d4",
    "squirreling.js": "93b1145abead47154bccf7c24f50f9e8a1d5423f210747714c5a291c982af1de",
    "package-lock.json": "44dec91f4ed88a0c095c5e309164546533b85f8b54f7287e57c25be350ffa9c2",
}
"""Changed by `make vendor` alone, together with this list."""
OUR_OWN = sorted(path for path in SCRIPTS.rglob("*.js") if "vendor" not in path.parts)
MOST_LINES = 300


@pytest.mark.parametrize(("name", "sha256"), VENDORED.items())
def test_what_is_vendored_is_what_was_reviewed(name: str, sha256: str) -> None:
    assert hashlib.sha256((SCRIPTS / "vendor" / name).read_bytes()).hexdigest() == sha256


def test_every_vendored_library_is_pinned_and_ships_its_licence() -> None:
    package = json.loads((SCRIPTS / "vendor" / "package.json").read_bytes())
    libraries = {name: version for name, version in package["devDependencies"].items() if name != "esbuild"}
    assert libraries
    heads = "".join(
        (SCRIPTS / "vendor" / name).read_text().partition("*/")[0] for name in VENDORED if name.endswith(".js")
    )
    for name, version in libraries.items():
        assert f"{name} {version}" in heads
        assert "Permission is hereby granted" in (SCRIPTS / "vendor" / f"{name}.LICENSE").read_text()


def test_every_script_of_our_own_is_served() -> None:
    assert {part for parts in PARTS.values() for part in parts if "vendor" not in part} <= {
        str(path.relative_to(SCRIPTS)) for path in OUR_OWN
    }


@pytest.mark.parametrize("path", OUR_OWN, ids=lambda path: path.name)
def test_a_script_of_our_own_is_short_and_makes_no_markup_of_text(path: Path) -> None:
    source = path.read_text()
    assert source.count("\n") <= MOST_LINES
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|https?://[a-z]", source
    )


def test_what_a_page_loads_before_anything_is_asked_for_is_small() -> None:
    sizes = {name: len(content) for name, content in scripts().items()}
    assert sizes["dataset.js"] < 6_000
    assert sizes["table.js"] < 110_000
    assert sizes["sql.js"] < 120_000
