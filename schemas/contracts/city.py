"""A city: who publishes, where its clock stands, which departments it has."""

import re
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, model_validator

from .base import Identifier, Line, Promise, Text, WebAddress, fault, of_the_web

E_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+")


def _known_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise fault("time_zone", name=name)
    return name


TimeZone = Annotated[str, AfterValidator(_known_time_zone)]


class Contact(Promise):
    """Whom a citizen asks about a dataset: an office, never a private person."""

    name: Line
    email: Line | None = None


class Channel(Promise):
    """A way by which citizens report an error or ask for data: an office's mailbox, a form, or SP4N-LAPOR.

    `address` is an e-mail address, or an address of the web; there, `{subject}` and `{body}` are filled in with what
    the page has prepared, for a form that takes them.
    """

    kind: Literal["email", "form", "lapor"]
    title: Text | None = None
    address: Line

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.kind != "email":
            of_the_web(self.address)
        elif not E_MAIL.fullmatch(self.address):
            raise fault("email_address")
        return self


class City(Promise):
    """`city.yaml`: the publisher of a catalog.

    `address` is where the catalog stands on the web; without it, addresses in metadata are relative. `boundaries` is
    the dataset of the city's own whose areas lie under its maps: each with its region, as a field of it says.
    `address` is where the catalog stands on the web; without it, addresses in metadata are relative. `channels` are
    offered in this order; without any, the contact's own mailbox is. `requests` names the dataset that lists what
    people have asked for, and what became of it.
    """

    id: Identifier
    name: Line
    title: Text
    description: Text | None = None
    timezone: TimeZone
    publisher: Line
    contact: Contact
    address: WebAddress | None = None
    departments: dict[Identifier, Text]
    boundaries: Identifier | None = None
    channels: tuple[Channel, ...] = ()
    requests: Identifier | None = None
