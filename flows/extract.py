"""Step 1: the source's bytes, or a database's rows, into an immutable private snapshot. The only step retried."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from flows import private
from flows.journey import Snapshot, Work
from flows.sandbox import run_apart, start_ahead
from flows.settings import connection
from schemas.contracts import FileSource, HttpSource, JsonLayout, Pages, SqlDumpSource, SqlSource
from transforms.preparation import prepare

SHA256_DIGITS = 64


def extract(work: Work) -> Snapshot:
    """Fetch the source of `work`; SupplierError for what was not delivered, OperatorError for what is out of reach."""
    arriving = work.workspace / "snapshot"
    start_ahead(prepare)
    with private.disk_faults(work.places):
        home = private.folder(_home(work))
        name, digest = _FETCH[work.contract.source.kind](work, arriving)
        arriving.chmod(0o600)
        kept = home / _kept_name(digest, name)
        arriving.replace(kept)
        return Snapshot(kept, digest, kept.stat().st_size, name)


def _kept_name(digest: str, name: str) -> str:
    return f"{digest}{Path(name).suffix.lower()}"


def _home(work: Work) -> Path:
    return work.places.private / "snapshots" / work.city.id / work.contract.id


def _fetch_file(work: Work, into: Path) -> tuple[str, str]:
    from flows.sources import files

    source = cast("FileSource", work.contract.source)
    path = files.found(work.contract, source, work.places.inbox)
    return path.name, files.copied(path, into)


def _fetch_rows(work: Work, into: Path) -> tuple[str, str]:
    from flows.sources import sql

    source = cast("SqlSource", work.contract.source)
    url = connection(source.connection, work.places.private)
    return source.connection, sql.unloaded(work.contract, source, url, into)


def _fetch_dump(work: Work, into: Path) -> tuple[str, str]:
    from flows.sources import dumps, files

    source = cast("SqlDumpSource", work.contract.source)
    path = files.found(work.contract, source, work.places.inbox)
    return path.name, dumps.unloaded(work.contract, source, path, into)


def _fetch_answer(work: Work, into: Path) -> tuple[str, str]:
    from flows.sources import http

    source = cast("HttpSource", work.contract.source)
    base = connection(source.connection, work.places.private) if source.connection else None
    url, name = http.address(source, base), source.path or work.contract.id
    if source.pages is not None:
        return name, _gathered(source, url, name, into)
    return name, _downloaded(url, name, into, _home(work))


def _gathered(source: HttpSource, url: str, name: str, into: Path) -> str:
    from flows.sources.pages import PagesJob, gathered

    read, pages = cast("JsonLayout", source.read), cast("Pages", source.pages)
    return run_apart(gathered, PagesJob(url, pages, read.records, into, name), str, name)


def _downloaded(url: str, name: str, into: Path, home: Path) -> str:
    """The answer's SHA-256; where the server says that it has not changed, the snapshot that we have serves again."""
    from flows.sources import http, remembered

    before = remembered.known(home, url)
    arrived = http.downloaded(url, into, before[1] if before else None)
    if arrived.sha256 is None and before:
        into.hardlink_to(before[0])
        return before[0].name[:SHA256_DIGITS]
    digest = str(arrived.sha256)
    remembered.remember(home, url, _kept_name(digest, name), arrived.validators)
    return digest


_FETCH: dict[str, Callable[[Work, Path], tuple[str, str]]] = {
    "csv": _fetch_file,
    "spreadsheet": _fetch_file,
    "json": _fetch_file,
    "geojson": _fetch_file,
    "sql": _fetch_rows,
    "sql-dump": _fetch_dump,
    "http": _fetch_answer,
}
