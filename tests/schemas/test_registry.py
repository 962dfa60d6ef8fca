"""Cities and their contracts on disk: all faults of all files at once; unknown names with what is known."""

from pathlib import Path
from typing import Any

import pytest

from schemas.contracts.loading import ContractError
from schemas.errors import AuthorError
from schemas.registry import chosen, load_cities, load_contract
from tests.schemas.making import CITY, CONTRACT, changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A city with two contracts, and a second city with one of them."""
    put(tmp_path, "palu/city.yaml", CITY)
    put(tmp_path, "palu/dishub/titik-parkir.yaml", CONTRACT)
    put(tmp_path, "palu/dishub/parkir-lain.yaml", changed("id: titik-parkir", "id: parkir-lain"))
    put(tmp_path, "jambi/city.yaml", changed("id: palu", "id: jambi", CITY))
    put(tmp_path, "jambi/dishub/titik-parkir.yaml", CONTRACT)
    return tmp_path


def put(folder: Path, name: str, text: str | bytes) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())


def told(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(ContractError) as caught:
        load_cities(folder)
    return [(fault.file, fault.line, fault.code) for fault in caught.value.faults]


def test_cities_are_found_with_their_contracts_in_order(folder: Path) -> None:
    assert [(one.city.id, [*one.contracts]) for one in load_cities(folder)] == [
        ("jambi", ["titik-parkir"]),
        ("palu", ["parkir-lain", "titik-parkir"]),
    ]


def test_a_city_that_is_named_is_loaded_alone_and_once(folder: Path) -> None:
    put(folder, "jambi/city.yaml", "rusak")
    assert [one.city.id for one in load_cities(folder, ("palu", "palu"))] == ["palu"]


def test_all_faults_of_all_files_are_told_at_once(folder: Path) -> None:
    put(folder, "jambi/city.yaml", changed("name: Kota Palu\n", "", changed("id: palu", "id: jambi", CITY)))
    put(folder, "palu/dishub/titik-parkir.yaml", changed("theme: TRAN", "theme: X", changed("2 %", "x %")))
    put(folder, "palu/setda/rusak.yaml", "id: [")
    put(folder, "palu/setda/biner.yaml", b"id: \xff\xfe")
    assert told(folder) == [
        ("jambi/city.yaml", 1, "key_missing"),
        ("palu/dishub/titik-parkir.yaml", 5, "not_one_of"),
        ("palu/dishub/titik-parkir.yaml", 14, "number"),
        ("palu/setda/biner.yaml", 1, "encoding"),
        ("palu/setda/rusak.yaml", 1, "yaml"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        pytest.param("palu/dishub/z.yaml", CONTRACT, "dataset_twice", id="a dataset twice"),
        pytest.param(
            "palu/dishub/titik-parkir.yaml",
            changed("department: dishub", "department: dinkes"),
            "department_unknown",
            id="an unknown department",
        ),
        pytest.param(
            "palu/city.yaml", changed("id: palu", "id: kota", CITY), "city_folder", id="a city called otherwise"
        ),
        pytest.param(
            "palu/city.yaml", f"{CITY}\nboundaries: batas\n", "boundaries_unknown", id="boundaries of no dataset"
        ),
        pytest.param(
            "palu/city.yaml", f"{CITY}\nboundaries: titik-parkir\n", "boundaries_unknown", id="boundaries without areas"
        ),
        pytest.param(
            "palu/city.yaml", f"{CITY}requests: minta\n", "requests_unknown", id="a list of requests that is none"
        ),
        pytest.param(
            "palu/city.yaml", f"{CITY}requests: titik-parkir\n", "requests_fields", id="a list that lacks its fields"
        ),
        pytest.param("palu/dishub/z.yml", "kata", "not_a_mapping", id="the other ending of YAML"),
        pytest.param("palu/z.yaml", "kata", "not_a_mapping", id="a contract beside city.yaml"),
        pytest.param("palu/a/b/z.yaml", "kata", "not_a_mapping", id="a contract deep down"),
    ],
)
def test_no_file_of_a_city_is_passed_over(folder: Path, name: str, text: str, code: str) -> None:
    put(folder, name, text)
    assert [(file, found) for file, _, found in told(folder)] == [(name, code)]


def test_what_an_editor_leaves_behind_is_no_contract(folder: Path) -> None:
    put(folder, "palu/dishub/.titik-parkir.yaml", "setengah")
    put(folder, "palu/dishub/titik-parkir.yaml~", "lama")
    assert len(load_cities(folder)) == 2


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param((), ["jambi/titik-parkir", "palu/parkir-lain", "palu/titik-parkir"], id="none: all"),
        pytest.param(("titik-parkir",), ["jambi/titik-parkir", "palu/titik-parkir"], id="in every city that has it"),
        pytest.param(("parkir-lain",), ["palu/parkir-lain"], id="in the one city that has it"),
    ],
)
def test_datasets_are_chosen_by_name(folder: Path, names: tuple[str, ...], found: list[str]) -> None:
    assert [f"{city.id}/{one.id}" for city, one in chosen(load_cities(folder), names)] == found


def unknown_dataset(folder: Path) -> Any:
    return chosen(load_cities(folder), ("titk-parkir",))


@pytest.mark.parametrize(
    ("ask", "code", "known"),
    [
        pytest.param(unknown_dataset, "dataset_unknown", "titik-parkir", id="an unknown dataset, the nearest first"),
        pytest.param(lambda folder: load_cities(folder, ("plu",)), "city_unknown", "jambi, palu", id="an unknown city"),
        pytest.param(lambda folder: load_cities(folder / "x"), "contracts_missing", None, id="a folder without cities"),
        pytest.param(lambda folder: load_contract(folder / "x"), "contract_unreadable", None, id="no such file"),
    ],
)
def test_what_is_unknown_is_told_with_what_is_known(folder: Path, ask: Any, code: str, known: str | None) -> None:
    with pytest.raises(AuthorError) as caught:
        ask(folder)
    assert caught.value.code == code
    assert known is None or str(caught.value.names["known"]).startswith(known)


def test_one_contract_loads_by_itself(folder: Path) -> None:
    assert load_contract(folder / "palu/dishub/titik-parkir.yaml").id == "titik-parkir"
