"""The register of exempt information, as a dataset: its description, which every city's register shares.

The columns stand in `register.yaml` alone; `catalog/register.py` fills them.
"""

from functools import cache
from importlib import resources

from schemas.contracts import City, Contract
from schemas.contracts.contract import Origin
from schemas.contracts.loading import load

REGISTER = "daftar-informasi-dikecualikan"
"""The register's id in every city; no department's contract may take it."""
DEPARTMENT = "ppid"
"""Who keeps the register. It is no department of a city's list: pages show the city's own contact for it."""


def register_contract(city: City, origin: Origin) -> Contract:
    """The register's contract in a city; `origin` is `sample` where all that it lists is."""
    return _described().model_copy(update={"contact": city.contact, "origin": origin})


@cache
def _described() -> Contract:
    file = resources.files(__package__).joinpath("register.yaml")
    return load(file.read_text(encoding="utf-8"), file.name, Contract)
