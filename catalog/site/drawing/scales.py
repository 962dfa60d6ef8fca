"""From figures to positions: round numbers at an axis, dates along it."""

import math
from collections.abc import Callable, Sequence
from datetime import date

from catalog.charts.series import nice

Scale = Callable[[float], float]
FROM_ZERO = 0.5
"""A scale that would begin above this share of its largest number begins there; otherwise at zero."""


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """A position between `start` and `end` for each number between `low` and `high`."""
    span = high - low or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Round numbers from at or below `low` to at or above `high`."""
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0) or 1.0
    step = nice((high - low) / about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(one * step, 10) for one in range(first, last + 1))


def extent(values: Sequence[float], whole: bool) -> tuple[float, float]:
    """The smallest and largest number to be drawn; from zero where a length stands for the `whole` of a number, or
    where zero is not far."""
    low, high = min(values), max(values)
    if whole or low < 0 or low < FROM_ZERO * high:
        return min(low, 0.0), max(high, 0.0)
    return low, high


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
