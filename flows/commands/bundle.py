"""`palu bundle`: a whole catalog in a folder or one zip file, which opens without a server or a network."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Cities, Public
from flows.commands.telling import progress, say
from flows.settings import places

Target = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER|ZIP",
        help="Folder baru, atau zip bila namanya berakhiran .zip. / A new folder, or a zip where its name ends so.",
        show_default=False,
    ),
]


def command(target: Target, city: Cities = None, public: Public = None) -> int:
    from flows.bundle import bundle

    where = places(public=public)
    with progress("progress.bundling", target=target):
        written = bundle(where, tuple(city or ()), target)
    say("bundle.done", target=target, files=written.files, megabytes=round(written.bytes / 1e6, 1))
    return 0
