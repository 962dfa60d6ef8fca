"""[edge] A public zone to audit: a folder, or an address that serves one."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from catalog.audit import Shelf
from schemas.errors import AuthorError, OperatorError

CHUNK = 1024 * 1024
SECONDS = 60.0


def shelf(place: str) -> Shelf:
    """How to read what `place` holds; AuthorError for a folder that does not exist."""
    if place.startswith(("http://", "https://")):
        return _behind(place.rstrip("/"))
    if not Path(place).is_dir():
        raise AuthorError("nothing_to_verify", place=place)
    return _below(Path(place))


def _below(folder: Path) -> Shelf:
    def read(path: PurePosixPath) -> Iterable[bytes] | None:
        file = folder / path
        return _chunks(file) if file.is_file() else None

    return read


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


def _behind(address: str) -> Shelf:
    import httpx

    client = httpx.Client(timeout=SECONDS, follow_redirects=True)

    def read(path: PurePosixPath) -> Iterable[bytes] | None:
        try:
            request = client.build_request("GET", f"{address}/{path}")
            answer = client.send(request, stream=True)
        except httpx.HTTPError as error:
            raise OperatorError("http_unreachable", host=address, kind=type(error).__name__) from None
        if answer.status_code == httpx.codes.NOT_FOUND:
            answer.close()
            return None
        if answer.status_code != httpx.codes.OK:
            raise OperatorError("http_status", host=address, status=answer.status_code)
        return answer.iter_raw() if "content-encoding" not in answer.headers else answer.iter_bytes()

    return read
