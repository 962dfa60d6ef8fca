"""Kelurahan of Palu, and made-up points near the middle of their kecamatan."""

import csv
from dataclasses import dataclass
from random import Random

from samples.open_data import EXTRACTS

MIDDLES = {
    "Palu Timur": (-0.893, 119.882),
    "Palu Barat": (-0.902, 119.852),
    "Palu Selatan": (-0.926, 119.886),
    "Palu Utara": (-0.802, 119.886),
    "Ulujadi": (-0.878, 119.826),
    "Tatanga": (-0.926, 119.852),
    "Tawaeli": (-0.722, 119.868),
    "Mantikulore": (-0.872, 119.918),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A place that nobody surveyed: the kelurahan is real, the coordinates are drawn."""

    kelurahan: str
    kecamatan: str
    latitude: float
    longitude: float


def kelurahan_of_palu() -> tuple[tuple[str, str], ...]:
    """Every kelurahan of Palu with its kecamatan, in the order of their codes."""
    folder = EXTRACTS / "idn-area/palu"
    with (folder / "districts.csv").open(newline="", encoding="utf-8") as file:
        kecamatan = {row["code"]: row["name"] for row in csv.DictReader(file)}
    with (folder / "villages.csv").open(newline="", encoding="utf-8") as file:
        return tuple((row["name"], kecamatan[row["district_code"]]) for row in csv.DictReader(file))


def point(random: Random, kelurahan: str, kecamatan: str) -> Point:
    """A point within about a kilometre of the middle of `kecamatan`."""
    latitude, longitude = MIDDLES[kecamatan]
    return Point(
        kelurahan,
        kecamatan,
        round(latitude + random.uniform(-0.009, 0.009), 6),
        round(longitude + random.uniform(-0.009, 0.009), 6),
    )
