"""`palu verify`: pointer -> manifests -> files, by their hashes, in a folder or behind an address."""

from typing import Annotated

import typer

from flows.commands.telling import err, progress, say
from flows.settings import language, places
from schemas.messages import message

Place = Annotated[
    str | None,
    typer.Argument(
        metavar="ALAMAT|FOLDER / URL|FOLDER",
        help="Tempat katalog; baku: folder publik. / Where the catalog is; by default the public folder.",
    ),
]


def command(place: Place = None) -> int:
    from catalog.audit import audit
    from flows.sources.shelves import shelf

    where = place or str(places().public)
    with progress("progress.verifying", place=where):
        result = audit(shelf(where))
    spoken = language(None)
    for problem in result.problems:
        err.print(message(f"audit.{problem.code}", problem.names, spoken).lines(spoken), markup=False)
    say("verify.done", releases=result.releases, files=result.files, problems=len(result.problems), place=where)
    return 1 if result.problems else 0
