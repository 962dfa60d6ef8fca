"""Law 3: while others publish, a reader sees whole releases only, and no publisher's release is lost."""

import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from catalog import layout
from catalog.manifest import Manifest
from catalog.shelf import history
from catalog.verification import measured
from flows.release import release
from flows.settings import Places
from tests.laws.made_up_city import CITY_ID, DATASET, Ready, audited, current_release, pointer, ready_in

REPOSITORY = Path(__file__).parents[2]
EACH = 10


def numbered(waiting: Ready, number: int) -> Ready:
    """A release like `waiting`, with other data: files, name and inputs of its own."""
    aside = waiting.work.aside.with_name(f"tmp{number}")
    shutil.copytree(waiting.work.aside, aside)
    (aside / f"{DATASET}.csv").write_text(f"kode,nama,kapasitas\nTP-{number:03},Uji,1\n")
    files = tuple(measured(aside / file.path, file.format) for file in waiting.candidate.distributions)
    inputs = waiting.candidate.inputs.model_copy(update={"snapshot_sha256": f"{number:064}"})
    candidate = replace(waiting.candidate, name=f"2026-03-02-{number:08}", distributions=files, inputs=inputs)
    return replace(waiting, work=replace(waiting.work, aside=aside), candidate=candidate)


def publisher(waiting: list[Ready], plan: Path) -> subprocess.Popen[str]:
    """A process that waits for its word to publish all of them."""
    plan.write_bytes(pickle.dumps(waiting))
    command = [sys.executable, "-m", "tests.laws.publishing", str(plan)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, text=True)


def chain(places: Places) -> list[str]:
    """The releases that the pointer reaches, newest first."""
    current = pointer(places).datasets[DATASET].current
    return [past.release for past in history(places.public, CITY_ID, DATASET, current) if isinstance(past, Manifest)]


def test_two_publishers_at_once_lose_nothing_and_a_reader_sees_whole_releases_only(
    ready_city: Ready, tmp_path: Path
) -> None:
    waiting = ready_in(ready_city, tmp_path / "city")
    places = waiting.work.places
    all_of_them = [numbered(waiting, number) for number in range(2 * EACH)]
    publishers = [publisher(all_of_them[start::2], tmp_path / f"plan{start}") for start in (0, 1)]
    for one in publishers:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.close()
    seen, latest = set(), places.public / layout.latest(CITY_ID, DATASET) / f"{DATASET}.csv"
    while any(one.poll() is None for one in publishers):
        assert audited(places).problems == []
        assert latest.read_bytes().endswith(b"\n")
        seen.add(current_release(places))
    assert [one.returncode for one in publishers] == [0, 0]
    assert len(seen) > 3, "the reader looked at too little"
    assert set(chain(places)) == {one.candidate.name for one in all_of_them} | {
        str(current_release(ready_city.work.places))
    }
    assert len(chain(places)) == 2 * EACH + 1


def test_two_runs_over_the_same_delivery_make_one_release(ready_city: Ready, tmp_path: Path) -> None:
    waiting = ready_in(ready_city, tmp_path / "city")
    second = waiting.work.aside.with_name("second")
    shutil.copytree(waiting.work.aside, second)
    assert release(waiting.work, waiting.candidate).end == "published"
    assert release(replace(waiting.work, aside=second), waiting.candidate).end == "unchanged"
    assert len(chain(waiting.work.places)) == 2
    assert audited(waiting.work.places).problems == []


def test_data_that_come_back_on_the_same_day_make_a_release_of_their_own(ready_city: Ready, tmp_path: Path) -> None:
    waiting = ready_in(ready_city, tmp_path / "city")
    places = waiting.work.places
    for one in (numbered(waiting, 1), numbered(waiting, 2)):
        release(one.work, one.candidate)
    back = numbered(waiting, 3)
    renamed = replace(back.candidate, name="2026-03-02-00000001")
    assert release(back.work, renamed).release == "2026-03-02-00000001-2"
    assert len(chain(places)) == 4
    assert audited(places).problems == []


def test_what_a_dead_run_left_at_the_address_gives_way(ready_city: Ready, tmp_path: Path) -> None:
    waiting = ready_in(ready_city, tmp_path / "city")
    left = waiting.work.places.public / layout.release(CITY_ID, DATASET, waiting.candidate.name)
    left.mkdir()
    (left / "manifest.json").write_text("{}")
    assert release(waiting.work, waiting.candidate).release == waiting.candidate.name
    assert audited(waiting.work.places).problems == []
