"""[edge] Where a redirect may lead: asks for a name's addresses, and sends nothing.

The address in a contract or a setting is its author's own, in an office's network too. Where a server sends us on to
another host, each of its addresses must be a public one, and the one that was looked at is the one that is called:
a name that answers otherwise a moment later changes nothing.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from schemas.errors import OperatorError

_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 within IPv6 (RFC 6052)."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Hop:
    """An address, and the IP address that stands for its host where that was looked up already."""

    url: str
    pinned: str | None = None

    @property
    def address(self) -> str:
        """The address to call."""
        if self.pinned is None:
            return self.url
        host = f"[{self.pinned}]" if ":" in self.pinned else self.pinned
        parts = urlsplit(self.url)
        return parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl()

    @property
    def headers(self) -> dict[str, str]:
        """Whom we speak to, where the address to call does not say it."""
        return {} if self.pinned is None else {"Host": urlsplit(self.url).netloc}

    @property
    def extensions(self) -> dict[str, Any]:
        """Whose certificate is expected."""
        return {} if self.pinned is None else {"sni_hostname": host_of(self.url)}


def host_of(url: str) -> str:
    """The part of an address that may be told to everyone."""
    try:
        return urlsplit(url).hostname or "-"
    except ValueError:
        return "-"


def followed(first: str, now: Hop, location: str) -> Hop:
    """Where `location` leads from `now`; OperatorError where that must not be followed.

    Name and password of `first` go to its own origin alone.
    """
    try:
        return _judged(first, now, urlsplit(urljoin(now.url, location)))
    except ValueError:  # half an address, or a port that is none
        raise _refused(first, "-", "address") from None


def _judged(first: str, now: Hop, target: SplitResult) -> Hop:
    start, host = urlsplit(first), target.hostname or "-"
    if target.scheme not in _PORTS or not target.hostname:
        raise _refused(first, host, "scheme")
    if urlsplit(now.url).scheme == "https" and target.scheme == "http":
        raise _refused(first, host, "http")
    if host == start.hostname:
        return Hop(_with_credentials(target, start).geturl())
    return Hop(_without_credentials(target).geturl(), _public_address(first, target))


def _refused(first: str, target: str, kind: str) -> OperatorError:
    return OperatorError("redirect_refused", host=host_of(first), target=target, kind=kind)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)


def _without_credentials(parts: SplitResult) -> SplitResult:
    return parts._replace(netloc=parts.netloc.rpartition("@")[2])


def _with_credentials(parts: SplitResult, start: SplitResult) -> SplitResult:
    parts = _without_credentials(parts)
    said = start.netloc.rpartition("@")[0]
    if not said or _origin(parts) != _origin(start):
        return parts
    return parts._replace(netloc=f"{said}@{parts.netloc}")


def _public_address(first: str, target: SplitResult) -> str:
    """One of a host's addresses, if all of them are public."""
    host = target.hostname or "-"
    try:
        found = socket.getaddrinfo(host, target.port or _PORTS[target.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OperatorError("http_unreachable", host=host, kind=type(error).__name__) from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(is_public, addresses)):
        raise _refused(first, host, "private")
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, an IPv4 address that an IPv6 one carries included."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            carried = IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(str(carried))
    return address.is_global and not address.is_multicast
