"""A small reader of HTML for tests: the elements and the text of a page, and whether every tag is closed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "input"})
INLINE = frozenset({"a", "strong", "span", "small", "code", "time"})


@dataclass
class Markup(HTMLParser):
    """What a page holds. Raises ValueError for a tag that is closed out of order, or left open."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in INLINE:
            self.texts.append(" ")
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.unclosed or self.unclosed.pop() != tag:
            raise ValueError(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, with its white space as a reader sees it."""
        return " ".join("".join(self.texts).split())

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def attributes(self, name: str) -> list[str]:
        """The values of one attribute, in the page's order."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def read(page: str) -> Markup:
    markup = Markup()
    markup.feed(page)
    markup.close()
    if markup.unclosed:
        raise ValueError(markup.unclosed)
    return markup
