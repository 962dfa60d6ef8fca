"""The DCAT documents: one a dataset, and the catalog's own, joined from the datasets' without parsing them.

A large catalog stands in parts (`catalog.parts`): the first in `catalog.jsonld` and `catalog.ttl` behind the
catalog itself, the others below `catalog/`. Each says where the next one is, in both ways that harvesters know:
`hydra:next` of a PartialCollectionView (Hydra as it is: udata, piveau, which is what data.europa.eu runs) and
`hydra:nextPage` of a PagedCollection (as it was: CKAN's harvester). None tells how many there are, so that one
dataset more leaves the others as they stand.
"""

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, Literal

from catalog import layout
from catalog.manifest import Pointer
from catalog.shelf import Release
from schemas.contracts import City

from . import turtle
from .addresses import catalog_address, in_catalog
from .context import CONTEXT
from .dcat import catalog_id, catalog_itself, dataset_fragment, dataset_id

Syntax = Literal["jsonld", "ttl"]
SYNTAXES: tuple[Syntax, ...] = ("jsonld", "ttl")

_BEGIN: dict[Syntax, str] = {"jsonld": '\n "@graph": [\n', "ttl": "\n# @graph\n"}
"""The line behind which the statements stand: no text of a contract can bring one, for line ends are escaped."""
_END: dict[Syntax, str] = {"jsonld": "\n ]\n}\n", "ttl": ""}
_BETWEEN: dict[Syntax, str] = {"jsonld": ",\n", "ttl": ""}


def dataset_document(city: City, release: Release, syntax: Syntax) -> str:
    """What DCAT says of a dataset: a document by itself, and a fragment of the catalog's."""
    folder = layout.dataset(city.id, release.dataset.id)
    return _document(city, folder, [_written(dataset_fragment(city, release), syntax)], syntax)


def empty_document(city: City, dataset: str, syntax: Syntax) -> str:
    """What stands in its place where nothing of the dataset is published any more."""
    return _document(city, layout.dataset(city.id, dataset), [], syntax)


def page(pointer: Pointer, part: int, parts: int, datasets: Iterable[tuple[str, str]], syntax: Syntax) -> str:
    """A part of the catalog, from the documents of its datasets: pairs of id and text."""
    city = pointer.city
    found = [(dataset, fragment(text, syntax)) for dataset, text in datasets]
    listed = [dataset_id(city, dataset) for dataset, text in found if text]
    told = catalog_itself(pointer) if part == 0 else {"@id": catalog_id(city)}
    nodes = [told | {"dataset": [{"@id": one} for one in listed]}, *_view(city, part, parts, syntax)]
    texts = [*(_written(node, syntax) for node in nodes), *(text for _, text in found if text)]
    return _document(city, layout.dcat_part(city.id, part, syntax).parent, texts, syntax)


def fragment(document: str, syntax: Syntax) -> str:
    """The statements of a document, as they are joined into another; empty where it makes none."""
    return document.partition(_BEGIN[syntax])[2].removesuffix(_END[syntax]).strip("\n")


def _view(city: City, part: int, parts: int, syntax: Syntax) -> list[dict[str, Any]]:
    """Where the next part is; nothing is said by a catalog of one."""
    if parts == 1:
        return []
    first, here, following = (
        in_catalog(city, layout.dcat_part(city.id, number, syntax)) for number in (0, part, part + 1)
    )
    onward = {"next": following, "nextPage": following} if part + 1 < parts else {}
    kinds = ["hydra:PartialCollectionView", "hydra:PagedCollection"]
    return [{"@id": here, "@type": kinds, "first": first, "firstPage": first, **onward}]


def _document(city: City, folder: PurePosixPath, texts: list[str], syntax: Syntax) -> str:
    base = _base(city, folder)
    if syntax == "ttl":
        head = turtle.prefixes(base)
    else:
        context = json.dumps(CONTEXT | ({"@base": base} if base else {}))
        head = f'{{\n "@context": {context},'
    return "".join((head, _BEGIN[syntax], _BETWEEN[syntax].join(_ended(text, syntax) for text in texts), _END[syntax]))


def _ended(text: str, syntax: Syntax) -> str:
    return f"{text}\n" if syntax == "ttl" else text


def _base(city: City, folder: PurePosixPath) -> str:
    """What relative addresses start from, seen from a folder; empty where the city's addresses are absolute."""
    if catalog_address(city):
        return ""
    return "../" * (len(folder.parts) - len(layout.city(city.id).parts)) or "./"


def _written(node: dict[str, Any], syntax: Syntax) -> str:
    if syntax == "ttl":
        return turtle.statements(node).rstrip("\n")
    return json.dumps(node, ensure_ascii=False)
