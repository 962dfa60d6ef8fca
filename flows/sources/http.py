"""[edge] A file behind HTTP: fetched whole or not at all, within limits of time and size."""

import hashlib
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schemas.contracts import HttpSource
from schemas.errors import OperatorError, SupplierError

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 2 * 1024**3
SECONDS = 60.0
"""Without a byte."""
MOST_SECONDS = 1800.0
GZIP_OR_ZLIB = 47
"""zlib's window bits for whichever of the two it is."""


def address(source: HttpSource, base: str | None) -> str:
    """Where the file stands: the contract's URL, or the setting's with the contract's path."""
    if source.url is not None:
        return source.url
    return f"{(base or '').rstrip('/')}/{(source.path or '').lstrip('/')}"


def downloaded(url: str, into: Path) -> str:
    """Write the answer's bytes to `into`; their SHA-256. Redirects are not followed.

    OperatorError for a server that is out of reach, slow, or breaks off; SupplierError for too large an answer.
    """
    import httpx

    host = _host(url)
    headers = {"Accept-Encoding": "gzip"}
    digest = hashlib.sha256()
    try:
        with (
            httpx.stream("GET", url, headers=headers, timeout=SECONDS, follow_redirects=False) as answer,
            into.open("wb") as target,
        ):
            if answer.status_code != httpx.codes.OK:
                raise OperatorError("http_status", host=host, status=answer.status_code)
            for chunk in _punctual(_decoded(answer)):
                digest.update(chunk)
                target.write(chunk)
                if target.tell() > MOST_BYTES:
                    raise SupplierError("http_too_large", host=host, limit=MOST_BYTES)
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error, ValueError, OverflowError, TimeoutError) as error:
        raise OperatorError("http_unreachable", host=host, kind=type(error).__name__) from None
    return digest.hexdigest()


def _host(url: str) -> str:
    """The part of an address that may be told to everyone."""
    try:
        return urlsplit(url).hostname or "-"
    except ValueError:
        return "-"


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
