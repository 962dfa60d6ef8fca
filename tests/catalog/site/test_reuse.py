"""What a reader takes along: files in an order that suits them, how to cite, how to load, what changed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.changes import Changes
from catalog.encoding.xlsx import MOST_ROWS
from catalog.manifest import Distribution
from catalog.site import dataset_page, reuse
from catalog.site.figures import bound, figure, next_update
from catalog.statistics import FieldStatistics, Frequent, Statistics
from schemas.contracts import Language
from tests.catalog.site.made_up import FILES, OPEN_DATA, RELEASE, WITH_PLACES, city, dataset, manifest, release
from tests.catalog.site.markup import Markup, read

DAY = date(2026, 11, 21)
XLSX = Distribution(path="titik-parkir.xlsx", format="xlsx", bytes=20_400, sha256="1" * 64)
JSON = Distribution(path="titik-parkir.json", format="json", bytes=63_200, sha256="2" * 64)
OFFICE = "Dinas Perhubungan"


def page(language: Language = "id", statistics: Statistics | None = None, **changes: Any) -> Markup:
    stated = manifest(**{"distributions": (*WITH_PLACES, XLSX, JSON), **changes})
    return read(dataset_page(city(), release(manifest=stated, statistics=statistics), (stated,), DAY, language))


def downloads(shown: Markup) -> list[str]:
    """The ends of the files that buttons offer, in the page's order."""
    return [
        attributes["href"].partition(".")[2]
        for tag, attributes in shown.elements
        if tag == "a" and "download" in attributes
    ]


def test_what_a_phone_opens_stands_first() -> None:
    ends = ["xlsx", "csv", "parquet", "json", "geojson", "geo.parquet"]
    assert [end.rpartition("titik-parkir.")[2] for end in downloads(page())] == ends


@pytest.mark.parametrize(
    ("changes", "indonesian", "english"),
    [
        pytest.param({}, "angka nol di depan kode hilang", "drops the leading zeros", id="an Excel file"),
        pytest.param(
            {"rows": MOST_ROWS + 1, "distributions": FILES},
            "hanya dibuat sampai 200.000 baris",
            "made for up to 200,000 rows",
            id="too many rows",
        ),
        pytest.param(
            {"distributions": (*FILES, JSON)},
            "tidak dapat disimpan Excel, misalnya teks yang lebih panjang dari 32.767 karakter",
            "Excel cannot keep one of the cells",
            id="a cell that Excel cannot keep",
        ),
    ],
)
def test_the_page_says_why_there_is_an_excel_file_or_none(
    changes: dict[str, Any], indonesian: str, english: str
) -> None:
    assert indonesian in page(**changes).text
    assert english in page("en", **changes).text


def test_a_release_is_cited_with_who_when_what_which_and_where() -> None:
    cited = reuse.citation(city(), dataset(title="Titik parkir"), manifest(), OFFICE, "id")
    assert cited == (
        "Pemerintah Kota Palu, Dinas Perhubungan (2026). Titik parkir [data contoh]. "
        f"Rilis {RELEASE}. CC-BY-4.0. https://data.contoh.go.id/palu/datasets/titik-parkir/index.html"
    )


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"title": "Titik parkir"}, True),
        ({"title": "Titik parkir (data contoh)"}, False),
        ({"title": "Titik parkir", "origin": "official"}, False),
    ],
    ids=["sample data", "sample data whose title says so", "official data"],
)
def test_sample_data_are_cited_as_such_once(changes: dict[str, Any], marked: bool) -> None:
    cited = reuse.citation(city(), dataset(**changes), manifest(), OFFICE, "id")
    assert ("[data contoh]" in cited) is marked


def test_the_first_publisher_is_cited_too() -> None:
    cited = reuse.citation(city(), dataset(**OPEN_DATA), manifest(), OFFICE, "en")
    assert "Original source: idn-area-data 4.0.1." in cited


def test_bibtex_names_the_permanent_address_and_holds_no_command_of_tex() -> None:
    told = reuse.bibtex(city(), dataset(title="R&D 100% {a}_b \\input{x} #~^$"), manifest(), OFFICE, "id")
    assert f"@misc{{titik-parkir-{RELEASE}," in told
    assert r"title = {{R\&D 100\% \{a\}\_b \textbackslash{}input\{x\} \#\~{}\^{}\$}}" in told
    assert f"https://data.contoh.go.id/palu/datasets/titik-parkir/{RELEASE}/titik-parkir.csv" in told
    assert "note = {Data contoh, bukan data resmi. Lisensi CC-BY-4.0.}" in told


@pytest.mark.parametrize("address", ["https://data.contoh.go.id/palu", None], ids=["an address", "no address"])
def test_code_names_the_release_of_the_page(address: str | None) -> None:
    for one in reuse.snippets(city(address=address), manifest()):
        assert f"datasets/titik-parkir/{RELEASE}/titik-parkir.parquet" in one.code
        assert ("https://" in one.code) is (address is not None)


def test_an_address_with_a_quotation_mark_does_not_end_the_text_of_the_code() -> None:
    *_, sql = reuse.snippets(city(address="https://data.contoh.go.id/o'palu"), manifest())
    assert "/o''palu/" in sql.code


STATISTICS = Statistics(
    rows=1231,
    fields=(
        FieldStatistics(name="kode_titik", missing=0, distinct=1231),
        FieldStatistics(
            name="kecamatan",
            missing=31,
            distinct=6,
            most_frequent=tuple(Frequent(value=f"<b>Nilai {n}</b>", rows=900 - n) for n in range(6)),
        ),
        FieldStatistics(
            name="kapasitas", missing=0, distinct=1_300_000, is_estimate=True, minimum=0, maximum=12500, mean=34.5678912
        ),
        FieldStatistics(name="ditetapkan", missing=1231, distinct=0),
        FieldStatistics(name="digital", missing=0, distinct=2, most_frequent=(Frequent(value="true", rows=1200),)),
    ),
)


def test_the_statistics_are_told_in_words_of_the_reader_and_nothing_of_a_value_is_markup() -> None:
    indonesian, english = page(statistics=STATISTICS), page("en", statistics=STATISTICS)
    for expected in (
        "sekitar 1.300.000",
        "0 \u2013 12.500",
        "rata-rata 34,5679",
        "31 kosong",
        "dan 1 nilai lain",
        "ya 1.200",
    ):
        assert expected in indonesian.text
    for expected in (
        "about 1,300,000",
        "0 \u2013 12,500",
        "mean 34.5679",
        "31 empty",
        "and 1 other value",
        "yes 1,200",
    ):
        assert expected in english.text
    assert "<b>Nilai 0</b>" in indonesian.text
    assert "b" not in indonesian.tags


def test_at_a_glance_stand_the_day_the_rhythm_the_completeness_and_the_checks() -> None:
    shown = page(statistics=STATISTICS).text
    assert "Diperbarui 21 November 2026 Setiap bulan; pembaruan berikutnya dijadwalkan 1 Desember 2026" in shown
    assert "Kelengkapan 79,4% sel yang berisi nilai" in shown
    assert "Pemeriksaan 6 dari 7 aturan terpenuhi" in shown
    assert "Kelengkapan" not in page().text


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"cron": "0 6 1 * *", "frequency": "MONTHLY"}, "2026-12-01T06:00:00+08:00"),
        ({"cron": "0 6 1 * *", "frequency": "IRREG"}, None),
        (None, None),
    ],
    ids=["a rhythm", "no rhythm", "no calendar"],
)
def test_the_next_update_is_told_on_the_citys_clock(update: dict[str, str] | None, expected: str | None) -> None:
    found = next_update(city(), dataset(update=update), datetime(2026, 11, 30, 22, 0, tzinfo=UTC).replace(day=20))
    assert (found.isoformat() if found else None) == expected


def test_the_history_tells_what_changed_and_why() -> None:
    changes = Changes(since="r", because=("data", "contract"), added=12, changed=3, removed=0, columns_added=("luas",))
    assert "12 baris baru, 3 baris diubah; kolom luas ditambahkan." in page(changes=changes).text
    assert "Sebab: data baru dari produsen data, perubahan kontrak data." in page(changes=changes).text
    assert "12 new rows, 3 rows changed; column luas added." in page("en", changes=changes).text
    assert (
        "Because of: new data from the data producer, a change of the data contract."
        in page("en", changes=changes).text
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ditetapkan", "2026-03-01", "1 Maret 2026"),
        ("ditetapkan", "10000-01-01", "10000-01-01"),
        ("ditetapkan", "0044-03-15 (BC)", "0044-03-15 (BC)"),
        ("kapasitas", 1234567, "1.234.567"),
    ],
    ids=["a day", "a day beyond our calendar", "a day before it", "a number"],
)
def test_the_ends_of_a_field_are_told_by_its_type(name: str, value: Any, told: str) -> None:
    assert bound(dataset().field(name), value, "Asia/Makassar") == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (12, "12"),
        (2499999.5, "2.500.000"),
        (0.000123456789, "0,00012346"),
        (-0.8887, "-0,8887"),
        (1e15, "1.000.000.000.000.000"),
    ],
)
def test_a_mean_is_told_by_its_first_digits(value: float, told: str) -> None:
    assert figure(value) == told
