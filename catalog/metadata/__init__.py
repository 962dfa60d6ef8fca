"""The documents that machines read about a city, its datasets and their releases. Writes nothing."""

from .datapackage import data_package
from .dcat import catalog_itself, dataset_fragment
from .joined import SYNTAXES, dataset_document, empty_document, page

__all__ = [
    "SYNTAXES",
    "catalog_itself",
    "data_package",
    "dataset_document",
    "dataset_fragment",
    "empty_document",
    "page",
]
