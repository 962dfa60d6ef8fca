"""The desk of a city: every dataset on one page, by urgency, with who must act and when it is due."""

import re
from pathlib import Path

import pytest

from flows import private
from flows.desk.board import draw_desk, keep_ending
from flows.journey import Outcome
from schemas.errors import AuthorError, OperatorError, PaluError, SupplierError
from schemas.registry import load_cities
from tests.laws.made_up_city import CITY_ID, DATASET, NOW, ROWS, approved, contract, found_city, travelled

SECOND = "titik-kedua"


def drawn(root: Path, *ends: Outcome) -> str:
    """The desk of a city with two datasets, after these ends."""
    daily = {"cron": "0 6 1 * *", "frequency": "MONTHLY"}
    places = found_city(root, contract(), contract(id=SECOND, title="Titik kedua", update=daily))
    private.folder(places.private)
    for end in ends:
        keep_ending(places, end, NOW)
    [city] = load_cities(places.contracts)
    draw_desk(places, city.city, city.contracts.values(), NOW)
    return private.desk_page(places.private, CITY_ID).read_text(encoding="utf-8")


def said(page: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", page.partition("<main>")[2]).split())


@pytest.mark.parametrize(
    ("error", "actor"),
    [
        (SupplierError("file_missing", dataset=SECOND, location="a*", inbox="b"), "Produsen data"),
        (AuthorError("module_unknown", dataset=SECOND, module="x"), "Penyusun kontrak data"),
        (OperatorError("disk_full", place="/"), "Pengelola sistem"),
        (SupplierError("approval_needed", city=CITY_ID, dataset=SECOND, count=1, fields="kode"), "PPID"),
    ],
    ids=["the department", "the contract", "the machine", "the PPID"],
)
def test_an_end_says_who_must_act_and_what_to_do(tmp_path: Path, error: PaluError, actor: str) -> None:
    page = said(drawn(tmp_path, Outcome(CITY_ID, SECOND, "held_back", error=error)))
    assert f"Yang harus bertindak {actor}" in page
    assert "1 dari 2 dataset menunggu tindakan." in page
    assert "Saran: " in page
    assert page.index("Titik kedua") < page.index("Titik uji")


def test_a_dataset_that_never_ran_is_listed_with_its_calendar(tmp_path: Path) -> None:
    page = said(drawn(tmp_path))
    assert page.count("belum pernah dijalankan") == 2
    assert "Jatuh tempo berikutnya 1 April 2026 pukul 06.00 WITA" in page
    assert "diterbitkan bila diminta" in page
    assert page.count(" jatuh tempo ") == 1


def test_an_end_that_this_version_does_not_read_is_none(tmp_path: Path) -> None:
    page = drawn(tmp_path)
    (tmp_path / "private/meja" / CITY_ID).mkdir()
    (tmp_path / "private/meja" / CITY_ID / f"{DATASET}.json").write_text('{"end": "menari"}')
    assert said(drawn(tmp_path)) == said(page)


def test_a_held_back_dataset_leads_to_its_list(tmp_path: Path) -> None:
    places = approved(found_city(tmp_path, contract(), rows=ROWS.replace("TP-002", "TP-2")))
    assert travelled(places).end == "held_back"
    [city] = load_cities(places.contracts)
    draw_desk(places, city.city, city.contracts.values(), NOW)
    page = private.desk_page(places.private, CITY_ID)
    [address] = re.findall('<a href="([^"]*)"', page.read_text())
    assert (page.parent / address).exists()
    assert "Penulisan mengikuti pola yang ditetapkan" in said(page.read_text())
