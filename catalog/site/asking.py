"""What a reader's message to the city already says when it opens: which dataset, which release, which row. Pure."""

from catalog import layout
from catalog.metadata import addresses
from catalog.shelf import Release
from schemas.contracts import City, Language
from schemas.messages import wording

TO_FILL_IN = "…"
"""Where the reader writes on; the page's script puts the row that was picked in the first one's place."""


def report(city: City, release: Release, language: Language) -> tuple[str, str]:
    """Subject and body of a report of an error in a release."""
    dataset, name = release.dataset, release.manifest.release
    titled = dataset.title.in_language(language).replace(TO_FILL_IN, "...")  # no place for a row
    page = addresses.in_catalog(city, layout.dataset_page(city.id, dataset.id, language))
    body = wording(
        "ask.report.body",
        language,
        title=titled,
        dataset=dataset.id,
        release=name,
        address=f"{page}?rilis={name}#lapor",
        row=TO_FILL_IN,
        blank=TO_FILL_IN,
    )
    return wording("ask.report.subject", language, title=titled), body


def request(city: City, language: Language) -> tuple[str, str]:
    """Subject and body of a request for data that are missing."""
    return (
        wording("ask.request.subject", language, city=city.name),
        wording("ask.request.body", language, city=city.name, blank=TO_FILL_IN),
    )
