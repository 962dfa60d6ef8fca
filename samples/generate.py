"""Writes the demo cities' inbox: `python -m samples.generate FOLDER`.

Seeded and without a clock: the same files each time. Open data is copied as `open/` keeps it.
"""

import shutil
import sys
from pathlib import Path
from random import Random

from samples import (
    boundaries,
    citizens_reports,
    data_requests,
    parking_points,
    parking_transactions,
    public_facilities,
    training,
)
from samples.open_data import EXTRACTS

OPEN_FILES = {
    "palu/setda/kelurahan.csv": "idn-area/palu/villages.csv",
    "palu/setda/kecamatan.csv": "idn-area/palu/districts.csv",
    "palu/setda/libur-nasional.json": "holidays/libur-nasional.json",
    "palu/setda/cuti-bersama.json": "holidays/cuti-bersama.json",
    "palu/bappeda/penduduk dan pdrb.csv": "grdp/central-sulawesi.csv",
    "jambi/setda/kelurahan.csv": "idn-area/jambi/villages.csv",
    "jambi/setda/kecamatan.csv": "idn-area/jambi/districts.csv",
    "jambi/setda/libur-nasional.json": "holidays/libur-nasional.json",
    "jambi/setda/cuti-bersama.json": "holidays/cuti-bersama.json",
    "jambi/bappeda/penduduk dan pdrb.csv": "grdp/jambi.csv",
}
PARKING_POINTS = "palu/dishub/titik parkir digital Maret 2026.xlsx"
PARKING_DATABASE = "palu/dishub/transaksi-parkir.sqlite"
REPORTS_FOLDER = "palu/diskominfo"
REPORTS = f"{REPORTS_FOLDER}/laporan.json"
REQUESTS = f"{REPORTS_FOLDER}/permintaan data 2026.csv"
FACILITIES = "palu/pupr/fasilitas umum.geojson"
BOUNDARIES = "palu/setda/batas kelurahan.geojson"
TRAINING_PALU = "palu/bkpsdm/peserta pelatihan digital 2026.csv"
TRAINING_JAMBI = "jambi/bkpsdm/peserta pelatihan digital 2026.csv"


def generate(inbox: Path) -> None:
    """Writes every departmental file below `inbox`, over those that stand there."""
    for target, source in OPEN_FILES.items():
        shutil.copyfile(EXTRACTS / source, _ready(inbox / target))
    points = parking_points.parking_points(_seeded("titik-parkir"))
    parking_points.write(_ready(inbox / PARKING_POINTS), points)
    parking_transactions.write(_ready(inbox / PARKING_DATABASE), _seeded("transaksi-parkir"), points)
    citizens_reports.write(_ready(inbox / REPORTS), _seeded("laporan-warga"))
    data_requests.write(_ready(inbox / REQUESTS), _seeded("permintaan-data"))
    public_facilities.write(_ready(inbox / FACILITIES), _seeded("fasilitas-umum"))
    boundaries.write(_ready(inbox / BOUNDARIES), _seeded("batas-kelurahan"))
    training.write(_ready(inbox / TRAINING_PALU), _seeded("pelatihan-palu"), training.PALU)
    training.write(_ready(inbox / TRAINING_JAMBI), _seeded("pelatihan-jambi"), training.JAMBI)


def _seeded(name: str) -> Random:
    return Random(name)


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


if __name__ == "__main__":
    generate(Path(sys.argv[1]))
