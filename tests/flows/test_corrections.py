"""Corrections on the whole journey: in the release, in what it was made from, and over when their day is."""

from datetime import timedelta
from pathlib import Path

import pytest

from catalog import layout
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    NOW,
    ROWS,
    approved,
    contract,
    current_release,
    deliver,
    found_city,
    travelled,
    write_yaml,
)
from tests.schemas.test_correcting import GOOD


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = found_city(tmp_path_factory.mktemp("kota"), contract(), rows=ROWS.replace("35", "tiga lima"))
    write_yaml(places.contracts / CITY_ID / f"dishub/{DATASET}.corrections.yaml", {"corrections": [GOOD]})
    return approved(places)


def test_a_corrected_dataset_is_published_unchanged_after_that_and_held_back_when_its_day_is_over(city: Places) -> None:
    assert travelled(city).end == "published"
    release = current_release(city)
    assert release
    folder = city.public / layout.release(CITY_ID, DATASET, release)
    assert "TP-002,Taman Vatulemo,35" in (folder / f"{DATASET}.csv").read_text()
    manifest, report = (folder / layout.MANIFEST).read_text(), (folder / layout.VALIDATION).read_text()
    assert '"because": "Salah ketik."' in manifest
    assert "corrections_sha256" in manifest
    assert "corrected:1" in report
    page = (city.public / layout.report_page(CITY_ID, DATASET, release)).read_text()
    assert "1 sel pada kolom Kapasitas dibaca menurut koreksi yang tercatat. Alasan: Salah ketik." in page
    assert "Sumber berisi 4 baris: 1 baris judul, 0 dilewati karena bukan data, 3 diperiksa, dan 0 dikarantina." in page
    published = [path.read_text(errors="replace") for path in city.public.rglob("*") if path.is_file()]
    assert not any("tiga lima" in text or "Walidata" in text for text in published)
    assert travelled(city).end == "unchanged"
    late = travelled(city, now=NOW + timedelta(days=320))
    assert late.end == "held_back"
    assert late.report is not None
    assert [one.rule for one in late.report.blockers] == ["correction_expired"]


def test_other_corrections_make_another_release(city: Places, tmp_path: Path) -> None:
    before = current_release(city)
    other = {"corrections": [{**GOOD, "because": "Keliru salin."}]}
    write_yaml(city.contracts / CITY_ID / f"dishub/{DATASET}.corrections.yaml", other)
    assert travelled(city).end == "published"
    assert current_release(city) != before


def test_a_source_that_has_it_right_ends_the_run(city: Places) -> None:
    deliver(city, ROWS)
    outcome = travelled(city)
    assert (outcome.end, outcome.exit_code) == ("failed", 2)
    assert outcome.error is not None
    assert outcome.error.code == "correction_not_needed"
