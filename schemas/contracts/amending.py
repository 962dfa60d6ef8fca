"""A decision about one field -> the text of its contract with that decision in it, and no other byte changed.

Works on the places that YAML's own parser tells, so comments, order and layout stay. Knows no rules: whether the new
text is a contract, and whether it says what was decided, the strict loader tells.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

Said = Mapping[str, Any]
Edit = tuple[int, int, str]
"""What stands from one index to another, and what it becomes."""


def amended(text: str, field: str, access: str, exemption: Said | None) -> str:
    """`text` with `field` decided; KeyError where it has no such field in a form that can be edited."""
    node = _field(text, field)
    edits = _flow(node, access, exemption) if node.flow_style else _block(text, node, access, exemption)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _field(text: str, name: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for node in _pairs(root)["fields"][1].value:
        if isinstance(node, yaml.MappingNode) and _pairs(node)["name"][1].value == name:
            return node
    raise KeyError(name)


def _pairs(node: Any) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    return {key.value: (key, value) for key, value in node.value}


def _flow(node: yaml.MappingNode, access: str, exemption: Said | None) -> list[Edit]:
    """`{name: nik, access: exempt}`: the ground is written as JSON, which is YAML on one line."""
    pairs = _pairs(node)
    ground = "" if exemption is None else ", exemption: " + json.dumps(exemption, ensure_ascii=False, default=str)
    edits = list(_without_the_ground_before(node))
    if "access" in pairs:
        value = pairs["access"][1]
        return [*edits, (value.start_mark.index, value.end_mark.index, access + ground)]
    last = max(value.end_mark.index for key, value in pairs.values() if key.value != "exemption")
    return [*edits, (last, last, f", access: {access}{ground}")]


def _without_the_ground_before(node: yaml.MappingNode) -> Iterator[Edit]:
    """From the end of what stands before it, so that its comma goes with it."""
    for (_, before), (key, value) in zip(node.value, node.value[1:], strict=False):
        if key.value == "exemption":
            yield before.end_mark.index, value.end_mark.index, ""


def _block(text: str, node: yaml.MappingNode, access: str, exemption: Said | None) -> list[Edit]:
    """A key a line: the value of `access` is replaced where it stands, the ground stands below it."""
    pairs = _pairs(node)
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = node.value[0][0].start_mark.column
    ground = "" if exemption is None else newline + _rendered({"exemption": exemption}, indent, newline)
    edits: list[Edit] = []
    if "exemption" in pairs:
        key, value = pairs["exemption"]
        start, end = _line_before(text, key.start_mark.index), _last(text, value)
        edits.append((start, end, ground))
        ground = ""
    if "access" in pairs:
        value = pairs["access"][1]
        edits.append((value.start_mark.index, value.end_mark.index, access))
        below = _line_end(text, value.end_mark.index)
        return [*edits, (below, below, ground)] if ground else edits
    others = [value for key, value in pairs.values() if key.value != "exemption"]
    below = _line_end(text, max(_last(text, value) for value in others))
    return [*edits, (below, below, f"{newline}{' ' * indent}access: {access}{ground}")]


def _rendered(said: Said, indent: int, newline: str) -> str:
    text = yaml.safe_dump(dict(said), sort_keys=False, allow_unicode=True, width=110)
    return newline.join(" " * indent + line for line in text.splitlines())


def _last(text: str, node: yaml.Node) -> int:
    """Where a node's own characters end: a block's end mark stands at whatever comes after it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return len(text[: node.end_mark.index].rstrip())
    children = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return max(_last(text, child) for child in children)


def _line_before(text: str, index: int) -> int:
    """The end of the line before, so that a line that is taken out leaves none empty."""
    return len(text[:index].rstrip(" ").removesuffix("\n").removesuffix("\r"))


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text.rstrip("\n")) if end < 0 else end - text[:end].endswith("\r")
