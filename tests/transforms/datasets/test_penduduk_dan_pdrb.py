"""Wide to tidy: nothing is lost, added or renamed on the way."""

from pathlib import Path

import pandas
import pytest

from samples.open_data import EXTRACTS
from transforms.datasets.penduduk_dan_pdrb import MEASURES, YEAR, rows

FILES = {"Central Sulawesi": EXTRACTS / "grdp/central-sulawesi.csv", "Jambi": EXTRACTS / "grdp/jambi.csv"}
every_file = pytest.mark.parametrize("path", FILES.values(), ids=list(FILES))
FIRST_YEAR, LAST_YEAR = 2000, 2017


def wide(path: Path) -> pandas.DataFrame:
    return pandas.read_csv(path, dtype=str)


@every_file
@pytest.mark.parametrize("measure", MEASURES)
def test_the_totals_of_a_year_are_those_of_the_wide_table(path: Path, measure: str) -> None:
    raw = wide(path)
    totals = rows(raw).groupby(YEAR)[measure].agg(lambda cells: cells.astype(float).sum())
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        assert totals[str(year)] == pytest.approx(raw[f"{measure}{year}"].astype(float).sum())


@every_file
def test_there_is_one_row_a_region_and_year(path: Path) -> None:
    raw = wide(path)
    tidy = rows(raw)
    assert len(tidy) == len(raw) * 18
    assert not tidy.duplicated(["KDJ", YEAR]).any()


@every_file
def test_cells_stay_the_text_that_they_were(path: Path) -> None:
    raw = wide(path)
    tidy = rows(raw).set_index(["KDJ", YEAR])
    for _, region in raw.iterrows():
        assert tidy.loc[(region["KDJ"], "2010"), "POP"] == region["POP2010"]
        assert tidy.loc[(region["KDJ"], "2010"), "X"] == region["X"]


@every_file
def test_rows_follow_the_order_of_the_source_then_the_years(path: Path) -> None:
    raw = wide(path)
    expected = [(code, str(year)) for code in raw["KDJ"] for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    assert list(rows(raw)[["KDJ", YEAR]].itertuples(index=False, name=None)) == expected


def test_every_other_column_is_kept() -> None:
    raw = pandas.DataFrame({"_row": ["2"], "KDJ": ["7271"], "POP2000": ["1"], "RGDP2000": ["2"], "RGDPPC2000": ["3"]})
    assert rows(raw).to_dict("records") == [
        {"_row": "2", "KDJ": "7271", YEAR: "2000", "POP": "1", "RGDP": "2", "RGDPPC": "3"}
    ]


def test_a_measure_without_a_year_is_empty_and_not_guessed() -> None:
    raw = pandas.DataFrame({"KDJ": ["7271"], "POP2000": ["1"], "POP2001": ["2"], "RGDP2000": ["3"]})
    tidy = rows(raw)
    assert list(tidy["RGDP"].isna()) == [False, True]
    assert tidy["RGDPPC"].isna().all()


def test_a_table_without_years_stays_as_it_is() -> None:
    raw = pandas.DataFrame({"KDJ": ["7271"], "POP": ["1"]})
    assert rows(raw).equals(raw)
