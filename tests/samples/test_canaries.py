"""The list of withheld values reaches every exempt field of the demo cities."""

from pathlib import Path

from samples.canaries import SHORTEST, TOO_SHORT_TO_SEARCH, Place, canaries
from tests.samples.contracts import CONTRACT_FILES, contract


def test_every_exempt_field_has_canaries(inbox: Path) -> None:
    exempt = {
        Place(path.parents[1].name, path.stem, field.name)
        for path in CONTRACT_FILES
        for field in contract(path).fields
        if field.access == "exempt" and field.name not in TOO_SHORT_TO_SEARCH
    }
    assert len(exempt) == 16
    found = canaries(inbox)
    assert exempt <= set(found)
    assert all(found.values())


def test_canaries_are_withheld_fields_only(inbox: Path) -> None:
    withheld = {
        Place(path.parents[1].name, path.stem, field.name)
        for path in CONTRACT_FILES
        for field in contract(path).withheld_fields
    }
    assert set(canaries(inbox)) <= withheld


def test_canaries_are_long_enough_to_mean_something(inbox: Path) -> None:
    assert min(len(value) for values in canaries(inbox).values() for value in values) >= SHORTEST


def test_no_canary_stands_in_a_contract(inbox: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in CONTRACT_FILES]
    assert texts
    stray = [place for place, values in canaries(inbox).items() for value in values if value in "".join(texts)]
    assert stray == []
