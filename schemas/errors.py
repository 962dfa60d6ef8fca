"""Every error of ours, in a shallow tree by who must act.

An error carries a closed code of `schemas/messages` and the names that fill its wording: datasets, fields,
files, counts. It never carries a cell's value (law 2), so it may be printed, logged and stored by anyone.
"""

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
        return _rebuilt, (type(self), self.code, self.names)


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


def _rebuilt(kind: type[PaluError], code: str, names: dict[str, str | int]) -> PaluError:
    return kind(code, **names)
