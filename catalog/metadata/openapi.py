"""`api/openapi.json`: the static JSON API in OpenAPI 3.1, for programs and for people who write them."""

from typing import Any

from schemas.contracts import City

from .addresses import catalog_address

Schema = dict[str, Any]

_WORD: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TEXT: Schema = {"$ref": "#/components/schemas/Text"}
_MAYBE_TEXT: Schema = {"oneOf": [_TEXT, {"type": "null"}]}


def _object(required: Schema, more: Schema | None = None) -> Schema:
    return {"type": "object", "required": list(required), "properties": required | (more or {})}


def _list(of: str | Schema) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"} if isinstance(of, str) else of}


_SCHEMAS: Schema = {
    "Text": {**_object({"id": _WORD}, {"en": _WORD}), "description": "Bahasa Indonesia, and English where written."},
    "Links": {"type": "object", "additionalProperties": _WORD, "description": "Addresses by what they lead to."},
    "Index": _object(
        {
            "city": _WORD,
            "name": _WORD,
            "title": _TEXT,
            "publisher": _WORD,
            "updated": {**_WORD, "format": "date-time"},
            "timezone": _WORD,
            "departments": {"type": "object", "additionalProperties": _TEXT},
            "datasets": {**_COUNT, "description": "How many datasets are published."},
            "links": {"$ref": "#/components/schemas/Links"},
        }
    ),
    "Field": _object(
        {"name": _WORD, "title": _TEXT, "type": _WORD, "unit": _MAYBE},
        {
            "description": _MAYBE_TEXT,
            "format": _MAYBE,
            "constraints": {"type": "object", "description": "Table Schema constraints."},
            **dict.fromkeys(("concept", "definition", "classification", "measure"), _MAYBE_TEXT),
            "coarser": {"type": ["object", "null"], "description": "How it is coarser than it was recorded."},
        },
    ),
    "Withheld": _object(
        {"name": _WORD, "title": _TEXT, "access": {"enum": ["exempt", "undetermined"]}},
        {**dict.fromkeys(("law", "decision", "decided", "until", "method"), _MAYBE), "reason": _MAYBE_TEXT},
    ),
    "Distribution": _object(
        {
            "format": _WORD,
            "mediaType": _WORD,
            "bytes": _COUNT,
            "sha256": {**_WORD, "pattern": "^[0-9a-f]{64}$"},
            "url": {**_WORD, "description": "The permanent address: its content never changes."},
            "latest": {**_WORD, "description": "The address of the newest release."},
        }
    ),
    "Release": _object(
        {"release": _WORD, "issued": {**_WORD, "format": "date-time"}, "url": _WORD},
        {
            "rows": _COUNT,
            "corrected": _list({"type": "object"}),
            "withdrawn": {**_WORD, "format": "date-time"},
            "reason": _WORD,
        },
    ),
    "Dataset": _object(
        {
            "id": _WORD,
            "city": _WORD,
            "release": {**_MAYBE, "description": "null where the dataset was withdrawn."},
            "releases": _list("Release"),
            "links": {"$ref": "#/components/schemas/Links"},
        },
        {
            "title": _TEXT,
            "description": _TEXT,
            "rows": _COUNT,
            "fields": _list("Field"),
            "withheld": _list("Withheld"),
            "distributions": _list("Distribution"),
        },
    ),
}


def openapi(city: City) -> Schema:
    """The description of a city's API."""
    identified = [{"name": "id", "in": "path", "required": True, "schema": _WORD, "description": "As in the index."}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": city.title.in_language("en"),
            "version": "1",
            "summary": "Static JSON files about every dataset; no key, no limit.",
        },
        "servers": [{"url": catalog_address(city) or "../"}],
        "paths": {
            "/api/v1/index.json": _get("What there is.", "Index"),
            "/api/v1/datasets/{id}.json": {**_get("All about one dataset.", "Dataset"), "parameters": identified},
        },
        "components": {"schemas": _SCHEMAS},
    }


def _get(summary: str, schema: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers = {"200": {"description": summary, "content": content}, "404": {"description": "There is no such dataset."}}
    return {"get": {"operationId": f"get{schema}", "summary": summary, "responses": answers}}
