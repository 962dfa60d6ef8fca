"""Elements of XML 1.0 as text, for feeds and site maps: what is filled in is escaped, what XML forbids is left out."""

import re
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str, **attributes: str) -> str:
    """`<name attribute="…">text</name>`."""
    return f"<{name}{_stated(attributes)}>{escape(_allowed(text))}</{name}>"


def empty(name: str, **attributes: str) -> str:
    """`<name attribute="…"/>`."""
    return f"<{name}{_stated(attributes)}/>"


def _stated(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_allowed(value))}" for name, value in attributes.items())


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("", text)
