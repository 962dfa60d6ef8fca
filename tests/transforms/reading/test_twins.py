"""The same book, saved in several formats, is seen the same in each; where the files themselves differ, it says how."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from schemas.errors import SupplierError
from transforms.reading.glance import look
from transforms.reading.table import ROW_COLUMN

from .conftest import CORPUS

KINDS = (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
TWINS = {
    name: tuple(paths)
    for name, paths in groupby(
        sorted(path for path in CORPUS.glob("workbooks/*.*") if path.suffix in KINDS), lambda path: path.stem
    )
}
GROUPS = [name for name, paths in TWINS.items() if len(paths) > 1]

OTHER_ROWS = {
    ("formula_stress_test", "Date", None): (6, 7),  # NOW() and TODAY(): each was saved on a day of its own
    ("formula_stress_test", "Math", None): (46, 47),  # RAND() and RANDBETWEEN()
    ("formula_stress_test", "Finance (2)", ".ods"): (36,),  # a count of days, which Excel shows as a day and ods not
    ("formula_stress_test", "Information", ".ods"): (3,),  # INFO("release"), the program's own
    ("formula_stress_test", "Text (2)", ".ods"): (20, 21, 38),  # letters by number on a Mac, and those XML cannot hold
    ("LONumbers", "Sheet1", ".xlsx"): (38,),  # formulas whose result is stored as an empty text
    ("xlsx-stream-d-date-cell", "Sheet1", ".xlsx"): (5,),  # a text in ISO 8601 with a zone, elsewhere a number
}
"""Rows whose cells truly differ in the files, of one format or (None) of each."""
OTHER_SHEETS = {
    ("number_format", "Implied", ".ods"),  # its formulas call a macro, and failed where it was saved
    ("number_format", "ImpliedNegative", ".ods"),
    ("number_format", "2011", ".ods"),  # holds days before 1900 as numbers, and seconds without their fractions
}
RENAMED = {("AutoFilter", ".ods"): str.maketrans(" ", "_")}
"""The program that saved these sheets took the blanks out of their names."""
REFUSED = {("BlankSheetTypes", ".xlsm"), ("BlankSheetTypes", ".xlsb"), ("wtf_path", ".xlsb")}
"""Calamine refuses a book that holds a sheet of Excel 4 macros, and of an xlsb one whose parts stand elsewhere."""


def as_seen(path: Path, workspace: Path) -> dict[str, Any]:
    """Each table by its place: where it stands, whether it is hidden, and every row under its number."""
    workspace.mkdir()
    return {
        table.place: {
            "header": (table.header_first, table.header_height, table.columns),
            "hidden": table.hidden,
            **{row.number: (row.reason, row.cells) for row in table.skipped},
            **{
                number: tuple(cell or "" for cell in cells)
                for number, *cells in (
                    row.values() for row in pq.read_table(table.at_rest, columns=[ROW_COLUMN, *table.names]).to_pylist()
                )
            },
        }
        for table in look(path, workspace, path.name)
    }


def others(name: str, kinds: set[str], place: str) -> set[int]:
    return {
        row
        for (book, sheet, kind), rows in OTHER_ROWS.items()
        if (book, sheet) == (name, place) and (kind is None or kind in kinds)
        for row in rows
    }


def differences(name: str, first: Path, second: Path, seen: dict[Path, dict[str, Any]]) -> Iterator[str]:
    """Where two of the files are seen in two ways, and no reason for it is known."""
    kinds = {first.suffix, second.suffix}
    names = next((names for (book, kind), names in RENAMED.items() if book == name and kind in kinds), {})
    one, other = ({place.translate(names): table for place, table in seen[path].items()} for path in (first, second))
    if list(one) != list(other):
        yield f"{kinds}: sheets"
    for place in one.keys() & other.keys():
        if not any((name, place, kind) in OTHER_SHEETS for kind in kinds):
            told = {key for key in one[place] | other[place] if one[place].get(key) != other[place].get(key)}
            yield from (f"{kinds} {place}: {key}" for key in told - others(name, kinds, place))


@pytest.mark.parametrize("name", GROUPS)
def test_a_book_is_seen_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    seen = {}
    for path in TWINS[name]:
        if (name, path.suffix) in REFUSED:
            with pytest.raises(SupplierError) as raised:
                look(path, tmp_path, path.name)
            assert raised.value.code == "file_unreadable"
        else:
            seen[path] = as_seen(path, tmp_path / path.suffix)
    first, *following = seen
    assert [told for path in following for told in differences(name, first, path, seen)] == []


def test_the_books_are_there(corpus: Path) -> None:
    assert len(GROUPS) > 40
    assert {name for name, *_ in (*OTHER_ROWS, *OTHER_SHEETS, *RENAMED, *REFUSED)} <= set(GROUPS)
