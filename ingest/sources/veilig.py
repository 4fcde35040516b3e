"""Keeps requests inside what a source may be asked: its hosts, public addresses, a limited number of redirects."""

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

NIET_TOEGESTAAN = "address_not_allowed"


class Geweigerd(IgnoreRequest):
    """A request that is not made, and why."""


def is_toegestaan(adres: str, *, loopback: bool) -> bool:
    """Whether a numeric address is public; with `loopback` this machine itself is allowed too."""
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(adres)
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    if ip.is_loopback:
        return loopback
    return ip.is_global and not ip.is_multicast


class VeiligeResolver(CachingThreadedResolver):
    """Resolves names, and refuses a name that leads to an address which is not public.

    The address that is checked is the one that is connected to: nothing resolves it again in between.
    """

    _loopback = False

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "VeiligeResolver":
        made: VeiligeResolver = super().from_crawler(crawler, reactor)
        made._loopback = crawler.settings.getbool("WOO_ALLOW_PRIVATE")
        return made

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 - of Twisted
        found: Deferred[str] = super().getHostByName(name, timeout)
        found.addCallback(self._checked, name)
        return found

    def _checked(self, adres: str, name: str) -> str:
        if not is_toegestaan(adres, loopback=self._loopback):
            raise DNSLookupError(f"{NIET_TOEGESTAAN}: {name} leads to an address that is not public")
        return adres


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
