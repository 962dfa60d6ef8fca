"""The JSON Schema of a contract, generated from the model: what editors complete and check while one types.

It is wider than the model where JSON Schema cannot say more: rules between keys are the loader's.
"""

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from schemas.contracts import RULES, Contract
from schemas.messages import catalogue, wording

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TRUE_OR_FALSE = "^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[01])$"


_SAYS_NOTHING = ("title", "discriminator", "default", "ge", "le")
"""Keywords that pydantic adds and JSON Schema does not know, or that only repeat a key's name."""


def contract_schema() -> Schema:
    """JSON Schema 2020-12 of a contract file. Every scalar may be written bare or quoted."""
    schema = _schema_of(TypeAdapter(Contract))
    definitions = schema.pop("$defs")
    rule = definitions["Rule"]
    rule["properties"]["expect"] = {"enum": sorted(RULES), **_description("expect")}
    rule["allOf"] = [_arguments(name) for name in RULES]
    title = {"$schema": DIALECT, "title": wording("schema.title", "id")}
    return {**title, **schema, "$defs": definitions}


def _schema_of(adapter: TypeAdapter[Any]) -> Schema:
    found: Schema = _written(adapter.json_schema(by_alias=True, mode="validation"))
    return found


def _arguments(name: str) -> Schema:
    """The arguments that one expectation takes."""
    kind = RULES[name]
    stated = {
        "type": "object",
        "properties": {argument: _schema_of(TypeAdapter(type_)) for argument, type_ in kind.arguments.items()},
        "required": list(kind.needs),
        "additionalProperties": False,
    }
    condition = {"properties": {"expect": {"const": name}}, "required": ["expect"]}
    return {"if": condition, "then": {"properties": {"with": stated}, "required": ["with"] if kind.needs else []}}


def _written(schema: Any) -> Any:
    """A schema as editors see a file: pydantic's own titles gone, keys described, scalars bare or quoted."""
    if isinstance(schema, list):
        return [_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in _SAYS_NOTHING}
    for key, value in kept.items():
        if key in ("properties", "$defs"):
            kept[key] = {name: {**_written(part), **_description(name)} for name, part in value.items()}
        else:
            kept[key] = _written(value)
    return _scalar(kept)


def _scalar(schema: Schema) -> Schema:
    """The loader reads every scalar as text; an editor sees numbers and truth values where nobody quoted them."""
    wider = _WIDER.get(str(schema.get("type")))
    return wider(schema) if wider else schema


def _text(schema: Schema) -> Schema:
    if schema.keys() & {"pattern", "enum", "const", "format"}:
        return schema
    return {**schema, "type": ["string", "number", "boolean"]}


def _or_quoted(pattern: str) -> Callable[[Schema], Schema]:
    return lambda schema: {"anyOf": [schema, {"type": "string", "pattern": pattern}]}


_WIDER: dict[str, Callable[[Schema], Schema]] = {
    "string": _text,
    "integer": _or_quoted("^[+-]?[0-9]+$"),
    "number": _or_quoted("^[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?$"),
    "boolean": _or_quoted(_TRUE_OR_FALSE),
}


def _description(key: str) -> Schema:
    """What a key means, in both languages, where a wording says it."""
    code = f"key.{key}"
    if code not in catalogue("id"):
        return {}
    return {"description": f"{wording(code, 'id')}\n\n{wording(code, 'en')}"}
