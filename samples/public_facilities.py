"""Public facilities as a mapping tool exports them (GeoJSON).

Fault on purpose: two points lost the minus sign of their latitude and lie north of the equator, outside Palu.
"""

import json
from pathlib import Path
from random import Random
from typing import Any

from samples.people import name, telephone
from samples.places import kelurahan_of_palu, point

FACILITIES = 120
NORTH_OF_THE_EQUATOR = (37, 88)
KINDS = ("Taman", "Puskesmas Pembantu", "Lapangan Olahraga", "Balai Kelurahan", "Tempat Evakuasi Sementara")
CONDITIONS = ("Baik", "Rusak ringan", "Rusak berat")


def write(path: Path, random: Random) -> None:
    """Writes the FeatureCollection."""
    features = [_feature(random, number) for number in range(1, FACILITIES + 1)]
    collection = {"type": "FeatureCollection", "name": "fasilitas_umum_contoh", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _feature(random: Random, number: int) -> dict[str, Any]:
    kind = random.choice(KINDS)
    place = point(random, *random.choice(kelurahan_of_palu()))
    latitude = abs(place.latitude) if number in NORTH_OF_THE_EQUATOR else place.latitude
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.longitude, latitude]},
        "properties": {
            "kode": f"FU-{number:04}",
            "nama": f"{kind} Contoh {number}",
            "jenis": kind,
            "kelurahan": place.kelurahan,
            "kecamatan": place.kecamatan,
            "kondisi": random.choices(CONDITIONS, weights=(8, 3, 1))[0],
            "penjaga": name(random),
            "telepon_penjaga": telephone(random),
        },
    }
