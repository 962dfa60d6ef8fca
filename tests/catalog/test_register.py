"""The register's rows: every withheld field of a city, what was decided, and no column beside its contract's."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from catalog import register
from schemas.contracts import City, Dataset, Exemption
from schemas.register import register_contract
from tests.catalog.site.made_up import EXEMPTION, city, dataset, fields

DAY = date(2026, 11, 21)


def listed(*datasets: Dataset, day: date = DAY, home: City | None = None) -> list[register.Row]:
    return register.rows(home or city(), datasets, day)


def test_every_withheld_field_has_a_row_and_no_open_one() -> None:
    rows = listed(dataset(id="b"), dataset(id="a"))
    expected = [(name, field) for name in "ab" for field in ("nik_juru_parkir", "catatan")]
    assert [(row["dataset"], row["kolom"]) for row in rows] == expected


def test_a_row_has_the_columns_of_the_registers_contract_in_their_order() -> None:
    columns = [field.name for field in register_contract(city(), "official").public_fields]
    assert [list(row) for row in listed(dataset())] == [columns, columns]


def test_every_word_of_a_decision_is_told() -> None:
    """Whatever an exemption can state and a citizen may read, so that a new key cannot be forgotten here."""
    both = {name: {"id": f"{name} id", "en": f"{name} en"} for name in ("reason", "if_opened", "if_closed")}
    ground = {**EXEMPTION, **both, "office": "Kantor", "law": "Pasal 17", "decision": "PPID/1"}
    stay = {"stay": {"id": "tetap", "en": "stays"}, "decision": "PPID/2", "decided": date(2026, 3, 1)}
    ground["earlier_releases"] = stay
    stated = [{**one, **({"exemption": ground} if "exemption" in one else {})} for one in fields()]
    row = json.dumps(listed(dataset(fields=stated))[0])
    said = Exemption.model_validate(ground).model_dump(mode="json", exclude_none=True)
    texts = list(_texts(said))
    assert len(texts) == 16
    assert [text for text in texts if text not in row] == []


def _texts(said: Any) -> Iterator[str]:
    for value in said.values() if isinstance(said, dict) else ():
        yield from _texts(value) if isinstance(value, dict) else (value,)


@pytest.mark.parametrize(
    ("day", "changes", "status"),
    [
        pytest.param(DAY, {"office": "PPID"}, "berlaku", id="in force"),
        pytest.param(DAY, {}, "belum lengkap", id="incomplete"),
        pytest.param(date(2030, 11, 12), {"office": "PPID"}, "segera diuji ulang", id="90 days before its end"),
        pytest.param(date(2031, 2, 11), {"office": "PPID"}, "jatuh tempo uji ulang, tetap ditutup", id="past its end"),
    ],
)
def test_the_status_is_that_of_the_day(day: date, changes: dict[str, Any], status: str) -> None:
    stated = [{**one, **({"exemption": EXEMPTION | changes} if "exemption" in one else {})} for one in fields()]
    rows = listed(dataset(fields=stated), day=day)
    assert [row["status"] for row in rows] == [status, "belum diputuskan"]


def test_every_status_is_one_that_the_contract_lists() -> None:
    [field] = [field for field in register_contract(city(), "official").fields if field.name == "status"]
    assert field.constraints.enum == tuple(register.STANDINGS.values())


@pytest.mark.parametrize(
    ("datasets", "origin"),
    [
        pytest.param([dataset()], "sample", id="all of it sample data"),
        pytest.param([dataset(), dataset(id="b", origin="official")], "official", id="some of it real"),
        pytest.param([], "official", id="nothing at all"),
    ],
)
def test_the_register_is_a_sample_where_all_that_it_lists_is(datasets: list[Dataset], origin: str) -> None:
    assert register.origin(listed(*datasets)) == origin


def test_the_page_groups_the_rows_by_dataset() -> None:
    groups = register.by_dataset(listed(dataset(id="b"), dataset(id="a")))
    assert [(group.dataset, group.department, len(group.rows)) for group in groups] == [
        ("a", "Dinas Perhubungan", 2),
        ("b", "Dinas Perhubungan", 2),
    ]
