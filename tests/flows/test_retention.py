"""What is kept no longer: snapshots past the contract's period, and the folders of runs that died."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.retention import period, untouched
from flows.settings import Places
from tests.laws.made_up_city import CITY_ID, DATASET, NOW, agree, contract, moved, publish


def written(path: Path, when: datetime) -> Path:
    """A file or folder as it would stand had it been written then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if path.suffix == "" else path.write_text("salinan")
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


@pytest.fixture
def city(published_city: Places, tmp_path: Path) -> Places:
    return moved(published_city, tmp_path)


def snapshots(city: Places) -> Path:
    return city.private / "snapshots" / CITY_ID / DATASET


@pytest.mark.parametrize(("text", "days"), [("P90D", 90), ("P1D", 1), ("P36500D", 36500)])
def test_a_period_is_written_in_days(text: str, days: int) -> None:
    assert period(text) == timedelta(days=days)


def test_an_unchanged_check_removes_the_snapshots_past_their_period(city: Places) -> None:
    young = written(snapshots(city) / "muda.csv", NOW - timedelta(days=89))
    old = written(snapshots(city) / "tua.csv", NOW - timedelta(days=91))
    other = written(snapshots(city).parent / "lain/tua.csv", NOW - timedelta(days=91))
    assert publish(city).end == "unchanged"
    assert (young.exists(), old.exists(), other.exists()) == (True, False, True)


def test_the_contract_says_how_long(city: Places) -> None:
    agree(city, contract(retention={"snapshots": "P10D"}))
    old = written(snapshots(city) / "tua.csv", NOW - timedelta(days=11))
    assert publish(city).end == "published"
    assert not old.exists()


def test_the_current_snapshot_stays_however_old_it_is(city: Places) -> None:
    [current] = snapshots(city).iterdir()
    assert publish(city, now=NOW + timedelta(days=4000)).end == "unchanged"
    assert list(snapshots(city).iterdir()) == [current]


def test_a_held_back_delivery_removes_nothing(city: Places) -> None:
    old = written(snapshots(city) / "tua.csv", NOW - timedelta(days=500))
    (city.inbox / f"{DATASET}.csv").unlink()
    assert publish(city).end == "held_back"
    assert old.exists()


def test_folders_of_runs_that_died_go_after_a_day(city: Places) -> None:
    now = datetime.now().astimezone()
    dead = [
        written(city.private / "work/run-mati", now - timedelta(days=2)),
        written(city.public / ".staging/tmpmati", now - timedelta(days=2)),
        written(city.public / ".staging/tmpberkas.html", now - timedelta(days=2)),
    ]
    alive = [written(city.private / "work/run-hidup", now), written(city.public / ".staging/tmphidup", now)]
    lock = city.public / ".staging" / f"{CITY_ID}.lock"
    os.utime(lock, (0, 0))
    publish(city, now=now)
    assert [path for path in dead if path.exists()] == []
    assert [path for path in (*alive, lock) if not path.exists()] == []


def test_untouched_means_written_before(tmp_path: Path) -> None:
    old = written(tmp_path / "tua.csv", NOW - timedelta(seconds=1))
    written(tmp_path / "baru.csv", NOW)
    assert untouched(tmp_path, NOW) == [old]
