"""The documents that machines read about a release: Data Package v2 and DCAT-AP. Writes nothing."""

from .datapackage import data_package
from .dcat import catalog_document, dataset_fragment

__all__ = ["catalog_document", "data_package", "dataset_fragment"]
