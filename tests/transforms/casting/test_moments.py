"""Dates and times as offices write them."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.casting.reading_cells import FAULT, read
from transforms.casting.spelled import MONTHS, WEEKDAYS


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        pytest.param("default", "2026-01-31", date(2026, 1, 31), id="ISO"),
        pytest.param("default", "2026-01-31T00:00:00", date(2026, 1, 31), id="a spreadsheet's date"),
        pytest.param("default", "2026-01-31 08:30:00", FAULT, id="a date with an hour"),
        pytest.param("default", "2026-02-30", FAULT, id="a day that does not exist"),
        pytest.param("default", "31/01/2026", FAULT, id="another form than promised"),
        pytest.param("default", "20260131", FAULT, id="without signs"),
        pytest.param("%d/%m/%Y", "1/2/2026", date(2026, 2, 1), id="day before month"),
        pytest.param("%d/%m/%Y", "2026-02-01", date(2026, 2, 1), id="ISO whatever the form"),
        pytest.param("%d/%m/%Y", "01/02/26", FAULT, id="two digits for a year"),
        pytest.param("%d/%m/%y", "01/02/26", date(2026, 2, 1), id="two digits where the form says so"),
        pytest.param("%d/%m/%Y", "13/13/2026", FAULT, id="a thirteenth month"),
        pytest.param("%d/%m/%Y", "01/02/2026 x", FAULT, id="a word behind it"),
        pytest.param("%d %B %Y", "3 Mei 2026", date(2026, 5, 3), id="an Indonesian month"),
        pytest.param("%d %B %Y", "03 AGUSTUS 2026", date(2026, 8, 3), id="in capitals"),
        pytest.param("%d %B %Y", "17 Agt. 2026", date(2026, 8, 17), id="shortened"),
        pytest.param("%d %B %Y", "1 Nopember 2026", date(2026, 11, 1), id="an old spelling"),
        pytest.param("%d %B %Y", "1 May 2026", date(2026, 5, 1), id="an English month"),
        pytest.param("%d %B %Y", "31 Februari 2026", FAULT, id="31 February"),
        pytest.param("%d %B %Y", "3 Meilan 2026", FAULT, id="no month"),
        pytest.param("%d-%b-%Y", "03-Okt-2026", date(2026, 10, 3), id="hyphens"),
        pytest.param("%d %B %Y", "Senin, 4 Mei 2026", date(2026, 5, 4), id="a weekday before it"),
        pytest.param("%A, %d %B %Y", "Jum'at, 1 Mei 2026", date(2026, 5, 1), id="a weekday that the form states"),
        pytest.param("Palu, %d %B %Y", "PALU, 1 Mei 2026", date(2026, 5, 1), id="a word that the form states"),
        pytest.param("any", "3.4.2026", date(2026, 4, 3), id="any: points"),
        pytest.param("any", "3-4-2026", date(2026, 4, 3), id="any: hyphens"),
        pytest.param("any", "3 April 2026", date(2026, 4, 3), id="any: words"),
        pytest.param("any", "3/4/26", FAULT, id="any: two digits for a year"),
        pytest.param("any", "3/4/2026", date(2026, 4, 3), id="any: day before month, by convention"),
        pytest.param("any", "4/13/2026", date(2026, 4, 13), id="any: month before day, which the column proves"),
        pytest.param("any", "17 Agt 2022", date(2022, 8, 17), id="any: a shortened month"),
        pytest.param("any", "17-Agt-22", date(2022, 8, 17), id="any: two digits beside a month's name"),
        pytest.param("any", "17-Aug-68", date(2068, 8, 17), id="any: below the pivot"),
        pytest.param("any", "17-Aug-69", date(1969, 8, 17), id="any: from the pivot on"),
        pytest.param("any", "17 Agustus '22", date(2022, 8, 17), id="any: an apostrophe for the century"),
        pytest.param("any", "Senin, 21/3/2022", date(2022, 3, 21), id="any: a weekday before figures"),
        pytest.param("any", "Selasa, 21/3/2022", FAULT, id="any: a weekday of another date"),
        pytest.param("any", "Ahad 20 Maret 2022", date(2022, 3, 20), id="any: Sunday's older name"),
        pytest.param("any", "JUM'AT, 1 Mei 2026", date(2026, 5, 1), id="any: Friday with an apostrophe"),
        pytest.param("any", "31 Pebruari 2022", FAULT, id="any: a day that does not exist"),
        pytest.param("any", "44640", FAULT, id="any: a spreadsheet's number of days"),
        pytest.param("default", "44640", FAULT, id="a spreadsheet's number of days, undeclared"),
        pytest.param("excel", "44640", date(2022, 3, 20), id="excel: a number of days"),
        pytest.param("excel", "20000", date(1954, 10, 3), id="excel: the first that is believed"),
        pytest.param("excel", "2022-03-20", date(2022, 3, 20), id="excel: ISO whatever the form"),
        pytest.param("excel", "2022", FAULT, id="excel: a year"),
        pytest.param("excel", "60001", FAULT, id="excel: too far ahead"),
        pytest.param("excel", "44640.5", FAULT, id="excel: half a day"),
        pytest.param("excel", "+4464", FAULT, id="excel: a sign"),
        pytest.param("excel", "20/3/2022", FAULT, id="excel: another form than promised"),
        pytest.param("any", "1/2-2026", FAULT, id="any: two signs"),
        pytest.param("any", "Triwulan I 2022", FAULT, id="any: a quarter"),
        pytest.param("%d %B %Y", "Selasa, 4 Mei 2026", FAULT, id="a weekday of another date"),
    ],
)
def test_a_date_is_read_in_the_form_that_the_contract_states(form: str, cell: str, value: Any) -> None:
    assert read([cell], "date", format=form) == [value]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        pytest.param(["3/4/2026", "21/4/2026"], [date(2026, 4, 3), date(2026, 4, 21)], id="day first"),
        pytest.param(["3/4/2026", "3/21/2026"], [date(2026, 3, 4), date(2026, 3, 21)], id="month first"),
        pytest.param(["3/4/2026", "2026-03-21"], [date(2026, 4, 3), date(2026, 3, 21)], id="ISO proves nothing"),
        pytest.param(
            ["3/4/2026", "3/21/2026", "21/3/2026", "5/5/2026"],
            [FAULT, FAULT, date(2026, 3, 21), date(2026, 5, 5)],
            id="both orders: what could be either is held back",
        ),
    ],
)
def test_the_whole_column_decides_the_order_of_day_and_month(cells: list[str], values: list[Any]) -> None:
    assert read(cells, "date", format="any") == values


@settings(max_examples=15, deadline=None)
@given(
    days=st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1, max_size=20),
    form=st.sampled_from(["{d} {name} {y}", "{d:02}-{name}-{y}", "{weekday}, {d}/{m}/{y}", "{d:02}.{m:02}.{y}"]),
    english=st.booleans(),
)
def test_a_date_reads_back_however_it_was_written(days: list[date], form: str, english: bool) -> None:
    def written(day: date) -> str:
        name = MONTHS[f"{day.month:02}"].split("|")[1 if english and day.month != 5 else 0].title()
        weekday = WEEKDAYS[day.isoweekday()].split("|")[0].title()
        return form.format(d=day.day, m=day.month, y=day.year, name=name, weekday=weekday)

    assert read(["31/12/2026", *map(written, days)], "date", format="any")[1:] == days


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Agt-22", "2022-08"),
        ("Agustus 2022", "2022-08"),
        ("NOPEMBER 2021", "2021-11"),
        ("Dec-99", "1999-12"),
        ("08/2022", "2022-08"),
        ("8/2022", "2022-08"),
        ("2022-08-01T00:00:00", "2022-08"),
        ("2022-08-17", FAULT),
        ("13/2022", FAULT),
        ("2022", FAULT),
        ("Triwulan I 2022", FAULT),
    ],
)
def test_a_month_of_a_year_is_read_in_words_and_figures(cell: str, value: Any) -> None:
    assert read([cell], "yearmonth") == [value]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("17 Agustus 2022 08.30", datetime(2022, 8, 17, 8, 30)),
        ("17/8/2022 pukul 08.30 WITA", datetime(2022, 8, 17, 8, 30)),
        ("17/8/2022, 8:30:15", datetime(2022, 8, 17, 8, 30, 15)),
        ("17/8/2022 08.30 WIB", FAULT),
        ("17/8/2022", FAULT),
    ],
)
def test_a_moment_in_any_form_is_a_date_and_an_hour(cell: str, value: Any) -> None:
    assert read([cell], "datetime", format="any") == [value]


NOON = datetime(2026, 1, 31, 12, 0)


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        pytest.param("default", "2026-01-31T12:00:00", NOON, id="ISO"),
        pytest.param("default", "2026-01-31 12:00", NOON, id="without seconds"),
        pytest.param("default", "2026-01-31 12:00:00.250", NOON.replace(microsecond=250000), id="a quarter second"),
        pytest.param("default", "2026-01-31T04:00:00Z", NOON, id="Greenwich's clock"),
        pytest.param("default", "2026-01-31T04:00Z", NOON, id="Greenwich's clock without seconds"),
        pytest.param("default", "2026-01-31 11:00+07", NOON, id="Jakarta's clock, short"),
        pytest.param("default", "2026-01-31T11:00:00+07:00", NOON, id="Jakarta's clock"),
        pytest.param("default", "2026-01-30T20:00:00.000-0800", NOON, id="another day's clock"),
        pytest.param("default", "2026-01-31 11:00:00 WIB", FAULT, id="a clock by its name"),
        pytest.param("default", "2026-01-31 12:00:00 Asia/Makassar", FAULT, id="a clock by its city"),
        pytest.param("default", "2026-01-31", FAULT, id="no hour"),
        pytest.param("default", "2026-01-31 25:00:00", FAULT, id="a twenty-fifth hour"),
        pytest.param("default", "2026-02-30T12:00:00", FAULT, id="a day that does not exist"),
        pytest.param("default", "31/01/2026 12:00", FAULT, id="another form than promised"),
        pytest.param("%d/%m/%Y %H.%M", "31/01/2026 12.00", NOON, id="a point in the hour"),
        pytest.param("%d/%m/%Y %H.%M WITA", "31/01/2026 12.00 WITA", NOON, id="a clock that the form states"),
        pytest.param("%d/%m/%Y %H.%M WITA", "31/01/2026 12.00 WIB", FAULT, id="another clock than the form's"),
        pytest.param("%d %B %Y %I:%M %p", "31 Januari 2026 12:00 PM", NOON, id="twelve hours"),
        pytest.param("%d/%m/%Y %H:%M %z", "31/01/2026 04:00 +0000", NOON, id="an offset in the form"),
        pytest.param("%d/%m/%Y %H:%M", "31/01/26 12:00", FAULT, id="two digits for a year"),
    ],
)
def test_a_moment_is_read_on_the_citys_clock(form: str, cell: str, value: Any) -> None:
    assert read([cell], "datetime", format=form) == [value]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("08:30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("08:30:15", time(8, 30, 15)),
        ("23:59:59.5", time(23, 59, 59, 500000)),
        ("24:00", FAULT),
        ("08:60", FAULT),
        ("-01:00:00", FAULT),
        ("8", FAULT),
        ("08:30 WITA", time(8, 30)),
        ("08.30WITA", time(8, 30)),
        ("08:30 WIB", FAULT),
    ],
)
def test_a_time_is_an_hour_of_one_day(cell: str, value: Any) -> None:
    assert read([cell], "time") == [value]


def test_a_form_with_a_quotation_mark_is_no_part_of_a_statement() -> None:
    assert read(["jum'at 1/5/2026", "x"], "date", format="jum'at %d/%m/%Y") == [date(2026, 5, 1), FAULT]
