"""The pages that speak of many datasets: the city's home, its lists, its search. Drawn from cards alone."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from catalog import layout
from catalog.manifest import Pointer
from schemas.contracts import LANGUAGES, City, Language
from schemas.messages import wording

from .cards import Card, Cards
from .pages import _department, _drawn

NEWEST = 10
ON_ONE_PAGE = 500
"""Datasets that one page lists from A to Z: some 40 kB on the way. Where there are more, each letter has a page."""
NO_LETTER = "0-9"

Groups = dict[str, tuple[Card, ...]]
"""Cards by what a list is of; by title within it."""
Pages = dict[PurePosixPath, str]
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
    return _drawn(
        "city.html",
        partial(layout.city_page, city.id),
        language,
        city=city,
        pointer=pointer,
        newest=newest,
        datasets=len(cards),
        rows_in_all=sum(card.rows for card in cards.values()),
        departments=_headings(city, by_department(cards, language), _department_heading, language),
        themes=_headings(city, by_theme(cards, language), _theme_heading, language),
    )


def search_page(city: City, language: Language = "id") -> str:
    """The search alone, at an address that can hold a query."""
    return _drawn("search.html", partial(layout.search_page, city.id), language, city=city)


def datasets_page(pointer: Pointer, cards: Cards, language: Language = "id") -> str:
    """All datasets from A to Z, or the letters where they are too many, and the datasets that were withdrawn."""
    city, groups = pointer.city, by_letter(cards, language)
    return _drawn(
        "datasets.html",
        partial(layout.datasets_page, city.id),
        language,
        city=city,
        datasets=len(cards),
        groups=groups,
        in_full=len(cards) <= ON_ONE_PAGE,
        department=partial(_department, city, language=language),
        withdrawn=[name for name, entry in pointer.datasets.items() if entry.current is None and entry.withdrawn],
    )


def list_pages(pointer: Pointer, before: Cards, now: Cards) -> Pages:
    """The lists that differ between two states of a catalog: by department, by theme and by first letter."""
    return {
        path(pointer.city.id, of, language): draw(pointer, of, groups.get(of, ()), language)
        for language in LANGUAGES
        for grouped, path, draw in _LISTS
        for old, groups in [(grouped(before, language), grouped(now, language))]
        for of in sorted(old.keys() | groups.keys())
        if old.get(of) != groups.get(of)
    }


def department_page(pointer: Pointer, department: str, cards: Iterable[Card], language: Language) -> str:
    """What a department publishes."""
    page = partial(layout.department_page, pointer.city.id, department)
    return _list(pointer, "department", _department(pointer.city, department, language), page, cards, language)


def theme_page(pointer: Pointer, theme: str, cards: Iterable[Card], language: Language) -> str:
    """The datasets of a theme."""
    page = partial(layout.theme_page, pointer.city.id, theme)
    return _list(pointer, "theme", wording(f"theme.{theme}", language), page, cards, language)


def letter_page(pointer: Pointer, letter: str, cards: Iterable[Card], language: Language) -> str:
    """The datasets whose title begins with a letter. Its twin is the list of letters: titles differ by language."""

    def page(spoken: Language) -> PurePosixPath:
        if spoken == language:
            return layout.letter_page(pointer.city.id, letter, language)
        return layout.datasets_page(pointer.city.id, spoken)

    return _list(pointer, "letter", letter.upper(), page, cards, language)


def _list(
    pointer: Pointer,
    kind: str,
    name: str,
    page: Callable[[Language], PurePosixPath],
    cards: Iterable[Card],
    language: Language,
) -> str:
    department = partial(_department, pointer.city, language=language)
    facts = {"city": pointer.city, "kind": kind, "name": name, "cards": tuple(cards), "department": department}
    return _drawn("list.html", page, language, **facts)


def by_department(cards: Cards, language: Language) -> Groups:
    return _grouped(cards, lambda card: card.department, language)


def by_theme(cards: Cards, language: Language) -> Groups:
    return _grouped(cards, lambda card: card.theme, language)


def by_letter(cards: Cards, language: Language) -> Groups:
    return _grouped(cards, lambda card: _letter(card.title.in_language(language)), language)


def _by_letter_where_many(cards: Cards, language: Language) -> Groups:
    return by_letter(cards, language) if len(cards) > ON_ONE_PAGE else {}


def _grouped(cards: Cards, of: Callable[[Card], str], language: Language) -> Groups:
    groups: dict[str, list[Card]] = {}
    for card in sorted(cards.values(), key=lambda card: (card.title.in_language(language).casefold(), card.id)):
        groups.setdefault(of(card), []).append(card)
    return {name: tuple(groups[name]) for name in sorted(groups)}


def _letter(title: str) -> str:
    first = unicodedata.normalize("NFKD", title.strip()).lower()[:1]
    return first if "a" <= first <= "z" else NO_LETTER


def _headings(city: City, groups: Groups, heading: Callable[..., _Way], language: Language) -> list[Heading]:
    found = [Heading(*heading(city, of, language), len(cards)) for of, cards in groups.items()]
    return sorted(found, key=lambda one: one.name.casefold())


def _department_heading(city: City, department: str, language: Language) -> _Way:
    return _department(city, department, language), layout.department_page(city.id, department, language)


def _theme_heading(city: City, theme: str, language: Language) -> _Way:
    return wording(f"theme.{theme}", language), layout.theme_page(city.id, theme, language)


_LISTS = (
    (by_department, layout.department_page, department_page),
    (by_theme, layout.theme_page, theme_page),
    (_by_letter_where_many, layout.letter_page, letter_page),
)
