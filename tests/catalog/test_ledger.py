"""The ledger remembers the same on SQLite and on PostgreSQL."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from catalog.ledger import (
    Base,
    ReleaseRecord,
    Run,
    last_checked,
    ledger,
    prepared,
    record_release,
    record_run,
    record_withdrawal,
    unfinished,
)
from catalog.manifest import Entry, Inputs, Manifest, Pointer, ReleaseReference, Tombstone
from schemas.contracts import City
from schemas.errors import OperatorError
from tests.laws.made_up_city import CITY

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
INPUTS = Inputs(snapshot_sha256="a" * 64, contract_sha256="b" * 64, code_version="1")
KEY = ("palu", "titik", "2026-03-02-aaaaaaaa")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty ledger: a file, or the tables of a real server."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    url: str = request.getfixturevalue("postgresql")
    yield url
    engine = sa.create_engine(url)
    Base.metadata.drop_all(engine)
    engine.dispose()


def run(outcome: str, at: datetime, dataset: str = "titik") -> Run:
    return Run(city="palu", dataset=dataset, at=at, outcome=outcome, code=None, contract_sha256="b" * 64, release=None)


def manifest(release: str = KEY[2]) -> Manifest:
    return Manifest(
        city="palu",
        dataset="titik",
        release=release,
        issued=NOW,
        rows=3,
        inputs=INPUTS,
        distributions=(),
        documents=(),
    )


def pointer_to(release: str | None) -> Pointer:
    reference = ReleaseReference(release=release, manifest_sha256="c" * 64) if release else None
    return Pointer(city=City.model_validate(CITY), updated=NOW, datasets={"titik": Entry(current=reference)})


def state(address: str) -> str:
    with ledger(address) as session:
        return session.get_one(ReleaseRecord, KEY).state


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([], None),
        (["held_back", "failed", "checked"], None),
        (["published"], 0),
        (["published", "unchanged", "held_back"], 1),
        (["unchanged", "failed", "published"], 2),
    ],
    ids=["never run", "never at a good end", "published", "unchanged counts, held back does not", "the last one"],
)
def test_a_dataset_was_last_checked_when_it_last_came_to_a_good_end(
    ends: list[str], expected: int | None, address: str
) -> None:
    with ledger(address) as session:
        for hour, end in enumerate(ends):
            record_run(session, run(end, NOW + timedelta(hours=hour)))
        record_run(session, run("published", NOW + timedelta(days=9), dataset="lain"))
    with ledger(address) as session:
        found = last_checked(session, "palu", "titik")
    assert found == (None if expected is None else NOW + timedelta(hours=expected))


def test_a_release_is_unfinished_until_it_is_known_as_released(address: str) -> None:
    def left() -> list[tuple[str, str]]:
        with ledger(address) as session:
            return list(unfinished(session, pointer_to(KEY[2])))

    assert left() == [("titik", KEY[2])]
    with ledger(address) as session:
        record_release(session, manifest(), "prepared")
    assert left() == [("titik", KEY[2])]
    with ledger(address) as session:
        record_release(session, manifest(), "released")
    assert left() == []


def test_nothing_is_unfinished_where_nothing_is_current(address: str) -> None:
    with ledger(address) as session:
        assert list(unfinished(session, pointer_to(None))) == []


def test_only_what_is_prepared_and_no_further_counts_as_prepared(address: str) -> None:
    with ledger(address) as session:
        record_release(session, manifest("2026-03-01-bbbbbbbb"), "released")
        record_release(session, manifest(), "prepared")
    with ledger(address) as session:
        assert [record.release for record in prepared(session, "palu")] == [KEY[2]]
        assert prepared(session, "jambi") == []


def test_a_withdrawal_keeps_its_reason_and_a_release_that_stands_again_has_none(address: str) -> None:
    stone = Tombstone.model_validate(_stone())
    with ledger(address) as session:
        record_release(session, manifest(), "released")
    with ledger(address) as session:
        record_withdrawal(session, stone)
    with ledger(address) as session:
        found = session.get_one(ReleaseRecord, KEY)
        assert (found.state, found.reason) == ("withdrawn", "Salah.")
    with ledger(address) as session:
        record_release(session, manifest(), "released")
    with ledger(address) as session:
        found = session.get_one(ReleaseRecord, KEY)
        assert (found.state, found.reason, found.withdrawn) == ("released", None, None)


def _stone() -> dict[str, object]:
    named = dict(zip(("city", "dataset", "release"), KEY, strict=True))
    return {**named, "issued": NOW, "withdrawn": NOW, "reason": "Salah.", "inputs": INPUTS}


def test_a_withdrawal_of_what_the_ledger_never_knew_harms_nothing(address: str) -> None:
    with ledger(address) as session:
        record_withdrawal(session, Tombstone.model_validate(_stone()))
    with ledger(address) as session:
        assert session.get(ReleaseRecord, KEY) is None


def test_what_a_block_did_is_undone_when_it_fails(address: str) -> None:
    with ledger(address) as session:
        record_release(session, manifest(), "prepared")
    with pytest.raises(ZeroDivisionError), ledger(address) as session:
        record_release(session, manifest(), "released")
        raise ZeroDivisionError
    assert state(address) == "prepared"


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with ledger(f"sqlite:///{tmp_path / 'ledger.db'}"):
        pass
    assert stat.S_IMODE((tmp_path / "ledger.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("postgresql+psycopg://palu:rahasia@127.0.0.1:9/palu", "OperationalError"),
        ("bukan alamat", "ArgumentError"),
        ("tidakada://palu", "NoSuchModuleError"),
        ("sqlite:////tidak/ada/ledger.db", "OperationalError"),
    ],
    ids=["nobody answers", "no address", "an unknown kind of database", "a folder that is not there"],
)
def test_a_ledger_out_of_reach_is_the_operators_business(address: str, kind: str) -> None:
    with pytest.raises(OperatorError) as caught, ledger(address):
        pass
    assert (caught.value.code, caught.value.names) == ("ledger_unreachable", {"kind": kind})
    assert "rahasia" not in str(caught.value)
