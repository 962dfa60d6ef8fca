"""The real `palu publish` over contracts and files that are not in this repository."""

import stat
from pathlib import Path

import pytest

from catalog import layout
from flows.settings import Places
from tests.flows.commands.departments import PUBLISHED, WITHHELD, departments
from tests.flows.commands.running import Ran, palu
from tests.laws.disks import fill, small_disk
from tests.laws.made_up_city import CITY_ID, audited, bytes_below, found_city


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return departments(tmp_path_factory.mktemp("kota dengan spasi"))


@pytest.fixture(scope="module")
def ran(city: Places) -> Ran:
    return palu("publish", places=city)


def test_every_dataset_is_told_and_the_catalog_is_named(ran: Ran, city: Places) -> None:
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == [f"✓ {CITY_ID}/{name}" for name in sorted(PUBLISHED)]
    assert lines[3:] == [
        f'Katalog: {city.public}. Untuk melihatnya: palu serve --public "{city.public}"',
        f"Meja petugas (keadaan semua dataset): {city.private}/meja/{CITY_ID}.html",
    ]


@pytest.mark.parametrize("dataset", sorted(PUBLISHED))
def test_a_departments_file_is_published_right(dataset: str, ran: Ran, city: Places) -> None:
    file = city.public / layout.latest(CITY_ID, dataset) / f"{dataset}.csv"
    assert file.read_text() == PUBLISHED[dataset]


def test_what_is_exempt_stays_behind(ran: Ran, city: Places) -> None:
    everything = b"".join(bytes_below(city.public).values())
    assert b"Kamonji" in everything
    assert [name for name in WITHHELD if name.encode() in everything] == []
    assert audited(city).releases == len(PUBLISHED) + len(["the register of what is exempt"])
    assert audited(city).problems == []


def modes(folder: Path) -> dict[str, set[str]]:
    """The access modes that occur below a folder, of folders and of files."""
    found: dict[str, set[str]] = {"folders": set(), "files": set()}
    for path in (folder, *folder.rglob("*")):
        kind = "folders" if path.is_dir() else "files"
        found[kind].add(f"{stat.S_IMODE(path.stat().st_mode):o}")
    return found


def test_the_private_zone_is_open_to_its_owner_alone(ran: Ran, city: Places) -> None:
    assert (city.private / "prefect").is_dir() and (city.private / "ledger.db").is_file()
    assert modes(city.private) == {"folders": {"700"}, "files": {"600"}}


def test_the_public_zone_is_open_to_any_web_server(ran: Ran, city: Places) -> None:
    assert modes(city.public / CITY_ID) == {"folders": {"755"}, "files": {"644"}}
    assert stat.S_IMODE(city.public.stat().st_mode) == 0o755


def test_a_disk_without_room_is_told_before_anything_is_begun(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    places.private.mkdir()
    with small_disk(places.private, 1024**2) as disk:
        fill(disk, 0)
        ran = palu("publish", places=places)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"Disk penuh saat menulis ke {places.private}. Rilis terakhir tetap berlaku dan tidak ada yang hilang.\n"
        "Saran: Kosongkan ruang di disk itu, lalu jalankan lagi.\n"
    )


def test_a_private_folder_inside_the_public_one_is_refused(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    ran = palu("publish", "--private", places.public / "var", places=places)
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        f"Folder tertutup {places.public / 'var'} berada di dalam folder publik {places.public}.",
    )
    assert not (places.public / "var").exists()
