"""The options that several verbs share, each written once."""

from pathlib import Path
from typing import Annotated

import typer

Datasets = Annotated[list[str] | None, typer.Argument(metavar="[DATASET]...", show_default=False)]
Cities = Annotated[list[str] | None, typer.Option("--city", help="Kota / city.", show_default=False)]
Contracts = Annotated[
    Path | None, typer.Option(help="Folder kontrak / contracts: <kota>/city.yaml.", show_default=False)
]
Inbox = Annotated[Path | None, typer.Option(help="Folder berkas dinas / departments' files.", show_default=False)]
Public = Annotated[Path | None, typer.Option(help="Folder katalog / catalog.", show_default=False)]
Private = Annotated[Path | None, typer.Option(help="Folder tertutup / private files.", show_default=False)]
Member = Annotated[
    str | None, typer.Option("--member", help="Berkas di dalam arsip zip / file in a zip archive.", show_default=False)
]
