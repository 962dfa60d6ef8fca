"""A table of groups is held against the releases of its dataset before."""

from pathlib import Path

from catalog import layout
from flows.settings import Places
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    bytes_below,
    contract,
    current_release,
    deliver,
    found_city,
    publish,
)
from tests.making import Row, rows_of

AGGREGATE = {"by": ["nama"], "name": "jumlah", "title": "Jumlah", "at_least": 5, "because": "Uji."}


def delivery(**sizes: int) -> str:
    names = [name for name, size in sizes.items() for _ in range(size)]
    return "kode,nama,kapasitas,nik\n" + "".join(
        f"TP-{number:03},{name},1,727101{number:010}\n" for number, name in enumerate(names)
    )


def shown(places: Places) -> list[Row]:
    folder = places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))
    return rows_of(folder / layout.data_file(DATASET, "parquet"))


def test_one_person_more_is_not_seen_between_two_releases_nor_after_a_second_run(tmp_path: Path) -> None:
    places = found_city(
        tmp_path, contract(disclosure={"aggregate": AGGREGATE}), rows=delivery(Besusu=10, Lere=20, Talise=30)
    )
    assert publish(places).end == "published"
    assert shown(places) == [("Besusu", 10), ("Lere", 20), ("Talise", 30)]
    deliver(places, delivery(Besusu=10, Lere=21, Talise=30))
    outcome = publish(places)
    assert outcome.report is not None
    assert {one.rule: one.failing for one in outcome.report.findings}["differencing"] == 1
    assert shown(places) == [("Besusu", None), ("Lere", None), ("Talise", 30)]
    before = bytes_below(places.public / CITY_ID / "datasets")
    assert publish(places).end == "unchanged"
    assert bytes_below(places.public / CITY_ID / "datasets") == before


def test_where_nothing_could_be_shown_the_last_release_stays(tmp_path: Path) -> None:
    places = found_city(
        tmp_path, contract(disclosure={"aggregate": AGGREGATE}), rows=delivery(Besusu=10, Lere=20, Talise=30)
    )
    assert publish(places).end == "published"
    standing = current_release(places)
    deliver(places, delivery(Besusu=11, Lere=21, Talise=31))
    assert publish(places).end == "held_back"
    assert current_release(places) == standing
