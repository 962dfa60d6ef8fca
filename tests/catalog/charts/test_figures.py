"""Which charts are proposed of which shape, and that their figures are what the rows say."""

import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog.charts import figures
from catalog.charts.documents import Chart, Charts, compact, shown_cells
from catalog.encoding import statistics
from schemas.contracts import Dataset
from tests.catalog.charts.making import Rows, dataset, field, table

KINDS = ("Jalan", "Sampah", "Lampu")
EVENTS = dataset(
    field("nomor", "string"),
    field("tanggal", "date"),
    field("jenis", "string", constraints={"enum": list(KINDS)}),
    field("biaya", "integer", unit="rupiah"),
    primaryKey=["nomor"],
)
FIRST = date(2026, 1, 30)


def events(count: int, days: int = 40) -> Rows:
    chance = random.Random("kejadian")
    return [
        {
            "nomor": f"N-{number}",
            "tanggal": FIRST + timedelta(chance.randrange(days)),
            "jenis": chance.choice(KINDS),
            "biaya": chance.choice([None, 1000, 2500, 7000]),
        }
        for number in range(count)
    ]


def panel(count: int, first: int = 2010, last: int = 2014) -> Rows:
    """Regions by year; the region with the highest number has the highest figures."""
    return [
        {"kode": f"{region:02}", "nama": f"Wilayah {region:02}", "tahun": year, "jiwa": region * 100 + year - first}
        for region in range(count)
        for year in range(first, last + 1)
    ]


PANEL = dataset(
    field("kode", "string"),
    field("nama", "string"),
    field("tahun", "year"),
    field("jiwa", "integer", unit="jiwa"),
    primaryKey=["kode", "tahun"],
)
GROUPS = dataset(
    field("kantor", "string"),
    disclosure={
        "aggregate": {"by": ["kantor"], "name": "banyaknya", "title": "Banyaknya", "at_least": 5, "because": "Uji."}
    },
)
POINTS = dataset(
    field("kode", "string"),
    field("kelas", "string"),
    field("luas", "number", unit="m2"),
    field("suhu", "number", unit="°C"),
    primaryKey=["kode"],
)


def points(count: int) -> Rows:
    return [
        {"kode": f"K{n}", "kelas": "besar" if n % 3 else "kecil", "luas": n / 4, "suhu": 20 + n % 7}
        for n in range(count)
    ]


def told(chart: Chart) -> str:
    measure = f" {chart.measure}" if chart.measure else ""
    split = f" split {chart.split}" if chart.split else ""
    return f"{chart.kind} {chart.by} {chart.aggregate}{measure}{split}"


@pytest.mark.parametrize(
    ("of", "rows", "expected"),
    [
        pytest.param(
            EVENTS,
            events(200),
            ["line tanggal count", "line tanggal sum biaya", "bars jenis count"],
            id="events are counted and added up by time and counted by kind",
        ),
        pytest.param(
            PANEL,
            panel(4),
            ["line tahun value jiwa split nama", "bars nama value jiwa"],
            id="states are drawn as they stand, by the names of the key's codes",
        ),
        pytest.param(
            GROUPS,
            [{"kantor": f"Kantor {n}", "banyaknya": n * 5} for n in range(1, 6)],
            ["bars kantor value banyaknya"],
            id="a table of groups shows its own count, not how many groups there are",
        ),
        pytest.param(
            POINTS,
            points(100),
            ["bars kelas count", "bars kelas sum luas", "histogram luas count"],
            id="things without a time are counted, added up and spread",
        ),
        pytest.param(POINTS, [], [], id="no rows, no chart"),
        pytest.param(EVENTS, events(1), [], id="one row, no chart"),
        pytest.param(dataset(field("nama", "string")), [{"nama": f"{n}"} for n in range(50)], [], id="names alone"),
    ],
)
def test_what_is_proposed(tmp_path: Path, of: Dataset, rows: Rows, expected: list[str]) -> None:
    assert [told(one) for one in drawn(tmp_path, of, rows).charts] == expected


def test_a_number_that_does_not_add_up_is_averaged(tmp_path: Path) -> None:
    of = dataset(field("jam", "datetime"), field("suhu", "number", unit="°C"))
    rows = [{"jam": datetime(2026, 1, 1 + n // 4, n % 4), "suhu": n * 1.5} for n in range(40)]
    second = drawn(tmp_path, of, rows).charts[1]
    assert told(second) == "line jam mean suhu"
    assert second.series[0].values[:2] == (2.25, 8.25)


def drawn(folder: Path, of: Dataset, rows: Rows) -> Charts:
    public = table(folder, of, rows)
    return figures.charts(public, statistics.of(public))


def shown(folder: Path, of: Dataset, rows: Rows) -> tuple[Chart, ...]:
    return drawn(folder, of, rows).charts


def test_a_line_has_every_day_between_the_first_and_the_last(tmp_path: Path) -> None:
    rows = [row for row in events(200) if row["tanggal"] != FIRST + timedelta(9)]
    counted, added, _ = shown(tmp_path, EVENTS, rows)
    days = Counter(row["tanggal"].isoformat() for row in rows)
    costs: dict[str, int] = defaultdict(int)
    for row in rows:
        costs[row["tanggal"].isoformat()] += row["biaya"] or 0
    assert dict(zip(counted.labels, counted.series[0].values, strict=True)) == {
        (FIRST + timedelta(n)).isoformat(): days[(FIRST + timedelta(n)).isoformat()] for n in range(40)
    }
    assert dict(zip(added.labels, added.series[0].values, strict=True)) == {
        label: costs[label] for label in added.labels
    }
    assert added.missing == sum(row["biaya"] is None for row in rows)
    assert added.rows + added.missing == len(rows)


def test_a_long_course_is_drawn_by_month_and_an_empty_month_counts_nothing(tmp_path: Path) -> None:
    rows = [row for row in events(300, days=400) if row["tanggal"].month != 6]
    chart = shown(tmp_path, EVENTS, rows)[0]
    months = Counter(row["tanggal"].isoformat()[:7] for row in rows)
    assert chart.step == "month"
    assert chart.labels[0] == "2026-01"
    assert dict(zip(chart.labels, chart.series[0].values, strict=True)) == {
        label: months[label] for label in chart.labels
    }
    assert "2026-06" in chart.labels


def test_of_many_lines_the_highest_are_drawn_and_the_rest_is_told(tmp_path: Path) -> None:
    line, bars = shown(tmp_path, PANEL, panel(9))
    assert [one.name for one in line.series] == [f"Wilayah {n:02}" for n in (8, 7, 6, 5, 4)]
    assert line.series[0].values == (800, 801, 802, 803, 804)
    assert (line.rows, line.missing, line.elsewhere) == (25, 0, 20)
    assert (bars.at, bars.rows, bars.elsewhere) == ("2014", 9, 36)
    assert bars.series[0].values[0] == 804


def test_what_lies_beyond_twelve_bars_is_told_together(tmp_path: Path) -> None:
    of = dataset(field("jenis", "string"))
    rows = [{"jenis": f"J{n:02}"} for n in range(20) for _ in range(n + 2)] + [{}, {}]
    [chart] = shown(tmp_path, of, rows)
    assert len(chart.labels) == 12
    assert chart.labels[0] == "J19"
    assert chart.rest is not None
    assert (chart.rest.groups, chart.rest.value) == (8, sum(range(2, 10)))
    assert sum(value or 0 for value in chart.series[0].values) + (chart.rest.value or 0) == chart.rows == len(rows) - 2
    assert chart.missing == 2


@pytest.mark.parametrize(
    "numbers", [range(100), [n / 8 for n in range(100)], [-n for n in range(99)], [*range(99), 100_000]]
)
def test_the_classes_of_a_histogram_hold_every_value_once(tmp_path: Path, numbers: Any) -> None:
    of = dataset(field("ukuran", "number", unit="cm"))
    [chart] = shown(tmp_path, of, [*({"ukuran": n} for n in numbers), {}])
    inside = [
        sum(low <= n < high or (n == high and place == len(chart.edges) - 2) for n in numbers)
        for place, (low, high) in enumerate(zip(chart.edges, chart.edges[1:], strict=False))
    ]
    assert list(chart.series[0].values) == inside
    assert sum(inside) == chart.rows == len(numbers)
    assert len(inside) <= 14
    assert chart.missing == 1


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = events(3000)
    (tmp_path / "satu").mkdir()
    (tmp_path / "dua").mkdir()
    assert compact(drawn(tmp_path / "satu", EVENTS, rows)) == compact(drawn(tmp_path / "dua", EVENTS, rows))


def test_a_document_is_read_back_as_it_was(tmp_path: Path) -> None:
    made = drawn(tmp_path, PANEL, panel(4))
    assert Charts.model_validate_json(compact(made)) == made


def test_cells_are_named_by_their_fields(tmp_path: Path) -> None:
    made = drawn(tmp_path, PANEL, panel(3))
    highest_first = ["Wilayah 02", "Wilayah 01", "Wilayah 00"]
    assert list(shown_cells(made.charts)) == [("nama", highest_first), ("nama", highest_first)]
