"""The `palu` command: a table of verbs, each in a module of its own that is loaded when it is called.

`palu --help` imports nothing heavy. `--lang en` may stand anywhere.
"""

import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from flows.commands.helping import Verb, write_overview
from flows.settings import language, places
from schemas.contracts.base import LANGUAGES, Language
from schemas.errors import AuthorError, OperatorError, PaluError

VERBS: dict[str, dict[Language, str]] = {
    "look": {
        "id": "Lihat apa yang terbaca dalam sebuah berkas, sebelum ada kontraknya.",
        "en": "Show what is seen in a file, before there is a contract.",
    },
    "new": {
        "id": "Buat kontrak dataset baru dari sebuah berkas.",
        "en": "Draft the contract of a new dataset from a file.",
    },
    "template": {
        "id": "Buat templat Excel sebuah dataset untuk diisi dinas.",
        "en": "Make a dataset's Excel template for the department to fill.",
    },
    "publish": {"id": "Terbitkan dataset ke katalog publik.", "en": "Publish datasets to the public catalog."},
    "check": {
        "id": "Periksa dataset, berkas, atau kontrak tanpa menerbitkan apa pun.",
        "en": "Check datasets, a file or a contract; nothing is published.",
    },
    "decide": {
        "id": "Putuskan kolom demi kolom: terbuka atau dikecualikan (PPID).",
        "en": "Decide field by field what is open and what is exempt (PPID).",
    },
    "approve": {
        "id": "Lihat apa yang akan keluar, lalu setujui (PPID).",
        "en": "Look at what would leave, then approve it (PPID).",
    },
    "list": {"id": "Tampilkan daftar dataset dan keadaannya.", "en": "List the datasets and their state."},
    "serve": {"id": "Buka katalog publik di komputer ini.", "en": "Serve the public catalog on this computer."},
    "bundle": {
        "id": "Salin seluruh katalog ke folder atau zip yang dapat dibuka tanpa jaringan.",
        "en": "Copy the whole catalog to a folder or zip that opens without a network.",
    },
    "verify": {
        "id": "Buktikan bahwa isi katalog sesuai dengan manifesnya.",
        "en": "Prove that a catalog is what its manifests say.",
    },
    "withdraw": {
        "id": "Tarik rilis sebuah dataset: yang terakhir, atau yang memuat sebuah kolom.",
        "en": "Take back releases of a dataset: the latest, or those that carry a field.",
    },
    "prefect": {
        "id": "Jalankan perintah Prefect (berbahasa Inggris) dengan pengaturan proyek ini.",
        "en": "Run a command of Prefect with this project's settings.",
    },
    "schema": {"id": "Cetak JSON Schema kontrak.", "en": "Print the contract's JSON Schema."},
}


class Verbs(TyperGroup):
    """Verbs by name. The help page lists them without loading; a verb's module is imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*VERBS]  # `list` is a verb of this package, once it is loaded

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return Verb(cmd_name, help=VERBS[cmd_name][_spoken()]) if cmd_name in VERBS else None

    def format_help(self, ctx: Any, formatter: Any) -> None:
        verbs = [(name, text[_spoken()]) for name, text in VERBS.items()]
        write_overview(formatter, ctx.command_path, PURPOSE[_spoken()], verbs)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, listed, rest = super().resolve_command(ctx, args)
        return name, _loaded(str(name)) if listed else listed, rest


def _loaded(verb: str) -> Any:
    application = typer.Typer(add_completion=False, rich_markup_mode=None)
    module = import_module(f"flows.commands.{verb}")
    context = getattr(module, "CONTEXT", None)
    application.command(verb, cls=Verb, help=VERBS[verb][_spoken()], context_settings=context)(module.command)
    return get_command(application)


def _spoken() -> Language:
    return language(None)


def main() -> None:
    """The entry point: takes `--lang` from wherever it stands, then hands over to the verb."""
    arguments = _without_language(sys.argv[1:])
    asked = os.environ.get("PALU_LANG") or "id"
    if asked not in LANGUAGES:
        sys.exit(told(AuthorError("language_unknown", language=asked)))
    application = typer.Typer(cls=Verbs, add_completion=False, rich_markup_mode=None)

    @application.callback(help=PURPOSE[_spoken()])
    def palu() -> None:
        pass

    sys.exit(_run(get_command(application), arguments))


def _run(command: Any, arguments: list[str]) -> int:
    """Run a verb; every error is told once, in the reader's language and in our own words, with its exit code."""
    if not arguments:
        arguments = ["--help"]
    try:
        code = command.main(arguments, prog_name="palu", standalone_mode=False)
    except typer.TyperException as error:
        from flows.commands.usage import misuse

        return told(misuse(error, arguments, [*VERBS]))
    except typer.Abort:
        return OperatorError.exit_code
    except PaluError as error:
        return told(error)
    except Exception as error:  # noqa: BLE001 the boundary: nobody reads a library's traceback
        from flows.runs import unforeseen

        return told(unforeseen(error, places(), f"palu {arguments[0]}"))
    return code if isinstance(code, int) else 0


def told(error: PaluError) -> int:
    """Tell an error on standard error; its exit code."""
    from flows.commands.telling import tell_error

    tell_error(error)
    return error.exit_code


PURPOSE: dict[Language, str] = {
    "id": "Penerbit data terbuka kota: dari berkas dinas ke katalog publik.",
    "en": "The publisher of a city's open data: from a department's file to the public catalog.",
}


def _without_language(arguments: list[str]) -> list[str]:
    kept = [*arguments]
    for position, word in enumerate(arguments):
        if word == "--lang" and position + 1 < len(arguments):
            os.environ["PALU_LANG"] = arguments[position + 1]
            kept[position : position + 2] = []
            break
        if word.startswith("--lang="):
            os.environ["PALU_LANG"] = word.removeprefix("--lang=")
            kept.pop(position)
            break
    return kept
