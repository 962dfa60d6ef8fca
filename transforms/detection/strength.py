"""How sure a detector is about one cell."""

from enum import IntEnum


class Strength(IntEnum):
    """A higher one says more.

    `OFFICIAL`: an office's own address or number, which is public: a person is told, nothing is held back.
    `FAINT`: means something only in a field whose name says so. `LIKELY`: random values pass as well, about
    3 to 10 in 100, so it counts where most of its like pass. `CERTAIN`: one such cell is enough in text.
    """

    OFFICIAL = 1
    FAINT = 2
    LIKELY = 3
    CERTAIN = 4
