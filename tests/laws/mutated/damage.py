"""Damage by chance: of bytes, of lines, of the members of an archive, of the values of a document."""

import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

from tests.laws.mutated.seeds import packed

TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n\r\n", b"=1+1", b"&", b"<",
    b"]]>", b"1e309", b"-0", b"NaN", b"9" * 400, b"\xc3", b"\xf0\x9f\x98\x80", b"{", b"[", b"}" * 50, b"[" * 3000,
    b"a" * 20_000, b"\xe2\x80\xae", b"%s%n", b"../../x", b"&a [*a, *a]", b"!!python/object:x", b": :", b"- - -",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, -1, 10**40, 1e308, "", " ", "a" * 20_000, [], {}, [[[[[]]]]], {"a": {"a": {"a": 1}}}, "\u202e", "\ud800",
    [119.8], [119.8, -0.9, 5, 6, 7], ["x", "y"], {"type": "Point"}, {"type": "Polygon", "coordinates": [[]]},
)  # fmt: skip

Damage = Callable[[bytes, Random], bytes]


def damaged(kind: str, content: bytes, chance: Random) -> bytes:
    """The content after one to four pieces of damage of the sorts that its kind can suffer."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(SORTS[kind])(content, chance)
    return content


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content or b" ")
    for _ in range(chance.choice((1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end:]


def _end(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _again(content: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:end] * chance.choice((1, 3)) + content[end:]


def _insert(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.choice(TOKENS) + content[at:]


def _lines(content: bytes, chance: Random) -> bytes:
    """Lines left out, written twice, in another order, or moved to the side."""
    lines = content.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    changes: list[Callable[[], object]] = [
        lambda: lines.pop(at),
        lambda: lines.insert(at, lines[chance.randrange(len(lines))]),
        lambda: chance.shuffle(lines),
        lambda: lines.__setitem__(at, b"  " + lines[at]),
        lambda: lines.__setitem__(at, lines[at].lstrip()),
        lambda: lines.__setitem__(at, lines[at].replace(b":", b": " + chance.choice(TOKENS), 1)),
    ]
    chance.choice(changes)()
    return b"".join(lines)


def _member(content: bytes, chance: Random) -> bytes:
    """One member of an archive damaged, and the archive put together again as if nothing had happened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 it was damaged before
        return _flip(content, chance)
    if not members:
        return content
    name = chance.choice(sorted(members))
    members[name] = chance.choice(TEXT)(members[name], chance)
    return packed(members)


def _value(content: bytes, chance: Random) -> bytes:
    """One value of a document replaced by another that JSON allows."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _flip(content, chance)
    place: Any = document
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = chance.choice(keys)
        if not isinstance(place[key], dict | list) or not place[key] or chance.random() < 0.15:
            place[key] = chance.choice(VALUES)
            break
        place = place[key]
    return json.dumps(document).encode("utf-8", "surrogatepass")


TEXT: tuple[Damage, ...] = (_flip, _cut, _end, _again, _insert, _lines)
SORTS: dict[str, tuple[Damage, ...]] = {
    "csv": TEXT,
    "contract": (*TEXT, _lines, _lines, _insert),
    "json": (*TEXT, _value, _value, _value),
    "geojson": (*TEXT, _value, _value, _value),
    "xlsx": (_flip, _cut, _end, _insert, *[_member] * 6),
    "zip": (_flip, _cut, _end, _insert, *[_member] * 6),
    "ods": (_flip, _cut, _end, _insert, *[_member] * 6),
}
