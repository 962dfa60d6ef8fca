"""What is due: the contracts are the officer's calendar, read on the city's clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from schemas.contracts import City, Contract

INSTANT = timedelta(microseconds=1)
"""Backwards, the schedule answers with a moment before the one that it is asked about."""


def next_time(city: City, contract: Contract, now: datetime) -> datetime | None:
    """The next time of the contract's calendar after a moment; None for a dataset without one."""
    if contract.update is None:
        return None
    return contract.update.next_after(now.astimezone(ZoneInfo(city.timezone)))


def is_due(city: City, contract: Contract, last_checked: datetime | None, now: datetime) -> bool:
    """Whether the contract's time has come since the dataset last came to a good end.

    A dataset that was held back stays due until it is mended; one without a calendar is published by hand.
    """
    if contract.update is None:
        return False
    if last_checked is None:
        return True
    clock = now.astimezone(ZoneInfo(city.timezone))
    last_time = next(CronSim(contract.update.cron, clock + INSTANT, reverse=True))
    return last_checked < last_time
