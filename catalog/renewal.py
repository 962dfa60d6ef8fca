"""[edge] What changed in a city since its pages were drawn last: its cards then, and as the pointer has it now.

Reads the shelf, writes nothing. Of ten thousand releases those alone are read whose card tells of another.
"""

from dataclasses import dataclass, field
from pathlib import Path

from catalog import layout
from catalog.manifest import Pointer
from catalog.shelf import history, read_subject
from catalog.site.cards import Card, Cards, card, read, speaks_of
from catalog.site.search_index import VOCABULARY, Subjects, parts_of, terms_file
from schemas.contracts import Dataset


@dataclass(frozen=True, slots=True)
class Last:
    """From what a city was drawn last: its cards, and the parts of its search. Empty: all is drawn again."""

    cards: Cards = field(default_factory=dict)
    index: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Renewal:
    """All cards as they are now, and the datasets that were read anew, by id."""

    last: Last
    cards: Cards
    subjects: Subjects

    @property
    def changed(self) -> set[str]:
        """The datasets whose card is another, or new, or gone."""
        before, now = self.last.cards, self.cards
        return {name for name in {*before, *now} if before.get(name) is not now.get(name)}


def drawn_last(public: Path, city: str) -> Last:
    """From what a city was drawn last; nothing where that cannot be read whole."""
    folder = public / layout.search_index(city)
    try:
        cards = read((public / layout.cards(city)).read_bytes())
        parts = parts_of((folder / VOCABULARY).read_bytes())
        return Last(cards, tuple((folder / terms_file(part)).read_bytes() for part in range(parts)))
    except (OSError, ValueError):
        return Last()


def renewed(public: Path, pointer: Pointer, last: Last) -> Renewal:
    """The cards as the pointer has it: those of `last` that tell of the same release, and new ones."""
    cards: dict[str, Card] = {}
    subjects: dict[str, Dataset] = {}
    for name, entry in pointer.datasets.items():
        if entry.current is None:
            continue
        known = last.cards.get(name)
        if known is not None and speaks_of(known, entry):
            cards[name] = known
            continue
        manifest, dataset = read_subject(public, pointer.city.id, name, entry.current.release)
        past = history(public, pointer.city.id, name, entry.current)
        cards[name], subjects[name] = card(dataset, manifest, past, len(entry.withdrawn)), dataset
    return Renewal(last, cards, subjects)
