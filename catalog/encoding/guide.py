"""The sheet `Keterangan` of a workbook: what the rows are, who made them, what their columns mean, what is withheld.

In both languages, from the contract alone (law 6): a file that is handed on without its page still says so.
"""

from collections.abc import Iterator
from datetime import date

from catalog import layout
from catalog.coarseness import in_words
from catalog.encoding.workbook import Column, Sheet, Style, text_row
from catalog.metadata.addresses import catalog_address, in_catalog
from schemas.contracts import LANGUAGES, LICENCES, City, ContractField, Dataset, LocalText
from schemas.messages import wording

SHEET = "Keterangan"
_WIDTHS = (26, 34, 34, 30, 46, 46)
Row = tuple[Style, tuple[str, ...]]


def guide(dataset: Dataset, city: City, day: date, rows: int, turned: tuple[str, ...]) -> Sheet:
    """The sheet. `turned` names the fields whose values Excel could only hold as text."""
    told = [
        ("title", _both(dataset.title)),
        *_facts(dataset, city, day, rows, turned),
        *_dictionary(dataset),
        *_withheld(dataset),
    ]
    lines = (text_row(number, style, texts) for number, (style, texts) in enumerate(told, 1))
    return Sheet(SHEET, tuple(Column(width, "prose") for width in _WIDTHS), lines, len(told), has_head=False)


def _facts(dataset: Dataset, city: City, day: date, rows: int, turned: tuple[str, ...]) -> Iterator[Row]:
    department = city.departments.get(dataset.department)
    producer = _both(department) if department else (dataset.department,) * 2
    licence = LICENCES[dataset.license]
    if dataset.origin != "official":
        yield _fact("origin", *_said(f"origin.{dataset.origin}"))
    yield _fact("contents", *_both(dataset.description))
    yield _fact("publisher", city.publisher)
    yield _fact("producer", *producer)
    yield _fact("issued", day.isoformat())
    yield _fact("rows", str(rows))
    yield _fact("licence", f"{licence.title} ({dataset.license})", licence.path)
    named = zip(producer, _both(dataset.title), strict=True)
    yield _fact("attribution", *(f"{who}, {city.publisher}: {what} ({day}). {dataset.license}." for who, what in named))
    for source in dataset.sources:
        yield _fact("source", " ".join(filter(None, (source.title, source.version))), source.path or "")
    if catalog_address(city):
        yield _fact("address", in_catalog(city, layout.dataset_page(city.id, dataset.id)))
    if any(field.type in ("datetime", "time") for field in dataset.public_fields):
        yield _fact("clock", city.timezone)
    yield _fact("writing", *_said("guide.written"))
    if turned:
        yield _fact("as_text", *_said("guide.turned", fields=", ".join(turned)))


def _dictionary(dataset: Dataset) -> Iterator[Row]:
    yield "plain", ()
    yield _head("field", "title_id", "title_en", "type", "meaning_id", "meaning_en")
    for field in dataset.public_fields:
        kind = _label(f"type.{field.type}") + (f"; {field.unit}" if field.unit else "")
        yield "prose", (field.name, *_both(field.title), kind, *_meaning(dataset, field))


def _meaning(dataset: Dataset, field: ContractField) -> tuple[str, ...]:
    texts = [text for text in (field.description, field.definition) if text]
    return tuple(
        " ".join((*(text.in_language(language) for text in texts), *in_words(field, dataset.disclosure, language)))
        for language in LANGUAGES
    )


def _withheld(dataset: Dataset) -> Iterator[Row]:
    if not dataset.withheld_fields:
        return
    yield "plain", ()
    yield _head("withheld", "title_id", "title_en", "ground", "reason_id", "reason_en")
    for field in dataset.withheld_fields:
        ground = field.exemption
        if ground is None:
            yield "prose", (field.name, *_both(field.title), "", *_said("method.undetermined"))
            continue
        law = f"{ground.law}; {ground.decision}, {ground.decided.isoformat()}/{ground.until.isoformat()}"
        treated = _said(f"method.{ground.method}")
        reasons = (f"{why.rstrip('.')}. {how}" for why, how in zip(_both(ground.reason), treated, strict=True))
        yield "prose", (field.name, *_both(field.title), law, *reasons)


def _fact(code: str, *texts: str) -> Row:
    return "prose", (_label(f"guide.{code}"), *texts)


def _head(*codes: str) -> Row:
    return "head", tuple(_label(f"guide.{code}") for code in codes)


def _label(code: str) -> str:
    """A short wording in both languages, once where they are the same."""
    return " / ".join(dict.fromkeys(_said(code)))


def _said(code: str, **names: object) -> tuple[str, ...]:
    return tuple(wording(code, language, **names) for language in LANGUAGES)


def _both(text: LocalText) -> tuple[str, ...]:
    return tuple(text.in_language(language) for language in LANGUAGES)
