"""The register follows the contracts: a release of its own when something changed, and nothing opens by itself."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog import layout
from catalog.manifest import Manifest
from flows import runs
from flows.journey import Outcome
from flows.register import keep_register
from flows.settings import Places
from schemas.contracts.loading import ContractError
from schemas.register import REGISTER
from schemas.registry import load_cities
from tests.catalog.site.markup import read
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    EXEMPTION,
    NIK,
    NOW,
    agree,
    audited,
    bytes_below,
    contract,
    contract_with_field,
    current_release,
    found_city,
    moved,
    publish,
)

COMPLETE = {**EXEMPTION, "office": "PPID Kota Palu", "if_opened": "Orang dirugikan.", "if_closed": "Hak terjaga."}
IN_FORCE, NEAR, PAST = (datetime(*day, tzinfo=UTC) for day in ((2027, 1, 1), (2030, 12, 1), (2031, 2, 12)))


def decided(**changes: Any) -> dict[str, Any]:
    return contract_with_field("nik", exemption={**COMPLETE, **changes})


def keep(places: Places, now: datetime = NOW) -> Outcome:
    """The register and the city's pages, as the end of a run makes them."""
    [city] = load_cities(places.contracts, (CITY_ID,))
    outcome = keep_register(places, city.city, city.contracts.values(), now)
    runs.draw_city(places, city.city)
    return outcome


def records(places: Places) -> list[dict[str, Any]]:
    file = places.public / layout.latest(CITY_ID, REGISTER) / f"{REGISTER}.json"
    found: list[dict[str, Any]] = json.loads(file.read_bytes())
    return found


def page(places: Places, path: Any) -> str:
    return read((places.public / path).read_text()).text


@pytest.fixture(scope="module")
def agreed(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A city whose one dataset stands, with a complete decision."""
    places = found_city(tmp_path_factory.mktemp("agreed"), decided())
    assert publish(places).end == "published"
    return places


@pytest.fixture
def city(agreed: Places, tmp_path: Path) -> Places:
    return moved(agreed, tmp_path / "city")


def test_the_register_is_released_in_four_formats_and_is_sound(city: Places) -> None:
    folder = city.public / layout.release(CITY_ID, REGISTER, str(current_release(city, REGISTER)))
    manifest = Manifest.model_validate_json((folder / layout.MANIFEST).read_bytes())
    assert [file.format for file in manifest.distributions] == ["csv", "parquet", "json", "xlsx"]
    package = json.loads((folder / layout.DATA_PACKAGE).read_bytes())
    assert [resource["format"] for resource in package["resources"]] == ["csv", "parquet", "json", "xlsx"]
    assert audited(city).problems == []
    assert [(row["dataset"], row["kolom"], row["status"]) for row in records(city)] == [(DATASET, "nik", "berlaku")]


def test_it_stands_in_the_catalog_like_any_other_dataset(city: Places) -> None:
    dcat = json.loads((city.public / layout.dcat(CITY_ID)).read_bytes())
    [found] = [one for one in dcat["@graph"] if one.get("identifier") == f"{CITY_ID}/{REGISTER}"]
    assert len(found["distribution"]) == 4
    index = page(city, layout.city_page(CITY_ID))
    assert "Dataset 2" in index
    assert "PPID Kota Palu 1" in index
    assert "Daftar Informasi yang Dikecualikan" in page(city, layout.department_page(CITY_ID, "ppid"))


def test_it_holds_no_cell_of_any_dataset(city: Places) -> None:
    files = bytes_below(city.public / layout.dataset(CITY_ID, REGISTER))
    assert len(files) > 10
    assert [name for name, content in files.items() if NIK.encode() in content] == []


def test_the_same_contracts_make_no_second_release(city: Places) -> None:
    before = bytes_below(city.public / CITY_ID)
    assert keep(city, IN_FORCE).end == "unchanged"
    assert bytes_below(city.public / CITY_ID) == before


def test_another_version_of_the_code_alone_makes_none_either(city: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "code_version", lambda: "9.9.9")
    assert keep(city, IN_FORCE).end == "unchanged"


@pytest.mark.parametrize(
    ("day", "status"),
    [(NEAR, "segera diuji ulang"), (PAST, "jatuh tempo uji ulang, tetap ditutup")],
    ids=["90 days before its end", "after its end"],
)
def test_a_day_that_changes_a_status_makes_a_release_and_draws_every_page(
    day: datetime, status: str, city: Places
) -> None:
    assert keep(city, day).end == "published"
    assert [row["status"] for row in records(city)] == [status]
    assert status in page(city, layout.register_page(CITY_ID))
    assert status in page(city, layout.dataset_page(CITY_ID, DATASET))
    assert audited(city).problems == []


def test_an_expired_decision_publishes_nothing(city: Places) -> None:
    (city.inbox / f"{DATASET}.csv").write_text(f"kode,nama,kapasitas,nik\nTP-009,Baru,1,{NIK}\n")
    outcome = publish(city, now=PAST)
    assert outcome.end == "published"
    assert [finding.rule for finding in outcome.report.warnings] == ["exemption_expired"] if outcome.report else False
    latest = city.public / layout.latest(CITY_ID, DATASET) / f"{DATASET}.csv"
    assert latest.read_text() == "kode,nama,kapasitas\nTP-009,Baru,1\n"
    assert NIK.encode() not in b"".join(bytes_below(city.public).values())


def test_a_decision_that_is_taken_up_again_is_a_release_too(city: Places) -> None:
    keep(city, PAST)
    agree(city, decided(until="2036-02-10", decision="CONTOH/PPID/2031/002"))
    assert keep(city, PAST).end == "published"
    assert [(row["nomor_keputusan"], row["status"]) for row in records(city)] == [("CONTOH/PPID/2031/002", "berlaku")]


def test_a_dataset_that_was_never_published_is_listed_without_a_link(city: Places) -> None:
    agree(city, contract(id="belum-terbit", source={"kind": "csv", "location": "lain.csv"}))
    assert keep(city).end == "published"
    shown = (city.public / layout.register_page(CITY_ID)).read_text()
    assert 'id="dataset-belum-terbit"' in shown
    assert "datasets/belum-terbit" not in shown
    assert f"datasets/{DATASET}/index.html" in shown


def test_where_nothing_is_withheld_the_register_says_so(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract_with_field("nik", access="open", exemption=None))
    runs.prepare_zones(places)
    assert keep(places).end == "published"
    assert records(places) == []
    assert "Tidak ada kolom yang dikecualikan atau belum diputuskan." in page(places, layout.register_page(CITY_ID))
    assert audited(places).problems == []


def test_no_department_may_take_the_registers_id(city: Places) -> None:
    agree(city, contract(id=REGISTER))
    with pytest.raises(ContractError) as caught:
        load_cities(city.contracts, (CITY_ID,))
    assert [fault.code for fault in caught.value.faults] == ["dataset_reserved"]


def test_what_goes_wrong_with_the_register_is_an_outcome(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    runs.prepare_zones(places)
    in_its_way = places.public / layout.dataset(CITY_ID, REGISTER)
    in_its_way.parent.mkdir(parents=True)
    in_its_way.write_text("a file where its folder would stand")
    outcome = keep(places)
    assert (outcome.end, outcome.error.code if outcome.error else None) == ("failed", "disk_refused")
    assert current_release(places, REGISTER) is None
