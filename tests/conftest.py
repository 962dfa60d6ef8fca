"""What is dear to start, started once for all tests that need it."""

from collections.abc import Iterator

import pytest

from tests import databases
from tests.laws.cities import published_city as published_city
from tests.laws.cities import ready_city as ready_city


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL database; a test makes tables of names of its own."""
    with databases.postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """The SQLAlchemy URL of a MariaDB database; a test makes tables of names of its own."""
    with databases.mariadb() as url:
        yield url
