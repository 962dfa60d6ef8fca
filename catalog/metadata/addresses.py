"""Addresses in documents and pages: where a public path stands on the web, which foreign addresses are safe.

A city's `address` is the web address of its own catalog folder. Fetches nothing.
"""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from catalog import layout
from schemas.contracts import City, Contact, Dataset
from schemas.contracts.city import E_MAIL

_WEB_SCHEME = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def web_address(text: str | None) -> str | None:
    """The address where it is http or https, with what no IRI may hold encoded; otherwise None."""
    if text is None or not _WEB_SCHEME.match(text):
        return None
    return quote(text, safe="%/:=&?~#+!$,;'@()*[]")


def e_mail(contact: Contact | None) -> str | None:
    """The e-mail of a contact where it has the shape of one; otherwise None."""
    if contact is None or contact.email is None or not E_MAIL.fullmatch(contact.email):
        return None
    return contact.email


def mail_link(contact: Contact | None) -> str | None:
    """A `mailto:` link that holds the address alone: no part of it can become a header of the letter."""
    address = e_mail(contact)
    return f"mailto:{quote(address, safe='@+')}" if address else None


def contact_of(dataset: Dataset, city: City) -> Contact:
    """Whom to ask about a dataset: its own contact, or the city's."""
    return dataset.contact or city.contact


def in_catalog(city: City, path: PurePosixPath) -> str:
    """The address of a public path: absolute where the city has one, else relative to its catalog."""
    return f"{catalog_address(city)}{path.relative_to(layout.city(city.id))}"


def catalog_address(city: City) -> str:
    """The web address of the city's catalog folder with a slash at its end; empty where the city has none."""
    address = web_address(city.address)
    return f"{address.rstrip('/')}/" if address else ""
