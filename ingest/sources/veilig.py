"""Keeps requests inside what a source may be asked: its hosts, public addresses, a limited number of redirects."""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.settings import BaseSettings
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

NIET_TOEGESTAAN = "address_not_allowed"
geweigerd: set[str] = set()
"""Names that lead to no other address than one which is not public."""
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_NOT_A_HOST = (ipaddress.ip_network("2002::/16"), ipaddress.ip_network("3fff::/20"))
"""Within those: what carries an IPv4 address (6to4, RFC 3056), and examples in documents (RFC 9637)."""


class Geweigerd(IgnoreRequest):
    """A request that is not made, and why."""


def is_toegestaan(adres: str, *, loopback: bool) -> bool:
    """Whether a numeric address is public; with `loopback` this machine itself is allowed too.

    Of IPv6 only what is given out to the world counts (RFC 4291: 2000::/3), without what only carries an IPv4 address.
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(adres)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return loopback
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.is_global and ip in _GIVEN_OUT and not any(ip in each for each in _NOT_A_HOST)
    return ip.is_global and not ip.is_multicast


@implementer(IHostnameResolver)
class VeiligeResolver:
    """Resolves names (IPv4 and IPv6), and keeps back every address that is not public.

    What is checked is what is connected to: nothing resolves it again in between. A name of which nothing is left is
    remembered in `geweigerd`, since who asked for it only hears that it has no address.
    """

    def __init__(self, reactor: Any, *, loopback: bool) -> None:
        self._reactor = reactor
        self._wrapped = reactor.nameResolver
        self._loopback = loopback

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "VeiligeResolver":
        return cls(reactor, loopback=crawler.settings.getbool("WOO_ALLOW_PRIVATE"))

    def install_on_reactor(self) -> None:
        """Take the place of the resolver of the reactor; Scrapy calls this."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - of Twisted
        self,
        receiver: Any,
        hostName: str,  # noqa: N803 - of Twisted
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        """As Twisted's `IHostnameResolver`."""
        checked = _Keurder(receiver, hostName, loopback=self._loopback)
        return self._wrapped.resolveHostName(checked, hostName, *args, **kwargs)


@implementer(IResolutionReceiver)
class _Keurder:
    """Stands between a resolver and who asked, and passes on only addresses that may be connected to."""

    def __init__(self, receiver: Any, naam: str, *, loopback: bool) -> None:
        self._receiver = receiver
        self._naam = naam
        self._loopback = loopback
        self._passed = self._refused = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 - of Twisted
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - of Twisted
        if is_toegestaan(address.host, loopback=self._loopback):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._refused = True

    def resolutionComplete(self) -> None:  # noqa: N802 - of Twisted
        if self._refused and not self._passed:
            geweigerd.add(self._naam.lower())
        else:
            geweigerd.discard(self._naam.lower())
        self._receiver.resolutionComplete()


class Poortwachter:
    """Downloader middleware: every request, redirects included, is for an allowed host by http or https."""

    def __init__(self, settings: BaseSettings) -> None:
        self._hosts = frozenset(settings.getlist("WOO_HOSTS"))
        self._loopback = settings.getbool("WOO_ALLOW_PRIVATE")

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Poortwachter":
        return cls(crawler.settings)

    def process_request(self, request: Request) -> None:
        why = self.why_not(request.url)
        if why is not None:
            raise Geweigerd(f"{NIET_TOEGESTAAN}: {why}")

    def why_not(self, url: str) -> str | None:
        """Why this address may not be asked; None where it may."""
        try:
            parts = urlsplit(url)
            host, netloc = parts.hostname, parts.netloc.lower()
            parts.port  # noqa: B018 - raises for a port that is none
        except ValueError:
            return "it is no address"
        if parts.scheme not in ("http", "https") or not host:
            return "only http and https are asked"
        if "@" in netloc:
            return "it holds a name or password"
        if netloc not in self._hosts and _without_usual_port(parts.scheme, netloc) not in self._hosts:
            return f"the host {netloc} is not one of this source (key hosts)"
        number = _number_of(host)
        if number is not None and not is_toegestaan(number, loopback=self._loopback):
            return "it is not a public address"
        return None


def _without_usual_port(scheme: str, netloc: str) -> str:
    return netloc.removesuffix(":443" if scheme == "https" else ":80")


def _number_of(host: str) -> str | None:
    """The address that a host is when it is written as a number, also in the odd ways that systems read."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
