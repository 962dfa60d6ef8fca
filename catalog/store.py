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
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from catalog import layout
from catalog.manifest import Manifest, Pointer, ReleaseReference, Tombstone, digest, document

STAGING = ".staging"


@contextmanager
def publishing(public: Path, city: str) -> Iterator[None]:
    """The one publisher's lock of a city (FACTS: without it 108 of 400 commits survived, with it all)."""
    folder = public / STAGING
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{city}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def aside(public: Path) -> Iterator[Path]:
    """A folder on the public zone's own disk, under a staging name; gone afterwards unless it was renamed."""
    (public / STAGING).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=public / STAGING))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place_release(public: Path, folder: Path, manifest: Manifest) -> ReleaseReference:
    """Give a finished folder its address, for good. The same release placed twice is placed once."""
    data = document(manifest)
    target = public / layout.release(manifest.city, manifest.dataset, manifest.release)
    if (target / layout.MANIFEST).exists() and digest((target / layout.MANIFEST).read_bytes()) == digest(data):
        return reference(manifest)
    (folder / layout.MANIFEST).write_bytes(data)
    for file in folder.iterdir():
        file.chmod(0o644)
        _sync(file)
    _sync(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        shutil.rmtree(target)  # no pointer ever named it: a run died between this rename and the pointer's
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
    for file in (public / folder).iterdir():
        if file.name != layout.TOMBSTONE:
            file.unlink()
    _sync(public / folder)


def write(public: Path, path: PurePosixPath, data: bytes) -> None:
    """Replace one public file, whole or not at all; a file that already says the same is left alone."""
    target = public / path
    if target.exists() and target.read_bytes() == data:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=_staging(public))
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    staged = Path(name)
    staged.chmod(0o644)
    staged.replace(target)
    _sync_parents(target, public)


def draw(public: Path, pages: Mapping[PurePosixPath, bytes]) -> None:
    """Write what is drawn from the releases."""
    for path, data in pages.items():
        write(public, path, data)


def point_latest(public: Path, city: str, dataset: str, manifest: Manifest | None) -> None:
    """The friendly addresses: the current release's data files under names that stay; none for no release."""
    latest = public / layout.latest(city, dataset)
    if manifest is None:
        shutil.rmtree(latest, ignore_errors=True)
        return
    latest.mkdir(parents=True, exist_ok=True)
    folder = public / layout.release(city, dataset, manifest.release)
    for file in manifest.distributions:
        _link(folder / file.path, latest / file.path, public)


def drawn_by(public: Path, city: str, version: str) -> bool:
    """Whether a city's pages were last drawn by this version of the drawing."""
    stamp = public / STAGING / f"{city}.drawn"
    return stamp.exists() and stamp.read_text() == version


def remember_drawing(public: Path, city: str, version: str) -> None:
    """Note which version drew a city's pages."""
    (_staging(public) / f"{city}.drawn").write_text(version)


def _link(file: Path, name: Path, public: Path) -> None:
    if name.exists() and name.samefile(file):
        return
    staged = _staging(public) / f"{os.getpid()}-{name.name}"
    staged.unlink(missing_ok=True)
    try:
        os.link(file, staged)
    except OSError:
        shutil.copyfile(file, staged)
    staged.replace(name)


def _staging(public: Path) -> Path:
    folder = public / STAGING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


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
