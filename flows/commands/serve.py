"""`palu serve`: the public zone on loopback, with byte ranges. For looking; any web server may serve the folder."""

from typing import Annotated

import typer

from flows.commands.options import Public
from flows.commands.telling import say
from flows.settings import places
from schemas.errors import AuthorError, OperatorError

Port = Annotated[int, typer.Option(min=0, max=65535, metavar="ANGKA / NUMBER", help="Porta, 0-65535. / Port, 0-65535.")]


def command(public: Public = None, port: Port = 8000) -> int:
    folder = places(public=public).public
    if not folder.is_dir():
        raise AuthorError("nothing_to_serve", public=str(folder))
    import uvicorn

    from flows.web import application, listening

    try:
        socket = listening(port)
    except OSError:
        raise OperatorError("port_taken", port=port) from None
    say("serve.open", address=f"http://127.0.0.1:{socket.getsockname()[1]}/")
    server = uvicorn.Server(uvicorn.Config(application(folder), log_level="error"))
    server.run(sockets=[socket])
    return 0
