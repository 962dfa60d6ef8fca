"""Dates and times as offices write them."""

from datetime import date, datetime, time
from typing import Any

import pytest

from tests.transforms.casting.reading_cells import FAULT, read


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
        pytest.param("any", "4/13/2026", FAULT, id="any: month before day"),
    ],
)
def test_a_date_is_read_in_the_form_that_the_contract_states(form: str, cell: str, value: Any) -> None:
    assert read([cell], "date", format=form) == [value]


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
        ("08:30 WITA", FAULT),
    ],
)
def test_a_time_is_an_hour_of_one_day(cell: str, value: Any) -> None:
    assert read([cell], "time") == [value]


def test_a_form_with_a_quotation_mark_is_no_part_of_a_statement() -> None:
    assert read(["jum'at 1/5/2026", "x"], "date", format="jum'at %d/%m/%Y") == [date(2026, 5, 1), FAULT]
