"""The parts of an Office package (ECMA-376 part 2): which part a relation leads to."""

import posixpath
import zipfile
from xml.parsers import expat


def part_called(book: zipfile.ZipFile, name: str) -> str | None:
    """The part whatever its folder: `xl` is a habit, no rule."""
    return next((part for part in book.namelist() if posixpath.basename(part) == name), None)


def relations(book: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part refers to, by relation; none where it has no relations."""
    folder, name = posixpath.split("/" + part)
    found: dict[str, str] = {}

    def start(_tag: str, attributes: dict[str, str]) -> None:
        if "Id" in attributes and "Target" in attributes:
            target = posixpath.join(folder, attributes["Target"])
            found[attributes["Id"]] = posixpath.normpath(target).lstrip("/")

    source = posixpath.join(folder, "_rels", f"{name}.rels").lstrip("/")
    if source in book.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(book.read(source), True)
    return found
