"""The error values of spreadsheets, and their codes in Excel's binary formats ([MS-XLSB] 2.5.98.2, BErr)."""

ERROR_OF_CODE = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
UNKNOWN_ERROR = "#ERROR!"
ERROR_TEXTS = frozenset(ERROR_OF_CODE.values())


def error_text(code: int) -> str:
    """The error as Excel shows it."""
    return ERROR_OF_CODE.get(code, UNKNOWN_ERROR)
