"""A city: who publishes, where its clock stands, which departments it has."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator

from .base import Identifier, Line, Promise, Text, WebAddress, fault


def _known_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise fault("time_zone", name=name)
    return name


TimeZone = Annotated[str, AfterValidator(_known_time_zone)]


class Contact(Promise):
    """Whom a citizen asks about a dataset: an office, never a private person."""

    name: Line
    email: Line | None = None


class City(Promise):
    """`city.yaml`: the publisher of a catalog.

    `address` is where the catalog stands on the web; without it, addresses in metadata are relative. `boundaries` is
    the dataset of the city's own whose areas lie under its maps: each with its region, as a field of it says.
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
