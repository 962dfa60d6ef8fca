"""A zip archive as an office sends it -> the one file in it that the contract means.

Nothing is written under a name of the archive's, one file alone is unpacked, and an archive in it is not followed.
"""

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from schemas.errors import AuthorError, SupplierError

MOST_MEMBERS = 10_000
MOST_BYTES = 2 * 1024**3
"""Of the one that is unpacked, as of an answer behind HTTP."""
MOST_BYTES_TOGETHER = 16 * 1024**3
MOST_TIMES = 300
"""The share by which a member may grow once it is larger than `HARMLESS_BYTES`: tables shrink 5 to 50 times."""
HARMLESS_BYTES = 100 * 1024**2
CHUNK_BYTES = 1 << 20
NAMED_AT_MOST = 10
TABLES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".json", ".geojson"})
_ZIP = b"PK\x03\x04"
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    ArithmeticError,
)
"""What opening or unpacking an archive raises, whatever was done to it."""


def member_of(path: Path, pattern: str, workspace: Path, file: str) -> tuple[Path, str]:
    """Unpack the one member that `pattern` names into `workspace`; where it is, and what messages call it.

    A pattern without a folder looks into every folder of the archive.
    SupplierError: `archive_unreadable`, `archive_encrypted`, `archive_too_large`, `archive_lacks`,
    `archive_ambiguous`, `archive_nested`.
    """
    with _opened(path, file) as archive:
        chosen = _chosen(archive.infolist(), pattern, file)
        name = _name(chosen)
        into = workspace / f"member{PurePosixPath(name).suffix.lower()}"
        _unpack(archive, chosen, into, file)
    return into, f"{file}/{PurePosixPath(name).name}"


@contextmanager
def _opened(path: Path, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive; what a damaged one raises, now or later, becomes `archive_unreadable`."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (*_FAULTS, OSError) as error:
        if isinstance(error, OSError) and not is_of_nowhere(error):
            raise
        raise SupplierError("archive_unreadable", file=file, kind=type(error).__name__) from None


def deliveries(path: Path, file: str) -> tuple[str, ...]:
    """The names of the files in an archive: of those that may hold a table, where there are any, else of all.

    SupplierError `archive_unreadable`, and `archive_lacks` for one that holds none.
    """
    with _opened(path, file) as archive:
        names = sorted(_name(member) for member in archive.infolist() if _is_delivery(member))
    if not names:
        raise SupplierError("archive_lacks", file=file, member="*", files="-")
    return tuple(name for name in names if PurePosixPath(name).suffix.lower() in TABLES) or tuple(names)


def opened(path: Path, member: str | None, workspace: Path, file: str) -> tuple[Path, str, str]:
    """Unpack the file `member` of an archive, or its only one: where it is, what messages call it, and its name.

    SupplierError as `member_of` and `deliveries` raise it, and `archive_many` where one must be chosen.
    """
    inside = deliveries(path, file)
    if member is None and len(inside) > 1:
        raise SupplierError("archive_many", file=file, files=_listed(inside))
    chosen = member or inside[0]
    return *member_of(path, chosen, workspace, file), chosen


def is_of_nowhere(error: OSError) -> bool:
    """Whether a file was asked for a place before its first byte, to which only damage in it can point."""
    return error.errno == errno.EINVAL


def entries_of(path: Path) -> tuple[zipfile.ZipInfo, ...] | None:
    """What an archive holds; None where it is damaged, or only begins as an archive does."""
    try:
        with _opened(path, path.name) as archive:
            return tuple(archive.infolist())
    except SupplierError:
        return None


def listed(entries: Sequence[zipfile.ZipInfo]) -> str:
    """The names of the files in an archive, as a message lists them."""
    return _listed([_name(entry) for entry in entries if _is_delivery(entry)])


def refuse_archive(path: Path, file: str) -> None:
    """AuthorError for a zip archive where the contract names no member of it; a workbook is refused as no text."""
    if is_archive(path) and (entries := entries_of(path)) is not None and not is_document(entries):
        raise AuthorError("archive_unexpected", file=file)


def is_archive(path: Path) -> bool:
    """Whether a file begins as a zip archive does; so do the workbooks of today."""
    with path.open("rb") as stream:
        return stream.read(len(_ZIP)) == _ZIP


def is_document(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether an archive is a document of an office program."""
    return any(entry.filename in ("[Content_Types].xml", "mimetype") for entry in entries)


def _chosen(members: Sequence[zipfile.ZipInfo], pattern: str, file: str) -> zipfile.ZipInfo:
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES_TOGETHER:
        raise SupplierError("archive_too_large", file=file)
    files = [(_name(member), member) for member in members if _is_delivery(member)]
    found = [one for one in files if one[0] == pattern] or [one for one in files if _fits(one[0], pattern)]
    if not found:
        raise SupplierError("archive_lacks", file=file, member=pattern, files=_listed(_names(files)))
    if len(found) > 1:
        raise SupplierError("archive_ambiguous", file=file, member=pattern, files=_listed(_names(found)))
    return found[0][1]


def _names(files: Sequence[tuple[str, zipfile.ZipInfo]]) -> list[str]:
    return [name for name, _ in files]


def _listed(files: Sequence[str]) -> str:
    names = sorted(name if name.isprintable() else "?" for name in files)
    more = f", … ({len(names)})" if len(names) > NAMED_AT_MOST else ""
    return ", ".join(names[:NAMED_AT_MOST]) + more or "-"


def _name(member: zipfile.ZipInfo) -> str:
    """UTF-8 where the archive says so or the bytes are; else the code page of the first PCs, as the format has it."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _is_delivery(member: zipfile.ZipInfo) -> bool:
    """No folder, nothing that points out of the archive, and none of what programs leave beside their files."""
    path = PurePosixPath(_name(member).replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts
    is_folder = member.filename[-1:] in ("", "/")
    return not (is_folder or outside or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts)


def _fits(name: str, pattern: str) -> bool:
    path = name.replace("\\", "/")
    return fnmatchcase(path if "/" in pattern else PurePosixPath(path).name, pattern)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path, file: str) -> None:
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise SupplierError("archive_encrypted", file=file)
    most = max(HARMLESS_BYTES, MOST_TIMES * member.compress_size)
    with into.open("wb") as target:
        for chunk in _chunks(archive, member):
            target.write(chunk)
            if target.tell() > min(most, MOST_BYTES):
                raise SupplierError("archive_too_large", file=file)
    if into.suffix not in (".xlsx", ".xlsm", ".xlsb", ".ods") and is_archive(into):
        raise SupplierError("archive_nested", file=file)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is counted is what comes out, not what the archive promises."""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
