"""The CSV of a release is written while the public table is still searched, and is nowhere before the release."""

from pathlib import Path

import duckdb
import pytest

from catalog.encoding import csv
from flows.publish import ENCODINGS, written_ahead
from flows.settings import Places
from tests.laws.made_up_city import moved, ready


def test_a_csv_that_is_begun_early_is_the_one_that_would_be_written_late(
    published_city: Places, tmp_path: Path
) -> None:
    early, late = tmp_path / "early.csv", tmp_path / "late.csv"
    with ready(moved(published_city, tmp_path / "one")) as city:
        csv.write(city.public, late)
        with written_ahead(city.work, city.public) as encodings:
            encodings["csv"](city.public, early)
    assert encodings.keys() == ENCODINGS.keys()
    assert early.read_bytes() == late.read_bytes() != b""


def test_a_release_that_is_held_back_meanwhile_leaves_no_csv(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path / "one")
    with ready(places) as city:
        public = city.public
        before = set(places.public.rglob("*.csv"))
        with pytest.raises(ZeroDivisionError), written_ahead(city.work, public):
            raise ZeroDivisionError
        assert set(places.public.rglob("*.csv")) == before
        assert list(places.private.rglob("public.csv"))
    assert not list(places.private.rglob("public.csv"))


def test_what_stops_the_writing_is_told_when_the_file_is_wanted(published_city: Places, tmp_path: Path) -> None:
    with ready(moved(published_city, tmp_path / "one")) as city:
        (city.work.workspace / "public.csv").mkdir()
        with written_ahead(city.work, city.public) as encodings, pytest.raises(duckdb.Error):
            encodings["csv"](city.public, tmp_path / "wanted.csv")
