"""How a catalog of many datasets is cut into parts, so that one publish rewrites few of them. Pure.

Linear hashing (Litwin 1980): the number of parts follows the number of datasets, and growing it by one
splits one part only. A part is a function of the dataset's id and of that number, so nothing remembers it.
"""

import hashlib
from collections.abc import Collection, Iterable

PER_PART = 200
"""Datasets in a part, on average (the fullest hold about twice as many): at most some 2 MB of metadata to rewrite."""


def count_of_parts(datasets: int, each: int | None = None) -> int:
    """How many parts a catalog of so many datasets has, about `each` (`PER_PART`) in a part; one at least."""
    return max(1, -(-datasets // (each or PER_PART)))


def part_of(name: str, parts: int) -> int:
    """The part (0 to `parts` - 1) in which the dataset called `name` stands."""
    hashed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    level = parts.bit_length() - 1
    finer = hashed % (2 << level)
    return finer if finer < parts else hashed % (1 << level)


def by_part(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The names of every part, sorted; as many parts as so many names have."""
    known = sorted(set(names))
    parts: tuple[list[str], ...] = tuple([] for _ in range(count_of_parts(len(known))))
    for name in known:
        parts[part_of(name, len(parts))].append(name)
    return tuple(tuple(part) for part in parts)


def touched(datasets: int, changed: Collection[str]) -> frozenset[int]:
    """The parts that must be written again once `changed` datasets came, changed or went and `datasets` are left.

    A part that is split or joined by that counts, and its new neighbours: a part says where the next one is. The
    last of them may be one beyond those that there are, where the catalog has shrunk.
    """
    parts = count_of_parts(datasets)
    fewest, most = count_of_parts(max(0, datasets - len(changed))), count_of_parts(datasets + len(changed))
    found = {part_of(name, parts) for name in changed}
    for added in range(fewest, most):
        found |= {added - (1 << (added.bit_length() - 1)), added - 1, added}
    return frozenset(found)
