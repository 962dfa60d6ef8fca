"""The contract of a dataset and of its city: what is promised. Frozen, closed, checking themselves."""

from .base import Identifier, Language, LocalText, Promise
from .city import City, Contact
from .clearance import Clearance
from .contract import Contract, Dataset, DataSource
from .corrections import Correction, Corrections
from .disclosure import Aggregate, Disclosure
from .exemption import Exemption
from .field import Access, Constraints, ContractField, FieldType
from .licences import LICENCES, Licence
from .rules import RULES, Rule, Severity
from .source import (
    CsvLayout,
    CsvSource,
    FileSource,
    GeoJsonLayout,
    GeoJsonSource,
    HttpSource,
    JsonLayout,
    JsonSource,
    Layout,
    Source,
    SpreadsheetLayout,
    SpreadsheetSource,
    SqlSource,
)

__all__ = [
    "LICENCES",
    "RULES",
    "Access",
    "Aggregate",
    "City",
    "Clearance",
    "Constraints",
    "Contact",
    "Contract",
    "ContractField",
    "Correction",
    "Corrections",
    "CsvLayout",
    "CsvSource",
    "DataSource",
    "Dataset",
    "Disclosure",
    "Exemption",
    "FieldType",
    "FileSource",
    "GeoJsonLayout",
    "GeoJsonSource",
    "HttpSource",
    "Identifier",
    "JsonLayout",
    "JsonSource",
    "Language",
    "Layout",
    "Licence",
    "LocalText",
    "Promise",
    "Rule",
    "Severity",
    "Source",
    "SpreadsheetLayout",
    "SpreadsheetSource",
    "SqlSource",
]
