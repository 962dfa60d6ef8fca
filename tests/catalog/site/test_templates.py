"""The templates: every word that a page says stands there once a language."""

import re
from importlib import resources

import pytest
from jinja2 import Environment

TEMPLATES = sorted(path.name for path in resources.files("catalog.site").joinpath("templates").iterdir())
THE_SAME_IN_BOTH = {
    "SHA-256",
    "DCAT",
    "JSON-LD",
    "datapackage",
    "json",
    "manifest",
    "contract",
    "validation",
    "catalog",
    "jsonld",
    "ckan",
    "dcat",
    "feed",
    "openapi",
    "ttl",
    "xml",
    "statistics",
    "BibTeX",
    "ckan",
    "dcat",
    "feed",
    "openapi",
    "ttl",
    "xml",
}
"""Names of documents and standards."""


def words_outside_code(template: str) -> set[str]:
    """The words that a template says by itself: neither markup nor an expression."""
    source = resources.files("catalog.site").joinpath("templates", template).read_text()
    said = "".join(text for _, kind, text in Environment().lex(source) if kind in ("data", "variable_begin"))
    return set(re.findall(r"[^\W\d_][\w-]+", re.sub(r"<[^>]*>", " ", said)))


def test_the_templates_are_read() -> None:
    assert "dataset.html" in TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_word_of_a_page_stands_in_one_language_only(template: str) -> None:
    assert words_outside_code(template) <= THE_SAME_IN_BOTH
