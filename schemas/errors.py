"""Every error of ours, in a shallow tree by who must act.

An error carries a closed code of `schemas/messages` and the names that fill its wording: datasets, fields,
files, counts. It never carries a cell's value (law 2), so it may be printed, logged and stored by anyone.
"""

import errno
import os
from typing import ClassVar


class PaluError(Exception):
    """Something is wrong, somebody can mend it. `code` names the wording, `names` fill it."""

    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, **names: str | int) -> None:
        super().__init__(code, names)
        self.code = code
        self.names = names

    def __str__(self) -> str:
        """The wording that officers read, in Bahasa Indonesia: Prefect shows an error by its text alone."""
        from schemas.messages import explained

        return explained(self, "id")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.code, self.names), self.__dict__


class AuthorError(PaluError):
    """Who writes contracts, or typed the command, must act."""

    exit_code = 2


class SupplierError(PaluError):
    """The department that keeps the data must act; the last good release stays up."""

    exit_code = 1


class OperatorError(PaluError):
    """Who runs the machine must act: disk, network, database, settings."""

    exit_code = 3


class ProgrammerError(PaluError):
    """We must act: a claim of ours turned out to be false."""

    exit_code = 3


def is_disk_full(error: Exception) -> bool:
    """Whether a fault of the system, or of a library that writes files by itself, says that the disk has no room."""
    return getattr(error, "errno", None) == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(error)


def _rebuilt(kind: type[PaluError], code: str, names: dict[str, str | int]) -> PaluError:
    """Past the constructor of `kind`, which may ask for something else; what it kept comes with the state."""
    error = kind.__new__(kind)
    PaluError.__init__(error, code, **names)
    return error
