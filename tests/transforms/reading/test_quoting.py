import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reading.quoting import Dialect, Record, records

THREE = Dialect(",", '"', "", 3)


def read(text: str, dialect: Dialect = THREE) -> list[Record]:
    return list(records(io.StringIO(text, newline=""), dialect))


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        pytest.param('"a,b,c', ['"a', "b", "c"], id="a mark before the first cell"),
        pytest.param('a,"b,c', ["a", '"b', "c"], id="a mark before a cell"),
        pytest.param('a,b,"', ["a", "b", '"'], id="a mark alone at the end"),
        pytest.param('a,""b, x",c', ["a", '"b, x', "c"], id="two marks open, one closes"),
        pytest.param('a,"b 10" x",c', ["a", 'b 10" x', "c"], id="inches inside a quoted cell"),
        pytest.param('a,"b 10"",c', ["a", 'b 10"', "c"], id="inches at the end of a quoted cell"),
        pytest.param('a"b, x",c', ["a", "b, x", "c"], id="no delimiter before a quoted cell"),
        pytest.param('a,"b, x"c', ["a", "b, x", "c"], id="no delimiter behind a quoted cell"),
        pytest.param('a, "b, x" ,c', ["a", "b, x", "c"], id="blanks around a quoted cell"),
    ],
)
def test_a_row_with_a_broken_quotation_is_given_its_likeliest_reading_and_marked(line: str, cells: list[str]) -> None:
    first, second = read(f"{line}\n1,2,3\n")
    assert (first, second) == (Record(cells, "repaired"), Record(["1", "2", "3"]))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('a"",b,c', id="two marks in an unquoted cell"),
        pytest.param('pipa 10",lem 5",c', id="inches in unquoted cells"),
        pytest.param('a,"b ""x"" y",c', id="doubled marks"),
        pytest.param('a,"b\nx, y\n",c', id="a cell of several lines"),
        pytest.param("a,,", id="empty cells"),
    ],
)
def test_a_row_that_python_reads_alone_is_left_to_it(line: str) -> None:
    assert [one.condition for one in read(f"{line}\n1,2,3\n")] == ["sound", "sound"]


def test_two_marks_between_two_cells_are_a_letter_and_no_lost_delimiter() -> None:
    assert read('a,"b""c"\n') == [Record(["a", 'b"c'])]


def test_a_row_of_too_many_marks_is_split_and_not_thought_about() -> None:
    (only,) = read('"' * 4_001 + "x,y\n")
    assert (len(only.cells), only.condition) == (2, "damaged")


@pytest.mark.parametrize("delimiter", ["||", ", ", "::"])
def test_a_delimiter_of_two_letters_may_stand_inside_a_quoted_cell(delimiter: str) -> None:
    row = delimiter.join(["a", f'"b{delimiter}c"', "d"])
    assert read(f"{row}\r\n", Dialect(delimiter, width=3)) == [Record(["a", f"b{delimiter}c", "d"])]


ODD = st.lists(st.sampled_from(["", '"', '""', ",", '","', "'", " ", '"\n"']), max_size=6).map("".join)


@given(pieces=st.lists(ODD, min_size=1, max_size=12))
def test_no_text_is_lost_or_read_twice_however_it_is_quoted(pieces: list[str]) -> None:
    lines = [f"t{at}.{piece}" for at, piece in enumerate(pieces)]
    found = " ".join(cell for one in read("\n".join(lines)) for cell in one.cells)
    assert re.findall(r"t\d+\.", found) == [f"t{at}." for at in range(len(lines))]
