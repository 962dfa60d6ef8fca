"""The questions about a new dataset: what it is called, whose it is, what it is about, how often it comes."""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from flows.commands.asking import Unfit, ask, choice, line
from flows.settings import language
from schemas.contracts import LICENCES, Identifier
from schemas.contracts.contract import Frequency, Theme
from schemas.errors import AuthorError
from schemas.messages import wording
from schemas.registry import Registered

CALENDARS: dict[Frequency, str] = {
    "DAILY": "0 6 * * *",
    "WEEKLY": "0 6 * * 1",
    "MONTHLY": "0 6 5 * *",
    "QUARTERLY": "0 6 5 1,4,7,10 *",
    "ANNUAL_2": "0 6 5 1,7 *",
    "ANNUAL": "0 6 5 1 *",
}
"""When a dataset is looked for: at six on the fifth, when a month's figures have come. Others have no calendar."""
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
THEMES: tuple[Theme, ...] = get_args(Theme)
LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Answers:
    """What is said of a dataset; a department or name of None is still to be asked, or taken from the file."""

    department: str | None
    name: str | None
    title: str = ""
    description: str = ""
    theme: str = "GOVE"
    license: str = LICENCE
    contact: str = ""
    frequency: Frequency = "IRREG"

    def said(self) -> dict[str, Any]:
        """The contract's keys above its source, in their order."""
        said: dict[str, Any] = {
            "id": self.name,
            "department": self.department,
            "title": {"id": self.title},
            "description": {"id": self.description},
            "theme": self.theme,
            "license": self.license,
            "origin": "official",
            "contact": {"name": self.contact},
        }
        if self.frequency in CALENDARS:
            said["update"] = {"cron": CALENDARS[self.frequency], "frequency": self.frequency}
        return said


def require_free(registered: Registered, answers: Answers) -> None:
    """AuthorError for a department that the city has not, or a name that it has, before the file is even read."""
    if answers.department is not None and answers.department not in registered.city.departments:
        raise _unknown_department(registered, answers.department)
    if answers.name is not None and answers.name in registered.contracts:
        raise AuthorError("dataset_stands", dataset=answers.name, city=registered.city.id)


def _unknown_department(registered: Registered, department: str) -> AuthorError:
    known = ", ".join(sorted(registered.city.departments))
    return AuthorError("new_department", department=department, city=registered.city.id, known=known)


def suggested(registered: Registered, file: Path, answers: Answers) -> Answers:
    """What is not said yet, as the file and the city suggest it; AuthorError where no department can be told."""
    department = answers.department or _department_of(registered, file)
    if department is None:
        raise _unknown_department(registered, "-")
    title = answers.title or _title(file)
    office = f"{registered.city.departments[department].id} {registered.city.name}"
    return replace(
        answers,
        department=department,
        name=_named(answers.name or title),
        title=title,
        description=wording("new.description", "id", title=title, office=office),
        theme=_usual_theme(registered, department),
        contact=office,
    )


def asked(registered: Registered, file: Path, answers: Answers) -> Answers:
    """What is not said yet, asked of whoever sits there."""
    title = line("new.ask.title", _title(file))
    departments = sorted(registered.city.departments)
    department = answers.department
    if department is None:
        options = [f"{one}: {registered.city.departments[one].in_language(language(None))}" for one in departments]
        near = _department_of(registered, file)
        chosen = choice("new.ask.department", options, departments.index(near) + 1 if near else 0)
        department = departments[chosen]
    usual = suggested(registered, file, replace(answers, department=department, title=title))
    theme, licences = str(usual.theme), list(LICENCES)
    return replace(
        usual,
        name=usual.name if answers.name else ask("new.ask.name", _identifier, str(usual.name)),
        description=line("new.ask.description", usual.description),
        theme=THEMES[choice("new.ask.theme", _worded("theme", THEMES), THEMES.index(theme) + 1)],
        frequency=FREQUENCIES[choice("new.ask.frequency", _worded("frequency", FREQUENCIES), _MONTHLY)],
        license=licences[choice("new.ask.license", _licences(), licences.index(LICENCE) + 1)],
        contact=line("new.ask.contact", usual.contact),
    )


_MONTHLY = FREQUENCIES.index("MONTHLY") + 1


def _worded(family: str, members: tuple[str, ...]) -> list[str]:
    return [wording(f"{family}.{one}", language(None)) for one in members]


def _licences() -> list[str]:
    spoken = language(None)
    return [f"{one}: {wording(f'licence.{one}', spoken)}" for one in LICENCES]


def _identifier(text: str) -> str:
    try:
        return TypeAdapter(Identifier).validate_python(text)
    except ValidationError:
        raise Unfit("new.ask.name_unfit") from None


def _named(text: str) -> str:
    from transforms.drafting.naming import identifier

    return identifier(text)


def _title(file: Path) -> str:
    text = " ".join(file.stem.replace("_", " ").replace("-", " ").split())
    visible = "".join(letter for letter in text if letter.isprintable()) or "Dataset"
    return visible[:1].upper() + visible[1:]


def _department_of(registered: Registered, file: Path) -> str | None:
    """The one department that there is, or the one whose folder the file stands in."""
    known = registered.city.departments
    if len(known) == 1:
        return next(iter(known))
    return file.parent.name if file.parent.name in known else None


def _usual_theme(registered: Registered, department: str) -> str:
    """What most datasets of the department are about."""
    themes = Counter(one.theme for one in registered.contracts.values() if one.department == department)
    return themes.most_common(1)[0][0] if themes else "GOVE"
