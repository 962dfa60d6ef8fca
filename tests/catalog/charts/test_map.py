"""The map of a release: each place once, many in squares, never too large for a page; figures by region."""

import json
import random
from collections import Counter
from math import floor
from pathlib import Path
from typing import Any

import pytest

from catalog.charts.documents import compact
from catalog.charts.maps import Map, Places, codes, shown_on_map
from catalog.charts.places import MOST_BYTES, map_of
from schemas.contracts import Dataset
from tests.catalog.charts.making import Rows, dataset, field, table

NUMBERS = (field("lintang", "number", unit="derajat"), field("bujur", "number", unit="derajat"))
POINTS = dataset(field("kode", "string"), field("nama", "string"), *NUMBERS, primaryKey=["kode"])
REGION = {"level": "kelurahan", "within": "72.71"}
AREAS = dataset(
    field("kode", "string", region={**REGION, "as": "code"}),
    field("nama", "string"),
    field("batas", "geojson"),
    primaryKey=["kode"],
)


def points(count: int) -> Rows:
    drawn = random.Random("titik")
    return [
        {
            "kode": f"T{n}",
            "nama": f"Titik {n}",
            "lintang": drawn.uniform(-0.95, -0.7),
            "bujur": drawn.uniform(119.8, 120),
        }
        for n in range(count)
    ]


def square(east: float, north: float, side: float = 0.01) -> str:
    ring = [[east, north], [east + side, north], [east + side, north + side], [east, north + side], [east, north]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def places(folder: Path, of: Dataset, rows: Rows) -> Places:
    found = map_of(table(folder, of, rows)).places
    assert found is not None
    return found


def test_few_points_stand_as_they_are_with_their_names(tmp_path: Path) -> None:
    rows = [*points(30), {"kode": "X", "nama": "Tanpa letak"}, {"kode": "Y", "lintang": -0.8}]
    found = places(tmp_path, POINTS, rows)
    assert {(one.label, one.paths[0]) for one in found.features} == {
        (row["nama"], (round(row["bujur"], 5), round(row["lintang"], 5))) for row in rows[:30]
    }
    assert (found.rows, found.missing, found.label, found.cell) == (30, 2, "nama", None)


def test_rows_at_one_place_are_one_place(tmp_path: Path) -> None:
    rows = [{"kode": f"T{n}", "nama": "Sama", "lintang": -0.9, "bujur": 119.9} for n in range(7)]
    found = places(tmp_path, POINTS, rows)
    assert [one.rows for one in found.features] == [7]


def test_many_points_are_counted_in_squares(tmp_path: Path) -> None:
    rows = points(5000)
    found = places(tmp_path, POINTS, rows)
    assert found.cell is not None
    cell = found.cell
    expected = Counter(tuple(floor(round(row[name], 5) / cell) for name in ("bujur", "lintang")) for row in rows)
    assert sum(one.rows for one in found.features) == found.rows == 5000
    assert sorted(one.rows for one in found.features) == sorted(expected.values())
    assert all(one.label is None for one in found.features)
    assert len(compact(found)) < MOST_BYTES


def test_areas_keep_their_region_and_their_holes(tmp_path: Path) -> None:
    hole = [[119.802, -0.898], [119.802, -0.896], [119.804, -0.896], [119.802, -0.898]]
    holed = json.loads(square(119.8, -0.9))
    holed["coordinates"].append(hole)
    rows = [{"kode": "72.71.01.1004", "nama": "Besusu Barat", "batas": json.dumps(holed)}]
    [found] = places(tmp_path, AREAS, rows).features
    assert (found.form, found.region, found.label, len(found.paths)) == ("area", "72.71.01.1004", "Besusu Barat", 2)


def wavy(east: float, north: float, corners: int) -> str:
    drawn = random.Random(f"{east}")
    ring = [[east + 0.02 * n / corners, north + drawn.uniform(0, 0.002)] for n in range(corners)]
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, [east + 0.01, north + 0.03], ring[0]]]})


def test_areas_of_many_corners_are_made_simpler(tmp_path: Path) -> None:
    rows = [{"kode": f"K{n}", "batas": wavy(119 + n / 50, -0.9, 4000)} for n in range(20)]
    of = dataset(field("kode", "string"), field("batas", "geojson"), primaryKey=["kode"])
    assert sum(len(row["batas"]) for row in rows) > 10 * MOST_BYTES
    found = places(tmp_path, of, rows)
    assert len(compact(found)) <= MOST_BYTES
    assert [one.form for one in found.features] == ["area"] * 20


def test_very_many_areas_are_counted_by_their_middles(tmp_path: Path) -> None:
    rows = [{"kode": f"K{n}", "batas": square(119 + n % 50 / 50, -0.9 + n // 50 / 50)} for n in range(2500)]
    found = places(tmp_path, dataset(field("kode", "string"), field("batas", "geojson")), rows)
    assert found.cell is not None
    assert found.rows == 2500


def test_a_line_is_a_line(tmp_path: Path) -> None:
    road = json.dumps({"type": "LineString", "coordinates": [[119.8, -0.9], [119.9, -0.8], [119.9, -0.7]]})
    of = dataset(field("kode", "string"), field("jalur", "geojson"))
    [found] = places(tmp_path, of, [{"kode": "J1", "jalur": road}]).features
    assert (found.form, found.paths) == ("line", ((119.8, -0.9, 119.9, -0.8, 119.9, -0.7),))


REPORTS = dataset(field("nomor", "string"), field("kelurahan", "string", region=REGION), primaryKey=["nomor"])
STATES = dataset(
    field("kelurahan", "string", region=REGION),
    field("tahun", "year"),
    field("jiwa", "integer", unit="jiwa"),
    primaryKey=["kelurahan", "tahun"],
)


@pytest.mark.parametrize(
    ("of", "rows", "expected"),
    [
        pytest.param(
            REPORTS,
            [{"nomor": f"{n}", "kelurahan": ["Poboya", "Talise", None][n % 3]} for n in range(8)],
            {"aggregate": "count", "values": {"Poboya": 3, "Talise": 3}, "rows": 6, "missing": 2, "elsewhere": 0},
            id="rows that name regions are counted",
        ),
        pytest.param(
            STATES,
            [{"kelurahan": name, "tahun": year, "jiwa": 10 * year} for name in ("Poboya", "Talise") for year in (1, 2)],
            {"aggregate": "value", "measure": "jiwa", "over": "tahun", "at": "2", "values": {"Poboya": 20, "Talise": 20},
             "rows": 2, "missing": 0, "elsewhere": 2},
            id="the state of each region stands as it is at the last time",
        ),
    ],
)  # fmt: skip
def test_figures_by_region(tmp_path: Path, of: Dataset, rows: Rows, expected: dict[str, Any]) -> None:
    shading = map_of(table(tmp_path, of, rows)).shading
    assert shading is not None
    assert expected.items() <= shading.model_dump().items()


def test_a_table_without_places_has_no_map(tmp_path: Path) -> None:
    assert map_of(table(tmp_path, dataset(field("nama", "string")), [{"nama": "a"}])) == Map()
    assert map_of(table(tmp_path, POINTS, [])) == Map()


def test_the_same_rows_give_the_same_bytes_and_are_read_back(tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    made, again = (map_of(table(folder, POINTS, points(3000))) for folder in (tmp_path, tmp_path / "lain"))
    assert compact(made) == compact(again)
    assert Map.model_validate_json(compact(made)) == made


def test_cells_are_named_by_their_fields(tmp_path: Path) -> None:
    rows = [{"kode": "72.71.01.1004", "nama": "Besusu Barat", "batas": square(119.8, -0.9)}]
    assert list(shown_on_map(map_of(table(tmp_path, AREAS, rows)))) == [
        ("nama", ["Besusu Barat"]),
        ("kode", ["72.71.01.1004"]),
    ]


def test_regions_by_name_and_by_code_are_the_same_regions() -> None:
    by_name, by_code = codes(REPORTS, "kelurahan"), codes(AREAS, "kode")
    assert len(by_code) == 46
    assert set(by_name.values()) <= set(by_code)
    assert by_code[by_name["Poboya"]] == by_name["Poboya"]


def test_names_that_would_make_a_map_too_large_are_left_out(tmp_path: Path) -> None:
    rows = [{**row, "nama": f"{row['nama']} {'panjang ' * 10}"} for row in points(1900)]
    found = places(tmp_path, POINTS, rows)
    assert len(compact(found)) <= MOST_BYTES
    assert len(found.features) == 1900
    assert found.label is None
