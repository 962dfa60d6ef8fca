"""A card: what lists, search and the home page need to know of a dataset, and `api/v1/datasets.json`, all cards.

Derived from the release's own documents alone, so it can be made again at any time. What speaks of a whole city
is drawn from cards, never from the documents of all its releases.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from catalog.manifest import Entry, Format, Manifest, Pointer, Tombstone
from schemas.contracts import Dataset, LocalText
from schemas.contracts.base import Promise
from schemas.contracts.contract import Frequency, Keywords, Origin, Theme

from .words import first_sentence


class Column(Promise):
    """A column of the public table."""

    name: str
    title: LocalText


class Card(Promise):
    """A dataset by its current release. `rows_before` counts the release before it, where one stands.

    `withdrawn` counts the releases that were taken back; with `release` it tells which state the card speaks of.
    """

    id: str
    title: LocalText
    summary: LocalText
    department: str
    theme: Theme
    keywords: Keywords
    columns: tuple[Column, ...]
    origin: Origin
    license: str
    frequency: Frequency | None = None
    formats: tuple[Format, ...]
    rows: int
    rows_before: int | None = None
    release: str
    issued: datetime
    first_issued: datetime
    withdrawn: int = 0


Cards = Mapping[str, Card]
"""Cards by the dataset's id."""


def card(dataset: Dataset, manifest: Manifest, past: Iterable[Manifest | Tombstone], withdrawn: int) -> Card:
    """The card of a current release and of its `past`: itself and those before it, newest first."""
    before = [one for one in past if one.release != manifest.release]
    rows_before = before[0].rows if before and isinstance(before[0], Manifest) else None
    return Card(
        id=dataset.id,
        title=dataset.title,
        summary=_summary(dataset.description),
        department=dataset.department,
        theme=dataset.theme,
        keywords=dataset.keywords,
        columns=tuple(Column(name=field.name, title=field.title) for field in dataset.public_fields),
        origin=dataset.origin,
        license=dataset.license,
        frequency=dataset.update.frequency if dataset.update else None,
        formats=tuple(file.format for file in manifest.distributions),
        rows=manifest.rows,
        rows_before=rows_before,
        release=manifest.release,
        issued=manifest.issued,
        first_issued=min((manifest.issued, *(one.issued for one in before))),
        withdrawn=withdrawn,
    )


def _summary(description: LocalText) -> LocalText:
    english = first_sentence(description.en) if description.en else None
    return LocalText(id=first_sentence(description.id), en=english)


def speaks_of(known: Card, entry: Entry) -> bool:
    """Whether a card tells of what the pointer's entry names now."""
    return (
        entry.current is not None and known.release == entry.current.release and known.withdrawn == len(entry.withdrawn)
    )


def document(pointer: Pointer, cards: Iterable[Card]) -> bytes:
    """All cards by id, one a line: what changed in the catalog is what changed in the file."""
    head = {"city": pointer.city.id, "updated": pointer.updated.isoformat()}
    lines = ",\n".join(card.model_dump_json(exclude_none=True) for card in sorted(cards, key=lambda card: card.id))
    return f'{json.dumps(head)[:-1]}, "datasets": [\n{lines}\n]}}\n'.encode()


def read(data: bytes) -> dict[str, Card]:
    """The cards of a document; ValueError where it is none of this version's."""
    return {card.id: card for card in _Document.model_validate_json(data).datasets}


class _Document(Promise):
    city: str
    updated: datetime
    datasets: tuple[Card, ...]
