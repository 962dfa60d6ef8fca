"""What every contract of the demo cities keeps to."""

import re
from importlib import util
from pathlib import Path

import pytest
import yaml

from samples.generate import OPEN_FILES
from schemas.contracts import Contract, FileSource
from tests.samples.contracts import CITIES, CITY_FILES, CONTRACT_FILES, city, contract, name

every_contract = pytest.mark.parametrize("path", CONTRACT_FILES, ids=name)
SAMPLE_MARK = {"id": "data contoh", "en": "sample data"}
EXPECTED = Path(__file__).parents[2] / "samples/expected.yaml"


def test_both_cities_are_found_with_all_their_datasets() -> None:
    found = {path.parent.name: len(list(path.parent.glob("*/*.yaml"))) for path in CITY_FILES}
    assert found == {"jambi": 6, "palu": 12}


@pytest.mark.parametrize(
    ("folder", "timezone"), [("palu", "Asia/Makassar"), ("jambi", "Asia/Jakarta")], ids=["Palu", "Jambi"]
)
def test_a_city_has_its_own_clock(folder: str, timezone: str) -> None:
    found = city(CITIES / folder / "city.yaml")
    assert (found.id, found.timezone) == (folder, timezone)


@every_contract
def test_a_contract_stands_in_the_folder_of_its_department_under_its_own_name(path: Path) -> None:
    found = contract(path)
    assert (found.department, found.id) == (path.parent.name, path.stem)
    assert found.department in city(path.parents[1] / "city.yaml").departments


@every_contract
def test_what_people_read_is_in_both_languages(path: Path) -> None:
    found = contract(path)
    texts = [found.title, found.description, *(field.title for field in found.fields)]
    assert all(text.id and text.en for text in texts)
    assert found.keywords.id and found.keywords.en


@every_contract
def test_sample_data_says_so_and_open_data_does_not(path: Path) -> None:
    found = contract(path)
    for language, mark in SAMPLE_MARK.items():
        is_marked = [mark in str(getattr(text, language)).lower() for text in (found.title, found.description)]
        assert is_marked == [found.origin == "sample"] * 2


@every_contract
def test_an_exemption_is_marked_as_a_sample_and_weighs_both_sides(path: Path) -> None:
    for field in contract(path).fields:
        if exemption := field.exemption:
            assert exemption.decision.startswith("CONTOH/PPID/")
            assert exemption.if_opened and exemption.if_closed


@every_contract
def test_a_file_below_the_inbox_belongs_to_the_city_and_the_department(path: Path) -> None:
    source = contract(path).source
    if isinstance(source, FileSource):
        assert source.location.startswith(f"{path.parents[1].name}/{path.parent.name}/")


@every_contract
def test_a_source_has_exactly_one_file_in_the_inbox(path: Path, inbox: Path) -> None:
    source = contract(path).source
    if isinstance(source, FileSource):
        assert len(list(inbox.glob(source.location))) == 1


def licence_of(source_note: Path) -> str:
    """The licence that a SOURCE.md names."""
    names = {"ODbL": "ODbL-1.0", "CC BY 4.0": "CC-BY-4.0", "MIT": "MIT"}
    found = re.search("|".join(names), source_note.read_text(encoding="utf-8").split("Lisensi", 1)[1])
    assert found
    return names[found[0]]


@pytest.mark.parametrize(("target", "source"), OPEN_FILES.items(), ids=list(OPEN_FILES))
def test_open_data_is_published_under_its_own_licence(target: str, source: str) -> None:
    contracts = [contract(path) for path in CONTRACT_FILES]
    users = [found for found in contracts if isinstance(found.source, FileSource) and found.source.location == target]
    note = EXPECTED.parent / "open" / source.split("/")[0] / "SOURCE.md"
    assert [(user.origin, user.license) for user in users] == [("open", licence_of(note))]


@every_contract
def test_a_named_module_stands_in_this_repository(path: Path) -> None:
    module = contract(path).module
    assert module is None or util.find_spec(f"transforms.datasets.{module}") is not None


def test_the_demo_expects_something_of_every_dataset() -> None:
    expected = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    found = {(path.parents[1].name, path.stem) for path in CONTRACT_FILES}
    assert {(folder, dataset) for folder, datasets in expected.items() for dataset in datasets} == found


def test_the_held_back_dataset_has_the_rule_that_holds_it_back() -> None:
    expected = yaml.safe_load(EXPECTED.read_text(encoding="utf-8"))
    held = {
        path: expected[path.parents[1].name][path.stem]
        for path in CONTRACT_FILES
        if expected[path.parents[1].name][path.stem]["outcome"] == "held_back"
    }
    assert [path.stem for path in held] == ["fasilitas-umum"]
    for path, outcome in held.items():
        assert (outcome["rule"], outcome["field"]) in _blockers(contract(path))


def _blockers(found: Contract) -> set[tuple[str, str]]:
    return {(rule.expect, field) for rule in found.rules if rule.severity == "blocker" for field in rule.fields}
