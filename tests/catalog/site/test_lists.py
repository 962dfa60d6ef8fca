"""The lists of a catalog: everything stands in each of them once, however many there are."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from catalog import layout
from catalog.site.cards import Card, Cards, document, read
from catalog.site.lists import ON_ONE_PAGE, datasets_page, list_pages
from schemas.contracts import LANGUAGES, Language
from tests.catalog.site.made_up import cards, pointer, release
from tests.catalog.site.markup import read as parsed

[ONE] = cards(release()).values()
MANY = ON_ONE_PAGE + 1


def shown(number: int, title: str = "", **changes: str) -> Card:
    said = ONE.title.model_copy(update={"id": title or f"{chr(97 + number % 26)}{number}", "en": f"9 {number}"})
    return ONE.model_copy(update={"id": f"dataset-{number}", "title": said, **changes})


def of(count: int) -> Cards:
    made = [
        shown(number, department=("dishub", "bkpsdm")[number % 2], theme=("TRAN", "GOVE", "EDUC")[number % 3])
        for number in range(count)
    ]
    return {card.id: card for card in made}


def datasets_on(page: str) -> Counter[str]:
    links = parsed(page).attributes("href")
    return Counter(found[1] for link in links if (found := re.search(r"(dataset-\d+)/index.html$", link)))


def together(pages: Iterable[str]) -> Counter[str]:
    return sum(map(datasets_on, pages), Counter())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dataset_stands_once_in_the_lists_of_each_kind(language: Language) -> None:
    catalog = of(MANY)
    drawn = list_pages(pointer(), {}, catalog)
    mine = {path: page for path, page in drawn.items() if (path.parts[1] == "en") == (language == "en")}
    for kind in ("departments", "themes", "datasets"):
        found = together(page for path, page in mine.items() if kind in path.parts)
        assert found == Counter(catalog.keys())


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_lists_all_from_a_to_z_as_long_as_it_can(language: Language) -> None:
    assert datasets_on(datasets_page(pointer(), of(40), language)) == Counter(of(40).keys())
    assert datasets_on(datasets_page(pointer(), of(MANY), language)) == Counter()


def test_where_there_are_many_each_letter_has_a_page_to_which_the_first_leads() -> None:
    links = parsed(datasets_page(pointer(), of(MANY))).attributes("href")
    assert {f"{chr(97 + number)}.html" for number in range(26)} <= set(links)
    assert layout.letter_page("palu", "0-9", "en") in list_pages(pointer(), {}, of(MANY))


def test_what_is_no_letter_comes_first_under_its_own_heading() -> None:
    page = datasets_page(
        pointer(), {str(number): shown(number, title) for number, title in enumerate(("Émas", "<3", "emas"))}
    )
    text = parsed(page).text
    assert text.index("0-9 E") < text.index("<3") < text.index("Émas")


def test_only_the_lists_of_a_card_that_changed_are_drawn() -> None:
    before = of(40)
    moved = before["dataset-3"].model_copy(update={"department": "dishub"})
    drawn = list_pages(pointer(), before, before | {"dataset-3": moved})
    assert {path.parent.name for path in drawn} == {"dishub", "bkpsdm", "tran"}
    assert list_pages(pointer(), before, dict(before)) == {}


def test_a_list_that_lost_its_last_dataset_says_so() -> None:
    drawn = list_pages(pointer(), {"x": shown(1)}, {})
    assert drawn
    assert all("dataset-1" not in page for page in drawn.values())
    assert "Tidak ada dataset di sini." in drawn[layout.department_page("palu", "dishub")]


def test_letters_go_once_the_datasets_fit_on_one_page_again() -> None:
    before = of(MANY)
    now = {name: card for name, card in before.items() if name != "dataset-0"}
    drawn = list_pages(pointer(), before, now)
    assert "Tidak ada dataset di sini." in drawn[layout.letter_page("palu", "b")]


def test_the_withdrawn_are_named_at_the_end_of_the_list_of_all() -> None:
    assert "Dataset yang ditarik pelatihan" in parsed(datasets_page(pointer(), cards())).text


def test_cards_are_read_as_they_were_written() -> None:
    catalog = of(3)
    data = document(pointer(), catalog.values())
    assert read(data) == catalog
    assert len(data.splitlines()) == 3 + 2


def test_a_document_of_another_version_is_none() -> None:
    with pytest.raises(ValueError, match="datasets"):
        read(b'{"city": "palu", "updated": "2026-11-21T00:00:00Z", "datasets": [{"id": "a"}]}')
