"""[edge] The private zone: folders of mode 0700, files of mode 0600. Nothing in it is ever served."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import OperatorError, PaluError


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
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)


@contextmanager
def disk_faults() -> Iterator[None]:
    """What the operating system refuses becomes an operator's error that says what and where."""
    try:
        yield
    except PaluError:
        raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise OperatorError("disk_full", place=_place(error)) from None
        raise OperatorError("disk_refused", place=_place(error), reason=os.strerror(error.errno or 0)) from None


def _place(error: OSError) -> str:
    return str(error.filename) if error.filename else "-"
