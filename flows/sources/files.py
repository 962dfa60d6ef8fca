"""[edge] Files below the inbox: found by the contract's pattern, copied byte for byte."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BufferedReader, FileIO
from pathlib import Path

from schemas.contracts import Contract, FileSource, SqlDumpSource
from schemas.errors import SupplierError

PIECE_BYTES, HASHED_BYTES = 1 << 26, 1 << 20
NOT_BY_THE_KERNEL = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)
"""Two disks, a network share, an old kernel: then the bytes go through this process."""


def found(contract: Contract, source: FileSource | SqlDumpSource, inbox: Path) -> Path:
    """The one file that the source's location names; SupplierError for none and for several.

    A file of exactly that name goes before a pattern: offices write `rekap [final].xlsx`.
    """
    exact = inbox / source.location
    candidates = [exact] if exact.is_file() else inbox.glob(source.location)
    matches = sorted(path for path in candidates if _is_delivery(path))
    if not matches:
        raise SupplierError("file_missing", dataset=contract.id, location=source.location, inbox=str(inbox))
    if len(matches) > 1:
        names = ", ".join(path.name for path in matches)
        raise SupplierError("file_ambiguous", dataset=contract.id, location=source.location, files=names)
    if not matches[0].resolve().is_relative_to(inbox.resolve()):
        raise SupplierError("file_outside", dataset=contract.id, file=matches[0].name)
    return matches[0]


def copied(path: Path, into: Path) -> str:
    """Copy the bytes of `path` to `into`; the SHA-256 of the copy, since the source may be written to meanwhile.

    Each piece is hashed while the next is copied.
    """
    digest = hashlib.sha256()
    with (
        path.open("rb", buffering=0) as source,
        into.open("wb", buffering=0) as copy,
        into.open("rb") as written,
        ThreadPoolExecutor(1) as beside,
    ):
        pieces = _copied_by_the_kernel(source, copy)
        hashed = [beside.submit(_hash, digest, written, length) for length in pieces]
        for piece in hashed:
            piece.result()
    return digest.hexdigest()


def _copied_by_the_kernel(source: FileIO, copy: FileIO) -> Iterator[int]:
    """The lengths of the pieces that were copied. A file system that can share blocks until one is changed does so."""
    try:
        while length := os.copy_file_range(source.fileno(), copy.fileno(), PIECE_BYTES):
            yield length
    except OSError as error:
        if error.errno not in NOT_BY_THE_KERNEL:
            raise
        shutil.copyfileobj(source, copy)
        yield copy.tell()


def _hash(digest: "hashlib._Hash", written: BufferedReader, length: int) -> None:
    while length:
        part = written.read(min(length, HASHED_BYTES))
        digest.update(part)
        length -= len(part)


def _is_delivery(path: Path) -> bool:
    """Excel leaves `~$…` beside an open workbook; a hidden file is nobody's delivery."""
    return path.is_file() and not path.name.startswith(("~$", "."))
