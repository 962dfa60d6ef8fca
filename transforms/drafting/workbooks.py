"""The sheets of a workbook that a person sees."""

from pathlib import Path

from python_calamine import (
    CalamineError,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
    load_workbook,
)


def visible_sheets(path: Path) -> tuple[str, ...]:
    """Their names in order; none of a file that is no workbook, which reading tells in its own words."""
    try:
        with load_workbook(path) as workbook:
            return tuple(
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            )
    except (CalamineError, PasswordError, XmlError, ZipError):
        return ()
