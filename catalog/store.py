"""[edge] The only writer of the public zone (law 3): old or new, never between, whatever dies whenever.

A release's folder is written under a staging name, its files and itself fsynced, renamed, its parent fsynced;
then the pointer is replaced the same way, and that is the moment of publication. Pages are drawn afterwards,
old or new file by file, and can be drawn again at any time.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path, PurePosixPath

from catalog import layout
from catalog.manifest import Manifest, Pointer, ReleaseReference, Tombstone, digest, document
from schemas.contracts import LANGUAGES

STAGING = ".staging"
LOCK = ".lock"
DRAWN = ".drawn"


@contextmanager
def publishing(public: Path, city: str) -> Iterator[None]:
    """The one publisher's lock of a city (FACTS: without it 108 of 400 commits survived, with it all)."""
    with (_staging(public) / f"{city}{LOCK}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def aside(public: Path) -> Iterator[Path]:
    """A folder on the public zone's own disk, under a staging name; gone afterwards unless it was renamed."""
    folder = Path(tempfile.mkdtemp(dir=_staging(public)))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place_release(public: Path, folder: Path, manifest: Manifest) -> ReleaseReference:
    """Give a finished folder its address, for good. The same release placed twice is placed once.

    What stands at that address otherwise must be a dead run's: no pointer, and no release before, names it.
    """
    data = document(manifest)
    target = public / layout.release(manifest.city, manifest.dataset, manifest.release)
    if (target / layout.MANIFEST).exists() and digest((target / layout.MANIFEST).read_bytes()) == digest(data):
        return reference(manifest)
    (folder / layout.MANIFEST).write_bytes(data)
    for file in folder.iterdir():
        file.chmod(0o644)
        _sync(file)
    _sync(folder)
    open_folder(target.parent)
    if target.exists():
        shutil.rmtree(target)
    folder.rename(target)
    _sync_parents(target, public)
    return reference(manifest)


def reference(manifest: Manifest) -> ReleaseReference:
    """How the pointer, and the release after it, name a release."""
    return ReleaseReference(release=manifest.release, manifest_sha256=digest(document(manifest)))


def move_pointer(public: Path, pointer: Pointer) -> None:
    """Replace the pointer: the moment of publication."""
    write(public, layout.pointer(pointer.city.id), document(pointer))


def bury(public: Path, tombstone: Tombstone) -> None:
    """Take a withdrawn release's files away, once no pointer names it, and leave the tombstone."""
    folder = layout.release(tombstone.city, tombstone.dataset, tombstone.release)
    write(public, folder / layout.TOMBSTONE, document(tombstone))
    for file in _remains(public, tombstone):
        file.unlink(missing_ok=True)
    _sync(public / folder)


def is_buried(public: Path, tombstone: Tombstone) -> bool:
    """Whether nothing of a withdrawn release is left but its tombstone."""
    folder = public / layout.release(tombstone.city, tombstone.dataset, tombstone.release)
    return (folder / layout.TOMBSTONE).exists() and not any(file.exists() for file in _remains(public, tombstone))


def discard(public: Path, city: str, dataset: str, release: str) -> None:
    """Take away a release that was placed and that no pointer ever came to name."""
    shutil.rmtree(public / layout.release(city, dataset, release), ignore_errors=True)


def sweep(public: Path, before: datetime) -> None:
    """Take away what killed runs left under staging names, last touched before a moment."""
    for path in _staging(public).iterdir():
        with suppress(FileNotFoundError):  # another publisher's, and already in its place
            if path.suffix not in (LOCK, DRAWN) and path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def write(public: Path, path: PurePosixPath, data: bytes) -> None:
    """Replace one public file, whole or not at all; a file that already says the same is left alone."""
    draw(public, {path: data})


def draw(public: Path, files: Mapping[PurePosixPath, bytes]) -> None:
    """Replace public files one after the other; the folders above them reach the disk together."""
    folders = {folder for path, data in files.items() for folder in _replaced(public, path, data)}
    for folder in sorted(folders, reverse=True):
        _sync(folder)


def _replaced(public: Path, path: PurePosixPath, data: bytes) -> list[Path]:
    """The folders above a file that was replaced; none where it said the same already."""
    target = public / path
    if target.exists() and target.read_bytes() == data:
        return []
    open_folder(target.parent)
    handle, name = tempfile.mkstemp(dir=_staging(public))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)  # on a full disk it would keep the room that a second try needs
        raise
    return [public / folder for folder in path.parents]


def point_latest(public: Path, city: str, dataset: str, manifest: Manifest | None) -> None:
    """The friendly addresses: the current release's data files under names that stay; none for no release."""
    latest = public / layout.latest(city, dataset)
    if manifest is None:
        shutil.rmtree(latest, ignore_errors=True)
        return
    open_folder(latest)
    folder = public / layout.release(city, dataset, manifest.release)
    for file in manifest.distributions:
        _link(folder / file.path, latest / file.path, public)
    for gone in {file.name for file in latest.iterdir()} - {file.path for file in manifest.distributions}:
        (latest / gone).unlink()


@contextmanager
def drawing(public: Path, city: str, version: str) -> Iterator[bool]:
    """Draw a city by a version of the drawing; whether that version drew it last, and came to its end.

    The stamp is gone while pages are drawn: what a drawing that died left is not trusted, and all is drawn again.
    """
    stamp = public / STAGING / f"{city}{DRAWN}"
    known = stamp.exists() and stamp.read_text() == version
    stamp.unlink(missing_ok=True)
    _sync(_staging(public))
    yield known
    stamp.write_text(version)


def _link(file: Path, name: Path, public: Path) -> None:
    if name.exists() and name.samefile(file):
        return
    staged = _staging(public) / f"{os.getpid()}-{name.name}"
    staged.unlink(missing_ok=True)
    try:
        os.link(file, staged)
    except OSError:
        shutil.copyfile(file, staged)
        staged.chmod(0o644)
    staged.replace(name)


def _staging(public: Path) -> Path:
    return open_folder(public / STAGING)


def open_folder(path: Path) -> Path:
    """`path` as a folder that a web server may read, whatever the publisher's own umask."""
    for missing in reversed([path, *(parent for parent in path.parents if not parent.exists())]):
        if not missing.exists():
            missing.mkdir(exist_ok=True)
            missing.chmod(0o755)
    return path


def _remains(public: Path, tombstone: Tombstone) -> list[Path]:
    """The files of a withdrawn release, its report pages among them."""
    city, dataset, release = tombstone.city, tombstone.dataset, tombstone.release
    folder = public / layout.release(city, dataset, release)
    files = [file for file in folder.glob("*") if file.name != layout.TOMBSTONE]
    return [*files, *(public / layout.report_page(city, dataset, release, language) for language in LANGUAGES)]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_parents(path: Path, public: Path) -> None:
    """A rename is safe from a power cut once the folders above it are on the disk."""
    for parent in path.parents:
        _sync(parent)
        if parent == public:
            return
