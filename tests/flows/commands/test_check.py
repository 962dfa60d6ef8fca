"""`palu check` of what stands in front of an officer: a delivered file, or a contract; nothing is published."""

from pathlib import Path

import pytest

from flows.commands.check import command
from flows.settings import Places
from tests.flows.commands.running import palu
from tests.laws.made_up_city import (
    CITY,
    CITY_ID,
    CONTRACT,
    DATASET,
    ROWS,
    agree,
    deliver,
    found_city,
    write_yaml,
)


@pytest.fixture
def city(tmp_path: Path) -> Places:
    return found_city(tmp_path / "kota")


def test_a_delivered_file_is_checked_by_the_contract_that_expects_it(city: Places, tmp_path: Path) -> None:
    delivered = tmp_path / "dari dinas" / f"{DATASET} [Maret] 2026.csv"
    delivered.parent.mkdir()
    delivered.write_text(ROWS)
    ran = palu("check", delivered, places=city)
    assert (ran.code, ran.out, ran.err) == (0, f"✓ {CITY_ID}/{DATASET}: lolos pemeriksaan, 3 baris\n", "")
    assert not (city.public / CITY_ID).exists()


def checked(places: Places, thing: Path) -> int:
    """The verb in this process, which has Great Expectations already."""
    return command([str(thing)], None, places.contracts, places.inbox, places.public, places.private)


def test_a_blocker_in_it_is_told_with_field_and_counts(
    city: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered = tmp_path / f"{DATASET}.csv"
    delivered.write_text(ROWS.replace("TP-002", "TITIK DUA"))
    assert checked(city, delivered) == 1
    said = capsys.readouterr()
    assert "kolom: kode; Tidak terpenuhi: 1 dari 3 baris" in said.out
    assert "TITIK DUA" not in said.out + said.err


def test_a_file_that_no_contract_expects_is_named(city: Places, tmp_path: Path) -> None:
    stray = tmp_path / "lain.csv"
    stray.write_text(ROWS)
    ran = palu("check", stray, places=city)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Tidak ada kontrak yang menunggu berkas bernama lain.csv.\nSaran: ")


def second_city(places: Places) -> Path:
    """Another city that expects a file of the same name."""
    write_yaml(places.contracts / "jambi/city.yaml", {**CITY, "id": "jambi", "timezone": "Asia/Jakarta"})
    source = {"kind": "csv", "location": f"jambi/{DATASET}*.csv"}
    write_yaml(places.contracts / f"jambi/dishub/{DATASET}.yaml", {**CONTRACT, "source": source})
    agree(places, {**CONTRACT, "source": {"kind": "csv", "location": f"palu/{DATASET}*.csv"}})
    (places.inbox / "jambi").mkdir()
    (places.inbox / "palu").mkdir()
    return deliver(places, ROWS, f"palu/{DATASET}.csv")


def test_of_two_contracts_the_file_belongs_to_the_one_whose_folder_it_stands_in(
    city: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checked(city, second_city(city)) == 0
    assert capsys.readouterr().out == f"✓ palu/{DATASET}: lolos pemeriksaan, 3 baris\n"


def test_a_file_that_two_contracts_expect_is_nobodys(city: Places, tmp_path: Path) -> None:
    second_city(city)
    stray = tmp_path / f"{DATASET}.csv"
    stray.write_text(ROWS)
    ran = palu("check", stray, places=city)
    assert ran.code == 2
    assert ran.err.startswith(
        f"Lebih dari satu kontrak menunggu berkas bernama {DATASET}.csv: jambi/{DATASET}, palu/{DATASET}."
    )


def test_a_contract_is_checked_by_itself(city: Places) -> None:
    ran = palu("check", city.contracts / CITY_ID / "dishub" / f"{DATASET}.yaml")
    assert (ran.code, ran.out) == (0, f"{DATASET}.yaml: kontrak {DATASET} benar (4 kolom).\n")


def test_a_city_file_is_not_taken_for_a_dataset(city: Places) -> None:
    ran = palu("check", city.contracts / CITY_ID / "city.yaml")
    assert ran.code == 2
    assert "Kunci publisher tidak dikenal" in ran.err
