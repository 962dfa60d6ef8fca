"""The strict loader: YAML text -> a checked model, or every fault of the file at once with its line.

Every scalar is text until the model gives it a type, so `72.10` and `012` stay what they are. Duplicate keys,
anchors and tags are faults. Reads no disk: the registry hands it the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from schemas.errors import AuthorError

from .base import Promise, Wrong
from .faults import Place, judged, unknown_keys

Model = TypeVar("Model", bound=Promise)
MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 50
NO_TEXT = re.compile("[\ud800-\udfff]")
"""Halves of a character, which an escape can write and no file can hold."""


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


def load(text: str, file: str, model: type[Model], **context: Promise) -> Model:
    """The `model` that `text` states, held against what `context` names; ContractError with every fault of the file."""
    tree = _tree(text, file)
    faults = list(tree.faults)
    while True:
        try:
            loaded = model.model_validate(tree.data, context=context)
        except ValidationError as error:
            faults.extend(_fault(tree, file, place, wrong) for place, wrong in judged(error, model))
            hiding = unknown_keys(error, model)
            if not hiding:
                raise ContractError(_in_order(faults)) from None
            _remove(hiding, tree.data)
            continue
        if faults:
            raise ContractError(_in_order(faults))
        return loaded


def _fault(tree: _Tree, file: str, place: Place, wrong: Wrong) -> Fault:
    """At the line of the place, or of the nearest one above that the file holds."""
    code, names = wrong
    while place not in tree.lines:
        place = place[:-1]
    shown = ".".join(map(str, place)) or "-"
    return Fault(file, tree.lines[place], code, {"place": shown, **names})


def _remove(places: list[Place], data: Any) -> None:
    for place in places:
        above = data
        for part in place[:-1]:
            above = above[part]
        del above[place[-1]]


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _tree(text: str, file: str) -> _Tree:
    """The file as plain data; a fault of the YAML itself hides everything else."""
    if len(text) > MAX_CHARACTERS:
        raise ContractError((Fault(file, 1, "too_long", {"place": file, "limit": MAX_CHARACTERS}),))
    tree = _Tree({}, {(): 1}, [])
    try:
        _refuse_tricks(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise ContractError((Fault(file, 1, "not_a_mapping"),))
        return _Tree(_plain(root, (), tree, file), tree.lines, tree.faults)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContractError((Fault(file, line, "yaml"),)) from None
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):  # the last two: "\UFFFFFFFF"
        raise ContractError((Fault(file, 1, "yaml"),)) from None


def _refuse_tricks(text: str) -> None:
    """Anchors and tags make one text mean several things; deep nesting takes the parser minutes, then the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        anchored = getattr(event, "anchor", None) is not None
        tagged = str(getattr(event, "tag", None) or "!") != "!"
        half = NO_TEXT.search(getattr(event, "value", None) or "")
        if anchored or tagged or half or depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="refused", problem_mark=event.start_mark)  # type: ignore[arg-type]


def _plain(node: yaml.Node, place: Place, tree: _Tree, file: str) -> Any:
    tree.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return None if node.value == "" and node.style is None else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*place, i), tree, file) for i, child in enumerate(node.value)]
    return {key: _plain(value, (*place, key), tree, file) for key, value in _distinct_keys(node, place, tree, file)}


def _distinct_keys(node: yaml.Node, place: Place, tree: _Tree, file: str) -> Iterator[tuple[str, yaml.Node]]:
    seen: set[str] = set()
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            tree.faults.append(Fault(file, line, "key_no_text"))
        elif key_node.value in seen:
            tree.faults.append(Fault(file, line, "key_twice", {"key": key_node.value}))
        else:
            seen.add(key_node.value)
            tree.lines[(*place, key_node.value)] = line
            yield key_node.value, value


__all__ = ["MAX_CHARACTERS", "ContractError", "Fault", "Model", "load"]
