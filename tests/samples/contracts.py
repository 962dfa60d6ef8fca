"""The demo cities' contracts, as the strict loader reads them."""

from pathlib import Path

from schemas.contracts import City, Contract
from schemas.contracts.loading import load

CITIES = Path(__file__).parents[2] / "schemas/cities"
CITY_FILES = sorted(CITIES.glob("*/city.yaml"))
CONTRACT_FILES = sorted(CITIES.glob("*/*/*.yaml"))


def city(path: Path) -> City:
    return load(path.read_text(encoding="utf-8"), str(path), City)


def contract(path: Path) -> Contract:
    return load(path.read_text(encoding="utf-8"), str(path), Contract)


def name(path: Path) -> str:
    """`city/department/dataset`, for the ids of tests."""
    return "/".join(path.relative_to(CITIES).with_suffix("").parts)
