"""[edge] The private zone: folders of mode 0700, files of mode 0600. Nothing in it is ever served."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.settings import Places
from schemas.errors import OperatorError, PaluError, is_disk_full
from schemas.findings import Report

LEAST_ROOM = 16 * 1024**2
"""Bytes. On a full disk Prefect's server does not start, and says so after two minutes; its database takes 3 MB."""


def folder(path: Path) -> Path:
    """`path` as a private folder, made where it does not stand yet."""
    for missing in reversed([path, *(parent for parent in path.parents if not parent.exists())]):
        missing.mkdir(mode=0o700, exist_ok=True)
    return path


@contextmanager
def workspace(private: Path) -> Iterator[Path]:
    """A folder for one dataset's journey, gone when it ends."""
    path = Path(tempfile.mkdtemp(prefix="run-", dir=folder(private / "work")))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def write(path: Path, data: bytes) -> None:
    """Replace a private file, whole or not at all."""
    folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def keep_report(private: Path, report: Report) -> None:
    """Keep the officer's copy of a report, over the one of the run before."""
    write(report_file(private, report.city, report.dataset), report.model_dump_json(indent=2).encode())


def report_file(private: Path, city: str, dataset: str) -> Path:
    """Where the officer's copy of a dataset's last report stands."""
    return private / "reports" / city / f"{dataset}.json"


@contextmanager
def disk_faults(places: Places) -> Iterator[None]:
    """What the operating system refuses, to us or to a library, becomes an operator's error: what and where."""
    try:
        yield
    except PaluError:
        raise
    except Exception as error:
        if is_disk_full(error):
            raise OperatorError("disk_full", place=_fullest(places)) from None
        if not isinstance(error, OSError) or error.errno is None:  # Arrow's word for a file that it cannot read
            raise
        place, reason = str(error.filename or "-"), os.strerror(error.errno)
        raise OperatorError("disk_refused", place=place, reason=reason) from None


def require_room(places: Places) -> None:
    """OperatorError where a zone's disk is as good as full, before anything is begun."""
    for zone in (places.private, places.public):
        if _room(zone) < LEAST_ROOM:
            raise OperatorError("disk_full", place=str(zone))


def _fullest(places: Places) -> str:
    """The zone whose disk has the least room left: a failed write does not say where it happened."""
    return str(min((places.private, places.public), key=_room))


def _room(zone: Path) -> int:
    standing = next(path for path in (zone, *zone.parents) if path.exists())
    return shutil.disk_usage(standing).free


def desk_page(private: Path, city: str) -> Path:
    """The officers' page on all datasets of a city."""
    return private / "meja" / f"{city}.html"


def desk(private: Path, city: str) -> Path:
    """The folder of a city's desk: how each dataset ended last, and the list of its rows to mend."""
    return private / "meja" / city


def mending_lists(private: Path, city: str, dataset: str) -> tuple[Path, Path]:
    """Where the rows of a dataset that somebody must mend are listed: a page, and a workbook."""
    folder = desk(private, city)
    return folder / f"{dataset}.html", folder / f"{dataset}.xlsx"


def forget_list(private: Path, city: str, dataset: str) -> None:
    """The list of a run replaces the one before; a run without faults leaves none."""
    for file in mending_lists(private, city, dataset):
        file.unlink(missing_ok=True)
