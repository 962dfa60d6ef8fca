"""Help pages in the reader's language. The library's own are English, whatever is asked for.

Reads no wordings from `schemas/messages`: parsing them would double the time that a help page takes. What an option
or an argument says of itself stands where it is declared, as `Bahasa Indonesia / English`.
"""

from collections.abc import Iterator
from typing import Any

from typer.core import TyperCommand

from flows.settings import language
from schemas.contracts.base import LANGUAGES, Language

WORDS: dict[str, dict[Language, str]] = {
    "usage": {"id": "Cara pakai: ", "en": "Usage: "},
    "verb": {"id": "PERINTAH", "en": "COMMAND"},
    "option": {"id": "[PILIHAN]", "en": "[OPTIONS]"},
    "argument": {"id": "Isian", "en": "Arguments"},
    "options": {"id": "Pilihan", "en": "Options"},
    "verbs": {"id": "Perintah", "en": "Commands"},
    "required": {"id": "wajib", "en": "required"},
    "default": {"id": "baku", "en": "default"},
    "help": {"id": "Tampilkan halaman ini.", "en": "Show this page."},
    "lang": {"id": "Bahasa: id (Indonesia, baku) atau en (Inggris).", "en": "Language: id (default) or en."},
    "each": {"id": "Rincian sebuah perintah: palu PERINTAH --help", "en": "More on a command: palu COMMAND --help"},
}
LANGUAGE_OPTION = "--lang id|en"
Row = tuple[str, str]


class Verb(TyperCommand):
    """One verb, whose help page is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, purpose, arguments, options."""
        parameters = self.get_params(ctx)
        arguments = [one for one in parameters if one.param_type_name == "argument"]
        options = [one for one in parameters if one.param_type_name == "option"]
        formatter.write_usage(ctx.command_path, " ".join([_word("option"), *map(_slot, arguments)]), _word("usage"))
        write_text(formatter, self.help or "")
        write_rows(formatter, "argument", [(said(one.metavar), _told(one)) for one in arguments])
        write_rows(formatter, "options", [*map(_option, options), (LANGUAGE_OPTION, _word("lang"))])


def write_overview(formatter: Any, path: str, purpose: str, verbs: list[Row]) -> None:
    """The page of the command itself: what it is for, and every verb."""
    formatter.write_usage(path, f"{_word('verb')} {_word('option')} …", _word("usage"))
    write_text(formatter, purpose)
    write_rows(formatter, "verbs", verbs)
    write_rows(formatter, "options", [("--help", _word("help")), (LANGUAGE_OPTION, _word("lang"))])
    write_text(formatter, _word("each"))


def write_text(formatter: Any, text: str) -> None:
    """A paragraph of its own."""
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def write_rows(formatter: Any, heading: str, rows: list[Row]) -> None:
    """A section of names and what they mean; nothing where there is none."""
    if rows:
        with formatter.section(_word(heading)):
            formatter.write_dl(rows)


def said(text: str | None) -> str:
    """The half of `Bahasa Indonesia / English` that the reader reads; the whole where there are no halves."""
    halves = (text or "").split(" / ")
    return halves[LANGUAGES.index(language(None))] if len(halves) == len(LANGUAGES) else halves[0]


def _word(name: str) -> str:
    return WORDS[name][language(None)]


def _slot(argument: Any) -> str:
    """An argument as the usage line has it: in brackets where it may stay out, with dots where it may come again."""
    name = said(argument.metavar)
    return (name if argument.required else f"[{name}]") + ("..." if argument.nargs != 1 else "")


def _option(option: Any) -> Row:
    if option.name == "help":
        return "--help", _word("help")
    value = "" if option.is_flag else f" {said(option.metavar)}"
    return option.opts[0] + value, _told(option)


def _told(parameter: Any) -> str:
    notes = "; ".join(_notes(parameter))
    return f"{said(parameter.help)} [{notes}]" if notes else said(parameter.help)


def _notes(parameter: Any) -> Iterator[str]:
    if parameter.required:
        yield _word("required")
    if parameter.show_default and isinstance(parameter.default, int) and not isinstance(parameter.default, bool):
        yield f"{_word('default')}: {parameter.default}"
