"""E-mail addresses in one text; an office's own are public."""

import re
from collections.abc import Iterator

from schemas.contracts.clearance import Kind

from .strength import Strength

_AT = r"(?: ?@ ?| ?[\[({] ?(?:at|@) ?[\])}] ?)"
_DOT = r"(?:\.| ?[\[({] ?(?:dot|titik|\.) ?[\])}] ?| dot )"
_ADDRESS = re.compile(
    rf"(?i)(?P<name>[a-z0-9_.+%*'-]*[a-z0-9_*]){_AT}(?P<host>(?:[a-z0-9*-]+{_DOT})+(?P<last>[a-z]{{2,24}}))(?![a-z])"
)
_KNOWN_HOSTS = re.compile(
    r"(?i)[a-z0-9_.+*-]{2,}(?: ?@ ?| ?[\[({] ?at ?[\])}] ?| at )"
    r"(?:gmail|yahoo|ymail|hotmail|outlook|icloud|rocketmail)(?: ?[.,] ?(?:com|co\.id|co|id))?\b"
)
_OFFICES = (".go.id", ".desa.id", ".mil.id", ".polri.go.id")


def emails(text: str) -> Iterator[tuple[Kind, Strength]]:
    """Every address in `text`, which `runs.plain` has been over."""
    for found in _ADDRESS.finditer(text):
        host = re.sub(_DOT, ".", found["host"].lower())
        yield "email", Strength.OFFICIAL if f".{host}".endswith(_OFFICES) else Strength.CERTAIN
    if _KNOWN_HOSTS.search(text):
        yield "email", Strength.CERTAIN
