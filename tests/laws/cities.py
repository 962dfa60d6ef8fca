"""Made-up cities that are dear to make: published once for all tests, which work on copies."""

from collections.abc import Iterator

import pytest

from flows.settings import Places
from tests.laws.made_up_city import MORE_ROWS, Ready, deliver, found_city, moved, publish, ready


@pytest.fixture(scope="session")
def published_city(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A city with one release, never changed."""
    places = found_city(tmp_path_factory.mktemp("published"))
    assert publish(places).end == "published"
    return places


@pytest.fixture(scope="session")
def ready_city(published_city: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    """The same city a moment before its second release, never changed."""
    places = moved(published_city, tmp_path_factory.mktemp("ready"))
    deliver(places, MORE_ROWS)
    with ready(places) as waiting:
        yield waiting
