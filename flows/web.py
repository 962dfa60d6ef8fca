"""[edge] The public zone over HTTP on loopback. Names that begin with a dot are not part of it.

What a city's own web server should do too: say what kind of file each is, as harvesters choose their parser by it,
and let pages of other origins read (CORS), for all of it is public.
"""

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

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


TEXTS = frozenset({"", ".html", ".css", ".js", ".json", ".jsonld", ".xml", ".svg"})
"""What is sent compressed, as a city's own web server would; a folder's address means its page. Data files are not:
their ranges are bytes of the file as it is."""


class Compressing:
    """Sends what is text compressed, to those who can read that and asked for the whole of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.plain, self.compressed = app, GZipMiddleware(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = any(name == b"range" for name, _ in scope.get("headers", ()))
        text = Path(scope.get("path", "")).suffix in TEXTS
        await (self.compressed if text and not part else self.plain)(scope, receive, send)


def application(folder: Path) -> Starlette:
    """A web application over the public zone."""
    files = PublicFiles(directory=folder, html=True)
    return Starlette(routes=[Mount("/", files)], middleware=[Middleware(Compressing)])


def listening(port: int) -> socket.socket:
    """A socket on loopback that takes connections already, so that an address is said only once it answers.

    OSError where the port is taken.
    """
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", port))
    opened.listen()
    return opened
