"""What every part of a contract shares: closed and frozen models, and text in two languages.

Holds no rule about any particular key; those stand beside the key that they judge.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
"""Bahasa Indonesia first."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
"""A dataset, department or city: it becomes a folder and an address, so it is plain."""

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=63)]
"""A published column: lower case and underscores, so that every database and language takes it."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _of_visible_characters(text: str) -> str:
    """A control character can rewrite a terminal, and one that turns the direction of reading can hide words."""
    if _UNSEEN.search(text):
        raise fault("unseen_character")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_of_visible_characters)]


class Promise(BaseModel):
    """A part of a contract: an unknown key is a fault, and nothing changes after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(Promise):
    """A text in Bahasa Indonesia and, where somebody wrote it, in English."""

    id: Line
    en: Line | None = None

    def in_language(self, language: Language) -> str:
        """The text in `language`; Indonesian where the English is missing."""
        return self.en if language == "en" and self.en else self.id


def _plain_text_is_indonesian(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


Text = Annotated[LocalText, BeforeValidator(_plain_text_is_indonesian, json_schema_input_type=LocalText | str)]


def one_or_many(kind: Any) -> BeforeValidator:
    """Lets a list of one be written without its brackets."""
    return BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=kind | tuple[kind, ...]
    )


Wrong = tuple[str, dict[str, str | int]]
"""A closed code of `schemas/messages` and the names that fill its wording."""


def wrong(code: str, **names: str | int) -> Wrong:
    """One thing that is wrong, for checks that collect."""
    return code, names


def fault(code: str, **names: str | int) -> PydanticCustomError:
    """One thing that is wrong, to be raised at once."""
    return faults([wrong(code, **names)])


def faults(found: Iterable[Wrong]) -> PydanticCustomError:
    """All that is wrong with one part of a contract, to be raised together."""
    return PydanticCustomError("contract", "contract", {"faults": list(found)})


def of_the_web(address: str) -> str:
    """Published as a link, or fetched: no other scheme, no password, nothing that ends an attribute or a line."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.username is not None or any(letter <= " " or letter in '"<>\\' for letter in address):
        raise fault("web_address")
    return address


WebAddress = Annotated[Line, AfterValidator(of_the_web)]
"""An address of the web (RFC 3986), without user name and password."""
