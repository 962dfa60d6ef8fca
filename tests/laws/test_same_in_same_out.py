"""Law 4: the same snapshot, contract and code give the same bytes; anything else gives another release."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from catalog import layout
from flows import runs
from flows.journey import Work
from flows.publish import Candidate, written_ahead
from flows.publish import publish as published
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    NOW,
    Ready,
    bytes_below,
    current_release,
    found_city,
    moved,
    publish,
    registered,
)


def release_folder(places: Places) -> Path:
    return places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))


def test_two_places_make_the_same_bytes_of_the_same_delivery(published_city: Places, tmp_path: Path) -> None:
    elsewhere = found_city(tmp_path / "di tempat lain")
    assert publish(elsewhere).release == current_release(published_city)
    ours, theirs = bytes_below(release_folder(published_city)), bytes_below(release_folder(elsewhere))
    assert sorted(ours) == [
        "charts.json",
        "contract.json",
        "datapackage.json",
        "manifest.json",
        "preview.json",
        "statistics.json",
        f"{DATASET}.csv",
        f"{DATASET}.json",
        f"{DATASET}.parquet",
        f"{DATASET}.xlsx",
        "validation.json",
    ]
    assert ours == theirs
    assert bytes_below(published_city.public / CITY_ID) == bytes_below(elsewhere.public / CITY_ID)


def candidate(waiting: Ready, folder: Path, work: Work) -> Candidate:
    """What the same public rows become in another work."""
    folder.mkdir()
    again = replace(work, aside=folder)
    with written_ahead(again, waiting.public) as written:
        return published(again, waiting.snapshot, waiting.public, waiting.report, written)


def later_that_day(work: Work) -> Work:
    return replace(work, now=work.now + timedelta(hours=3))


def other_code(work: Work) -> Work:
    return replace(work, code_version="0.0.0+another")


def other_contract(work: Work) -> Work:
    return replace(work, contract=work.contract.model_copy(update={"license": "CC0-1.0"}))


@pytest.mark.parametrize("change", [other_code, other_contract], ids=["other code", "another contract"])
def test_another_input_makes_another_release(change: Callable[[Work], Work], ready_city: Ready, tmp_path: Path) -> None:
    found = candidate(ready_city, tmp_path / "aside", change(ready_city.work))
    assert found.name != ready_city.candidate.name
    assert found.distributions == ready_city.candidate.distributions


def test_the_hour_of_a_run_changes_neither_data_nor_name(ready_city: Ready, tmp_path: Path) -> None:
    assert candidate(ready_city, tmp_path / "aside", later_that_day(ready_city.work)) == ready_city.candidate


def test_an_unchanged_delivery_makes_no_release_and_touches_no_file(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in places.public.rglob("*") if path.is_file()}
    later = NOW + timedelta(days=3)
    assert publish(places, now=later).end == "unchanged"
    after = {path: path.stat().st_mtime_ns for path in places.public.rglob("*") if path.is_file()}
    staging = places.public / ".staging"
    assert {path: time for path, time in after.items() if staging not in path.parents} == {
        path: time for path, time in before.items() if staging not in path.parents
    }
    assert runs.last_checked(places, *registered(places)) == later
