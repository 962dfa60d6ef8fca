"""`palu prefect …`: Prefect's own command with this project's folder and manners (private, without telemetry)."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.settings import places, prefect_home

Words = Annotated[list[str] | None, typer.Argument(metavar="...")]

CONTEXT = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def command(words: Words = None) -> int:
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "WARNING")
    from flows.runs import close

    close(places())
    prefect_home(places().private)
    os.environ.setdefault("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    program = Path(sys.executable).parent / "prefect"
    os.execv(program, [str(program), *(words or ())])  # noqa: S606 Prefect takes this process over
