"""Boundaries of Palu's kelurahan that nobody surveyed, as a mapping tool exports them (GeoJSON).

The kelurahan and their codes are real. The lines are made up: each kelurahan is what lies nearest to a drawn point.
"""

import csv
import json
from pathlib import Path
from random import Random
from typing import Any

import shapely  # type: ignore[import-untyped]

from samples.open_data import EXTRACTS
from samples.places import MIDDLES

SPREAD, EDGE, APART = 0.03, 0.025, 0.006
"""In degrees: how far the points lie from the middle of their kecamatan at most, the edge of the city from the middles,
and the points from each other at least."""
DECIMALS = 5


def write(path: Path, random: Random) -> None:
    """Writes the FeatureCollection, in the order of the codes."""
    kelurahan = _kelurahan()
    seeds = _seeds(random, [kecamatan for _, _, kecamatan in kelurahan])
    city = shapely.MultiPoint([(east, north) for north, east in MIDDLES.values()]).convex_hull.buffer(EDGE)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=city, ordered=True).geoms
    features = [_feature(one, cell.intersection(city)) for one, cell in zip(kelurahan, cells, strict=True)]
    collection = {"type": "FeatureCollection", "name": "batas_kelurahan_contoh", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False) + "\n", encoding="utf-8")


def _kelurahan() -> list[tuple[str, str, str]]:
    """Code, name and kecamatan."""
    folder = EXTRACTS / "idn-area/palu"
    with (folder / "districts.csv").open(newline="", encoding="utf-8") as file:
        kecamatan = {row["code"]: row["name"] for row in csv.DictReader(file)}
    with (folder / "villages.csv").open(newline="", encoding="utf-8") as file:
        return [(row["code"], row["name"], kecamatan[row["district_code"]]) for row in csv.DictReader(file)]


def _seeds(random: Random, kecamatan: list[str]) -> list[tuple[float, float]]:
    """A point for each, near the middle of its kecamatan and nearer to it than to any other middle."""
    found: list[tuple[float, float]] = []
    for name in kecamatan:
        while len(found) < len(kecamatan):
            east, north = (MIDDLES[name][axis] + random.uniform(-SPREAD, SPREAD) for axis in (1, 0))
            nearest = min(MIDDLES, key=lambda one: (MIDDLES[one][1] - east) ** 2 + (MIDDLES[one][0] - north) ** 2)
            if nearest == name and all((east - x) ** 2 + (north - y) ** 2 > APART**2 for x, y in found):
                found.append((east, north))
                break
    return found


def _feature(kelurahan: tuple[str, str, str], area: Any) -> dict[str, Any]:
    code, name, kecamatan = kelurahan
    ring = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in area.exterior.coords]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"kode": code, "nama": name, "kecamatan": kecamatan},
    }
