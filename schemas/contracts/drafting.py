"""What was inferred from a file -> the text of a contract that an officer reads on from, comments and all.

Every field is undetermined: no draft opens anything. Infers nothing itself, and knows no rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from schemas.messages import wording

from .base import Language
from .field import FieldType

Note = tuple[str, dict[str, str | int]]
"""A code below `new.note.`, and the names that fill its wording. Never a cell's value."""
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftField:
    """A column as it seems to be. `listed` are the few values that it has, for a closed list that is confirmed."""

    name: str
    column: str
    title: str
    type: FieldType
    form: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str | None = None
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    listed: tuple[str, ...] = ()
    enum: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    is_ambiguous: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole contract: `said` are the keys above `fields`, as they stand in the file; `source` those of its own."""

    said: Said
    source: Said
    missing: tuple[str, ...]
    fields: tuple[DraftField, ...]
    key: tuple[str, ...]
    file: str
    rows: int


def written(draft: Draft, language: Language) -> str:
    """The contract's text, its keys in the order that all contracts have."""
    return "\n".join(_lines(draft, language)) + "\n"


def _lines(draft: Draft, language: Language) -> Iterator[str]:
    yield _comment("new.comment.head", language, file=draft.file, rows=draft.rows)
    yield _comment("new.comment.next", language, dataset=draft.said["id"])
    for key, value in draft.said.items():
        yield f"{key}: {_flow(value)}"
    yield f"source: {_flow(draft.source)}"
    if len(draft.missing) > 1:
        yield _comment("new.comment.missing", language)
        yield f"missingValues: {_flow(list(draft.missing))}"
    yield "fields:"
    for one in draft.fields:
        yield from _field(one, language)
    if draft.key:
        yield _comment("new.comment.key", language, rows=draft.rows)
        yield f"primaryKey: {_flow(list(draft.key))}"
    else:
        yield _comment("new.comment.no_key", language)


def _field(one: DraftField, language: Language) -> Iterator[str]:
    yield from (f"  {_comment(f'new.note.{code}', language, **names)}" for code, names in _notes(one))
    keys: dict[str, Any] = {"column": [one.column], "title": {"id": one.title}, "type": one.type, **one.form}
    keys |= {key: list(words) for key, words in one.words.items()}
    constraints = {
        "required": one.required,
        "unique": one.unique,
        "pattern": one.pattern,
        "enum": list(one.enum),
    }
    keys |= {"unit": one.unit, "constraints": {key: value for key, value in constraints.items() if value}}
    yield f"  - name: {one.name}"
    yield from (f"    {key}: {_flow(value)}" for key, value in keys.items() if value)
    yield "    access: undetermined"


def _notes(one: DraftField) -> Iterator[Note]:
    for word in one.sensitive:
        yield f"sensitive.{word}", {}
    yield from one.notes


def _comment(code: str, language: Language, **names: object) -> str:
    """On one line, whatever a name holds: a line end would let it write keys of its own."""
    return "# " + " ".join(wording(code, language, **names).split())


def _flow(value: Any) -> str:
    """A value on one line, as YAML writes it."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6)
    return text.removesuffix("\n").removesuffix("\n...")
