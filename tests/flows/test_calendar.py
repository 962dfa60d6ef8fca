"""When a dataset is due: the contract's calendar, read on the city's own clock."""

from datetime import UTC, datetime

import pytest

from flows.calendar import is_due
from schemas.contracts import City, Contract
from tests.laws.made_up_city import CITY, contract

FIRST_AT_SIX = {"cron": "0 6 1 * *", "frequency": "MONTHLY"}
DAILY_AT_SIX = {"cron": "0 6 * * *", "frequency": "DAILY"}
PALU = City.model_validate(CITY)
JAMBI = City.model_validate({**CITY, "id": "jambi", "timezone": "Asia/Jakarta"})


def at(text: str) -> datetime:
    """A moment in UTC: Palu's clock shows eight hours more, Jambi's seven."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("city", "update", "last", "now", "due"),
    [
        (PALU, FIRST_AT_SIX, None, "2026-03-15T00:00", True),
        (PALU, None, None, "2026-03-15T00:00", False),
        (PALU, None, "2026-01-01T00:00", "2026-03-15T00:00", False),
        (PALU, FIRST_AT_SIX, "2026-02-10T00:00", "2026-02-28T21:59", False),
        (PALU, FIRST_AT_SIX, "2026-02-10T00:00", "2026-02-28T22:00", True),
        (PALU, FIRST_AT_SIX, "2026-02-28T22:00", "2026-03-20T00:00", False),
        (PALU, FIRST_AT_SIX, "2025-11-05T00:00", "2026-03-20T00:00", True),
        (PALU, DAILY_AT_SIX, "2026-03-01T21:00", "2026-03-01T22:30", True),
        (JAMBI, DAILY_AT_SIX, "2026-03-01T21:00", "2026-03-01T22:30", False),
        (JAMBI, DAILY_AT_SIX, "2026-03-01T21:00", "2026-03-01T23:00", True),
    ],
    ids=[
        "never published",
        "no calendar, never published",
        "no calendar, published long ago",
        "a minute before the hour in Palu, still the day before in UTC",
        "on the very hour",
        "published on the hour, and not again before the next month",
        "several months were missed",
        "half past six in Palu",
        "the same moment is half past five in Jambi",
        "on the hour in Jambi",
    ],
)
def test_a_dataset_is_due(city: City, update: dict[str, str] | None, last: str | None, now: str, due: bool) -> None:
    one = Contract.model_validate(contract(**({"update": update} if update else {})))
    assert is_due(city, one, at(last) if last else None, at(now)) is due
