"""Law 5: a failed run leaves the last release, the snapshot and the reason."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog.ledger import Run, ledger
from flows import runs
from flows.journey import Outcome, Work
from flows.settings import Places, ledger_address
from flows.steps import Steps, travel
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
    current_release,
    deliver,
    moved,
    registered,
)

SECRET = "7271019912310099"


def nothing_delivered(places: Places) -> None:
    (places.inbox / f"{DATASET}.csv").unlink()


def a_renamed_column(places: Places) -> None:
    deliver(places, ROWS.replace("kapasitas", "daya_tampung"))


def cells_that_do_not_parse(places: Places) -> None:
    deliver(places, MORE_ROWS.replace(",15,", ",banyak sekali,"))


def a_doubled_key(places: Places) -> None:
    deliver(places, MORE_ROWS.replace("TP-004", "TP-003"))


def an_unset_setting(places: Places) -> None:
    agree(places, contract(source={"kind": "sql", "connection": "TIDAK_ADA_DB", "table": "titik"}))


Break = Callable[[Places], None]


def attempted(places: Places, steps: Steps) -> Outcome:
    """A run an hour later, remembered in the ledger."""
    city, one = registered(places)
    later = NOW + timedelta(hours=1)
    outcome = runs.run(travel, places, city, one, later, steps)
    runs.remember(places, outcome, one, later)
    return outcome


def reasons(places: Places) -> list[tuple[str, str | None]]:
    """How each run of the dataset ended, as the ledger tells it."""
    runs_of_dataset = select(Run).where(Run.dataset == DATASET).order_by(Run.id)
    with ledger(ledger_address(places.private)) as session:
        return [(run.outcome, run.code) for run in session.scalars(runs_of_dataset)]


@pytest.mark.parametrize(
    ("break_it", "end", "code"),
    [
        (nothing_delivered, "held_back", "file_missing"),
        (a_renamed_column, "held_back", "columns_differ"),
        (cells_that_do_not_parse, "held_back", "held_back"),
        (an_unset_setting, "failed", "setting_missing"),
    ],
    ids=["nothing delivered", "a renamed column", "too many cells do not parse", "an unset setting"],
)
def test_a_failed_run_leaves_release_snapshot_and_reason(
    break_it: Break, end: str, code: str, published_city: Places, tmp_path: Path
) -> None:
    places = moved(published_city, tmp_path)
    before, snapshots = bytes_below(places.public), bytes_below(places.private / "snapshots")
    break_it(places)
    outcome = attempted(places, Steps())
    assert outcome.error is not None
    assert (outcome.end, outcome.error.code) == (end, code)
    assert bytes_below(places.public) == before
    assert bytes_below(places.private / "snapshots").items() >= snapshots.items()
    assert reasons(places) == [("published", None), (end, code)]
    assert list((places.private / "work").iterdir()) == []


def test_a_held_back_delivery_is_kept_with_its_report(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    a_doubled_key(places)
    outcome = attempted(places, Steps())
    report = json.loads((places.private / "reports" / CITY_ID / f"{DATASET}.json").read_text())
    failed = [finding for finding in report["findings"] if finding["outcome"] == "failed"]
    assert [(finding["code"], finding["failing"], finding["checked"]) for finding in failed] == [("primary_key", 2, 4)]
    assert outcome.report is not None
    assert [finding.code for finding in outcome.report.blockers] == ["primary_key"]
    assert len(list((places.private / "snapshots" / CITY_ID / DATASET).iterdir())) == 2


def raising(*_: Any) -> Any:
    raise ValueError(f"could not convert {SECRET}")


STEPS = ("extract", "stage", "validate", "redact", "detect", "require_approval", "publish", "release")


@pytest.mark.parametrize("step", ["extract", "stage"])
def test_an_unforeseen_fault_is_told_without_its_words(step: str, published_city: Places, tmp_path: Path) -> None:
    assert step in STEPS
    places = moved(published_city, tmp_path)
    deliver(places, MORE_ROWS)
    before = current_release(places)
    outcome = attempted(places, replace(Steps(), **{step: raising}))
    assert outcome.error is not None
    assert (outcome.end, outcome.error.code, outcome.exit_code) == ("failed", "unforeseen", 3)
    assert reasons(places)[-1] == ("failed", "unforeseen")
    assert current_release(places) == before
    assert audited(places).problems == []
    written = bytes_below(places.private / "faults")
    assert b"ValueError" in written[f"{DATASET}.txt"]
    private = bytes_below(places.private / "faults") | {"ledger": (places.private / "ledger.db").read_bytes()}
    assert [name for name, data in private.items() if SECRET.encode() in data] == []
    assert SECRET not in f"{outcome!r}{outcome.error}"


def test_folders_of_a_run_are_gone_when_it_ends(published_city: Places, tmp_path: Path) -> None:
    places = moved(published_city, tmp_path)
    seen: list[Work] = []

    def looking(work: Work) -> Any:
        seen.append(work)
        assert work.workspace.is_dir() and work.aside.is_dir()
        return raising()

    attempted(places, replace(Steps(), extract=looking))
    assert not seen[0].workspace.exists()
    assert not seen[0].aside.exists()
