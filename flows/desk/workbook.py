"""The officer's workbook: what to mend, how it must look, and the rows themselves. Every cell is text.

A text that begins with `=` stays a text: it is written as one, in a format that keeps it one when it is edited.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

from catalog.site.words import moment, number
from flows.desk.mending import Line, Mending
from schemas.messages import wording

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold."""
LONGEST_CELL = 32_767
"""Characters, in a workbook's format."""
WIDTHS = {"lines": (8, 14, 24, 28, 48, 40, 22, 16, 18), "guide": (28, 32, 60, 26), "rows": (8,)}


def workbook(mending: Mending) -> bytes:
    """The xlsx of a list, as bytes."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    _sheet(book, "lines", _lines(mending))
    _sheet(book, "guide", [*_advice(mending), [], *_guide(mending)])
    if mending.rows:
        _sheet(book, "rows", _rows(mending), [frozenset(), *(row.wrong for row in mending.rows)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


Texts = Sequence[str | None]


def _lines(mending: Mending) -> list[Texts]:
    """One line a fault. The header stands first, so that the list can be filtered."""
    heads = ("row", "sheet", "column", "shown", "wrong", "expected", "example", "severity", "actor")
    header = [wording(f"desk.head.{name}", "id") for name in heads]
    lines: list[Texts] = [header, *(_line(mending, line) for line in mending.lines)]
    if mending.unlisted:
        lines.append([wording("desk.unlisted", "id", count=number(mending.unlisted))])
    return lines


def _line(mending: Mending, line: Line) -> Texts:
    row = wording("desk.all_rows", "id") if line.row is None else str(line.row)
    shown = wording("desk.closed_cell", "id") if line.is_closed else line.shown
    place = [row, mending.source.sheet or "", line.column, shown]
    return [*place, line.wrong, line.expected, line.example, line.severity, line.actor]


def _advice(mending: Mending) -> list[Texts]:
    title = {"dataset": mending.contract.title.id, "file": mending.source.name}
    said = [
        wording("desk.title", "id", **title),
        wording("desk.made", "id", moment=moment(mending.now, mending.city.timezone)),
        account(mending),
        wording(f"desk.numbering.{mending.numbering}", "id"),
        *(wording(f"desk.step.{step}", "id", **title) for step in range(1, 4)),
        wording("desk.closed_note", "id"),
    ]
    return [[text] for text in said]


def account(mending: Mending) -> str:
    """How many rows were read, how many of them were held back, how many faults there are."""
    rows = mending.report.rows
    counts = {"read": number(rows.read), "quarantined": number(rows.quarantined), "faults": number(mending.faults)}
    return wording("desk.account", "id", **counts)


def _guide(mending: Mending) -> list[Texts]:
    header = [wording(f"desk.head.{name}", "id") for name in ("column", "title", "expected", "example")]
    return [header, *([one.column, one.title, one.expected, one.example] for one in mending.guide)]


def _rows(mending: Mending) -> list[Texts]:
    header = [wording("desk.head.row", "id"), *mending.headers]
    return [header, *([str(row.number), *row.cells] for row in mending.rows)]


def _sheet(book: Any, name: str, rows: Sequence[Texts], wrong: Sequence[frozenset[int]] = ()) -> None:
    """A sheet of texts, its first row bold and kept in sight; `wrong` marks cells of each row after its number."""
    from openpyxl.cell import WriteOnlyCell

    sheet = book.create_sheet(wording(f"desk.sheet.{name}", "id"))
    sheet.freeze_panes = None if name == "guide" else "A2"
    for at, width in enumerate(WIDTHS[name]):
        sheet.column_dimensions["ABCDEFGHI"[at]].width = width
    plain, head, marked = (_styled(WriteOnlyCell(sheet), look) for look in ("plain", "head", "marked"))

    def cell(text: str | None, look: Any) -> Any:
        made = WriteOnlyCell(sheet, value=UNWRITABLE.sub("\ufffd", text or "")[:LONGEST_CELL])
        made.data_type = "s"  # never a formula, whatever it begins with
        made._style = look._style
        return made

    sheet.append([cell(text, head) for text in rows[0]])
    for at, texts in enumerate(rows[1:], start=1):
        blamed = {place + 1 for place in wrong[at]} if wrong else frozenset()
        sheet.append([cell(text, marked if place in blamed else plain) for place, text in enumerate(texts)])


def _styled(cell: Any, look: str) -> Any:
    """An empty cell with a look, which the others take over: to build it anew for each costs most of the time."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.number_format = "@"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if look == "head":
        cell.font = Font(bold=True)
    if look == "marked":
        cell.fill = PatternFill("solid", fgColor="FFF2B3")
    return cell
