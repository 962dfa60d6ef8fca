"""[edge] The public zone over HTTP on loopback. Names that begin with a dot are not part of it."""

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class PublicFiles(StaticFiles):
    """Static files with byte ranges and index pages; staging folders stay unseen."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if any(part.startswith(".") and part != "." for part in Path(path).parts):
            raise HTTPException(status_code=404)
        return await super().get_response(path, scope)


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
