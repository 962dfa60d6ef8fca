"""What an auditor can check from the public zone alone: pointer -> manifests -> files, all by their hashes.

Reads through a function from a path to bytes in chunks, so a folder and an address are audited alike.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pydantic import ValidationError

from catalog import layout
from catalog.manifest import Entry, Manifest, Pointer, ReleaseReference, Tombstone, digest
from schemas.contracts import Dataset

Shelf = Callable[[PurePosixPath], Iterable[bytes] | None]
"""From a public path to its bytes; None where nothing stands there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as the documents say: a closed code and its names."""

    code: str
    names: dict[str, str | int]


@dataclass(slots=True)
class Audit:
    """What was looked at, and what is wrong."""

    releases: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, path: PurePosixPath | str) -> None:
        self.problems.append(Problem(code, {"path": str(path)}))


def audit(shelf: Shelf) -> Audit:
    """Check every city that the root names, every release that a pointer reaches."""
    result = Audit()
    cities = _cities(shelf)
    if not cities:
        result.add("no_catalog", layout.CITIES)
    for city in cities:
        pointer = _read(shelf, layout.pointer(city), Pointer, result)
        if isinstance(pointer, Pointer):
            for dataset, entry in pointer.datasets.items():
                _audit_chain(shelf, city, dataset, entry.current, result)
                _audit_withdrawals(shelf, entry, result)
    return result


def _cities(shelf: Shelf) -> list[str]:
    """The cities that the root names; none where the root says nothing that can be read."""
    try:
        return list(json.loads(_bytes(shelf, layout.CITIES) or b"{}").get("cities", ()))
    except (ValueError, AttributeError):
        return []


def _audit_withdrawals(shelf: Shelf, entry: Entry, result: Audit) -> None:
    """A withdrawn release has left nothing behind but its tombstone."""
    for tombstone in entry.withdrawn:
        folder = layout.release(tombstone.city, tombstone.dataset, tombstone.release)
        if _bytes(shelf, folder / layout.MANIFEST) is not None:
            result.add("withdrawn_stands", folder)


def _audit_chain(shelf: Shelf, city: str, dataset: str, reference: ReleaseReference | None, result: Audit) -> None:
    while reference is not None:
        folder = layout.release(city, dataset, reference.release)
        data = _bytes(shelf, folder / layout.MANIFEST)
        if data is None:
            reference = _past_tombstone(shelf, folder, result)
            continue
        result.releases += 1
        if digest(data) != reference.manifest_sha256:
            result.add("manifest_changed", folder / layout.MANIFEST)
            return
        manifest = Manifest.model_validate_json(data)
        _audit_files(shelf, folder, manifest, result)
        reference = manifest.previous


def _past_tombstone(shelf: Shelf, folder: PurePosixPath, result: Audit) -> ReleaseReference | None:
    """A withdrawn release has a tombstone in its place; a release that is simply gone is a problem."""
    tombstone = _read(shelf, folder / layout.TOMBSTONE, Tombstone, result)
    return tombstone.previous if isinstance(tombstone, Tombstone) else None


def _audit_files(shelf: Shelf, folder: PurePosixPath, manifest: Manifest, result: Audit) -> None:
    for file in manifest.files:
        result.files += 1
        measured = _measured(shelf, folder / file.path)
        if measured is None:
            result.add("file_missing", folder / file.path)
        elif measured != (file.bytes, file.sha256):
            result.add("file_changed", folder / file.path)
    _audit_columns(shelf, folder, manifest, result)


def _audit_columns(shelf: Shelf, folder: PurePosixPath, manifest: Manifest, result: Audit) -> None:
    """Law 1, from outside: the CSV's header is the allow-list of the published contract, no more and no less."""
    contract = _read(shelf, folder / layout.CONTRACT, Dataset, result)
    found = shelf(folder / layout.data_file(manifest.dataset, "csv"))
    if not isinstance(contract, Dataset) or found is None:
        return
    header = next(_lines(found), b"").decode().rstrip("\r")
    if header != ",".join(field.name for field in contract.public_fields):
        result.add("columns_differ", folder / layout.data_file(manifest.dataset, "csv"))


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    start = b""
    for chunk in chunks:
        start += chunk
        if b"\n" in start:
            yield start.partition(b"\n")[0]
            return
    yield start


def _measured(shelf: Shelf, path: PurePosixPath) -> tuple[int, str] | None:
    chunks = shelf(path)
    if chunks is None:
        return None
    size, sha256 = 0, hashlib.sha256()
    for chunk in chunks:
        size += len(chunk)
        sha256.update(chunk)
    return size, sha256.hexdigest()


def _bytes(shelf: Shelf, path: PurePosixPath) -> bytes | None:
    chunks = shelf(path)
    return None if chunks is None else b"".join(chunks)


def _read(
    shelf: Shelf, path: PurePosixPath, model: type[Pointer | Tombstone | Dataset], result: Audit
) -> Pointer | Tombstone | Dataset | None:
    data = _bytes(shelf, path)
    if data is None:
        result.add("file_missing", path)
        return None
    try:
        return model.model_validate_json(data)
    except ValidationError:
        result.add("file_unreadable", path)
        return None
