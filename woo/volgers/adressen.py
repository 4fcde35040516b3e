"""Where requests of ours may go: a host looked up once, and only addresses of the public internet let through."""

import socket
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from woo.domain.errors import InvalidValue

_MOST = 2000
_NAT64 = ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


class Forbidden(InvalidValue):
    """This address may not be sent to."""


@dataclass(frozen=True, slots=True)
class Adres:
    """An address in its parts; `doel` is path and query."""

    scheme: str
    host: str
    port: int
    doel: str


def checked_url(url: str, *, private: bool) -> Adres:
    """Take an address apart; nothing is looked up.

    Raises Forbidden for what is no address, has a user or fragment, and (unless `private`) is without TLS.
    """
    parts = urlsplit(url)
    schemes = ("https", "http") if private else ("https",)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    fits = url.isascii() and url.isprintable() and " " not in url and len(url) <= _MOST
    if not fits or parts.scheme not in schemes or not parts.hostname or not port:
        accepted = " or ".join(f"{scheme}://HOST/PATH" for scheme in schemes)
        raise Forbidden("url", url[:100], f"an address as {accepted} is accepted")
    if parts.username or parts.password or parts.fragment:
        raise Forbidden("url", "(withheld)", "an address without user, password and fragment is accepted")
    return Adres(
        parts.scheme, parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    )


def checked_public(url: str, *, private: bool) -> None:
    """As `checked_url`, and a number of a private network is refused too; a name is looked up when something is sent.

    Raises Forbidden.
    """
    adres = checked_url(url, private=private)
    try:
        ip_address(adres.host)
    except ValueError:
        return
    pinned(adres, private=private)


def pinned(adres: Adres, *, private: bool) -> str:
    """Look the host up once and return the IP address to connect to; raises OSError when it is not found.

    Raises Forbidden when any of its addresses is not on the public internet (unless `private`): what a name means may change
    between a check and its use, so the connection goes to the address that was checked.
    """
    found = socket.getaddrinfo(adres.host, adres.port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not private:
        for address in addresses:
            if not _is_public(address):
                raise Forbidden(
                    "url", adres.host, "it leads to an address of a private network (volgen.webhook_private)"
                )
    return addresses[0]


def _is_public(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inside is not None:
            return inside.is_global and not inside.is_multicast
        if address in _NAT64:
            return ip_address(int(address) & 0xFFFFFFFF).is_global
    return address.is_global and not address.is_multicast
