"""The strict loader: YAML text -> a checked model, or every fault of the file at once with its line.

Every scalar is text until the model gives it a type, so `72.10` and `012` stay what they are. Duplicate keys,
anchors and tags are faults. Reads no disk: the registry hands it the text.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from schemas.errors import AuthorError

from .base import Promise, Wrong

Model = TypeVar("Model", bound=Promise)
Place = tuple[str | int, ...]
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where it stands, its closed code, and the names that fill its wording."""

    file: str
    line: int
    code: str
    names: dict[str, str | int] = field(default_factory=dict)


class ContractError(AuthorError):
    """A file that is no contract. `faults` holds all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("contract_faults", file=faults[0].file, faults=len(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Tree:
    """Plain data, the line of every place in it, and what is wrong with the YAML itself."""

    data: Any
    lines: dict[Place, int]
    faults: list[Fault]


def load(text: str, file: str, model: type[Model]) -> Model:
    """The `model` that `text` states; raises ContractError with every fault of the file."""
    tree = _tree(text, file)
    faults = list(tree.faults)
    while True:
        try:
            loaded = model.model_validate(tree.data)
        except ValidationError as error:
            faults.extend(_faults(error, tree, file, model))
            if _without_unknown_keys(error, tree.data):
                continue
            raise ContractError(_in_order(faults)) from None
        if faults:
            raise ContractError(_in_order(faults))
        return loaded


def _without_unknown_keys(error: ValidationError, data: Any) -> bool:
    """Take out the unknown keys, so that what they hide can be judged too; whether that may show more."""
    details = error.errors(include_url=False)
    if any(detail["type"] != "extra_forbidden" for detail in details):
        return False
    for detail in details:
        place = data
        for part in detail["loc"][:-1]:
            if isinstance(part, int) or part in place:
                place = place[part]
        del place[detail["loc"][-1]]
    return True


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _tree(text: str, file: str) -> _Tree:
    tree = _Tree({}, {(): 1}, [])
    if len(text) > MAX_BYTES:
        raise ContractError((Fault(file, 1, "too_long", {"limit": MAX_BYTES}),))
    try:
        _refuse_sharing(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContractError((Fault(file, line, "yaml"),)) from None
    except (yaml.YAMLError, RecursionError):
        raise ContractError((Fault(file, 1, "yaml"),)) from None
    if not isinstance(root, yaml.MappingNode):
        raise ContractError((Fault(file, 1, "not_a_mapping"),))
    return _Tree(_plain(root, (), tree.lines, tree.faults, file), tree.lines, tree.faults)


def _refuse_sharing(text: str) -> None:
    """Anchors and tags make one text mean several things, and a small file a huge tree."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        anchored = getattr(event, "anchor", None) is not None
        if anchored or str(getattr(event, "tag", None) or "!") != "!":
            raise yaml.MarkedYAMLError(problem="sharing", problem_mark=event.start_mark)  # type: ignore[arg-type]


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], faults: list[Fault], file: str) -> Any:
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return None if node.value == "" and node.style is None else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*place, i), lines, faults, file) for i, child in enumerate(node.value)]
    data: dict[str, Any] = {}
    for key_node, value in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in data:
            faults.append(Fault(file, line, "key_twice", {"key": key}))
            continue
        lines[(*place, key)] = line
        data[key] = _plain(value, (*place, key), lines, faults, file)
    return data


def _faults(error: ValidationError, tree: _Tree, file: str, model: type[BaseModel]) -> Iterator[Fault]:
    details = error.errors(include_url=False)
    for detail in details:
        place = _known_place(detail["loc"], tree)
        if detail["type"] == "too_short" and any(_below(detail["loc"], other["loc"]) for other in details):
            continue  # pydantic counts only the good items of a list that has faulty ones
        for code, names in _codes_and_names(detail, model):
            shown = ".".join(map(str, place)) or "-"
            yield Fault(file, tree.lines.get(place, 1), code, {"place": shown, **names})


def _below(place: Place, other: Place) -> bool:
    return len(other) > len(place) and other[: len(place)] == place


def _known_place(location: Place, tree: _Tree) -> Place:
    """pydantic's location without the tags of unions, as far as the file goes."""
    place: Place = ()
    for part in location:
        if (*place, part) in tree.lines:
            place = (*place, part)
    return place


def _codes_and_names(detail: ErrorDetails, model: type[BaseModel]) -> list[Wrong]:
    if detail["type"] == "contract":
        return list(detail["ctx"]["faults"])
    return [_code_and_names(detail, model)]


def _code_and_names(detail: ErrorDetails, model: type[BaseModel]) -> Wrong:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), _model_at(detail["loc"][:-1], model))
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


def _unknown_key(key: str, model: type[BaseModel] | None) -> Wrong:
    known = [info.alias or name for name, info in model.model_fields.items()] if model else []
    nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    if nearest:
        return "key_unknown_nearest", {"key": key, "nearest": nearest[0]}
    return "key_unknown", {"key": key, "known": ", ".join(sorted(known)) or "-"}


def _model_at(location: Place, model: type[BaseModel]) -> type[BaseModel] | None:
    """The model that stands at a location; follows unions by their tag."""
    candidates: list[type[BaseModel]] = [model]
    for part in location:
        if isinstance(part, int):
            continue
        tagged = [candidate for candidate in candidates if _tag(candidate) == part]
        candidates = tagged or [
            found
            for candidate in candidates
            for name, info in candidate.model_fields.items()
            if part in (name, info.alias)
            for found in _models_in(info.annotation)
        ]
    return candidates[0] if len(candidates) == 1 else None


def _tag(model: type[BaseModel]) -> str | None:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
