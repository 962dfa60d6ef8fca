"""Which code makes a release: a hash over everything that decides its bytes (law 4)."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOMS = ("schemas", "transforms", "catalog")
LIBRARIES = ("duckdb", "pyarrow", "python-calamine", "scipy", "shapely")


@cache
def code_version() -> str:
    """Our version, and eight digits over our own code and the libraries that decide what files hold."""
    return f"{version('palu')}+{_digest(*ROOMS)}"


@cache
def drawing_version() -> str:
    """The same over the pages alone: when it changes, they are drawn again and nothing is released anew."""
    return _digest("catalog/site", "catalog/metadata", "schemas/messages")


def _digest(*folders: str) -> str:
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for folder in folders:
        for file in sorted((root / folder).rglob("*")):
            if _decides(file.relative_to(root), folder):
                digest.update(f"{file.relative_to(root)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:8]


def _decides(file: Path, folder: str) -> bool:
    """Contracts are hashed by themselves; pages and wordings are no part of a release."""
    drawn = ("catalog/site/", "schemas/messages/", "schemas/cities/")
    name = file.as_posix()
    return (
        file.suffix in {".py", ".html", ".css", ".js", ".yaml", ".json"}
        and "__pycache__" not in file.parts
        and (folder not in ROOMS or not name.startswith(drawn))
    )
