"""The CSV of the public table is written while that is still searched, and is nowhere before the release."""

from pathlib import Path

import duckdb
import pytest

from catalog import layout
from catalog.encoding import csv, statistics
from catalog.manifest import document
from flows.publish import written_ahead
from flows.settings import Places
from tests.laws.made_up_city import moved, ready


def test_what_is_begun_early_is_what_would_be_made_late(published_city: Places, tmp_path: Path) -> None:
    late = tmp_path / "late.csv"
    with ready(moved(published_city, tmp_path / "one")) as city:
        csv.write(city.public, late)
        with written_ahead(city.work, city.public) as written:
            assert written.result().read_bytes() == late.read_bytes() != b""
        assert (city.work.aside / layout.STATISTICS).read_bytes() == document(statistics.of(city.public))
        assert (city.work.aside / layout.CHARTS).exists()


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


def test_what_stops_the_making_is_told_when_it_is_wanted(published_city: Places, tmp_path: Path) -> None:
    with ready(moved(published_city, tmp_path / "one")) as city:
        (city.work.workspace / "public.csv").unlink()
        (city.work.workspace / "public.csv").mkdir()
        with written_ahead(city.work, city.public) as written, pytest.raises(duckdb.Error):
            written.result()
