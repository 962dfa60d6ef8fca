"""A whole catalog in a folder or one zip file: for a USB stick, a village office, a bucket. Opens without a server.

Copied under the publisher's lock, so that pages and releases belong together; whole, or not there at all.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from catalog import layout, store
from catalog.drawing import root_pages
from catalog.shelf import published_cities, read_pointer
from flows import private
from flows.settings import Places
from schemas.contracts import City
from schemas.errors import AuthorError

README = PurePosixPath("BACA-SAYA.txt")
HOW_TO_OPEN = """\
Buka index.html dengan peramban. Tidak perlu jaringan.
Open index.html in a browser. No network is needed.
"""
ZIPPED_ALREADY = frozenset({".parquet", ".xlsx"})
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the same catalog makes the same bytes (law 4)."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: how many files, and how many bytes they hold."""

    files: int
    bytes: int


def bundle(places: Places, named: tuple[str, ...], target: Path) -> Bundle:
    """Write the catalogs of the named cities, or of all, to `target`: a zip where its name ends so, else a folder.

    AuthorError where there is nothing to bundle, or `target` stands already.
    """
    cities = _cities(places.public, named)
    if target.exists():
        raise AuthorError("bundle_exists", target=str(target))
    with private.disk_faults(places), ExitStack() as locks, _beside(target) as aside:
        for city in cities:
            locks.enter_context(store.publishing(places.public, city.id))
        content = {**_drawn(cities), **_published(places.public, cities)}
        write = _zip if target.suffix == ".zip" else _folder
        write(content, aside)
        aside.rename(target)
    return Bundle(len(content), sum(_size(one) for one in content.values()))


Content = dict[PurePosixPath, bytes | Path]
"""What stands where in the bundle: bytes, or the public file that holds them."""


def _cities(public: Path, named: tuple[str, ...]) -> tuple[City, ...]:
    known = published_cities(public)
    for city in named:
        if city not in known:
            raise AuthorError("bundle_unknown", city=city, known=", ".join(known) or "-")
    if not known:
        raise AuthorError("nothing_to_serve", public=str(public))
    pointers = [read_pointer(public, city) for city in sorted(set(named) or known)]
    return tuple(pointer.city for pointer in pointers if pointer)


def _drawn(cities: tuple[City, ...]) -> Content:
    return {**root_pages(cities), README: HOW_TO_OPEN.encode()}


def _published(public: Path, cities: tuple[City, ...]) -> Content:
    """Every public file of the cities; what begins with a dot is the publisher's own."""
    return {
        PurePosixPath(file.relative_to(public)): file
        for city in cities
        for file in sorted((public / layout.city(city.id)).rglob("*"))
        if file.is_file() and not file.is_symlink() and not _hidden(file.relative_to(public))
    }


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _folder(content: Content, into: Path) -> None:
    into.mkdir(mode=0o755)
    for path, one in content.items():
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(one, Path):
            shutil.copyfile(one, target)
        else:
            target.write_bytes(one)


def _zip(content: Content, into: Path) -> None:
    with zipfile.ZipFile(into, "x") as archive:
        for path, one in sorted(content.items()):
            entry = zipfile.ZipInfo(str(path), EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.suffix in ZIPPED_ALREADY else zipfile.ZIP_DEFLATED
            entry.file_size = _size(one)
            with archive.open(entry, "w") as written:
                if isinstance(one, Path):
                    with one.open("rb") as read:
                        shutil.copyfileobj(read, written)
                else:
                    written.write(one)


def _size(one: bytes | Path) -> int:
    return one.stat().st_size if isinstance(one, Path) else len(one)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name beside the target, so that what is half written never bears its name; nothing is left of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".", dir=target.parent))
    try:
        yield folder / target.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
