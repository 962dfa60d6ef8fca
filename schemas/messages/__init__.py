"""Every wording that a person reads, by closed code, in Bahasa Indonesia and in English.

An entry is a text, or a pair `what` and `hint`. Both languages hold the same codes with the same names;
a test holds them to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from schemas.contracts.base import Language
from schemas.errors import PaluError

HINT_LABEL: dict[Language, str] = {"id": "Saran", "en": "Hint"}


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong, and what to do next (empty where nothing is to be done)."""

    what: str
    hint: str

    def lines(self, language: Language) -> str:
        """Both, one under the other, as a terminal shows them."""
        return f"{self.what}\n{HINT_LABEL[language]}: {self.hint}" if self.hint else self.what


@cache
def catalogue(language: Language) -> Mapping[str, Any]:
    """All wordings of a language, by code."""
    text = resources.files(__package__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def message(code: str, names: Mapping[str, object], language: Language) -> Message:
    """The wording of `code`, filled with `names`; KeyError for a code that does not exist."""
    entry = catalogue(language)[code]
    if isinstance(entry, str):
        return Message(entry.format_map(names), "")
    return Message(entry["what"].format_map(names), entry["hint"].format_map(names))


def wording(code: str, language: Language, **names: object) -> str:
    """A plain text by its code."""
    return message(code, names, language).what


def explained(error: PaluError, language: Language) -> str:
    """An error as a person reads it: what is wrong, what was expected, what to do next."""
    return message(f"error.{error.code}", error.names, language).lines(language)
