"""Charts and maps on the page of a dataset: well-formed, harmless whatever the data say, the same as their tables."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from catalog.charts.documents import Chart, Charts, Rest, Series
from catalog.charts.maps import Base, Feature, Map, Pictures, Places, Shading
from catalog.site import dataset_page
from catalog.site.charting import Shown, shown_charts
from catalog.site.drawing.scales import chosen, close, from_zero, ticks
from catalog.site.mapping import shown_maps
from schemas.contracts import LANGUAGES, Dataset, Language
from tests.catalog.charts.making import dataset as made
from tests.catalog.charts.making import field
from tests.catalog.site.made_up import city, dataset, release
from tests.catalog.site.markup import read

DAY = date(2026, 11, 21)
NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "]]><svg onload=alert(1)>",
    "{{ 7 * 7 }} {name} %s &amp; \N{BELL}",
)
LINE = Chart(
    kind="line", by="ditetapkan", aggregate="count", step="month", rows=7, missing=1, elsewhere=0,
    labels=("2025-12", "2026-01", "2026-02"), series=(Series(values=(3, 0, 4)),),
)  # fmt: skip
LINES = Chart(
    kind="line", by="ditetapkan", aggregate="value", measure="kapasitas", split="kecamatan", step="day",
    labels=("2026-01-01", "2026-01-03", "2026-02-01"), rows=5, missing=0, elsewhere=12,
    series=(Series(name="Tatanga", values=(1200, None, 2.5)), Series(name="Ulujadi", values=(1, 2, None))),
)  # fmt: skip
BARS = Chart(
    kind="bars", by="kecamatan", aggregate="sum", measure="kapasitas", labels=("Tatanga", "Ulujadi"),
    series=(Series(values=(1500, -20)),), rest=Rest(groups=3, value=9), rows=40, missing=0, elsewhere=0,
)  # fmt: skip
HISTOGRAM = Chart(
    kind="histogram", by="kapasitas", aggregate="count", edges=(0, 500, 1000, 4800), series=(Series(values=(9, 0, 1)),),
    rows=10, missing=0, elsewhere=0,
)  # fmt: skip
ALL = (LINE, LINES, BARS, HISTOGRAM)
SQUARE = (119.8, -0.9, 119.9, -0.9, 119.9, -0.8, 119.8, -0.8, 119.8, -0.9)
POINTS = Places(
    label="kecamatan", rows=3, missing=1,
    features=(
        Feature(form="point", paths=((119.85, -0.85),), label="Tatanga", rows=2),
        Feature(form="line", paths=((119.8, -0.9, 119.9, -0.8),), label="Jalan"),
    ),
)  # fmt: skip
BOUNDARIES = made(
    field("kode", "string", region={"level": "kelurahan", "within": "72.71", "as": "code"}),
    field("batas", "geojson"),
    id="batas",
    title="Batas uji",
)
BASE = Base(
    BOUNDARIES,
    Places(
        region="kode", rows=2, missing=0,
        features=(
            Feature(form="area", paths=(SQUARE,), region="72.71.08.1001"),
            Feature(form="area", paths=(tuple(n + 0.1 * (place % 2 == 0) for place, n in enumerate(SQUARE)),), region="72.71.08.1002"),
        ),
    ),
)  # fmt: skip


def regional(**more: Any) -> Dataset:
    return dataset(fields=[field("kelurahan", "string", region={"level": "kelurahan", "within": "72.71"})], primaryKey=[], disclosure={}, rules=[], **more)  # fmt: skip


def names() -> list[str]:
    from catalog.charts.maps import codes

    by_code = {code: name for name, code in codes(regional(), "kelurahan").items()}
    return [by_code["72.71.08.1001"], by_code["72.71.08.1002"]]


def page(pictures: Pictures, language: Language = "id", **changes: Any) -> str:
    return dataset_page(city(), release(**changes), (), DAY, language, pictures=pictures)


def drawings(html: str) -> Iterator[ElementTree.Element]:
    """Every inline drawing with a name of its own, parsed as strictly as XML is."""
    for found in re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL):
        yield ElementTree.fromstring(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_is_well_formed_and_says_what_it_is(language: Language) -> None:
    html = page(Pictures(Charts(charts=ALL), Map(places=POINTS), BASE), language)
    images = [one for one in drawings(html) if one.get("role") == "img"]
    assert len(images) == 4
    for one in images:
        title, description = one.findtext("title"), one.findtext("desc")
        assert title
        assert description
        named = {part.get("id") for part in one.iter() if part.get("id")}
        assert set(str(one.get("aria-labelledby")).split()) == named
    assert all(one.get("aria-hidden") == "true" for one in drawings(html) if one.get("role") != "img")


def test_no_two_things_of_a_page_have_one_name() -> None:
    found = re.findall(r' id="([^"]*)"', page(Pictures(Charts(charts=ALL), Map(places=POINTS), BASE)))
    assert len(found) == len(set(found)) > 10


def hostile(text: str) -> Pictures:
    lines = LINES.model_copy(update={"series": tuple(Series(name=text, values=one.values) for one in LINES.series)})
    bars = BARS.model_copy(update={"labels": (text, text), "at": text, "over": "ditetapkan"})
    spots = tuple(one.model_copy(update={"label": text, "region": text}) for one in POINTS.features)
    base = Base(BOUNDARIES, BASE.places.model_copy(update={"features": tuple(one.model_copy(update={"label": text}) for one in BASE.places.features)}))  # fmt: skip
    return Pictures(Charts(charts=(LINE, lines, bars, HISTOGRAM)), Map(places=POINTS.model_copy(update={"features": spots})), base)  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_hostile_cells_are_shown_and_do_nothing(text: str) -> None:
    plain, marked = read(page(hostile("kata biasa"))), read(page(hostile(text)))
    assert marked.tags == plain.tags
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=", page(hostile("kata biasa")))


def test_the_table_beside_a_chart_says_the_same_figures() -> None:
    lines, bars, histogram = shown_charts(Charts(charts=(LINES, BARS, HISTOGRAM)), dataset(), "id")
    assert lines.rows == (
        ("1 Januari 2026", "1.200", "1"),
        ("3 Januari 2026", "\N{EN DASH}", "2"),
        ("1 Februari 2026", "2,5", "\N{EN DASH}"),
    )
    assert bars.rows == (("Tatanga", "1.500"), ("Ulujadi", "-20"), ("3 lainnya", "9"))
    assert [(bar.label, bar.value) for bar in bars.bars] == list(bars.rows[:2])
    assert [row[1] for row in histogram.rows] == ["9", "0", "1"]
    assert histogram.rows[-1][0] == "1.000 \N{EN DASH} 4.800"


def told(chart: Chart, language: Language) -> Shown:
    return shown_charts(Charts(charts=(chart,)), dataset(), language)[0]


@pytest.mark.parametrize(
    ("chart", "indonesian", "english"),
    [
        pytest.param(LINE, "Jumlah baris per bulan", "Number of rows per month", id="rows by time"),
        pytest.param(LINES, "Kapasitas menurut Kecamatan", "Capacity by Kecamatan", id="states by time"),
        pytest.param(BARS, "Total Kapasitas menurut Kecamatan", "Total of Capacity by Kecamatan", id="a sum by group"),
        pytest.param(HISTOGRAM, "Sebaran Kapasitas", "Distribution of Capacity", id="a distribution"),
        pytest.param(
            BARS.model_copy(update={"aggregate": "mean", "rest": None}),
            "Rata-rata Kapasitas menurut Kecamatan",
            "Average of Capacity by Kecamatan",
            id="a mean by group",
        ),
    ],
)
def test_a_title_says_what_was_done_to_the_numbers(chart: Chart, indonesian: str, english: str) -> None:
    assert (told(chart, "id").title, told(chart, "en").title) == (indonesian, english)


def test_every_row_of_the_release_is_accounted_for() -> None:
    method = str(told(LINES, "id").method)
    assert "Memakai 5 dari 17 baris." in method
    assert "12 baris lain" in method
    assert "1 baris tanpa nilai" in str(told(LINE, "id").method)
    assert "dijumlahkan" in str(told(BARS, "id").method)


def test_bars_begin_at_zero_and_reach_as_far_as_their_figures() -> None:
    first, second = told(BARS, "id").bars
    assert (round(first.start, 2), round(first.width, 2)) == (1.32, 98.68)
    assert (second.start, round(second.width, 2)) == (0, 1.32)


def test_a_gap_in_a_line_stays_a_gap() -> None:
    drawing = ElementTree.fromstring(str(told(LINES, "id").drawing))
    assert [(one.tag, one.get("class")) for one in drawing if (one.get("class") or "").startswith("s")] == [
        ("circle", "s1 area"),
        ("circle", "s1 area"),
        ("polyline", "s2 stroke"),
    ]


def test_a_map_of_regions_shades_them_and_lists_them() -> None:
    said = Map(shading=Shading(by="kelurahan", aggregate="count", values=dict(zip(names(), (3, 40), strict=True)), rows=43, missing=0, elsewhere=0))  # fmt: skip
    [shown] = shown_maps(Pictures(None, said, BASE), regional(), "id")
    assert [(one.number, one.limits, one.regions) for one in shown.classes] == [
        (1, "3", "1 wilayah"),
        (2, "40", "1 wilayah"),
    ]
    assert shown.rows == ((names()[1], "40"), (names()[0], "3"))
    classes = [one.get("class") for one in ElementTree.fromstring(str(shown.drawing)).iter("path")]
    assert classes[:2] == ["region c1", "region c2"]
    assert shown.base == BOUNDARIES


@pytest.mark.parametrize(
    ("pictures", "count"),
    [
        pytest.param(Pictures(), 0, id="a release without a map"),
        pytest.param(Pictures(None, Map(), BASE), 0, id="a dataset without places"),
        pytest.param(Pictures(None, Map(places=POINTS), None), 1, id="a city without boundaries"),
        pytest.param(
            Pictures(None, Map(shading=Shading(by="kelurahan", aggregate="count", values={"Poboya": 1}, rows=1, missing=0, elsewhere=0)), None),
            0, id="figures by region without boundaries",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_left_out(pictures: Pictures, count: int) -> None:
    of = regional()
    assert len(shown_maps(pictures, of, "id")) == count


def test_places_far_from_the_city_are_drawn_without_its_boundaries() -> None:
    far = Places(rows=1, missing=0, features=(Feature(form="point", paths=((106.8, -6.2),)),))
    [near_by] = shown_maps(Pictures(None, Map(places=POINTS), BASE), dataset(), "id")
    [alone] = shown_maps(Pictures(None, Map(places=far), BASE), dataset(), "id")
    assert near_by.base == BOUNDARIES
    assert alone.base is None
    assert "°" in str(alone.drawing)


def test_sections_stand_on_the_page_and_in_its_contents_only_where_there_is_something() -> None:
    full, empty = page(Pictures(Charts(charts=ALL), Map(places=POINTS), BASE)), page(Pictures())
    for part in ('id="grafik"', 'href="#grafik"', 'id="peta"', 'href="#peta"'):
        assert part in full
        assert part not in empty


def test_the_same_release_is_drawn_the_same() -> None:
    pictures = Pictures(Charts(charts=ALL), Map(places=POINTS), BASE)
    assert page(pictures) == page(pictures)


@pytest.mark.parametrize(
    ("low", "high", "least", "expected"),
    [
        (0, 2, 1, (0, 1, 2)),
        (0, 474_340, 0, (0, 200_000, 400_000, 600_000)),
        (-3, 10, 0, (-5, 0, 5, 10)),
        (0, 0, 0, (0, 0.25, 0.5, 0.75, 1)),
        (7, 7, 0, (0, 2, 4, 6, 8)),
    ],
)
def test_an_axis_has_round_numbers(low: float, high: float, least: float, expected: tuple[float, ...]) -> None:
    assert ticks(low, high, least) == expected


def test_counts_are_drawn_from_zero_and_states_close() -> None:
    assert from_zero([7739, 7742]) == (0, 7742)
    assert close([7739, 7742]) == (7739, 7742)
    assert close([10, 7742]) == (0, 7742)


@pytest.mark.parametrize("count", range(1, 60))
def test_labels_are_evenly_spread_from_the_first_to_the_last(count: int) -> None:
    places = chosen(count, 4)
    assert places[0] == 0
    assert places[-1] == count - 1
    assert len(places) <= 5
    assert list(places) == sorted(set(places))
