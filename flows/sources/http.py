"""[edge] A file behind HTTP: fetched whole or not at all, within limits of time and size.

Redirects are followed by hand (`hops`), for each may lead where we must not go.
"""

import hashlib
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.contracts import HttpSource
from schemas.errors import OperatorError, SupplierError

from .hops import Hop, followed, host_of

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 2 * 1024**3
SECONDS = 60.0
"""Without a byte."""
MOST_SECONDS = 1800.0
MOST_REDIRECTS = 5
MOST_ATTEMPTS = 3
MOST_WAIT_SECONDS = 120
"""A server that asks for more is left alone until the next run."""
GZIP_OR_ZLIB = 47
"""zlib's window bits for whichever of the two it is."""


def address(source: HttpSource, base: str | None) -> str:
    """Where the file stands: the contract's URL, or the setting's with the contract's path."""
    if source.url is not None:
        return source.url
    return f"{(base or '').rstrip('/')}/{(source.path or '').lstrip('/')}"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said to recognise its answer by (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer that is written down; `sha256` is None where it is still the one that we have (304)."""

    sha256: str | None
    validators: Validators
    link: str | None


class _Busy(Exception):
    """The server names the seconds after which it may be asked again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def downloaded(url: str, into: Path, known: Validators | None = None) -> Arrived:
    """Write the answer's bytes to `into`, or learn that they are those that `known` came with.

    OperatorError for a server that is out of reach, slow, busy, or breaks off, and for a redirect that must not be
    followed; SupplierError for too large an answer.
    """
    for attempt in range(1, MOST_ATTEMPTS + 1):
        try:
            return _at_the_end(url, into, known)
        except _Busy as busy:
            if attempt == MOST_ATTEMPTS or busy.seconds > MOST_WAIT_SECONDS:
                raise OperatorError("http_busy", host=host_of(url), seconds=busy.seconds) from None
            time.sleep(busy.seconds)
    raise AssertionError


def _at_the_end(url: str, into: Path, known: Validators | None) -> Arrived:
    """What stands at the end of the redirects."""
    hop = Hop(url)
    for _ in range(MOST_REDIRECTS + 1):
        came = _visit(hop, into, known)
        if isinstance(came, Arrived):
            return came
        hop = followed(url, hop, came)
    raise OperatorError("redirect_refused", host=host_of(url), target=host_of(hop.url), kind="loop")


def _visit(hop: Hop, into: Path, known: Validators | None) -> Arrived | str:
    """One request: its answer, or where it sends us. The one boundary where the client's errors end."""
    import httpx

    host = host_of(hop.url)
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False) as client,
            client.stream("GET", hop.address, headers=_headers(hop, known), extensions=hop.extensions) as answer,
        ):
            if answer.has_redirect_location:
                return answer.headers["Location"]
            if answer.status_code == httpx.codes.NOT_MODIFIED and known is not None:
                return Arrived(None, known, None)
            _refuse_status(answer, host)
            return Arrived(_written(answer, into, host), *_said_beside(answer))
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, ValueError, OverflowError, TimeoutError) as error:
        raise OperatorError("http_unreachable", host=host, kind=type(error).__name__) from None


def _headers(hop: Hop, known: Validators | None) -> dict[str, str]:
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {"Accept-Encoding": "gzip", **hop.headers, **{name: text for name, text in conditions.items() if text}}


def _refuse_status(answer: "httpx.Response", host: str) -> None:
    import httpx

    if answer.status_code == httpx.codes.OK:
        return
    if answer.status_code in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
        seconds = _seconds_to_wait(answer.headers.get("Retry-After", ""))
        if seconds is not None:
            raise _Busy(seconds)
    raise OperatorError("http_status", host=host, status=answer.status_code)


def _seconds_to_wait(said: str) -> int | None:
    """Of `Retry-After` (RFC 9110, 10.2.3): seconds, or a moment."""
    if said.isascii() and said.isdigit():
        return int(said[:9])
    try:
        return max(0, int(parsedate_to_datetime(said).timestamp() - time.time()) + 1)
    except ValueError:
        return None


def _said_beside(answer: "httpx.Response") -> tuple[Validators, str | None]:
    validators = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
    return validators, answer.links.get("next", {}).get("url")


def _written(answer: "httpx.Response", into: Path, host: str) -> str:
    digest = hashlib.sha256()
    with into.open("wb") as target:
        for chunk in _punctual(_decoded(answer)):
            digest.update(chunk)
            target.write(chunk)
            if target.tell() > MOST_BYTES:
                raise SupplierError("http_too_large", host=host, limit=MOST_BYTES)
    return digest.hexdigest()


def _decoded(answer: "httpx.Response") -> Iterator[bytes]:
    """The answer's bytes, unpacked here: httpx passes over a compressed answer that breaks off."""
    import httpx

    encoding = answer.headers.get("Content-Encoding", "identity").lower()
    if encoding == "identity":
        yield from answer.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise httpx.DecodingError("encoding")
    unpacking = zlib.decompressobj(wbits=GZIP_OR_ZLIB)
    for chunk in answer.iter_raw():
        yield unpacking.decompress(chunk)
    if not unpacking.eof or unpacking.unused_data:
        raise httpx.DecodingError("length")


def _punctual(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks as they come; a server that never ends is given up."""
    end = time.monotonic() + MOST_SECONDS
    for chunk in chunks:
        if time.monotonic() > end:
            raise TimeoutError
        yield chunk
