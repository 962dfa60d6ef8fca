"""`datapackage.json`: a release as a Data Package v2 (datapackage.org), with one resource a data file.

Derived from the contract alone (law 6). Knows no cell: constraints are the contract's, counts the caller's.
The published files hold the canonical form of every type, so the source's formats and separators stay out.
"""

from pathlib import PurePosixPath
from typing import Any

from catalog import layout
from catalog.coarseness import for_machines, in_words
from catalog.encoding.xlsx import ROWS_SHEET
from catalog.manifest import Distribution, Format
from schemas.contracts import LICENCES, City, Constraints, ContractField, Dataset, DataSource, Disclosure
from schemas.messages import wording

from .addresses import catalog_address, contact_of, e_mail, in_catalog, web_address

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

TABULAR: frozenset[Format] = frozenset({"csv", "parquet", "json", "xlsx"})
"""What Data Package calls tabular: Table Schema has no word for features, nor for geometry as bytes."""
TEXTS: frozenset[Format] = frozenset({"csv", "json", "geojson"})

STRING_FORMATS = frozenset({"email", "uri", "binary", "uuid"})
"""What Table Schema knows of a text's shape; other formats of a contract describe the source."""


def data_package(
    dataset: Dataset, city: City, files: tuple[Distribution, ...], rows: int, issued_day: str
) -> dict[str, Any]:
    """The descriptor of a release with the data `files`; paths are relative to the release's folder."""
    package = {
        "$schema": PROFILE,
        "name": dataset.id,
        "title": dataset.title.id,
        "description": _description(dataset),
        "version": issued_day,
        "homepage": _homepage(dataset, city),
        "keywords": [*dict.fromkeys((*dataset.keywords.id, *dataset.keywords.en))],
        "licenses": [LICENCES[dataset.license].model_dump()],
        "sources": [_source(source) for source in dataset.sources],
        "contributors": _contributors(dataset, city),
        "resources": [_resource(dataset, file, rows) for file in files],
        "origin": dataset.origin,
        "translations": _translations(dataset),
        "withheldFields": [_withheld(field) for field in dataset.withheld_fields],
    }
    return _stated(package)


def _stated(properties: dict[str, Any]) -> dict[str, Any]:
    """Only what is said: Data Package has no null, and its lists hold one item at least."""
    return {name: value for name, value in properties.items() if value not in (None, [], {}, "")}


def _description(dataset: Dataset) -> str:
    if dataset.origin != "sample":
        return dataset.description.id
    return f"{wording('origin.sample', 'id')} {dataset.description.id}"


def _homepage(dataset: Dataset, city: City) -> str | None:
    return in_catalog(city, layout.dataset_page(city.id, dataset.id)) if catalog_address(city) else None


def _translations(dataset: Dataset) -> dict[str, Any]:
    """The English texts; Data Package itself knows one language only."""
    english = _stated({"title": dataset.title.en, "description": dataset.description.en})
    return _stated({"en": english})


def _source(source: DataSource) -> dict[str, Any]:
    return _stated({"title": source.title, "path": web_address(source.path), "version": source.version})


def _contributors(dataset: Dataset, city: City) -> list[dict[str, Any]]:
    department = city.departments.get(dataset.department)
    contact = contact_of(dataset, city)
    named = [
        {"title": city.publisher, "path": catalog_address(city) or None, "roles": ["publisher"]},
        {"title": department.id if department else None, "roles": ["creator"]},
        {"title": contact.name, "email": e_mail(contact), "roles": ["contact"]},
    ]
    return [_stated(contributor) for contributor in named if contributor["title"]]


def _resource(dataset: Dataset, file: Distribution, rows: int) -> dict[str, Any]:
    path = PurePosixPath(file.path).name
    is_table = file.format in TABULAR
    return _stated(
        {
            "$schema": RESOURCE_PROFILE,
            "name": f"{dataset.id}-{file.format}",
            "type": "table" if is_table else None,
            "path": path,
            "format": file.format,
            "mediatype": file.media_type,
            "encoding": "utf-8" if file.format in TEXTS else None,
            "bytes": file.bytes,
            "hash": f"sha256:{file.sha256}",
            "rows": rows,
            "dialect": {"sheetName": ROWS_SHEET} if file.format == "xlsx" else None,
            "schema": table_schema(dataset) if is_table else None,
        }
    )


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """The Table Schema of the public table."""
    schema = {
        "$schema": SCHEMA_PROFILE,
        "fields": [_field(field, dataset.disclosure) for field in dataset.public_fields],
        "missingValues": [""],
        "primaryKey": list(dataset.public_key),
    }
    return _stated(schema)


def _field(field: ContractField, disclosure: Disclosure) -> dict[str, Any]:
    said = [field.description.id] if field.description else []
    described = _stated(
        {
            "name": field.name,
            "title": field.title.id,
            "description": " ".join((*said, *in_words(field, disclosure))),
            "type": field.type,
            "format": field.format if field.type == "string" and field.format in STRING_FORMATS else None,
            "unit": field.unit,
            "constraints": _constraints(field, field.constraints),
        }
    )
    return described | for_machines(field, disclosure)


def _constraints(field: ContractField, stated: Constraints) -> dict[str, Any]:
    return _stated(
        {
            "required": stated.required or None,
            "unique": stated.unique or None,
            "minimum": _literal(field, stated.minimum),
            "maximum": _literal(field, stated.maximum),
            "minLength": stated.minLength,
            "maxLength": stated.maxLength,
            "pattern": stated.pattern,
            "enum": [_literal(field, text) for text in stated.enum or ()],
        }
    )


def _literal(field: ContractField, text: str | None) -> int | float | str | bool | None:
    """A bound or listed value as JSON writes the field's type: numbers as numbers, the rest as text."""
    if text is None:
        return None
    if field.type == "boolean":
        return text.lower() == "true"
    bound = field.bound(text)
    return bound if isinstance(bound, int | float) else text


def _withheld(field: ContractField) -> dict[str, Any]:
    """A field that is not in the files, or not as it was recorded, and the recorded ground where one is."""
    ground = field.exemption
    described: dict[str, Any] = {"name": field.name, "title": field.title.id, "access": field.access}
    if ground is None:
        return described
    return described | {
        "law": ground.law,
        "decision": ground.decision,
        "decided": ground.decided.isoformat(),
        "until": ground.until.isoformat(),
        "reason": ground.reason.id,
        "method": ground.method,
    }
