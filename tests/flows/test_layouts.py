"""A table that stands elsewhere than at the last release is told, and published all the same."""

from pathlib import Path

from tests.laws.made_up_city import CITY_ID, DATASET, contract, deliver, found_city, publish

HEADER, ROW = "kode,nama,kapasitas,nik", "TP-001,Besusu,1,7271010000000001"


def test_a_layout_that_moved_since_the_last_release_is_a_warning_once(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract(), rows=f"{HEADER}\n{ROW}\n")
    told = []
    for lines in (f"{HEADER}\n{ROW}\n", f"LAPORAN,,,\n{HEADER}\n{ROW}\n", f"LAPORAN BARU,,,\n{HEADER}\n{ROW}\n"):
        deliver(places, lines)
        outcome = publish(places)
        assert (outcome.end, outcome.report is not None) == ("published", True)
        findings = outcome.report.findings if outcome.report else ()
        told.append([one.rule for one in findings if one.rule.startswith("layout_moved")])
    assert told == [[], ["layout_moved_header"], []]


def test_a_layout_that_is_held_back_is_not_remembered(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract(), rows=f"{HEADER}\n{ROW}\n")
    assert publish(places).end == "published"
    kept = places.private / "layouts" / CITY_ID / f"{DATASET}.json"
    before = kept.read_bytes()
    deliver(places, f"LAPORAN,,,\n{HEADER}\n")
    assert publish(places).end == "held_back"
    assert kept.read_bytes() == before
