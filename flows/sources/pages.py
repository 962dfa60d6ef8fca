"""[edge] Records that an API hands out page by page -> one JSON file, as if it had handed them out at once.

Runs in a process of its own, for the pages are foreign files. A part never passes for the whole.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from flows.sources import http
from flows.sources.hops import host_of
from schemas.contracts import Pages
from schemas.errors import OperatorError, SupplierError
from transforms.reading.records import Number, json_text, read_page, standing_at


@dataclass(frozen=True, slots=True)
class PagesJob:
    """What is to be gathered: from where, how, and into which file. `name` is what messages call it."""

    url: str
    pages: Pages
    records: str | None
    into: Path
    name: str


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    url: str
    document: Any
    records: list[str]
    link: str | None


def gathered(job: PagesJob) -> str:
    """Write all records to `job.into`, where `read.records` looks for them; the file's SHA-256.

    SupplierError: `pages_total`, `pages_repeated`, `pages_too_many`, `pages_unclear`, `http_too_large`, and what
    reading JSON finds wrong; OperatorError as of `http.downloaded`.
    """
    before, behind = _wrapping(job.records)
    digest, separator = hashlib.sha256(), ""
    with job.into.open("wb") as target:

        def write(text: str) -> None:
            data = text.encode("utf-8", "surrogatepass")
            digest.update(data)
            target.write(data)
            if target.tell() > http.MOST_BYTES:
                raise SupplierError("http_too_large", host=host_of(job.url), limit=http.MOST_BYTES)

        write(before)
        for record in _records(job):
            write(separator + record)
            separator = ",\n"
        write(behind)
    return digest.hexdigest()


def _wrapping(dotted: str | None) -> tuple[str, str]:
    """What stands before and behind the records, so that they are found at their dotted path."""
    steps = dotted.split(".") if dotted else []
    return "".join(f"{{{json.dumps(step)}:" for step in steps) + "[", "]" + "}" * len(steps)


def _records(job: PagesJob) -> Iterator[str]:
    """Every record as JSON, and an error where they are not as many as the server says."""
    count, total = 0, None
    for page in _pages(job):
        said = _total(job, page)
        if page.records:
            count += len(page.records)
            yield from page.records
            if total is not None and said != total:
                raise _not_whole(job, said, count)
        total = said if total is None else total
        if total is not None and count >= total:
            break
    if total is not None and count != total:
        raise _not_whole(job, total, count)


def _not_whole(job: PagesJob, total: int | None, count: int) -> SupplierError:
    return SupplierError("pages_total", host=host_of(job.url), total="-" if total is None else total, records=count)


def _pages(job: PagesJob) -> Iterator[_Page]:
    """The pages in their order, to the empty one or to the last one."""
    url, seen, count = _first(job), set[bytes](), 0
    for number in range(1, job.pages.at_most + 1):
        page = _fetched(job, number, url)
        mark = hashlib.sha256("\n".join(page.records).encode("utf-8", "surrogatepass")).digest()
        if page.records and mark in seen:
            raise SupplierError("pages_repeated", host=host_of(job.url), page=number)
        seen.add(mark)
        yield page
        count += len(page.records)
        following = _following(job, page, count) if page.records else None
        if following is None:
            return
        url = following
    raise SupplierError("pages_too_many", host=host_of(job.url), limit=job.pages.at_most)


def _fetched(job: PagesJob, number: int, url: str) -> _Page:
    file = job.into.with_name("page")
    arrived = http.downloaded(url, file)
    document, records = read_page(file, job.records, job.name)
    file.unlink()
    return _Page(number, url, document, list(map(json_text, records)), arrived.link)


def _first(job: PagesJob) -> str:
    pages = job.pages
    asked = {pages.size.parameter: str(pages.size.value)} if pages.size else {}
    starts = {"page": pages.first, "offset": 0}
    if pages.parameter and pages.by in starts:
        asked[pages.parameter] = str(starts[pages.by])
    return _asking(job.url, asked)


def _following(job: PagesJob, page: _Page, count: int) -> str | None:
    pages, parameter = job.pages, job.pages.parameter or ""
    match pages.by:
        case "page":
            return _asking(page.url, {parameter: str(pages.first + page.number)})
        case "offset":
            return _asking(page.url, {parameter: str(count)})
        case "cursor":
            cursor = _next(job, page)
            return None if cursor is None else _asking(page.url, {parameter: cursor})
    link = page.link if pages.next is None else _next(job, page)
    return None if link is None else _linked(job, page, link)


def _next(job: PagesJob, page: _Page) -> str | None:
    """What stands at `next`. A first answer that lacks it may be all there is, or the contract may be wrong."""
    found = standing_at(page.document, job.pages.next or "")
    if not found and page.number == 1 and job.pages.total is None:
        raise _unclear(job, page, "next")
    match found:
        case () | (None,) | ("",) | (False,):
            return None
        case (Number(text),) | (str() as text,):
            return text
    raise _unclear(job, page, "next")


def _total(job: PagesJob, page: _Page) -> int | None:
    if job.pages.total is None:
        return None
    match standing_at(page.document, job.pages.total):
        case (Number(text),) | (str() as text,) if text.isascii() and text.isdigit():
            return int(text[:18])
    raise _unclear(job, page, "total")


def _unclear(job: PagesJob, page: _Page, key: str) -> SupplierError:
    return SupplierError("pages_unclear", host=host_of(job.url), page=page.number, key=key)


def _linked(job: PagesJob, page: _Page, link: str) -> str:
    """The next page's address, on the same host and in the scheme that the contract asked in.

    Many servers stand behind another that speaks TLS for them, and write `http` into their links.
    """
    try:
        start, target = urlsplit(job.url), urlsplit(urljoin(page.url, link))
    except ValueError:
        raise _unclear(job, page, "next") from None
    if target.hostname != start.hostname or target.scheme not in ("http", "https"):
        raise OperatorError("redirect_refused", host=host_of(job.url), target=target.hostname or "-", kind="host")
    return target._replace(scheme=start.scheme, netloc=start.netloc).geturl()


def _asking(url: str, parameters: dict[str, str]) -> str:
    """The address with these parameters, in place of those of the same names."""
    parts = urlsplit(url)
    kept = [(name, text) for name, text in parse_qsl(parts.query, keep_blank_values=True) if name not in parameters]
    return parts._replace(query=urlencode([*kept, *parameters.items()])).geturl()
