"""Charts and maps from delivery to page: documents of the release, searched like the others, drawn over boundaries."""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog import layout
from catalog.drawing import dataset_pages
from catalog.manifest import Manifest
from catalog.shelf import read_pointer
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY,
    CITY_ID,
    DATASET,
    EXEMPTION,
    agree,
    audited,
    contract,
    current_release,
    deliver,
    found_city,
    publish,
    write_yaml,
)

BOUNDARIES = "batas-uji"
PERSON = "Budi Hartono"


def field(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "title": name.capitalize(), "type": kind, "access": "open", **more}


POINTS = contract(
    fields=[
        field("kode", "string"),
        field("kelas", "string"),
        field("lintang", "number", unit="derajat", decimalChar="."),
        field("bujur", "number", unit="derajat", decimalChar="."),
        {**field("petugas", "string"), "access": "exempt", "exemption": {**EXEMPTION}},
    ],
)
AREAS = contract(
    id=BOUNDARIES,
    source={"kind": "geojson", "location": f"{BOUNDARIES}.geojson"},
    fields=[
        field("kode", "string", region={"level": "kelurahan", "within": "72.71", "as": "code"}),
        field("batas", "geojson", column="geometry"),
    ],
)


def rows(count: int = 12, kind: str = "besar") -> str:
    lines = [
        f"TP-{n:03},{kind if n % 3 else 'kecil'},{-0.9 + n / 1000},{119.85 + n / 1000},Petugas Uji {n}"
        for n in range(count)
    ]
    return "\n".join(["kode,kelas,lintang,bujur,petugas", *lines, ""])


def square(code: str, east: float) -> dict[str, Any]:
    ring = [[east, -0.95], [east + 0.05, -0.95], [east + 0.05, -0.8], [east, -0.8], [east, -0.95]]
    return {"type": "Feature", "properties": {"kode": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def city(root: Path, *more: dict[str, Any], text: str | None = None, **changes: Any) -> Places:
    return found_city(root, {**POINTS, **changes}, *more, rows=text or rows())


def release(places: Places, dataset: str = DATASET) -> Path:
    return places.public / layout.release(CITY_ID, dataset, str(current_release(places, dataset)))


def page(places: Places) -> str:
    return (places.public / layout.dataset_page(CITY_ID, DATASET)).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = city(tmp_path_factory.mktemp("points"))
    assert publish(places).end == "published"
    return places


def test_charts_and_map_are_documents_of_the_release(points: Places) -> None:
    manifest = Manifest.model_validate_json((release(points) / layout.MANIFEST).read_bytes())
    assert {layout.CHARTS, layout.MAP} <= {one.path for one in manifest.documents}
    [chart] = json.loads((release(points) / layout.CHARTS).read_bytes())["charts"]
    assert dict(zip(chart["labels"], chart["series"][0]["values"], strict=True)) == {"besar": 8, "kecil": 4}
    assert len(json.loads((release(points) / layout.MAP).read_bytes())["places"]["features"]) == 12
    assert audited(points).problems == []


def test_they_are_drawn_on_its_page(points: Places) -> None:
    assert 'id="grafik"' in page(points)
    assert page(points).count('class="dot"') == 12


def test_a_release_that_has_none_is_drawn_without_them(tmp_path: Path) -> None:
    places = city(tmp_path)
    publish(places)
    for name in (layout.CHARTS, layout.MAP):  # as an older version left it
        (release(places) / name).unlink()
    pointer = read_pointer(places.public, CITY_ID)
    assert pointer is not None
    drawn, _ = dataset_pages(places.public, pointer, DATASET)
    assert b'id="grafik"' not in drawn[layout.dataset_page(CITY_ID, DATASET)]
    assert b'id="peta"' not in drawn[layout.dataset_page(CITY_ID, DATASET)]


def test_where_nothing_can_be_drawn_no_document_is_written(tmp_path: Path) -> None:
    names = contract(
        fields=[field("kode", "string"), {**field("nik", "string"), "access": "exempt", "exemption": {**EXEMPTION}}]
    )
    places = found_city(tmp_path, names, rows="kode,nik\nTP-001,7271014708450001\nTP-002,7271011203850002\n")
    publish(places)
    assert not (release(places) / layout.MAP).exists()
    assert not (release(places) / layout.CHARTS).exists()


def test_boundaries_that_are_released_later_come_under_the_maps_that_stand(tmp_path: Path) -> None:
    places = city(tmp_path)
    publish(places)
    assert 'class="region"' not in page(places)
    agree(places, AREAS)
    write_yaml(places.contracts / CITY_ID / "city.yaml", {**CITY, "boundaries": BOUNDARIES})
    features = [square("72.71.08.1001", 119.8), square("72.71.08.1002", 119.85)]
    deliver(places, json.dumps({"type": "FeatureCollection", "features": features}), f"{BOUNDARIES}.geojson")
    assert publish(places, BOUNDARIES).end == "published"
    assert page(places).count('class="region"') == 2
    assert layout.dataset_page(CITY_ID, BOUNDARIES).parent.name in page(places)


CLEARED = {
    "field": "kelas",
    "kind": "own_values",
    "decision": "CONTOH/PPID/2026/009",
    "decided": "2026-02-20",
    "because": "Nama pejabat yang menjabat terbuka.",
}


def test_a_withheld_value_in_a_chart_is_judged_as_in_its_column(tmp_path: Path) -> None:
    text = rows(kind=PERSON) + f"TP-099,kecil,-0.9,119.9,{PERSON}\n"
    assert publish(city(tmp_path / "ditahan", text=text)).end != "published"
    cleared = city(tmp_path / "boleh", text=text, clearances=[CLEARED])
    outcome = publish(cleared)
    assert outcome.end == "published"
    assert PERSON in (release(cleared) / layout.CHARTS).read_text(encoding="utf-8")


def test_the_same_delivery_gives_the_same_documents(points: Places, tmp_path: Path) -> None:
    again = city(tmp_path)
    publish(again)
    for name in (layout.CHARTS, layout.MAP):
        assert (release(again) / name).read_bytes() == (release(points) / name).read_bytes()
