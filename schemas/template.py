"""Contract -> the workbook that a department fills from now on, as plain data: its columns, lists, limits and notes.

Derives from the contract alone (law 6) and holds no data. Writes no file; `flows/desk/template.py` does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.contracts import Contract, ContractField, FieldType, FileSource, Language, SpreadsheetSource
from schemas.contracts.field import Bound
from schemas.errors import AuthorError
from schemas.messages import wording

SHEET = "Data"
"""Where the rows stand, unless the contract names its sheet."""
YES, NO = "Ya", "Tidak"
"""What a truth value may be chosen as where the contract does not say how the department writes it."""
EARLIEST_YEAR, LATEST_YEAR = 1000, 9999


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its header as the source writes it, what may stand below it, and how a person is told so.

    `choices` are values of the field's type. `minimum` and `maximum` likewise; lengths are in letters.
    """

    header: str
    title: str
    type: FieldType
    unit: str | None
    required: bool
    choices: tuple[Bound, ...]
    minimum: Bound | None
    maximum: Bound | None
    shortest: int | None
    longest: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A workbook's layout. `names_sheet` tells whether the contract finds its rows by the sheet's name.

    `added` are the fields that no column is filled for, by title: the name of the `sheet`, or a `section`'s title row.
    """

    dataset: str
    title: str
    sheet: str
    names_sheet: bool
    sent_as: str | None
    columns: tuple[TemplateColumn, ...]
    added: tuple[tuple[str, str], ...] = ()


ADDED = {"@sheet": "sheet", "@section": "section"}
"""What a field's `column` says where reading adds it."""


def template(contract: Contract, language: Language) -> Template:
    """The template of a contract; AuthorError where a module makes the columns, so that the source's are not known."""
    if contract.module is not None:
        raise AuthorError("template_of_module", dataset=contract.id, module=contract.module)
    source = contract.source
    stated = source.sheet if isinstance(source, SpreadsheetSource) else None
    return Template(
        dataset=contract.id,
        title=contract.title.in_language(language),
        sheet=stated or SHEET,
        names_sheet=stated is not None,
        sent_as=source.location if isinstance(source, FileSource) else None,
        columns=tuple(_column(contract, field, language) for field in contract.fields if field.columns[0] not in ADDED),
        added=tuple(
            (ADDED[field.columns[0]], field.title.in_language(language))
            for field in contract.fields
            if field.columns[0] in ADDED
        ),
    )


def _column(contract: Contract, field: ContractField, language: Language) -> TemplateColumn:
    stated = field.constraints
    first, last = (EARLIEST_YEAR, LATEST_YEAR) if field.type == "year" else (None, None)
    return TemplateColumn(
        header=field.columns[0],
        title=field.title.in_language(language),
        type=field.type,
        unit=field.unit,
        required=stated.required or field.name in contract.primaryKey,
        choices=_choices(field),
        minimum=first if stated.minimum is None else field.bound(stated.minimum),
        maximum=last if stated.maximum is None else field.bound(stated.maximum),
        shortest=stated.minLength,
        longest=stated.maxLength,
        notes=tuple(_notes(contract, field, language)),
    )


def _choices(field: ContractField) -> tuple[Bound, ...]:
    if field.type == "boolean":
        yes, no = field.trueValues or (YES,), field.falseValues or (NO,)
        return (yes[0], no[0])
    return tuple(field.bound(value) for value in field.constraints.enum or ())


def _notes(contract: Contract, field: ContractField, language: Language) -> Iterator[str]:
    """What a person should know before writing into a cell, a sentence each."""
    if field.description is not None:
        yield field.description.in_language(language)
    yield wording(f"template.how.{'boolean' if field.constraints.enum else field.type}", language)
    if field.unit is not None:
        yield wording("template.unit", language, unit=field.unit)
    stated = field.constraints.model_dump(exclude_defaults=True, exclude={"enum"})
    required = {"required": True} if field.name in contract.primaryKey else {}
    for name, value in {**required, **stated}.items():
        yield _sentence(wording(f"constraint.{name}", language, value=value))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
