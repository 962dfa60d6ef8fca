"""The ways by which a reader reaches the city, with what the page has prepared already written. Pure."""

from dataclasses import dataclass
from urllib.parse import quote

from catalog.metadata import addresses
from schemas.contracts import City, Language
from schemas.contracts.city import Channel
from schemas.messages import wording


@dataclass(frozen=True, slots=True)
class Way:
    """A link that opens a prepared message; `title` is what people call it."""

    kind: str
    title: str
    href: str


def ways(city: City, subject: str, body: str, language: Language) -> tuple[Way, ...]:
    """The city's channels in its own order; its contact's mailbox where it names none."""
    return tuple(_way(channel, subject, body, language) for channel in city.channels or _mailbox(city))


def _mailbox(city: City) -> tuple[Channel, ...]:
    address = addresses.e_mail(city.contact)
    return (Channel(kind="email", address=address),) if address else ()


def _way(channel: Channel, subject: str, body: str, language: Language) -> Way:
    """Whatever is filled in is encoded: no part of it becomes a header of the letter, or a parameter of the form."""
    titled = channel.title.in_language(language) if channel.title else wording(f"channel.{channel.kind}", language)
    written = {"{subject}": quote(subject, safe=""), "{body}": quote(body, safe="")}
    if channel.kind == "email":
        mailbox = quote(channel.address, safe="@+")
        return Way(channel.kind, titled, f"mailto:{mailbox}?subject={written['{subject}']}&body={written['{body}']}")
    address = addresses.web_address(channel.address) or ""
    for place, text in written.items():
        address = address.replace(quote(place, safe=""), text)
    return Way(channel.kind, titled, address)
