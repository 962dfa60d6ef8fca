"""The ways in which a value may travel, each as the bytes that would betray it."""

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

WINDOW = 8
"""A form of fewer bytes is left out: it would be found anywhere by chance."""

Way = Callable[[str], Iterator[bytes]]


def plain(value: str) -> Iterator[bytes]:
    yield value.encode()


def windows_1252(value: str) -> Iterator[bytes]:
    yield value.encode("cp1252", "ignore")


def utf_16_little(value: str) -> Iterator[bytes]:
    yield value.encode("utf-16-le")[:-1]


def utf_16_big(value: str) -> Iterator[bytes]:
    yield value.encode("utf-16-be")[1:]


def capitals(value: str) -> Iterator[bytes]:
    yield value.upper().encode()


def small_letters(value: str) -> Iterator[bytes]:
    yield value.lower().encode()


def bare_digits(value: str) -> Iterator[bytes]:
    yield "".join(mark for mark in value if mark.isdigit()).encode()


def without_separators(value: str) -> Iterator[bytes]:
    yield "".join(mark for mark in value if mark.isalnum()).encode()


def grouped_digits(value: str) -> Iterator[bytes]:
    """A number as people copy it: in groups of four, and with the thousands' points of a spreadsheet."""
    digits = "".join(mark for mark in value if mark.isdigit())
    if len(digits) == len(value):
        for separator in " -.":
            yield separator.join(digits[start : start + 4] for start in range(0, len(digits), 4)).encode()
        yield f"{int(digits):,}".replace(",", ".").encode()
        yield f"{int(digits):,}".encode()


def base_64(value: str) -> Iterator[bytes]:
    """The part that depends on the value alone, for each way of falling into groups of three."""
    for text in (value.encode(), value.encode("utf-16-le")):
        for skipped in range(3):
            whole = text[skipped : skipped + (len(text) - skipped) // 3 * 3]
            yield base64.b64encode(whole)


def base_64_for_addresses(value: str) -> Iterator[bytes]:
    for skipped in range(3):
        text = value.encode()
        yield base64.urlsafe_b64encode(text[skipped : skipped + (len(text) - skipped) // 3 * 3])


def hexadecimal(value: str) -> Iterator[bytes]:
    yield value.encode().hex().encode()


def hexadecimal_capitals(value: str) -> Iterator[bytes]:
    yield value.encode().hex().upper().encode()


def in_addresses(value: str) -> Iterator[bytes]:
    yield quote(value, safe="").encode()
    yield quote_plus(value).encode()
    yield "".join(f"%{byte:02X}" for byte in value.encode()).encode()


def json_escapes(value: str) -> Iterator[bytes]:
    yield json.dumps(value)[1:-1].encode()
    yield "".join(f"\\u{ord(mark):04x}" for mark in value).encode()


def html_entities(value: str) -> Iterator[bytes]:
    yield html.escape(value).encode()
    yield value.encode("ascii", "xmlcharrefreplace")
    yield "".join(f"&#{ord(mark)};" for mark in value).encode()
    yield "".join(f"&#x{ord(mark):x};" for mark in value).encode()


def python_escapes(value: str) -> Iterator[bytes]:
    yield value.encode("unicode_escape")
    yield repr(value.encode())[2:-1].encode()


def reversed_text(value: str) -> Iterator[bytes]:
    yield value[::-1].encode()


def hashed(value: str) -> Iterator[bytes]:
    """A hash of an identifier is found by trying all of them."""
    for name in ("sha256", "sha1", "md5"):
        yield hashlib.new(name, value.encode()).hexdigest().encode()


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (
        plain,
        windows_1252,
        utf_16_little,
        utf_16_big,
        capitals,
        small_letters,
        bare_digits,
        without_separators,
        grouped_digits,
        base_64,
        base_64_for_addresses,
        hexadecimal,
        hexadecimal_capitals,
        in_addresses,
        json_escapes,
        html_entities,
        python_escapes,
        reversed_text,
        hashed,
    )
}
QUICK = ("plain", "utf_16_little", "base_64", "bare_digits")
"""The ways that a list of very many values is searched for in every test run."""


def forms(value: str, ways: tuple[str, ...] = QUICK) -> Iterator[bytes]:
    """The ways in which a value may travel."""
    for way in ways:
        yield from (form for form in WAYS[way](value) if len(form) >= WINDOW)


def zipped(value: str) -> bytes:
    """What a search must unpack before it finds anything."""
    return gzip.compress(value.encode(), mtime=0)
