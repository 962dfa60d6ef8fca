"""A field that is withheld now and stands in earlier releases: nothing more is published until that is settled."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog import layout
from catalog.drawing import dataset_pages
from catalog.ledger import ReleaseRecord, ledger
from catalog.manifest import Manifest
from catalog.shelf import history
from flows.repair import repair
from flows.settings import Places, ledger_address
from flows.withdraw import named, withdraw
from tests.catalog.site.markup import read
from tests.flows.commands.running import palu
from tests.laws.killing import killed_everywhere
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    MORE_ROWS,
    NOW,
    ROWS,
    agree,
    audited,
    bytes_below,
    contract,
    contract_with_field,
    current_release,
    deliver,
    found_city,
    moved,
    places_below,
    pointer,
    publish,
    registered,
)

SECRET = "Pasar Inpres"
GROUND = {
    "law": "UU 14/2008 Pasal 17 huruf h",
    "decision": "CONTOH/PPID/2026/007",
    "decided": "2026-03-01",
    "until": "2031-03-01",
    "reason": "Rahasia pribadi",
    "office": "PPID Kota Palu",
    "if_opened": "Orang dirugikan.",
    "if_closed": "Hak terjaga.",
}
STAY = {"stay": "Sudah tersebar luas.", "decision": "CONTOH/PPID/2026/008", "decided": "2026-03-01"}
LATER = NOW + timedelta(hours=3)
REASON = "Nama ternyata dikecualikan."


def exempting(**more: Any) -> dict[str, Any]:
    """The contract after `nama`, which was open, became exempt."""
    return contract_with_field("nama", access="exempt", exemption={**GROUND, **more})


def records(places: Places) -> list[ReleaseRecord]:
    """What the ledger knows of the dataset's releases, oldest first."""
    with ledger(ledger_address(places.private)) as session:
        found = list(session.scalars(select(ReleaseRecord).where(ReleaseRecord.dataset == DATASET)))
        session.expunge_all()
    return sorted(found, key=lambda record: record.issued)


def states(places: Places) -> list[str]:
    return [record.state for record in records(places)]


def names(places: Places) -> list[str]:
    return [record.release for record in records(places)]


def standing(places: Places) -> list[str]:
    """The dataset's releases that the chain from the current one reaches, newest first."""
    chain = history(places.public, CITY_ID, DATASET, pointer(places).datasets[DATASET].current)
    return [one.release for one in chain if isinstance(one, Manifest)]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A city whose dataset has three releases: one without `nama`, then two that carry it."""
    places = found_city(tmp_path_factory.mktemp("three"), exempting())
    publish(places, now=NOW)
    agree(places, contract())
    publish(places, now=NOW + timedelta(hours=1))
    deliver(places, MORE_ROWS)
    assert publish(places, now=NOW + timedelta(hours=2)).end == "published"
    return places


@pytest.fixture
def city(three: Places, tmp_path: Path) -> Places:
    return moved(three, tmp_path / "city")


def test_a_field_that_became_exempt_blocks_the_next_release(city: Places) -> None:
    agree(city, exempting())
    outcome = publish(city, now=LATER)
    assert outcome.end == "held_back"
    assert outcome.report is not None
    assert [(one.code, one.failing, one.checked) for one in outcome.report.blockers] == [
        ("published_before:nama", 2, 3)
    ]


def test_one_that_became_undetermined_blocks_too(city: Places) -> None:
    agree(city, contract_with_field("nama", access=None))
    outcome = publish(city, now=LATER)
    assert outcome.report is not None
    assert [one.code for one in outcome.report.blockers] == ["published_before:nama"]


def test_the_officer_is_told_which_field_how_many_releases_and_what_to_do(city: Places) -> None:
    agree(city, exempting())
    said = palu("check", DATASET, places=city)
    assert said.code == 1
    assert "kolom: nama; Tidak terpenuhi: 2 dari 3 rilis; penanggung jawab: PPID" in said.out
    assert f"palu withdraw {DATASET} --carrying nama" in said.out


def test_a_decision_that_the_releases_stay_lets_the_next_one_out_with_its_reason(city: Places) -> None:
    agree(city, exempting(earlier_releases=STAY))
    outcome = publish(city, now=LATER)
    assert outcome.end == "published"
    assert outcome.report is not None
    told = [one.because for one in outcome.report.warnings if one.code == "published_before:nama"]
    assert told == ["Sudah tersebar luas. (CONTOH/PPID/2026/008, 2026-03-01)"]
    assert "Tetap tersedia: Sudah tersebar luas." in (city.public / layout.dataset_page(CITY_ID, DATASET)).read_text()


def test_withdrawing_all_that_carry_it_lets_the_next_one_out_and_leaves_no_trace(city: Places) -> None:
    agree(city, exempting())
    first, second, third = names(city)
    said = palu("withdraw", DATASET, "--carrying", "nama", "--reason", REASON, places=city)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        f"Rilis {name} dari {DATASET} telah ditarik; alasannya tercantum di katalog." for name in (third, second)
    ]
    assert current_release(city) == first
    assert states(city) == ["released", "withdrawn", "withdrawn"]
    assert SECRET.encode() not in b"".join(bytes_below(city.public).values())
    assert audited(city).problems == []
    assert publish(city, now=LATER).end == "published"
    assert audited(city).problems == []


def test_an_older_release_is_withdrawn_while_the_current_one_stands(city: Places) -> None:
    first, second, third = names(city)
    said = palu("withdraw", DATASET, "--release", second, "--reason", REASON, places=city)
    assert (said.code, said.err) == (0, "")
    assert (current_release(city), standing(city)) == (third, [third, first])
    assert states(city) == ["released", "withdrawn", "released"]
    assert audited(city).problems == []
    folder = city.public / layout.release(CITY_ID, DATASET, second)
    assert [file.name for file in folder.iterdir()] == ["tombstone.json"]
    shown = read((city.public / layout.dataset_page(CITY_ID, DATASET)).read_text()).text
    assert f"{second} 2 Maret 2026 Ditarik" in shown
    assert f"{first} 2 Maret 2026 3 baris Laporan" in shown


def test_the_chain_of_releases_leads_past_what_was_withdrawn(city: Places) -> None:
    """A release after that names one before it, and an auditor reaches the first."""
    first, second, third = names(city)
    for name in (second, third):
        withdraw(city, CITY_ID, DATASET, REASON, LATER, partial(named, name))
    deliver(city, ROWS + "TP-009,Baru,1,7271010101990009\n")
    agree(city, exempting())
    assert publish(city, now=LATER + timedelta(hours=1)).end == "published"
    assert audited(city).problems == []
    assert standing(city) == [current_release(city), first]
    assert [one.release for one in pointer(city).datasets[DATASET].withdrawn] == [second, third]


def test_a_withdrawn_release_is_drawn_as_one_before_its_files_are_gone(city: Places) -> None:
    """Where a withdrawal dies after the pointer moved, pages must not lead to what is about to go."""
    _, second, _ = names(city)
    folder = city.public / layout.release(CITY_ID, DATASET, second)
    files = bytes_below(folder)
    withdraw(city, CITY_ID, DATASET, REASON, LATER, partial(named, second))
    (folder / layout.TOMBSTONE).unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    drawn, _ = dataset_pages(city.public, pointer(city), DATASET)
    assert layout.report_page(CITY_ID, DATASET, second) not in drawn
    assert f"{second} 2 Maret 2026 Ditarik" in read(drawn[layout.dataset_page(CITY_ID, DATASET)].decode()).text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(["--release", "2020-01-01-aaaaaaaa"], "tidak ada di antara yang masih berlaku", id="no release"),
        pytest.param(["--carrying", "nik"], "Tidak ada rilis titik-uji yang memuat kolom nik", id="carried by none"),
        pytest.param(["--release", "a", "--carrying", "b"], "tidak dapat dipakai bersama", id="both at once"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused_and_nothing_changes(words: list[str], sentence: str, city: Places) -> None:
    before = bytes_below(city.public)
    said = palu("withdraw", DATASET, "--reason", REASON, *words, places=city)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert bytes_below(city.public) == before


def test_a_withdrawal_of_two_releases_killed_at_any_system_call_is_finished_by_the_next_run(
    three: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fresh(home: Path) -> tuple[Any, ...]:
        return moved(three, home), CITY_ID, DATASET, REASON, LATER, newest_two

    homes = killed_everywhere("withdraw", fresh, tmp_path)
    found = [problem.code for home in homes for problem in audited(places_below(home)).problems]
    assert set(found) <= {"withdrawn_stands"}
    gone = [_whole_or_not_at_all(places_below(home)) for home in homes]
    with capsys.disabled():
        print(f"\nkill -9 of a withdrawal of two releases: {len(homes)} kills, {sum(gone)} after the pointer moved")
    assert 0 < sum(gone) < len(homes)


def newest_two(_: Path, releases: Any) -> Any:
    return list(releases[:2])


def _whole_or_not_at_all(places: Places) -> bool:
    """After a repair both releases are withdrawn, or none; whether they are."""
    repair(places, registered(places)[0])
    gone = pointer(places).datasets[DATASET].withdrawn != ()
    assert audited(places).problems == []
    assert states(places) == (["released", "withdrawn", "withdrawn"] if gone else ["released"] * 3)
    assert (SECRET.encode() in b"".join(bytes_below(places.public / CITY_ID).values())) != gone
    return gone
