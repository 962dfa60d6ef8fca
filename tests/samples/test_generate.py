"""The demo inbox: the same files each time, with the counts and the faults that the demo speaks of."""

import csv
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely  # type: ignore[import-untyped]
import yaml
from openpyxl import load_workbook  # type: ignore[import-untyped]

from samples import generate
from samples.open_data import EXTRACTS, OPEN_DATA, Extract, content

SHARED = Path(__file__).parents[3] / "shared/data"
EXPECTED = yaml.safe_load((EXTRACTS.parent / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def second_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("second") / "with spaces"
    generate.generate(folder)
    generate.generate(folder)
    return folder


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_two_runs_give_the_same_files_byte_for_byte(inbox: Path, second_inbox: Path) -> None:
    names = files_below(inbox)
    assert len(names) == 18
    assert files_below(second_inbox) == names
    for name in names - {generate.PARKING_DATABASE}:
        assert (inbox / name).read_bytes() == (second_inbox / name).read_bytes(), name


def test_two_runs_give_the_same_transactions(inbox: Path, second_inbox: Path) -> None:
    assert transactions(inbox) == transactions(second_inbox)


def transactions(folder: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / generate.PARKING_DATABASE)) as database:
        return database.execute("select * from transaksi_parkir order by id_transaksi").fetchall()


def test_transactions_are_as_many_as_expected_and_their_broken_dates_too(inbox: Path) -> None:
    rows = transactions(inbox)
    assert len(rows) == EXPECTED["palu"]["transaksi-parkir"]["rows"] == 240_000
    broken = sum(row[2].startswith("0000") for row in rows)
    assert broken == EXPECTED["palu"]["transaksi-parkir"]["quarantined"]


def test_transactions_stay_within_the_month_and_the_digital_points(inbox: Path) -> None:
    rows = transactions(inbox)
    assert {row[2][:7] for row in rows} == {"2026-03", "0000-00"}
    digital = {row[1] for row in parking_rows(inbox) if row[9] == "Ya"}
    assert {row[1].strip() for row in rows} == {code.strip() for code in digital}


def parking_rows(folder: Path) -> list[tuple[Any, ...]]:
    sheet = load_workbook(folder / generate.PARKING_POINTS)["Rekap"]
    rows = sheet.iter_rows(values_only=True)
    return [row for row in rows if re.fullmatch(r"TP-[0-9]{3} ?", str(row[1]))]


def test_two_hundred_points_are_mapped_of_which_fifty_are_digital(inbox: Path) -> None:
    rows = parking_rows(inbox)
    assert len(rows) == EXPECTED["palu"]["titik-parkir"]["rows"] == 200
    assert Counter(row[9] for row in rows) == {"Ya": 50, "Tidak": 150}
    assert sum(row[10] != "-" for row in rows) == 50


@pytest.mark.parametrize(
    "text",
    ["PEMERINTAH KOTA PALU", "Koordinat", "Lintang", "(1)", "Rp 2.000,-", "JUMLAH", "(tanda tangan contoh)"],
    ids=[
        "a letterhead", "the upper header row", "the lower header row", "column numbers",
        "rupiah as offices write it", "a total row", "a signature block",
    ],
)  # fmt: skip
def test_the_workbook_is_written_as_offices_write_it(inbox: Path, text: str) -> None:
    sheet = load_workbook(inbox / generate.PARKING_POINTS)["Rekap"]
    assert any(text in row for row in sheet.iter_rows(values_only=True))


def test_the_header_of_the_workbook_is_merged_over_two_rows(inbox: Path) -> None:
    sheet = load_workbook(inbox / generate.PARKING_POINTS)["Rekap"]
    assert {"B8:B9", "F8:G8", "L8:M8"} <= {str(merged) for merged in sheet.merged_cells.ranges}


@pytest.mark.parametrize(
    ("location", "city", "unit", "participants"),
    [
        (generate.TRAINING_PALU, "palu", "Unit Kerja", 111),
        (generate.TRAINING_JAMBI, "jambi", "Perangkat Daerah", 112),
    ],
    ids=["111 in Palu", "112 in Jambi"],
)
def test_each_participant_is_one_row_with_a_number_of_their_own(
    inbox: Path, location: str, city: str, unit: str, participants: int
) -> None:
    rows = training_rows(inbox / location)
    assert len(rows) == EXPECTED[city]["pelatihan-digital"]["rows"] == participants
    numbers = {row["NIP"].replace(" ", "") for row in rows}
    assert len(numbers) == participants
    assert all(re.fullmatch("[0-9]{15}000", number) for number in numbers)
    small = [count for count in Counter(row[unit].strip() for row in rows).values() if count < 5]
    assert len(small) == 3


def training_rows(path: Path) -> list[dict[str, str]]:
    """The rows with a number: the last line of the file is empty."""
    with path.open(newline="", encoding="cp1252") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if row["No"]]


@pytest.mark.parametrize("location", [generate.TRAINING_PALU, generate.TRAINING_JAMBI])
def test_training_is_written_in_cp1252_and_not_in_utf8(inbox: Path, location: str) -> None:
    with pytest.raises(UnicodeDecodeError):
        (inbox / location).read_bytes().decode("utf-8")


def test_reports_are_as_many_as_expected_and_their_broken_dates_too(inbox: Path) -> None:
    reports = json.loads((inbox / generate.REPORTS).read_text(encoding="utf-8"))["data"]
    assert len(reports) == EXPECTED["palu"]["laporan-warga"]["rows"]
    broken = [report for report in reports if not is_date(report["tanggal"])]
    assert len(broken) == EXPECTED["palu"]["laporan-warga"]["quarantined"]


def is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def test_as_many_facilities_as_expected_lie_outside_palu(inbox: Path) -> None:
    features = json.loads((inbox / generate.FACILITIES).read_text(encoding="utf-8"))["features"]
    assert len(features) == EXPECTED["palu"]["fasilitas-umum"]["rows"]
    outside = [feature for feature in features if not -1.1 <= feature["geometry"]["coordinates"][1] <= -0.6]
    assert len(outside) == EXPECTED["palu"]["fasilitas-umum"]["failing"]


@pytest.mark.parametrize(
    ("location", "city", "dataset"),
    [
        (f"{city}/setda/{dataset}.csv", city, dataset)
        for city in ("palu", "jambi")
        for dataset in ("kelurahan", "kecamatan")
    ],
)
def test_areas_are_as_many_as_expected(inbox: Path, location: str, city: str, dataset: str) -> None:
    lines = (inbox / location).read_text(encoding="utf-8").splitlines()
    assert len(lines) - 1 == EXPECTED[city][dataset]["rows"]


@pytest.mark.parametrize("dataset", ["libur-nasional", "cuti-bersama"])
def test_days_are_as_many_as_expected(inbox: Path, dataset: str) -> None:
    document = json.loads((inbox / f"palu/setda/{dataset}.json").read_text(encoding="utf-8"))
    assert len(document["years"]["2026"]["holidays"]) == EXPECTED["palu"][dataset]["rows"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the whole open data sets are not beside the repository")
@pytest.mark.parametrize("extract", OPEN_DATA, ids=lambda extract: extract.target)
def test_an_extract_is_what_its_source_says(extract: Extract) -> None:
    assert (EXTRACTS / extract.target).read_bytes() == content(extract, SHARED)


@pytest.mark.parametrize("folder", ["idn-area", "grdp", "holidays"])
def test_open_data_stands_beside_its_credit(folder: str) -> None:
    note = (EXTRACTS / folder / "SOURCE.md").read_text(encoding="utf-8")
    assert "Lisensi / licence" in note
    assert "https://" in note


def test_every_kelurahan_has_a_made_up_boundary_and_none_lies_over_another(inbox: Path) -> None:
    features = json.loads((inbox / generate.BOUNDARIES).read_bytes())["features"]
    assert len(features) == EXPECTED["palu"]["batas-kelurahan"]["rows"]
    assert len({one["properties"]["kode"] for one in features}) == len(features)
    areas = [shapely.from_geojson(json.dumps(one["geometry"])) for one in features]
    assert all(area.is_valid for area in areas)
    assert sum(area.area for area in areas) == pytest.approx(shapely.union_all(areas).area, rel=0.001)
