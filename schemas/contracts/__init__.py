"""The contract of a dataset and of its city: what is promised. Frozen, closed, checking themselves."""

from .base import LANGUAGES, Identifier, Language, LocalText, Promise
from .city import City, Contact
from .clearance import Clearance
from .contract import Contract, Dataset, DataSource
from .corrections import Correction, Corrections
from .coverage import Coverage
from .disclosure import Aggregate, Disclosure
from .exemption import Exemption
from .field import Access, Constraints, ContractField, FieldType
from .licences import LICENCES, Licence
from .places import Pair, Place, Shape
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
    Pages,
    RowsSource,
    Source,
    SpreadsheetLayout,
    SpreadsheetSource,
    SqlDumpSource,
    SqlSource,
)

__all__ = [
    "LANGUAGES",
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
    "Coverage",
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
    "Pages",
    "Pair",
    "Place",
    "Promise",
    "RowsSource",
    "Rule",
    "Severity",
    "Shape",
    "Source",
    "SpreadsheetLayout",
    "SpreadsheetSource",
    "SqlDumpSource",
    "SqlSource",
]
