"""A dataset of people from delivery to release: what leaves is coarse, and the fine values are nowhere."""

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog import layout
from flows.settings import Places
from tests.laws.made_up_city import CITY_ID, DATASET, EXEMPTION, audited, contract, current_release, found_city, publish
from tests.laws.searching import Search, contents
from tests.making import Row, rows_of

HEADER = "kode,lahir,umur,lintang,bujur,diagnosis,nik"
FIRST_DAY = date(1990, 3, 1)
LARGE, NEARLY, ALONE = 12, 3, 1


def exempt(name: str, kind: str, **ground: Any) -> dict[str, Any]:
    return {"name": name, "title": name, "type": kind, "access": "exempt", "exemption": {**EXEMPTION, **ground}}


def generalised(name: str, kind: str, **form: Any) -> dict[str, Any]:
    return exempt(name, kind, method="generalise", generalise=form)


def person(number: int, lahir: date, umur: int, diagnosis: str) -> str:
    """Every fine value is one of its own: five digits behind the point of a coordinate."""
    place = f"{-0.891_230_1 - number / 1e6:.7f},{119.871_230_1 + number / 1e6:.7f}"
    return f"TP-{number:03},{lahir},{umur},{place},{diagnosis}-{number:04},727101470845{number:04}"


PEOPLE = [
    *(person(number, FIRST_DAY + timedelta(days=number), 36, "demam-berdarah") for number in range(LARGE)),
    *(person(20 + number, date(1971, 5 + number, 9), 55, "tuberkulosis") for number in range(NEARLY)),
    *(person(30 + number, date(2001, 1, 17), 25, "kusta-menular") for number in range(ALONE)),
]
CONTRACT = contract(
    fields=[
        {"name": "kode", "title": "Kode", "type": "string", "access": "open"},
        generalised("lahir", "date", to="month"),
        {**generalised("umur", "integer", to="band", size=10), "unit": "tahun"},
        {**generalised("lintang", "number", to="grid", size="0.01"), "unit": "derajat"},
        {**generalised("bujur", "number", to="grid", size="0.01"), "unit": "derajat"},
        exempt("diagnosis", "string", method="suppress"),
        exempt("nik", "string"),
    ],
    disclosure={"quasi_identifiers": ["lahir", "umur"], "k": 3, "further": [{"field": "lahir", "to": "year"}]},
)
SHOWN: list[Row] = [
    *(
        (f"TP-{number:03}", "1990-03", "30 s.d. 39", -0.895, 119.875, f"demam-berdarah-{number:04}")
        for number in range(12)
    ),
    *(
        (f"TP-{number:03}", "1971", "50 s.d. 59", -0.895, 119.875, f"tuberkulosis-{number:04}")
        for number in (20, 21, 22)
    ),
    ("TP-030", "2001", "20 s.d. 29", -0.895, 119.875, None),
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = found_city(tmp_path_factory.mktemp("city"), CONTRACT, rows="\n".join([HEADER, *PEOPLE, ""]))
    outcome = publish(places)
    assert outcome.end == "published", outcome
    return places


def released(places: Places) -> Path:
    return places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))


def test_parquet_holds_the_coarse_values_alone(city: Places) -> None:
    parquet = released(city) / f"{DATASET}.parquet"
    assert rows_of(parquet) == SHOWN


def test_csv_holds_the_same_rows(city: Places) -> None:
    [file] = released(city).glob("*.csv")
    _, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    assert rows == [["" if cell is None else str(cell) for cell in row] for row in SHOWN]


def test_the_fine_values_are_in_no_byte_of_the_public_zone(city: Places) -> None:
    cells = [row.split(",") for row in PEOPLE]
    fine = {cell for row in cells for cell in (*row[1:2], *row[3:5], row[6])} | {"kusta-menular-0030"}
    search, looked = Search(fine), 0
    for path, data in contents(city.public):
        looked += 1
        assert not list(search.hits(data)), path
    assert len(fine) > 60
    assert looked > 10


def test_an_auditor_finds_the_release_sound(city: Places) -> None:
    assert audited(city).problems == []


def test_the_report_counts_what_was_done_to_small_groups(city: Places) -> None:
    report = json.loads((released(city) / layout.VALIDATION).read_text())
    failing = {finding["code"]: finding["failing"] for finding in report["findings"]}
    assert failing["generalised_further:1"] == NEARLY + ALONE
    assert failing["cells_suppressed:diagnosis"] == ALONE
    assert failing["k_anonymity"] == 0
    assert report["rows"]["published"] == len(PEOPLE)


def test_the_data_dictionary_says_how_coarse_each_field_is(city: Places) -> None:
    package = json.loads((released(city) / layout.DATA_PACKAGE).read_text())
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["lahir"]["description"] == (
        "Hanya bulan dan tahun yang ditampilkan. "
        "Dalam kelompok yang kurang dari 3 baris bentuknya lebih kasar: hanya tahun yang ditampilkan."
    )
    assert (fields["lahir"]["generalised"], fields["lahir"]["groupsBelow"]) == ({"to": "month"}, 3)
    assert fields["umur"]["description"] == "Dikelompokkan per 10 tahun."
    assert fields["lintang"]["description"] == "Dipindahkan ke titik tengah kotak 0,01 derajat, sekitar 1,1 km."
    assert fields["diagnosis"]["description"] == "Sel dikosongkan dalam kelompok yang kurang dari 3 baris."
    assert "primaryKey" in package["resources"][0]["schema"]
    assert [one["name"] for one in package["withheldFields"]] == [
        "lahir",
        "umur",
        "lintang",
        "bujur",
        "diagnosis",
        "nik",
    ]


def test_the_page_shows_a_coarse_field_as_a_column_and_as_exempt_information(city: Places) -> None:
    page = (city.public / layout.dataset_page(CITY_ID, DATASET)).read_text()
    columns, _, withheld = page.partition('id="dikecualikan"')
    assert "Dikelompokkan per 10 tahun." in columns
    assert "Alasan: Rahasia pribadi" in columns
    assert len(re.findall("<h3>umur</h3>", withheld)) == 1
    assert "diterbitkan dalam bentuk yang lebih kasar" in withheld
    assert "nik" not in re.findall(r"<code>([a-z]+)</code>", columns)


def test_points_lie_in_the_middle_of_the_grid_alone(city: Places) -> None:
    """A point is made of the published numbers: the centre of a cell, as the CSV has it."""
    features = json.loads((released(city) / f"{DATASET}.geojson").read_bytes())["features"]
    assert {tuple(one["geometry"]["coordinates"]) for one in features} == {(119.875, -0.895)}
