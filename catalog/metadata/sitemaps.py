"""`sitemap.xml` (sitemaps.org) with both languages of every page, and `robots.txt`.

Drawn from the pointer alone: the name of a release begins with its day. A large catalog has a site map a part, and
`sitemap.xml` names them. A site map holds absolute addresses alone, so a city without an address has none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from catalog import layout
from catalog.manifest import Pointer
from schemas.contracts import LANGUAGES, City, Language

from .addresses import catalog_address, in_catalog
from .xml import DECLARATION, element, empty

Page = Callable[[Language], PurePosixPath]
"""A page's path in each language."""

_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_WITH_LANGUAGES = f'{_NAMESPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def whole(pointer: Pointer, datasets: Iterable[str], lists: Sequence[Page]) -> str:
    """The site map of a catalog of one part; `lists` are the pages that list its datasets."""
    return _urls((*_city_urls(pointer, lists), *_dataset_urls(pointer, datasets)))


def index(pointer: Pointer, parts: int) -> str:
    """What `sitemap.xml` is for a catalog of more: the first site map holds the pages of the city."""
    maps = (in_catalog(pointer.city, layout.sitemap_part(pointer.city.id, part)) for part in range(parts))
    lines = "\n".join(f"<sitemap>{element('loc', address)}</sitemap>" for address in maps)
    return f"{DECLARATION}<sitemapindex {_NAMESPACES}>\n{lines}\n</sitemapindex>\n"


def part(pointer: Pointer, number: int, datasets: Iterable[str], lists: Sequence[Page]) -> str:
    """The site map of one part."""
    return _urls((*(_city_urls(pointer, lists) if number == 0 else ()), *_dataset_urls(pointer, datasets)))


def robots(cities: Iterable[City]) -> str:
    """Everything may be read; the site maps of the cities that have an address."""
    maps = [in_catalog(city, layout.sitemap(city.id)) for city in cities if catalog_address(city)]
    return "\n".join(["User-agent: *", "Allow: /", *(f"Sitemap: {address}" for address in maps)]) + "\n"


def _urls(lines: Iterable[str]) -> str:
    return f"{DECLARATION}<urlset {_WITH_LANGUAGES}>\n" + "".join(f"{line}\n" for line in lines) + "</urlset>\n"


def _city_urls(pointer: Pointer, lists: Sequence[Page]) -> Iterator[str]:
    city = pointer.city
    kinds = (layout.city_page, layout.register_page, layout.requests_page, layout.datasets_page)
    own: list[Page] = [partial(kind, city.id) for kind in kinds]
    for page in (*own, *lists):
        yield from _in_each(city, page, None)


def _dataset_urls(pointer: Pointer, datasets: Iterable[str]) -> Iterator[str]:
    for name in datasets:
        current = pointer.datasets[name].current
        if current is not None:
            page = partial(layout.dataset_page, pointer.city.id, name)
            yield from _in_each(pointer.city, page, current.release[:10])


def _in_each(city: City, page: Page, day: str | None) -> Iterator[str]:
    """A page and its twin, each with both as alternates."""
    addresses: dict[str, str] = {language: in_catalog(city, page(language)) for language in LANGUAGES}
    named = addresses | {"x-default": addresses["id"]}
    alternates = "".join(
        empty("xhtml:link", rel="alternate", hreflang=language, href=address) for language, address in named.items()
    )
    changed = element("lastmod", day) if day else ""
    for address in addresses.values():
        yield f"<url>{element('loc', address)}{changed}{alternates}</url>"
