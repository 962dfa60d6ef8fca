"""The search index of a city's catalog: classic scripts, since nothing else can be read from `file://`.

`vocabulary.js` holds every term; `terms-N.js` says, term by term, in which datasets it stands and how much that
tells; `cards-N.js` holds what a hit shows. A dataset goes by a key of seven letters made from its id, so that the
index is the same whatever was published in which order, and publishing one dataset rewrites only the parts that
hold its terms. Parts are those of `catalog.parts`: terms that begin alike stand in one, so that a word that is
being typed asks for one part. Pure: the stored index comes in, the new one goes out.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache, partial
from itertools import chain
from typing import Any

from catalog.parts import count_of_parts, part_of
from schemas.contracts import LANGUAGES, City, Dataset
from schemas.messages import wording

from .cards import Card, Cards, in_each_language
from .terms import STOP_WORDS, terms

CARDS_A_PART = 25
"""Cards in a part, on average: a page of hits asks for some ten parts of 4 kB."""
BEGINNING = 3
"""Letters by which terms are put together: fewer make parts of very unequal size."""
SHORT_TITLE = 3
"""Terms of a title that says little else."""

VOCABULARY = "vocabulary.js"

_LETTERS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_KEY = 7
_TITLE, _KEYWORD, _COLUMN, _DEPARTMENT, _DESCRIPTION, _SHORT = 32, 16, 8, 4, 2, 1
"""What a term tells of a dataset, by where it stands; added up, so that a better place beats all lesser ones."""

Postings = dict[str, str]
"""By term: a record a dataset, its key and one letter for the sum of the places; in the order of the keys."""
Files = dict[str, bytes]
"""By the file's name in the folder of the index."""
Subjects = Mapping[str, Dataset]
"""What was read anew, by id: descriptions are searched in full, and cards hold their first sentence only."""


def index(city: City, cards: Cards, changed: Iterable[str], subjects: Subjects, stored: Iterable[bytes]) -> Files:
    """The files of the index: the `stored` parts of the terms, with what `changed` taken out and put in again."""
    postings = _without([key(name) for name in changed], stored)
    added: dict[str, list[str]] = defaultdict(list)
    for dataset in subjects.values():
        for term, places in places_of(city, dataset).items():
            added[term].append(f"{key(dataset.id)}{_LETTERS[places]}")
    for term, records in added.items():
        postings[term] = "".join(sorted([*_records(postings.get(term, "")), *records]))
    parts = _by_part(postings, count_of_parts(len(cards)))
    return {
        **{terms_file(number): _script(f"terms-{number}", part) for number, part in enumerate(parts)},
        **_cards(cards.values()),
        VOCABULARY: _script("vocabulary", _vocabulary(city, parts, len(cards))),
    }


def terms_file(part: int) -> str:
    """The file of a part of the terms."""
    return f"terms-{part}.js"


def parts_of(vocabulary: bytes) -> int:
    """How many parts of terms a stored index has; ValueError where it is none."""
    return len(_told(vocabulary)["terms"])


def key(dataset: str) -> str:
    """The seven letters for a dataset's id: 42 bits, the last of the hash that chooses its part.

    At 10,000 datasets two share one by a chance of 1 in 90,000: then both are shown where either is found.
    """
    number = int.from_bytes(hashlib.sha256(dataset.encode()).digest()[:8], "big")
    return "".join(_LETTERS[number >> 6 * place & 63] for place in reversed(range(_KEY)))


def places_of(city: City, dataset: Dataset) -> dict[str, int]:
    """Every term of a dataset, and the sum of the places where it stands."""
    named = city.departments.get(dataset.department)
    theme = (wording(f"theme.{dataset.theme}", language) for language in LANGUAGES)
    columns = chain.from_iterable((field.name, *in_each_language(field.title)) for field in dataset.public_fields)
    told = (
        (_TITLE, in_each_language(dataset.title)),
        (_KEYWORD, (dataset.id, *dataset.keywords.id, *dataset.keywords.en)),
        (_COLUMN, columns),
        (_DEPARTMENT, (dataset.department, *(in_each_language(named) if named else ()), *theme)),
        (_DESCRIPTION, in_each_language(dataset.description)),
    )
    found: dict[str, int] = defaultdict(int)
    for place, texts in told:
        for term in chain.from_iterable(map(terms, texts)):
            found[term] |= place
    for title in (words for words in map(terms, in_each_language(dataset.title)) if len(set(words)) <= SHORT_TITLE):
        for term in title:
            found[term] |= _SHORT
    return found


def _without(keys: Collection[str], stored: Iterable[bytes]) -> Postings:
    """The stored records but those of some keys."""
    postings: Postings = {}
    for term, records in chain.from_iterable(_told(part).items() for part in stored):
        kept = records
        if any(one in records for one in keys):  # most terms hold none, and a look is far cheaper than a cut
            kept = "".join(record for record in _records(records) if record[:_KEY] not in keys)
        if kept:
            postings[term] = kept
    return postings


def _records(together: str) -> list[str]:
    return [together[start : start + _KEY + 1] for start in range(0, len(together), _KEY + 1)]


def _by_part(postings: Postings, parts: int) -> list[dict[str, str]]:
    """The postings cut into parts, terms in their order."""
    cut: list[dict[str, str]] = [{} for _ in range(parts)]
    of = cache(partial(part_of, parts=parts))
    for term in sorted(postings):
        cut[of(term[:BEGINNING])][term] = postings[term]
    return cut


def _vocabulary(city: City, parts: list[dict[str, str]], datasets: int) -> dict[str, Any]:
    """What a reader of the index starts from: the terms of each part, and about how many datasets each has.

    The latter as the power of two, a digit a term: it chooses among the terms that begin as a word does.
    """
    return {
        "datasets": datasets,
        "cards": count_of_parts(datasets, CARDS_A_PART),
        "stop": sorted(STOP_WORDS),
        "departments": {name: in_each_language(text) for name, text in city.departments.items()},
        "terms": [" ".join(part) for part in parts],
        "often": ["".join(f"{_power(len(records)):x}" for records in part.values()) for part in parts],
    }


def _power(letters: int) -> int:
    return min(15, (letters // (_KEY + 1)).bit_length() - 1)


def _cards(cards: Iterable[Card]) -> Files:
    listed = sorted(cards, key=lambda card: card.id)
    parts: list[dict[str, list[dict[str, Any]]]] = [{} for _ in range(count_of_parts(len(listed), CARDS_A_PART))]
    for card in listed:
        parts[part_of(card.id, len(parts))].setdefault(key(card.id), []).append(_shown(card))
    return {f"cards-{number}.js": _script(f"cards-{number}", part) for number, part in enumerate(parts)}


def _shown(card: Card) -> dict[str, Any]:
    """What a hit shows."""
    shown = {
        "id": card.id,
        "title": in_each_language(card.title),
        "text": in_each_language(card.summary),
        "department": card.department,
    }
    return {**shown, "sample": 1} if card.origin == "sample" else shown


def _script(name: str, told: Mapping[str, Any]) -> bytes:
    """A classic script that hands over what it holds. ASCII, so that no server's idea of letters matters."""
    return f"paluSearch({json.dumps(name)},{json.dumps(told, separators=(',', ':'))});\n".encode()


def _told(script: bytes) -> dict[str, Any]:
    """What a script of ours hands over."""
    text = script.decode()
    told: dict[str, Any] = json.loads(text[text.index(",") + 1 : text.rindex(")")])
    return told
