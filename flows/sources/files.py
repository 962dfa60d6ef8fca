"""[edge] Files below the inbox: found by the contract's pattern, copied byte for byte."""

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

from schemas.contracts import Contract, FileSource, SqlDumpSource
from schemas.errors import SupplierError

PIECE_BYTES = 1 << 20


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
    """Copy the bytes of `path` to `into`; the SHA-256 of the very bytes written, since others may write to the source.

    Each piece is hashed while the next is copied.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as source, into.open("wb") as copy, ThreadPoolExecutor(1) as beside:
        hashed: Future[None] | None = None
        for buffer in cycle((bytearray(PIECE_BYTES), bytearray(PIECE_BYTES))):
            piece = memoryview(buffer)[: source.readinto(buffer)]
            if not piece:
                break
            copy.write(piece)
            if hashed:
                hashed.result()
            hashed = beside.submit(digest.update, piece)
    return digest.hexdigest()


def _is_delivery(path: Path) -> bool:
    """Excel leaves `~$…` beside an open workbook; a hidden file is nobody's delivery."""
    return path.is_file() and not path.name.startswith(("~$", "."))
