"""Workbooks of a test's own."""

import io
from collections.abc import Callable

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Fill = Callable[[Worksheet], object]


def saved(workbook: openpyxl.Workbook) -> bytes:
    """A workbook as bytes."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def book(*fills: Fill, titles: tuple[str, ...] = ()) -> bytes:
    """A workbook with a sheet for each of `fills`."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for at, fill in enumerate(fills):
        fill(workbook.create_sheet(titles[at] if titles else None))
    return saved(workbook)


def rows(*cells: tuple[object, ...]) -> Fill:
    """Writes these rows."""
    return lambda sheet: [sheet.append(row) for row in cells]


def of(*cells: tuple[object, ...]) -> bytes:
    """A workbook of these rows."""
    return book(rows(*cells))
