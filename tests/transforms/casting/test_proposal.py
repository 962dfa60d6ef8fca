import pytest

from transforms.casting.proposal import Proposal, proposed_type
from transforms.reading.table import NUMBER_MARK


@pytest.mark.parametrize(
    ("cells", "type_", "form"),
    [
        pytest.param(["1", "-20", "300"], "integer", "whole", id="whole numbers"),
        pytest.param(["1.234.567", "2.000.000"], "integer", "indonesian", id="dots that group"),
        pytest.param(["1.234,5", "2"], "number", "indonesian", id="a decimal comma"),
        pytest.param(["1,234.5", "3"], "number", "english", id="a decimal point"),
        pytest.param(["Rp 2.000,-", "Rp 3.500,-"], "integer", "indonesian", id="money"),
        pytest.param(["12%", "3,5%"], "number", "indonesian", id="percentages"),
        pytest.param([f"{NUMBER_MARK}1.5", "2"], "number", "whole", id="a fraction that the file stores"),
        pytest.param(["2019", "2020", "2021"], "year", "", id="years"),
        pytest.param(["0721", "8"], "string", "", id="leading zeros"),
        pytest.param(["72.71.01", "72.71.02.1003"], "string", "", id="area codes"),
        pytest.param(["7271014708450001"], "string", "", id="sixteen digits"),
        pytest.param(["2022-08-17", "2022-01-02"], "date", "%Y-%m-%d", id="ISO dates"),
        pytest.param(["17/08/2022", "03/04/2022"], "date", "%d/%m/%Y", id="day first"),
        pytest.param(["12/31/2022", "01/02/2022"], "date", "%m/%d/%Y", id="month first, proven by a 31"),
        pytest.param(["17 Agustus 2022", "1 Okt 2022"], "date", "%d %B %Y", id="Indonesian months"),
        pytest.param(["Senin, 21/3/2022"], "date", "%A, %d/%m/%Y", id="a weekday"),
        pytest.param(["17-08-2022", "18/08/2022"], "date", "any", id="dates in two formats"),
        pytest.param(["Agt-22", "Des-22"], "yearmonth", "%b-%y", id="a month and a short year"),
        pytest.param(["2022-08-17 10:00", "2022-08-17T11:00:05"], "datetime", "%Y-%m-%d %H:%M", id="moments"),
        pytest.param(["07:00", "16:30"], "time", "%H:%M", id="hours"),
        pytest.param(["Ya", "tidak"], "boolean", "", id="yes and no"),
        pytest.param(["-0.89172", "119.87071"], "coordinate", "english", id="degrees"),
        pytest.param(["-0,89172", "-0,90011"], "coordinate", "indonesian", id="degrees with a comma"),
        pytest.param(["0°53'42\" LS"], "coordinate", "degrees", id="degrees and minutes"),
        pytest.param(["Pasar", "12"], "string", "", id="text"),
        pytest.param(["-", "n/a", "", "tad"], "empty", "", id="nothing"),
        pytest.param(["5", "-", "tad", "..."], "integer", "whole", id="numbers and words for nothing"),
    ],
)
def test_a_columns_type_is_proposed_from_its_cells(cells: list[str], type_: str, form: str) -> None:
    found = proposed_type(cells)
    assert (found.type, found.form, found.ambiguous) == (type_, form, False)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["1.234", "5.678"], id="a point before three digits"),
        pytest.param(["1,234"], id="a comma before three digits"),
        pytest.param(["1.234,5", "1,234.5"], id="both styles"),
        pytest.param(["03/04/2022", "05/06/2022"], id="days that may be months"),
        pytest.param(["13/04/2022", "05/26/2022"], id="both orders"),
    ],
)
def test_what_can_be_read_in_two_ways_is_said_to_be_ambiguous(cells: list[str]) -> None:
    assert proposed_type(cells).ambiguous


def test_a_few_slips_do_not_hide_a_type_and_their_share_is_told() -> None:
    assert proposed_type([*map(str, range(1, 20)), "belum"]) == Proposal("integer", "whole", 0.95)
    assert proposed_type(["1", "2", "belum"]).type == "string"
