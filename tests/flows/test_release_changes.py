"""What a release says of itself: what changed against the one before it, its statistics, and the files it comes in."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from catalog import layout
from catalog.changes import Changes
from catalog.drawing import dataset_pages
from catalog.manifest import Manifest
from catalog.shelf import read_release
from flows.release import release
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    MORE_ROWS,
    NOW,
    ROWS,
    agree,
    audited,
    contract,
    contract_with_field,
    current_release,
    deliver,
    found_city,
    moved,
    pointer,
    publish,
    ready,
)
from tests.laws.searching import Search, contents

TOMORROW = NOW + timedelta(days=1)


def current(places: Places) -> Manifest:
    return read_release(places.public, CITY_ID, DATASET, str(current_release(places))).manifest


def page(places: Places, language: str = "id") -> str:
    assert language in ("id", "en")
    return (places.public / layout.dataset_page(CITY_ID, DATASET, "en" if language == "en" else "id")).read_text()


def test_the_next_release_tells_what_changed_and_why_in_both_languages(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    publish(places)
    first = current_release(places)
    assert current(places).changes is None, "a first release changes nothing"
    deliver(places, MORE_ROWS.replace(",20,", ",25,"))
    publish(places, now=TOMORROW)
    assert current(places).changes == Changes(since=str(first), because=("data",), added=1, changed=1, removed=0)
    assert "1 baris baru, 1 baris diubah" in page(places)
    assert "Sebab: data baru dari produsen data." in page(places)
    assert "1 new row, 1 row changed" in page(places, "en")
    assert audited(places).problems == []


def test_a_column_that_was_opened_is_told_as_a_change_of_the_contract(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract_with_field("nama", access=None))
    publish(places)
    agree(places, contract())
    publish(places, now=TOMORROW)
    changes = current(places).changes
    assert changes is not None
    assert (changes.because, changes.columns_added, changes.changed) == (("contract",), ("nama",), 0)


def test_a_release_is_compared_with_the_one_that_is_current_when_it_leaves(tmp_path: Path) -> None:
    """Another run moved the pointer between the writing of the files and their release."""
    places = found_city(tmp_path)
    publish(places)
    deliver(places, MORE_ROWS)
    with ready(places, TOMORROW) as waiting:
        other = prepared_by_another_run(places, waiting.work.aside)
        outcome = release(waiting.work, waiting.candidate)
    assert outcome.end == "published"
    changes = current(places).changes
    assert changes is not None
    assert (changes.since, changes.added, changes.changed) == (other, 1, 1)


def prepared_by_another_run(places: Places, aside: Path) -> str:
    """What another run released meanwhile: the same rows, of which one says something else."""
    delivered = (places.inbox / f"{DATASET}.csv").read_text()
    deliver(places, ROWS.replace(",35,", ",36,"))
    assert publish(places, now=NOW + timedelta(hours=1)).end == "published"
    deliver(places, delivered)
    assert aside.exists()
    return str(current_release(places))


def test_a_candidate_that_was_compared_with_what_is_gone_says_nothing(tmp_path: Path) -> None:
    places = found_city(tmp_path)
    with ready(places) as waiting:
        told = replace(waiting.candidate, changes=Changes(since="2026-01-01-00000000", added=7, removed=0))
        assert release(waiting.work, told).end == "published"
    assert current(places).changes is None


def test_a_release_comes_in_every_format_that_its_rows_fit_into(published_city: Places) -> None:
    manifest = current(published_city)
    assert {file.format for file in manifest.distributions} == {"csv", "parquet", "json", "xlsx"}
    assert layout.STATISTICS in {file.path for file in manifest.documents}
    latest = published_city.public / layout.latest(CITY_ID, DATASET)
    assert {file.suffix for file in latest.iterdir()} == {".csv", ".parquet", ".json", ".xlsx"}


def test_an_exempt_value_stands_in_no_part_of_any_file(published_city: Places) -> None:
    search = Search([line.rpartition(",")[2] for line in ROWS.splitlines()[1:]])
    found = list(contents(published_city.public))
    assert [path for path, data in found if path.suffix == ".xlsx" and b"Keterangan" in data], "they are unpacked"
    assert [path for path, data in found if next(search.hits(data), None)] == []


def test_the_statistics_are_those_of_the_public_table(published_city: Places) -> None:
    folder = published_city.public / layout.release(CITY_ID, DATASET, str(current_release(published_city)))
    told = json.loads((folder / layout.STATISTICS).read_bytes())
    counted = [(field["name"], field["distinct"]) for field in told["fields"]]
    assert counted == [("kode", 3), ("nama", 3), ("kapasitas", 3)]
    assert 'id="statistik"' in page(published_city)


def test_a_release_from_before_there_were_statistics_is_shown_without_them(
    published_city: Places, tmp_path: Path
) -> None:
    places = moved(published_city, tmp_path)
    release_id = str(current_release(places))
    (places.public / layout.release(CITY_ID, DATASET, release_id) / layout.STATISTICS).unlink()
    assert read_release(places.public, CITY_ID, DATASET, release_id).statistics is None
    drawn, _ = dataset_pages(places.public, pointer(places), DATASET)
    assert b'id="statistik"' not in drawn[layout.dataset_page(CITY_ID, DATASET)]
