"""[edge] A template's layout -> an Excel workbook: a sheet to fill, a sheet of lists, a sheet that says how.

Everything in it comes from the contract; it holds no data. A code's column is text, so that its zeros survive.
"""

import os
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.contracts import FieldType, Language
from schemas.contracts.field import Bound
from schemas.errors import AuthorError, OperatorError
from schemas.messages import wording
from schemas.template import Template, TemplateColumn

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LISTS, GUIDE = "Daftar", "Petunjuk"
LAST_ROW = 1_048_576
LONGEST_PROMPT, LONGEST_PROMPT_TITLE = 255, 32
"""Excel's own limits; it takes a workbook that exceeds them for a damaged one."""
WHOLE_NUMBERS = 2**53 - 1
"""Beyond it a spreadsheet loses digits."""
LARGEST = 1e300
WIDEST_COLUMN, NARROWEST_COLUMN = 45, 12
FORMATS: dict[FieldType, str] = {
    "string": "@",
    "integer": "0",
    "number": "General",
    "boolean": "@",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm:ss",
    "time": "hh:mm:ss",
    "year": "0",
    "yearmonth": "@",
    "geojson": "@",
}
REQUIRED_FILL, OPTIONAL_FILL = "FFF2CC", "DDEBF7"


def write_template(template: Template, language: Language, into: Path) -> None:
    """Write the workbook. Where the contract names no sheet, only the one to fill is visible: readers take that one."""
    from openpyxl import Workbook

    workbook = Workbook()
    rows: Worksheet = workbook.active
    rows.title = template.sheet
    lists, guide = workbook.create_sheet(_free(LISTS, template)), workbook.create_sheet(_free(GUIDE, template))
    rows.freeze_panes = "A2"
    for number, column in enumerate(template.columns, start=1):
        _lay_out(rows, lists, number, column, language)
    _explain(guide, template, language)
    if not any(column.choices for column in template.columns):
        workbook.remove(lists)
    if not template.names_sheet:
        for sheet in workbook.worksheets[1:]:
            sheet.sheet_state = "hidden"
    workbook.save(into)


def keep_template(template: Template, language: Language, file: Path) -> None:
    """Write the workbook to a file that does not stand yet; AuthorError for one that does, or cannot be written."""
    if file.exists():
        raise AuthorError("file_stands", file=str(file))
    if file.suffix != ".xlsx":
        raise AuthorError("template_suffix", file=str(file))
    try:
        write_template(template, language, file)
    except OSError as error:
        raise OperatorError("disk_refused", place=str(file), reason=os.strerror(error.errno or 0)) from None


def _free(name: str, template: Template) -> str:
    return f"{name} 2" if name.casefold() == template.sheet.casefold() else name


def _lay_out(rows: "Worksheet", lists: "Worksheet", number: int, column: TemplateColumn, language: Language) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(number)
    header = _put(rows, 1, number, column.header)
    header.font, header.number_format = Font(bold=True), "@"
    header.fill = PatternFill("solid", fgColor=REQUIRED_FILL if column.required else OPTIONAL_FILL)
    header.alignment = Alignment(wrap_text=True, vertical="top")
    header.comment = Comment("\n".join((column.title, *column.notes)), GUIDE, height=160, width=320)
    dimension = rows.column_dimensions[letter]
    dimension.number_format = FORMATS[column.type]
    dimension.width = min(max(len(column.header) + 4, NARROWEST_COLUMN), WIDEST_COLUMN)
    if column.choices:
        _list(lists, number, column)
    validation = _validation(column, lists.title, letter)
    validation.allow_blank = not column.required
    validation.promptTitle = column.title[:LONGEST_PROMPT_TITLE]
    validation.prompt = " ".join(column.notes)[:LONGEST_PROMPT]
    validation.errorTitle = column.title[:LONGEST_PROMPT_TITLE]
    validation.error = wording("template.wrong", language)
    validation.showInputMessage = validation.showErrorMessage = True
    validation.add(f"{letter}2:{letter}{LAST_ROW}")
    rows.add_data_validation(validation)


def _put(sheet: "Worksheet", row: int, column: int, value: Bound) -> Any:
    """A value as itself: a text that begins like a formula stays a text."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _list(lists: "Worksheet", number: int, column: TemplateColumn) -> None:
    _put(lists, 1, number, column.header)
    for row, choice in enumerate(column.choices, start=2):
        _put(lists, row, number, choice).number_format = FORMATS[column.type]


def _validation(column: TemplateColumn, lists: str, letter: str) -> "DataValidation":
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices:
        listed = f"'{lists}'!${letter}$2:${letter}${len(column.choices) + 1}"
        return DataValidation(type="list", formula1=listed)
    kind, low, high = _limits(column)
    if kind is None:
        return DataValidation()
    return DataValidation(type=kind, operator="between", formula1=_formula(low), formula2=_formula(high))


def _limits(column: TemplateColumn) -> tuple[Any, Bound, Bound]:
    """Excel's kind of validation, and the two ends within which a value must lie."""
    low, high = column.minimum, column.maximum
    match column.type:
        case "integer" | "year":
            return "whole", _or(low, -WHOLE_NUMBERS), _or(high, WHOLE_NUMBERS)
        case "number":
            return "decimal", _or(low, -LARGEST), _or(high, LARGEST)
        case "date" | "datetime":
            return "date", _or(low, date(1900, 1, 1)), _or(high, date(9999, 12, 31))
        case "time":
            return "time", _or(low, time(0)), _or(high, time(23, 59, 59))
    if column.shortest is None and column.longest is None:
        return None, 0, 0
    return "textLength", _or(column.shortest, 0), _or(column.longest, 32_767)


def _or(bound: Bound | None, otherwise: Bound) -> Bound:
    return otherwise if bound is None else bound


def _formula(bound: Bound) -> str:
    match bound:
        case datetime():
            day, clock = _formula(bound.date()), _formula(bound.time())
            return f"{day}+{clock}"
        case date():
            return f"DATE({bound.year},{bound.month},{bound.day})"
        case time():
            return f"TIME({bound.hour},{bound.minute},{bound.second})"
    return repr(bound).upper()


def _explain(guide: "Worksheet", template: Template, language: Language) -> None:
    """How to fill and send, then every column in a row of its own."""
    from openpyxl.styles import Alignment, Font

    steps = [wording(f"template.step.{step}", language) for step in ("fill", "colours", "lists", "columns", "paste")]
    added = [wording(f"template.added.{kind}", language, title=title) for kind, title in template.added]
    sent = "template.step.send" if template.sent_as else "template.step.send_elsewhere"
    sending = wording(sent, language, name=(template.sent_as or "").rsplit("/", 1)[-1])
    _rows(
        guide,
        [
            [wording("template.title", language, title=template.title)],
            [],
            *([one] for one in steps),
            [sending],
            *([one] for one in added),
        ],
    )
    guide["A1"].font = Font(bold=True, size=14)
    start = guide.max_row + 2
    heads = [wording(f"template.{word}", language) for word in ("column", "required", "kind", "notes", "choices")]
    _rows(guide, [heads, *(_described(column, language) for column in template.columns)], start)
    for cell in guide[start]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (32, 10, 20, 70, 40), strict=True):
        guide.column_dimensions[letter].width = width
    for row in guide.iter_rows(min_row=start):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _described(column: TemplateColumn, language: Language) -> list[str]:
    required = wording("template.yes" if column.required else "template.no", language)
    choices = ", ".join(map(str, column.choices))
    return [column.header, required, wording(f"type.{column.type}", language), " ".join(column.notes), choices]


def _rows(sheet: "Worksheet", rows: Iterable[list[str]], start: int = 1) -> None:
    for number, cells in enumerate(rows, start):
        for at, text in enumerate(cells, start=1):
            _put(sheet, number, at, text)
