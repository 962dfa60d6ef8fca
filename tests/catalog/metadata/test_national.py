"""What Indonesia's own portals and statistics office read: CKAN's package, and drafts of BPS' three forms."""

import csv
import io
from typing import Any

import pytest

from catalog.metadata import bps, ckan
from catalog.shelf import Release
from tests.catalog.site.made_up import AGGREGATE, OPEN_DATA, WITH_PLACES, city, dataset, fields, manifest, release


def package(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = ckan.package(city(), release(**changes))["result"]
    return found


def test_the_package_has_what_ckan_takes() -> None:
    found = package()
    assert (found["name"], found["license_id"], found["state"]) == ("titik-parkir", "cc-by", "active")
    assert found["organization"]["title"] == "Dinas Perhubungan"
    assert found["owner_org"] == found["organization"]["id"]
    assert found["notes"].startswith("Data contoh, bukan data resmi.")
    assert [tag["name"] for tag in found["tags"]] == ["parkir", "retribusi", "parking"]
    extras = {one["key"]: one["value"] for one in found["extras"]}
    assert (extras["frequency"], extras["spatial_text"], extras["jumlah_baris"]) == ("MONTHLY", "Palu", "1231")
    assert all(isinstance(value, str) for value in extras.values())


def test_a_resource_is_a_file_with_its_hash_and_an_id_that_stays() -> None:
    first, second = (package(manifest=manifest(release=name, distributions=WITH_PLACES)) for name in ("r1", "r2"))
    assert [one["id"] for one in first["resources"]] == [one["id"] for one in second["resources"]]
    assert first["id"] == second["id"]
    csv_file = first["resources"][1]
    assert (csv_file["format"], csv_file["mimetype"], csv_file["hash"]) == ("CSV", "text/csv", f"sha256:{'d' * 64}")
    assert len({one["id"] for one in first["resources"]}) == first["num_resources"] == 4


def test_tags_hold_no_letter_that_ckan_refuses() -> None:
    stated = dataset(keywords={"id": ["K3 & (keselamatan)", "x", "data/terbuka", "data/terbuka"]})
    assert [tag["name"] for tag in package(dataset=stated)["tags"]] == ["K3 keselamatan", "data terbuka"]


def drafted(form: str, found: Release | None = None) -> list[dict[str, str]]:
    data = bps.drafts(city(), found or release())[form]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", bps.FORMS)
def test_a_draft_says_in_every_row_that_it_is_one(form: str) -> None:
    rows = drafted(form)
    assert rows
    assert {row["Status"] for row in rows} == {"Rancangan"}


def test_ms_keg_has_every_item_and_says_which_are_not_filled() -> None:
    rows = drafted("ms-keg")
    assert [(row["Nomor"], row["Rincian"]) for row in rows] == list(bps.ACTIVITY)
    filled = {row["Rincian"]: row["Isian"] for row in rows if row["Isian"]}
    assert filled["Instansi Penyelenggara"] == "Dinas Perhubungan"
    assert filled["Frekuensi Penyelenggaraan"] == "Bulanan"
    assert filled["Sektor Kegiatan"] == "Transportasi"
    assert {row["Keterangan"] for row in rows if not row["Isian"]} == {bps.EMPTY}
    assert {row["Keterangan"] for row in rows if row["Isian"]} == {""}


def test_ms_var_describes_every_column_the_withheld_ones_too() -> None:
    rows = {row["Alias"]: row for row in drafted("ms-var")}
    assert list(rows) == [field["name"] for field in fields()]
    capacity, exempt = rows["kapasitas"], rows["nik_juru_parkir"]
    assert capacity["Definisi"] == "Jumlah kendaraan yang dapat diparkir pada waktu yang sama."
    assert capacity["Aturan Validasi"] == "paling kecil 0; paling besar 12500"
    assert "Konsep; Referensi Pemilihan" in capacity["Belum terisi (dilengkapi oleh produsen data)"]
    assert rows["digital"]["Klasifikasi Isian"] == "true; false"
    open_to_all = "Apakah Variabel Dapat Diakses Umum?"
    assert (capacity[open_to_all], exempt[open_to_all], rows["catatan"][open_to_all]) == ("Ya", "Tidak", "Tidak")


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        pytest.param({}, ["Kapasitas"], id="the numbers that have a unit"),
        pytest.param(OPEN_DATA, ["Kapasitas"], id="open data alike"),
    ],
)
def test_ms_ind_drafts_an_indicator_of(changes: dict[str, Any], names: list[str]) -> None:
    rows = drafted("ms-ind", release(dataset=dataset(**changes)))
    assert [row["Nama Indikator"] for row in rows] == names
    assert rows[0]["Satuan"] == "kendaraan"
    assert "Interpretasi" in rows[0]["Belum terisi (dilengkapi oleh produsen data)"]


def test_ms_ind_drafts_counts_by_what_they_are_counted_by() -> None:
    counts = {**AGGREGATE["disclosure"]["aggregate"], "unit": "titik"}
    [row] = drafted("ms-ind", release(dataset=dataset(disclosure={"aggregate": counts})))
    assert (row["Nama Indikator"], row["Klasifikasi Penyajian"]) == ("Jumlah titik", "Kecamatan")


def test_no_text_of_a_draft_is_a_formula() -> None:
    stated = dataset(title={"id": "=HYPERLINK(1)"})
    [title] = [row for row in drafted("ms-keg", release(dataset=stated)) if row["Rincian"] == "Judul Kegiatan"]
    assert title["Isian"] == "'=HYPERLINK(1)"


def test_what_was_taken_back_leaves_no_word_of_it() -> None:
    for data in bps.withdrawn().values():
        assert len(data.decode("utf-8-sig").splitlines()) == 1
    assert ckan.gone()["success"] is False
