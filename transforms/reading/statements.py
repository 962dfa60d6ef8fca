"""PostgreSQL's dump as text -> its statements. Knows where one ends, and nothing of what it does."""

import re
from collections.abc import Iterable, Iterator

_OPENING = re.compile(r"--|/\*|[eE]?'|\"|\$(?:[A-Za-z_]\w*)?\$|;")
_CLOSING = {
    "'": re.compile(r"'"),
    "E'": re.compile(r"(?:[^'\\]|\\.|\\$)*'", re.DOTALL),
    '"': re.compile(r'"'),
    "/*": re.compile(r"\*/"),
}


def statements(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Each statement of the numbered lines, with the number of its first; a line for `psql` comes as it is.

    What is left without a semicolon comes last. Lines behind `COPY … FROM stdin;` are the caller's to take from
    the same iterator before it asks for the next statement.
    """
    held: list[str] = []
    begun, inside = 0, ""
    for number, line in lines:
        if not held and line.startswith("\\"):
            yield number, line
            continue
        begun = begun if held else number
        inside, ends = _scanned(line, inside)
        start = 0
        for end in ends:
            yield begun, "".join((*held, line[start:end]))
            held, start, begun = [], end, number
        if held or inside or not _says_nothing(line[start:]):
            held.append(line[start:])
    if "".join(held).strip():
        yield begun, "".join(held)


def _says_nothing(text: str) -> bool:
    """Between statements, blanks and comments are no part of either."""
    return text.strip() == "" or text.lstrip().startswith("--")


def _scanned(line: str, inside: str) -> tuple[str, list[int]]:
    """What the line ends in the midst of (a quotation mark, a comment), and where in it statements end."""
    at, ends = 0, []
    while at < len(line):
        if inside:
            at, inside = _closed(line, at, inside)
            continue
        found = _OPENING.search(line, at)
        if found is None or found[0] == "--":
            break
        at = found.end()
        if found[0] == ";":
            ends.append(at)
        else:
            inside = found[0].upper()
            inside = found[0] if inside.startswith("$") else inside
    return inside, ends


def _closed(line: str, at: int, inside: str) -> tuple[int, str]:
    closing = _CLOSING.get(inside) or re.compile(re.escape(inside))
    found = closing.match(line, at) if inside == "E'" else closing.search(line, at)
    return (found.end(), "") if found else (len(line), inside)
