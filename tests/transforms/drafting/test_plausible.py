"""What a column's signs rule out would not have been chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from schemas.tables import database
from transforms.drafting import types
from transforms.drafting.facts import Table, facts
from transforms.drafting.plausible import shown
from transforms.reading.table import NUMBER_MARK

TableOf = Callable[[Sequence[str]], Table]
FORMS = sorted({*types.DATES, *types.MOMENTS, "yearmonth", "time"})


@pytest.fixture
def table_of(tmp_path: Path) -> Iterator[TableOf]:
    path = tmp_path / "table.parquet"

    def of(cells: Sequence[str]) -> Table:
        pq.write_table(pa.table({"Kolom": list(cells)}), path)
        return Table(connection, path, ("Kolom",), "Asia/Makassar")

    path.touch()
    with database(tmp_path, path) as connection:
        yield of


COLUMNS = [
    ("2026-01-31", "date", {}),
    ("31/01/2026", "date", {"format": "%d/%m/%Y"}),
    ("01/31/2026", "date", {"format": "%m/%d/%Y"}),
    ("31-01-2026", "date", {"format": "%d-%m-%Y"}),
    ("31.01.2026", "date", {"format": "%d.%m.%Y"}),
    ("31/01/26", "date", {"format": "%d/%m/%y"}),
    ("17 Agustus 2022", "date", {"format": "%d %B %Y"}),
    ("17 08 2022", "date", {"format": "%d %B %Y"}),
    ("Rabu, 17 Agustus 2022", "date", {"format": "%d %B %Y"}),
    ("17-Agt-22", "date", {"format": "%d-%B-%y"}),
    ("17Agustus2022", "date", {"format": "any"}),
    ("Rabu, 17/8/2022", "date", {"format": "any"}),
    ("2026-01-31T08:30:00", "datetime", {}),
    ("31/01/2026 08:30", "datetime", {"format": "%d/%m/%Y %H:%M"}),
    ("31-01-2026 08:30:10", "datetime", {"format": "%d-%m-%Y %H:%M:%S"}),
    ("Agt-22", "yearmonth", {}),
    ("2022-08", "yearmonth", {}),
    ("08/2022", "yearmonth", {}),
    ("08:30", "time", {}),
    ("8.30 WITA", "time", {}),
    ("12", "integer", {}),
    (f"{NUMBER_MARK}0.5", "number", {}),
    ("Rp 2.000,-", "integer", {}),
    ("\uff11\uff12", "integer", {}),
    ("Blok A1, Lantai 2", "string", {}),
]


@pytest.mark.parametrize(("cell", "type_", "form"), COLUMNS, ids=[cell for cell, *_ in COLUMNS])
def test_a_type_is_seen_as_if_every_form_had_been_tried(
    table_of: TableOf, monkeypatch: pytest.MonkeyPatch, cell: str, type_: str, form: dict[str, str]
) -> None:
    table = table_of([cell] * 19 + ["lain"])
    seen = facts(table, "Kolom")
    few = types.seeming_type(table, "Kolom", "Kolom", None, seen)
    monkeypatch.setattr(types, "possible_forms", lambda *_: frozenset(FORMS))
    monkeypatch.setattr(types, "shown", lambda *of: replace(shown(*of), dressed=1))
    assert few == types.seeming_type(table, "Kolom", "Kolom", None, seen)
    assert (few.type, few.form) == (type_, form)
