"""From figures to positions: round numbers at an axis, dates along it."""

import math
from collections.abc import Callable, Sequence
from datetime import date

from catalog.charts.series import nice

Scale = Callable[[float], float]
NOT_FAR = 0.5
"""Zero is far where the smallest number is more than this share of the largest."""


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """A position between `start` and `end` for each number between `low` and `high`."""
    span = high - low or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(low: float, high: float, least: float = 0, about: int = 4) -> tuple[float, ...]:
    """Round numbers from at or below `low` to at or above `high`, `least` apart or more."""
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0) or 1.0
    step = max(nice((high - low) / about), least)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(one * step, 10) for one in range(first, last + 1))


def from_zero(values: Sequence[float]) -> tuple[float, float]:
    """What is drawn of counts and sums: a small difference between large ones must look small."""
    return min(0.0, *values), max(0.0, *values)


def close(values: Sequence[float]) -> tuple[float, float]:
    """What is drawn of states and means: the span of the numbers, and zero where it is not far."""
    low, high = min(values), max(values)
    return (low, high) if low > 0 and low >= NOT_FAR * high else from_zero(values)


def positions(labels: Sequence[str]) -> tuple[float, ...]:
    """Where periods (ISO 8601) stand along a line: days by the calendar, months and years one after the other."""
    if labels and len(labels[0]) == len("2026-01-01"):
        return tuple(float(date.fromisoformat(label).toordinal()) for label in labels)
    return tuple(float(place) for place in range(len(labels)))


def chosen(count: int, most: int) -> tuple[int, ...]:
    """Which of `count` labels are written, the first and the last always: at most `most`, evenly spread."""
    if count <= most:
        return tuple(range(count))
    gap = math.ceil((count - 1) / (most - 1))
    inner = [place for place in range(0, count - 1, gap) if count - 1 - place >= gap * 0.75]
    return (*inner, count - 1)
