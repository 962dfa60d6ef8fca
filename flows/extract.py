"""Step 1: the source's bytes, or a database's rows, into an immutable private snapshot. The only step retried."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from flows import private
from flows.journey import Snapshot, Work
from flows.sandbox import start_ahead
from flows.settings import connection
from schemas.contracts import FileSource, HttpSource, SqlSource
from transforms.preparation import prepare


def extract(work: Work) -> Snapshot:
    """Fetch the source of `work`; SupplierError for what was not delivered, OperatorError for what is out of reach."""
    arriving = work.workspace / "snapshot"
    start_ahead(prepare)
    with private.disk_faults(work.places):
        home = private.folder(work.places.private / "snapshots" / work.city.id / work.contract.id)
        name, digest = _FETCH[work.contract.source.kind](work, arriving)
        arriving.chmod(0o600)
        kept = home / f"{digest}{Path(name).suffix.lower()}"
        arriving.replace(kept)
        return Snapshot(kept, digest, kept.stat().st_size, name)


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


def _fetch_answer(work: Work, into: Path) -> tuple[str, str]:
    from flows.sources import http

    source = cast("HttpSource", work.contract.source)
    base = connection(source.connection, work.places.private) if source.connection else None
    url = http.address(source, base)
    return source.path or work.contract.id, http.downloaded(url, into)


_FETCH: dict[str, Callable[[Work, Path], tuple[str, str]]] = {
    "csv": _fetch_file,
    "spreadsheet": _fetch_file,
    "json": _fetch_file,
    "geojson": _fetch_file,
    "sql": _fetch_rows,
    "http": _fetch_answer,
}
