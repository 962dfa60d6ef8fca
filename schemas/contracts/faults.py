"""What pydantic found wrong -> our closed codes, each at its place in the file. Knows no YAML and no lines."""

import difflib
from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .base import Wrong

Place = tuple[str | int, ...]


def judged(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Place, Wrong]]:
    """Everything that is wrong, with the place where it stands."""
    details = error.errors(include_url=False)
    for detail in details:
        if detail["type"] == "too_short" and any(_below(detail["loc"], other["loc"]) for other in details):
            continue  # pydantic counts only the good items of a list that has faulty ones
        place, _ = _followed(detail["loc"], model)
        for wrong in _codes_and_names(detail, model):
            yield place, wrong


def unknown_keys(error: ValidationError, model: type[BaseModel]) -> list[Place]:
    """The places of the unknown keys where nothing else is wrong: what they hide can only be judged without them."""
    details = error.errors(include_url=False)
    if any(detail["type"] != "extra_forbidden" for detail in details):
        return []
    return [_followed(detail["loc"], model)[0] for detail in details]


def _below(place: Place, other: Place) -> bool:
    return len(other) > len(place) and other[: len(place)] == place


def _codes_and_names(detail: ErrorDetails, model: type[BaseModel]) -> list[Wrong]:
    if detail["type"] == "contract":
        return list(detail["ctx"]["faults"])
    return [_code_and_names(detail, model)]


def _code_and_names(detail: ErrorDetails, model: type[BaseModel]) -> Wrong:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), _followed(detail["loc"][:-1], model)[1])
    if kind == "missing":
        return "key_missing", {"key": str(detail["loc"][-1])}
    if kind in ("literal_error", "union_tag_invalid"):
        return "not_one_of", {"expected": str(context.get("expected") or context.get("expected_tags"))}
    if kind == "union_tag_not_found":
        return "key_missing", {"key": "kind"}
    if kind == "string_pattern_mismatch":
        return "pattern", {"pattern": str(context["pattern"])}
    return _SIMPLE.get(kind, "invalid"), {"limit": _limit(context)}


_SIMPLE = {
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_type": "date",
    "int_parsing": "whole_number",
    "int_type": "whole_number",
    "float_parsing": "number",
    "decimal_parsing": "number",
    "decimal_type": "number",
    "finite_number": "number",
    "bool_parsing": "true_or_false",
    "bool_type": "true_or_false",
    "string_type": "text",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
}


def _limit(context: dict[str, Any]) -> str:
    names = ("ge", "le", "min_length", "max_length")
    return ", ".join(str(context[name]) for name in names if name in context) or "-"


def _unknown_key(key: str, models: list[type[BaseModel]]) -> Wrong:
    known = sorted({info.alias or name for model in models for name, info in model.model_fields.items()})
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    if nearest:
        return "key_unknown_nearest", {"key": key, "nearest": nearest[0]}
    return "key_unknown", {"key": key, "known": ", ".join(known) or "-"}


def _followed(location: Place, model: type[BaseModel]) -> tuple[Place, list[type[BaseModel]]]:
    """pydantic's location without the tags of its unions, and the models that may stand there."""
    place: Place = ()
    here: Any = model
    for part in location:
        models = _models(here)
        tagged = [found for found in models if len(models) > 1 and _tag(found) == part]
        if tagged:
            here = tagged[0]
            continue
        place = (*place, part)
        here = _next(here, models, part)
    return place, _models(here)


def _next(here: Any, models: list[type[BaseModel]], part: str | int) -> Any:
    """What stands below a key or at a position."""
    origin, arguments = get_origin(here), get_args(here)
    if origin is dict:
        return arguments[1]
    if origin is tuple:
        return arguments[0]
    if arguments and not models:
        return _next(arguments[0], [], part)
    fields = [info for one in models for name, info in one.model_fields.items() if part in (name, info.alias)]
    return fields[0].annotation if fields else None


def _models(here: Any) -> list[type[BaseModel]]:
    """The models of an annotation, through `Annotated` and unions, not through lists and mappings."""
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [here]
    if here is NoneType or get_origin(here) in (dict, tuple):
        return []
    return [found for part in get_args(here) for found in _models(part)]


def _tag(model: type[BaseModel]) -> str | None:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else None
