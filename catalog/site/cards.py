"""A card: what lists, search and the home page need to know of a dataset, and `api/v1/datasets.json`, all cards.

Derived from the release's own documents alone, so it can be made again at any time. What speaks of a whole city
is drawn from cards, never from the documents of all its releases.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from catalog.manifest import Entry, Format, Manifest, Pointer, Tombstone
from schemas.contracts import Dataset, Language, LocalText
from schemas.contracts.base import Promise
from schemas.contracts.contract import Frequency, Origin, Theme

from .words import first_sentence


class Said(LocalText):
    """A text of a contract, which was checked there: ten thousand cards are read at every publish."""

    id: str
    en: str | None = None


class Card(Promise):
    """A dataset by its current release.

    `columns` are those of the public table and their titles; `rows_before` counts the release before, where one
    stands; `withdrawn` the releases that were taken back: with `release` it tells of which state the card speaks.
    """

    id: str
    title: Said
    summary: Said
    department: str
    theme: Theme
    keywords: dict[Language, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
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
        title=_said(dataset.title),
        summary=_summary(dataset.description),
        department=dataset.department,
        theme=dataset.theme,
        keywords={"id": dataset.keywords.id, "en": dataset.keywords.en},
        columns={field.name: in_each_language(field.title) for field in dataset.public_fields},
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


def in_each_language(text: LocalText) -> tuple[str, ...]:
    """A text in Bahasa Indonesia and, where somebody wrote it, in English."""
    return (text.id, text.en) if text.en else (text.id,)


def _said(text: LocalText) -> Said:
    return Said(id=text.id, en=text.en)


def _summary(description: LocalText) -> Said:
    english = first_sentence(description.en) if description.en else None
    return Said(id=first_sentence(description.id), en=english)


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
