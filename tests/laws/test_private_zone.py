"""What is private stays private on disk: folders of mode 0700, files of mode 0600, whoever's umask it was."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import runs
from flows.steps import Steps, examine
from tests.laws.made_up_city import NOW, ROWS, contract, deliver, found_city, publish, registered

FAULTY = ROWS + "TP-005,Kios Besusu,dua puluh,7271010101990005\n"
QUARANTINE = {"at_most": "50 %", "because": "Uji."}


@pytest.fixture(autouse=True)
def careless_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    modes = ((path, stat.S_IMODE(path.lstat().st_mode)) for path in [folder, *folder.rglob("*")])
    return [f"{path.relative_to(folder)} {mode:o}" for path, mode in modes if mode & 0o077]


def test_nothing_in_the_private_zone_is_open_to_others(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract(quarantine=QUARANTINE), rows=FAULTY)
    assert publish(places).end == "published"
    runs.run(examine, places, *registered(places), datetime.now(UTC), Steps())
    deliver(places, FAULTY.replace("TP-", "XX-"))
    assert publish(places).end == "held_back"
    kept = {path.relative_to(places.private).parts[0] for path in places.private.rglob("*") if path.is_file()}
    assert {"snapshots", "quarantine", "reports"} <= kept
    assert open_to_others(places.private) == []


def test_what_is_public_can_be_read_by_everyone(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    assert publish(places, now=NOW).end == "published"
    served = [path for path in (places.public / "palu").rglob("*") if ".staging" not in path.parts]
    assert served
    assert [path for path in served if not path.stat().st_mode & stat.S_IROTH] == []
