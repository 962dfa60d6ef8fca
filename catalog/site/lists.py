"""The pages that speak of many datasets: the city's home, its lists, its search. Drawn from cards alone."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from catalog import layout
from catalog.manifest import Pointer
from schemas.contracts import LANGUAGES, City, Language
from schemas.messages import wording

from .cards import Card, Cards
from .pages import department_name, drawn

NEWEST = 10
ON_ONE_PAGE = 500
"""Datasets that one page lists from A to Z: some 40 kB on the way. Where there are more, each letter has a page."""
NO_LETTER = "0-9"

Pages = dict[PurePosixPath, str]
Of = Callable[[Card, Language], str]
"""What a list is of: a card's department, its theme, its first letter in a language."""
_Way = tuple[str, PurePosixPath]


@dataclass(frozen=True, slots=True)
class Heading:
    """A list as other pages lead to it."""

    name: str
    page: PurePosixPath
    count: int


def city_page(pointer: Pointer, cards: Cards, language: Language = "id") -> str:
    """A city's home: search, what is new, and the ways into its lists."""
    city = pointer.city
    newest = sorted(cards.values(), key=lambda card: (card.issued, card.id), reverse=True)[:NEWEST]
    return drawn(
        "city.html",
        partial(layout.city_page, city.id),
        language,
        city=city,
        pointer=pointer,
        newest=newest,
        datasets=len(cards),
        rows_in_all=sum(card.rows for card in cards.values()),
        departments=_headings(city, _counted(cards, _department_of, language), _department_way, language),
        themes=_headings(city, _counted(cards, _theme_of, language), _theme_way, language),
    )


def search_page(city: City, language: Language = "id") -> str:
    """The search alone, at an address that can hold a query."""
    return drawn("search.html", partial(layout.search_page, city.id), language, city=city)


def datasets_page(pointer: Pointer, cards: Cards, language: Language = "id") -> str:
    """All datasets from A to Z, or the letters where they are too many, and the datasets that were withdrawn."""
    city, in_full = pointer.city, len(cards) <= ON_ONE_PAGE
    counted = _counted(cards, _letter_of, language)
    return drawn(
        "datasets.html",
        partial(layout.datasets_page, city.id),
        language,
        city=city,
        datasets=len(cards),
        counted=counted,
        groups=[(letter, _listed(cards, _letter_of, letter, language)) for letter in counted if in_full],
        department=partial(department_name, city, language=language),
        withdrawn=[name for name, entry in pointer.datasets.items() if entry.current is None and entry.withdrawn],
    )


def list_pages(pointer: Pointer, before: Cards, now: Cards) -> Pages:
    """The lists that differ between two states of a catalog: by department, by theme and by first letter."""
    return {
        path(pointer.city.id, name, language): draw(
            pointer, name, _listed(_in_lists(now, of), of, name, language), language
        )
        for language in LANGUAGES
        for of, path, draw in _LISTS
        for name in sorted(_touched(before, now, of, language))
    }


def ways_in(city: City, cards: Cards) -> tuple[Callable[[Language], PurePosixPath], ...]:
    """The lists by department and by theme, each by its path in a language."""
    departments, themes = (sorted({of(card, "id") for card in cards.values()}) for of in (_department_of, _theme_of))
    return (
        *(partial(layout.department_page, city.id, department) for department in departments),
        *(partial(layout.theme_page, city.id, theme) for theme in themes),
    )


def _touched(before: Cards, now: Cards, of: Of, language: Language) -> set[str]:
    """The lists in which a card came, changed or went."""
    before, now = _in_lists(before, of), _in_lists(now, of)
    changed = {name for name in {*before, *now} if before.get(name) is not now.get(name)}
    return {of(cards[name], language) for cards in (before, now) for name in changed & cards.keys()}


def _in_lists(cards: Cards, of: Of) -> Cards:
    """The cards that stand in lists of a kind: letters have lists of their own only where datasets are many."""
    return {} if of is _letter_of and len(cards) <= ON_ONE_PAGE else cards


def department_page(pointer: Pointer, department: str, cards: Iterable[Card], language: Language) -> str:
    """What a department publishes."""
    city = pointer.city
    page = partial(layout.department_page, city.id, department)
    feed = layout.department_feed(city.id, department, language) if department in city.departments else None
    return _list(city, "department", department_name(city, department, language), page, cards, language, feed)


def theme_page(pointer: Pointer, theme: str, cards: Iterable[Card], language: Language) -> str:
    """The datasets of a theme."""
    page = partial(layout.theme_page, pointer.city.id, theme)
    return _list(pointer.city, "theme", wording(f"theme.{theme}", language), page, cards, language)


def letter_page(pointer: Pointer, letter: str, cards: Iterable[Card], language: Language) -> str:
    """The datasets whose title begins with a letter. Its twin is the list of letters: titles differ by language."""

    def page(spoken: Language) -> PurePosixPath:
        if spoken == language:
            return layout.letter_page(pointer.city.id, letter, language)
        return layout.datasets_page(pointer.city.id, spoken)

    return _list(pointer.city, "letter", letter.upper(), page, cards, language)


def _list(
    city: City,
    kind: str,
    name: str,
    page: Callable[[Language], PurePosixPath],
    cards: Iterable[Card],
    language: Language,
    feed: PurePosixPath | None = None,
) -> str:
    department = partial(department_name, city, language=language)
    facts = {"city": city, "kind": kind, "name": name, "feed": feed, "cards": tuple(cards), "department": department}
    return drawn("list.html", page, language, **facts)


def _department_of(card: Card, _: Language) -> str:
    return card.department


def _theme_of(card: Card, _: Language) -> str:
    return card.theme


def _letter_of(card: Card, language: Language) -> str:
    """The first letter of the title without its accent; one sign for all that is no letter."""
    first = unicodedata.normalize("NFKD", card.title.in_language(language)).lower()[:1]
    return first if "a" <= first <= "z" else NO_LETTER


def _counted(cards: Cards, of: Of, language: Language) -> dict[str, int]:
    """How many cards each list has, in the order of their names."""
    return dict(sorted(Counter(of(card, language) for card in cards.values()).items()))


def _listed(cards: Cards, of: Of, name: str, language: Language) -> list[Card]:
    """The cards of one list, by title."""
    found = [card for card in cards.values() if of(card, language) == name]
    return sorted(found, key=lambda card: (card.title.in_language(language).casefold(), card.id))


def _headings(city: City, counted: dict[str, int], way: Callable[..., _Way], language: Language) -> list[Heading]:
    found = [Heading(*way(city, name, language), count) for name, count in counted.items()]
    return sorted(found, key=lambda one: one.name.casefold())


def _department_way(city: City, department: str, language: Language) -> _Way:
    return department_name(city, department, language), layout.department_page(city.id, department, language)


def _theme_way(city: City, theme: str, language: Language) -> _Way:
    return wording(f"theme.{theme}", language), layout.theme_page(city.id, theme, language)


_LISTS = (
    (_department_of, layout.department_page, department_page),
    (_theme_of, layout.theme_page, theme_page),
    (_letter_of, layout.letter_page, letter_page),
)
