"""[edge] A file behind HTTP: fetched whole or not at all, within limits of time and size."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from schemas.contracts import HttpSource
from schemas.errors import OperatorError, SupplierError

MOST_BYTES = 2 * 1024**3
SECONDS = 60.0


def address(source: HttpSource, base: str | None) -> str:
    """Where the file stands: the contract's URL, or the setting's with the contract's path."""
    if source.url is not None:
        return source.url
    return f"{(base or '').rstrip('/')}/{(source.path or '').lstrip('/')}"


def downloaded(url: str, into: Path) -> str:
    """Write the answer's bytes to `into`; their SHA-256. Redirects are not followed."""
    import httpx

    host = urlsplit(url).hostname or "-"
    digest = hashlib.sha256()
    try:
        with (
            httpx.stream("GET", url, timeout=SECONDS, follow_redirects=False) as answer,
            into.open("wb") as target,
        ):
            if answer.status_code != httpx.codes.OK:
                raise OperatorError("http_status", host=host, status=answer.status_code)
            for chunk in answer.iter_bytes():
                digest.update(chunk)
                target.write(chunk)
                if target.tell() > MOST_BYTES:
                    raise SupplierError("http_too_large", host=host, limit=MOST_BYTES)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OperatorError("http_unreachable", host=host, kind=type(error).__name__) from None
    return digest.hexdigest()
