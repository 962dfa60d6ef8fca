"""Law 1: only what a contract calls open leaves; what it does not know, or does not find, stops the run."""

from pathlib import Path
from typing import Any

import pytest

from catalog import layout
from tests.laws.made_up_city import (
    CITY_ID,
    DATASET,
    NIK,
    ROWS,
    bytes_below,
    contract,
    contract_with_field,
    current_release,
    found_city,
    publish,
)

UNKNOWN_COLUMN = ROWS.replace("nama,", "nama,telepon,").replace("TP-001,", "TP-001,0811450001,")
MISSING_COLUMN = "\n".join(line.rpartition(",")[0] for line in ROWS.splitlines())
RENAMED_COLUMN = ROWS.replace("kapasitas", "daya_tampung")


@pytest.mark.parametrize(
    ("rows", "code"),
    [(UNKNOWN_COLUMN, "column_unknown"), (MISSING_COLUMN, "column_missing"), (RENAMED_COLUMN, "columns_differ")],
    ids=["a column that the contract does not know", "an exempt column that is gone", "a renamed column"],
)
def test_columns_that_are_not_the_contracts_stop_the_run(rows: str, code: str, tmp_path: Path) -> None:
    places = found_city(tmp_path, rows=rows)
    outcome = publish(places)
    assert outcome.error is not None
    assert (outcome.end, outcome.error.code, outcome.exit_code) == ("held_back", code, 1)
    assert current_release(places) is None
    assert not (places.public / layout.dataset(CITY_ID, DATASET)).exists()


@pytest.mark.parametrize(
    "one",
    [contract_with_field("nik", access="undetermined", exemption=None), contract_with_field("nama", access=None)],
    ids=["nobody could decide", "nobody has written a decision"],
)
def test_an_undetermined_field_never_leaves(one: dict[str, Any], tmp_path: Path) -> None:
    places = found_city(tmp_path, one)
    withheld = next(field["name"] for field in one["fields"] if field.get("access") != "open")
    secret = {"nik": NIK, "nama": "Pantai Talise"}[withheld]
    assert publish(places).end == "published"
    release = places.public / layout.release(CITY_ID, DATASET, str(current_release(places)))
    assert withheld not in (release / f"{DATASET}.csv").read_text().splitlines()[0].split(",")
    public = bytes_below(places.public)
    assert len(public) > 10
    assert [path for path, data in public.items() if secret.encode() in data] == []


def test_a_contract_without_an_open_field_is_no_contract(tmp_path: Path) -> None:
    places = found_city(tmp_path, contract(fields=[contract()["fields"][3]], primaryKey=[]))
    with pytest.raises(Exception, match="Kontrak belum benar"):
        publish(places)
