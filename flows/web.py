"""[edge] The public zone over HTTP on loopback. Names that begin with a dot are not part of it.

What a city's own web server should do too: say what kind of file each is, as harvesters choose their parser by it,
and let pages of other origins read (CORS), for all of it is public.
"""

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KINDS = {
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    "feed.xml": "application/atom+xml",
}
"""By how a name ends, where the machine's own list of media types may not know it."""


class PublicFiles(StaticFiles):
    """Static files with byte ranges and index pages; staging folders stay unseen."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if any(part.startswith(".") and part != "." for part in Path(path).parts):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if kind := next((kind for end, kind in KINDS.items() if path.endswith(end)), None):
            response.headers["Content-Type"] = kind
        return response


def application(folder: Path) -> Starlette:
    """A web application over the public zone."""
    return Starlette(routes=[Mount("/", PublicFiles(directory=folder, html=True))])


def listening(port: int) -> socket.socket:
    """A socket on loopback that takes connections already, so that an address is said only once it answers.

    OSError where the port is taken.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", port))
    opened.listen()
    return opened
